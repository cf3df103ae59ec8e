import * as vscode from "vscode";
import { pythonEditor } from "./hints";
import { mayAsk, tellProblem } from "./modelConsent";
import { interpreterFor } from "./python";
import type { Rewrite, Rewrites } from "./protocol";
import type { Server } from "./server";
import { say } from "./status";

const SCHEME = "perfwise-rewrite";
const SHOW = "Show Changes";
const EVIDENCE = "Show Evidence";
const AGAIN = "Another Round";
const HINT = "Give a Hint…";
const CHOOSE = "Choose Model…";

/** Faster versions of functions: looked for in the background, shown beside the code, accepted or rejected. */
export class Rewriting implements vscode.Disposable {
  private news: Rewrites | undefined;
  private shown: Rewrite | undefined;
  private announced: number | undefined;
  /** The latest suggestion that is done with: what is still told of it is not wanted. */
  private over = 0;
  private prompt = "";
  private readonly rejected = new Set<number>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly item = vscode.window.createStatusBarItem("perfwise.rewrites", vscode.StatusBarAlignment.Left);
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.item.name = "Perfwise Rewrites";
    this.item.command = "perfwise.showRewrites";
    this.subscriptions = [
      server.onRewrites((news) => this.take(news)),
      server.onEnd(() => {
        this.over = 0;
        void this.clear();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.shown && document.uri.toString() === this.file?.toString()) {
          this.changed.fire(this.rewritten());
        }
      }),
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.content(uri),
      }),
    ];
  }

  /** A lens or a hint names its document and function; otherwise it is the one with the cursor. */
  async suggest(uri?: unknown, name?: unknown): Promise<void> {
    const editor = pythonEditor();
    if (typeof uri === "string" && typeof name === "string") {
      await this.look(vscode.Uri.parse(uri), name);
    } else if (editor) {
      await this.look(editor.document.uri, editor.selection.active.line);
    } else {
      say("no Python file is open");
    }
  }

  /** The best of them, or what became of those that were tried. */
  async show(): Promise<void> {
    const [best] = this.left;
    if (best) {
      await this.compare(best);
    } else {
      await this.showEvidence();
    }
  }

  async next(): Promise<void> {
    const { left } = this;
    const index = left.findIndex(({ key }) => key === this.shown?.key);
    const next = left[(index + 1) % Math.max(left.length, 1)];
    if (next && left.length > 1) {
      await this.compare(next);
    } else {
      say("there is no other rewrite");
    }
  }

  async reject(): Promise<void> {
    if (!this.shown) {
      return;
    }
    this.rejected.add(this.shown.key);
    const [next] = this.left;
    if (next) {
      await this.compare(next);
    } else {
      await this.clear();
    }
  }

  async accept(): Promise<void> {
    const { shown, news, file } = this;
    if (!shown || !news || !file) {
      say("no rewrite is shown");
      return;
    }
    const { message } = await this.server.acceptRewrite(news.id, shown.key);
    this.over = news.id;
    await this.clear();
    await vscode.window.showTextDocument(file);
    say(message);
  }

  dispose(): void {
    this.subscriptions.forEach((each) => void each.dispose());
    this.changed.dispose();
    this.item.dispose();
  }

  private get file(): vscode.Uri | undefined {
    return this.news && vscode.Uri.parse(this.news.uri);
  }

  private get left(): readonly Rewrite[] {
    return this.news?.offered.filter(({ key }) => !this.rejected.has(key)) ?? [];
  }

  private async look(uri: vscode.Uri, place: string | number, hint = "", fresh = false): Promise<void> {
    const python = await interpreterFor(uri);
    const request = { place, hint, fresh, model: true };
    const plan = await this.server.modelPlan(uri, request, python);
    this.prompt = plan.prompt;
    const promptPage = vscode.Uri.from({ scheme: SCHEME, path: `/What is sent for ${plan.function}.md` });
    this.changed.fire(promptPage);
    const model = await mayAsk(this.server, uri, plan, promptPage);
    if (model === undefined) {
      return;
    }
    this.over = this.news?.id ?? this.over;
    await this.clear();
    const options = {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: `Perfwise: looking for a faster version of ${plan.function}`,
    };
    const found = await vscode.window.withProgress(options, async (progress, cancellation) => {
      const asked = { ...request, place: plan.function, model };
      try {
        const report = (message: string): void => progress.report({ message });
        return await this.server.suggest(report, cancellation, uri, asked, python);
      } catch (error) {
        if (!cancellation.isCancellationRequested) {
          void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
        }
        return undefined;
      }
    });
    if (found && found.id > this.over) {
      this.take(found);
      await this.tell(found, uri, hint);
    } else if (this.news?.offered.length === 0) {
      await this.clear();
    }
  }

  /** What is new of a suggestion: the first that passed is told at once, though a model may still think. */
  private take(news: Rewrites): void {
    if (news.id <= this.over) {
      return;
    }
    if (news.id !== this.news?.id) {
      this.rejected.clear();
      this.announced = undefined;
    }
    this.news = news;
    const [best] = news.offered;
    const count = news.offered.length;
    this.item.text = `$(${news.running ? "sync~spin" : "zap"}) ${news.function}: ${count} faster`;
    this.item.tooltip = news.message;
    if (count > 0) {
      this.item.show();
    }
    void vscode.commands.executeCommand("setContext", "perfwise.hasRewrites", true);
    if (best && this.announced === undefined) {
      this.announced = best.key;
      void this.announce(news);
    }
  }

  private async announce({ message }: Rewrites): Promise<void> {
    if ((await vscode.window.showInformationMessage(message, SHOW)) === SHOW) {
      await this.show();
    }
  }

  /** In the end: something better than what was told before, or that nothing passed. */
  private async tell(found: Rewrites, uri: vscode.Uri, hint: string): Promise<void> {
    const [best] = found.offered;
    if (found.problem !== "") {
      void tellProblem(found.problem);
    }
    if (best) {
      if (best.key !== this.announced) {
        this.announced = best.key;
        await this.announce(found);
      }
      return;
    }
    const offers = found.asked ? [EVIDENCE, AGAIN, HINT] : [EVIDENCE, CHOOSE];
    const chosen = await vscode.window.showWarningMessage(found.message, ...offers);
    if (chosen === EVIDENCE) {
      await this.showEvidence();
    } else if (chosen === AGAIN) {
      await this.look(uri, found.function, hint, true);
    } else if (chosen === CHOOSE) {
      await vscode.commands.executeCommand("perfwise.chooseModel");
    } else if (chosen === HINT) {
      const options = { title: `What is known of ${found.function}`, placeHolder: "the input is always sorted" };
      const said = await vscode.window.showInputBox({ ...options, value: hint, ignoreFocusOut: true });
      if (said !== undefined && said !== "") {
        await this.look(uri, found.function, said);
      }
    }
  }

  private async compare(rewrite: Rewrite): Promise<void> {
    const { file, news } = this;
    if (!file || !news) {
      return;
    }
    this.shown = rewrite;
    const number = this.left.indexOf(rewrite) + 1;
    const title = `${news.function}, rewrite ${number} of ${this.left.length}: ${rewrite.title}`;
    await closeTabs();
    await vscode.commands.executeCommand("vscode.diff", file, this.rewritten(), title, { preview: true });
    await this.showEvidence();
  }

  private async showEvidence(): Promise<void> {
    if (!this.news) {
      say("nothing was suggested yet");
      return;
    }
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/Evidence for ${this.news.function}.md` });
    this.changed.fire(page);
    const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: this.shown !== undefined, preview: true };
    await vscode.commands.executeCommand("vscode.openWith", page, "vscode.markdown.preview.editor", options);
  }

  /** The file as it would be. */
  private rewritten(): vscode.Uri {
    const name = this.file?.path.split("/").at(-1) ?? "";
    const query = `${this.news?.id ?? 0}/${this.shown?.key ?? 0}`;
    return vscode.Uri.from({ scheme: SCHEME, path: `/rewritten/${name}`, query });
  }

  private async content({ path, query }: vscode.Uri): Promise<string> {
    if (path.startsWith("/rewritten/")) {
      const [id = 0, key = 0] = query.split("/").map(Number);
      return (await this.server.rewriteText(id, key)).text;
    }
    return path.startsWith("/Evidence for ") ? ((this.shown ?? this.news)?.evidence ?? "") : this.prompt;
  }

  private async clear(): Promise<void> {
    this.shown = undefined;
    this.news = undefined;
    this.rejected.clear();
    this.item.hide();
    await vscode.commands.executeCommand("setContext", "perfwise.hasRewrites", false);
    await closeTabs();
  }
}

/** Closes what is shown of rewrites. */
async function closeTabs(): Promise<void> {
  const isOurs = ({ input }: vscode.Tab): boolean =>
    (input instanceof vscode.TabInputTextDiff && input.modified.scheme === SCHEME) ||
    ((input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) && input.uri.scheme === SCHEME);
  await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isOurs)));
}
