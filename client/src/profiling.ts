import * as vscode from "vscode";
import type { HeatView } from "./heat";
import { pythonEditor } from "./hints";
import { longWork } from "./longWork";
import { CallInput } from "./profileCall";
import { ComparisonView } from "./profileComparison";
import { chooseDriver } from "./profileDrivers";
import type { Profiler, ProfileReply, Scope } from "./protocol";
import { interpreterFor } from "./python";
import { save } from "./save";
import type { Server } from "./server";
import { say } from "./status";
import { runInTerminal } from "./terminal";

const INSTALL = "Install in a Terminal";
const GO_ON = "Go On Without It";
const COMPARE = "Compare with Previous";
const FORMATS = {
  cpuprofile: "VS Code's own viewer: table and flame graph",
  speedscope: "speedscope.app",
  scalene: "Scalene's JSON",
} as const;

/** Profiles at the user's request, and what can be done with what they gave. */
export class Profiling implements vscode.Disposable {
  readonly calls: CallInput;
  private readonly comparison = new ComparisonView();
  /** The Pythons without Scalene where the user goes on without it. */
  private readonly without = new Set<string>();

  constructor(
    private readonly server: Server,
    private readonly heat: HeatView,
  ) {
    this.calls = new CallInput(server);
  }

  /** A lens names its document and function; otherwise it is what the cursor is in, or what is selected. */
  async profile(what: Scope, uri?: unknown, name?: unknown): Promise<void> {
    const editor = pythonEditor();
    if (typeof uri === "string" && typeof name === "string") {
      await this.run(what, vscode.Uri.parse(uri), name);
    } else if (editor) {
      const { active, start, end } = editor.selection;
      const lines = [start.line, end.character === 0 ? Math.max(start.line, end.line - 1) : end.line];
      await this.run(what, editor.document.uri, active.line, lines);
    } else {
      say("no Python file is open");
    }
  }

  /** Shows what the last profile of a function is beside the one before it. */
  async compare(id = this.heat.current?.id): Promise<void> {
    await this.withProfile(id, async (shown) => this.comparison.show(await this.server.compareProfiles(shown)));
  }

  async export(id = this.heat.current?.id): Promise<void> {
    await this.withProfile(id, async (shown) => {
      const items = Object.entries(FORMATS).map(([label, detail]) => ({ label, detail }));
      const format = (await vscode.window.showQuickPick(items, { title: "Format of the profile" }))?.label;
      if (format !== undefined) {
        const { name, text } = await this.server.exportProfile(shown, format);
        const file = await save(name, text, { [format]: [name.slice(name.indexOf(".") + 1)] });
        if (file && format === "cpuprofile") {
          await vscode.commands.executeCommand("vscode.open", file);
        }
      }
    });
  }

  /** Lists those kept of the file, and shows one. */
  async showKept(): Promise<void> {
    const editor = pythonEditor();
    if (!editor) {
      say("no Python file is open");
      return;
    }
    const kept = await this.server.profiles(editor.document.uri, null);
    const items = kept.map(({ id, title, detail, driver }) => ({ label: title, description: driver, detail, id }));
    if (items.length === 0) {
      say("no profile of this file is kept");
      return;
    }
    const options = { title: "Kept profiles", matchOnDescription: true };
    const chosen = await vscode.window.showQuickPick(items, options);
    if (chosen) {
      await this.server.showProfile(chosen.id);
    }
  }

  /** Shows a profile that Scalene wrote on the files it is of. */
  async open(): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const options = { title: "A profile that Scalene wrote", filters: { JSON: ["json"] } };
    const [chosen] = (await vscode.window.showOpenDialog(folder ? { ...options, defaultUri: folder } : options)) ?? [];
    if (!chosen) {
      return;
    }
    const { message, files } = await this.server.openProfile(chosen.fsPath);
    const [hottest] = files;
    if (hottest !== undefined) {
      await vscode.window.showTextDocument(vscode.Uri.file(hottest));
    }
    void vscode.window.showInformationMessage(message);
  }

  async clear(): Promise<void> {
    await this.server.clearProfile();
  }

  /** What the status line offers. */
  async offer(): Promise<void> {
    const items = [
      { label: "$(clear-all) Clear", command: "perfwise.clearProfile" },
      { label: "$(eye) Show or hide heat", command: "perfwise.toggleHeat" },
      { label: "$(diff) Compare with previous", command: "perfwise.compareProfiles" },
      { label: "$(history) Show kept profiles", command: "perfwise.showProfiles" },
      { label: "$(export) Export as…", command: "perfwise.exportProfile" },
    ];
    const { title = "Profile", detail = "" } = this.heat.current ?? {};
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: detail });
    if (chosen) {
      await vscode.commands.executeCommand(chosen.command);
    }
  }

  dispose(): void {
    this.comparison.dispose();
  }

  private async run(
    what: Scope,
    uri: vscode.Uri,
    place: string | number,
    lines: readonly number[] = [],
  ): Promise<void> {
    const python = await interpreterFor(uri);
    const found = await longWork("looking for what runs it", (report, cancellation) =>
      this.server.profileDrivers(report, cancellation, uri, place, what, python),
    );
    if (!found) {
      return;
    }
    const driver = await chooseDriver(this.calls, uri, place, found);
    if (!driver || !(await this.hasProfiler(found.profiler, uri))) {
      return;
    }
    const request = { what, place, driver, ...(what === "selection" ? { lines } : {}) };
    const reply = await longWork(`profiling ${found.function || "the file"}`, (report, cancellation) =>
      this.server.profile(report, cancellation, uri, request, python),
    );
    if (reply) {
      await this.tell(reply, uri);
    }
  }

  /** Where Scalene is missing, the user has it installed, goes on without it, or not at all. */
  private async hasProfiler({ kind, message, install }: Profiler, uri: vscode.Uri): Promise<boolean> {
    const command = install.join(" ");
    if (kind !== "sampler" || install.length === 0 || this.without.has(command)) {
      return true;
    }
    const detail = `This command installs it:\n\n${command}`;
    const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, INSTALL, GO_ON);
    if (chosen === GO_ON) {
      this.without.add(command);
    }
    return chosen === GO_ON || (chosen === INSTALL && (await runInTerminal("Install Scalene", install, uri)));
  }

  private async tell({ message, id, function: name, cancelled }: ProfileReply, uri: vscode.Uri): Promise<void> {
    const hasPrevious = id !== 0 && !cancelled && (await this.server.profiles(uri, name)).length > 1;
    const chosen = await (id === 0
      ? vscode.window.showWarningMessage(message)
      : vscode.window.showInformationMessage(message, ...(hasPrevious ? [COMPARE] : [])));
    if (chosen === COMPARE) {
      await this.compare(id);
    }
  }

  private async withProfile(id: number | undefined, action: (id: number) => Promise<void>): Promise<void> {
    if (id === undefined) {
      say("nothing was profiled yet");
    } else {
      await action(id);
    }
  }
}
