import * as vscode from "vscode";
import type { Server } from "./server";

const TYPING = "perfwise.typesCall";

interface Completion extends vscode.QuickPickItem {
  /** What takes the place of what is typed; the row that profiles has none. */
  readonly text?: string;
}

/** Asks for a call as it is typed: what it may go on with, and what is wrong with it. */
export class CallInput {
  private open: OpenInput | undefined;

  constructor(private readonly server: Server) {}

  async ask(uri: vscode.Uri, place: string | number, name: string, typed: string): Promise<string | undefined> {
    const open = (this.open = new OpenInput(this.server, uri, place));
    await vscode.commands.executeCommand("setContext", TYPING, true);
    try {
      return await open.ask(name, typed);
    } finally {
      this.open = undefined;
      await vscode.commands.executeCommand("setContext", TYPING, false);
    }
  }

  /** Puts the completion that is chosen, or the first one, in the place of what is typed. */
  take(): void {
    this.open?.take();
  }
}

class OpenInput {
  private readonly input = vscode.window.createQuickPick<Completion>();
  /** What is typed, once nothing is wrong with it. */
  private accepted: string | undefined;

  constructor(
    private readonly server: Server,
    private readonly uri: vscode.Uri,
    private readonly place: string | number,
  ) {}

  ask(name: string, typed: string): Promise<string | undefined> {
    const { input } = this;
    input.title = `A call of ${name}, with arguments made anew for each run`;
    input.placeholder = `${name}(…), Tab takes a completion`;
    input.ignoreFocusOut = true;
    input.onDidChangeValue(() => void this.refresh());
    return new Promise<string | undefined>((resolve) => {
      input.onDidAccept(() => {
        const [active] = input.activeItems;
        if (active?.text !== undefined) {
          this.put(active.text);
        } else if (this.accepted === input.value) {
          resolve(this.accepted);
          input.hide();
        }
      });
      input.onDidHide(() => resolve(undefined));
      input.show();
      this.put(typed);
    }).finally(() => input.dispose());
  }

  take(): void {
    const { activeItems, items } = this.input;
    const text = activeItems[0]?.text ?? items.find((item) => item.text !== undefined)?.text;
    if (text !== undefined) {
      this.put(text);
    }
  }

  private put(text: string): void {
    this.input.value = text;
    void this.refresh();
  }

  private async refresh(): Promise<void> {
    const { value } = this.input;
    const [completions, { message }] = await Promise.all([
      this.server.completeCall(this.uri, this.place, value),
      this.server.checkCall(this.uri, value),
    ]);
    if (value !== this.input.value) {
      return;
    }
    this.accepted = message ? undefined : value;
    // The editor would hide what does not hold the whole that is typed.
    const first: Completion = message
      ? { label: "$(info) Not a call yet", detail: message, alwaysShow: true }
      : { label: "$(flame) Profile this call", detail: value, alwaysShow: true };
    const rest = completions
      .filter(({ text }) => text !== value)
      .map(({ label, text, detail }) => ({ label, text, description: detail, alwaysShow: true }));
    this.input.items = [first, ...rest];
    this.input.activeItems = [first];
  }
}
