import * as vscode from "vscode";
import type { WorkspaceHint } from "./protocol";
import type { Server } from "./server";
import { say } from "./status";
import { WorkspaceTree, counted, textOf, type Grouping, type Row } from "./workspaceTree";

const VIEW = "perfwise.workspace";
const GROUPING = "perfwise.workspace.grouping";

/** The view of what the last check of the workspace found, which follows what is edited since. */
export class WorkspaceView implements vscode.Disposable {
  private readonly tree = new WorkspaceTree();
  private readonly view: vscode.TreeView<Row>;
  private hints: readonly WorkspaceHint[] = [];
  private grouping: Grouping;
  /** Where the hints were looked for; undefined while nobody asked. */
  private checked: string | undefined;

  constructor(
    private readonly server: Server,
    private readonly memory: vscode.Memento,
  ) {
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this.tree, showCollapseAll: true });
    this.grouping = memory.get<Grouping>(GROUPING, "file");
    this.server.onWorkspaceHints(({ uri, hints }) => this.replace(uri, hints));
    this.server.onEnd(() => this.forget());
    this.refresh();
  }

  async check(): Promise<void> {
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    const location = vscode.ProgressLocation.Notification;
    const options = { location, cancellable: true, title: "Perfwise: checking the workspace" };
    await vscode.window.withProgress({ location: { viewId: VIEW } }, () =>
      vscode.window.withProgress(options, (progress, cancellation) => this.run(progress, cancellation)),
    );
  }

  group(by: Grouping): void {
    this.grouping = by;
    void this.memory.update(GROUPING, by);
    this.refresh();
  }

  async clear(): Promise<void> {
    this.forget();
    await this.server.clearWorkspace();
  }

  async open(hint: WorkspaceHint): Promise<vscode.TextDocument | undefined> {
    const uri = vscode.Uri.parse(hint.uri);
    const { line, character } = hint.range.start;
    const selection = new vscode.Range(line, character, line, character);
    if (hint.cell === null) {
      return (await vscode.window.showTextDocument(uri, { selection })).document;
    }
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    const cell = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code)[hint.cell];
    const place = cell && new vscode.NotebookRange(cell.index, cell.index + 1);
    await vscode.window.showNotebookDocument(notebook, place ? { selections: [place] } : {});
    return cell?.document;
  }

  /** Makes the fix of a hint, in the editor, where it can be seen and undone. */
  async fix(row: Row | undefined): Promise<void> {
    const hint = row ?? this.view.selection[0];
    if (!hint || "hints" in hint) {
      return;
    }
    const document = await this.open(hint);
    if (hint.fix === "verify") {
      await vscode.commands.executeCommand("editor.action.quickFix");
    } else if (document && !(await this.server.fixHint(document.uri, hint.code, hint.range.start.line))) {
      say("the code changed since it was checked");
    }
  }

  async copy(row: Row | undefined): Promise<void> {
    const rows = row ? [row] : this.view.selection;
    await vscode.env.clipboard.writeText(rows.map(textOf).join("\n"));
  }

  dispose(): void {
    this.view.dispose();
  }

  private async run(
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    cancellation: vscode.CancellationToken,
  ): Promise<void> {
    let shown = 0;
    const report = (message: string, percentage: number): void => {
      progress.report({ message, increment: percentage - shown });
      shown = percentage;
    };
    try {
      const { hints, files, skipped } = await this.server.checkWorkspace(report, cancellation);
      this.hints = hints;
      const unread = skipped.length > 0 ? `; ${counted(skipped.length, "file")} could not be read` : "";
      this.checked = `in ${counted(files, "file")}${unread}.`;
      this.refresh();
    } catch (error) {
      if (!cancellation.isCancellationRequested) {
        this.forget(error instanceof Error ? error.message : String(error));
      }
    }
  }

  private forget(reason = ""): void {
    this.hints = [];
    this.checked = undefined;
    this.refresh(reason);
  }

  private replace(uri: string, hints: readonly WorkspaceHint[]): void {
    const others = this.hints.filter((hint) => hint.uri !== uri);
    this.hints = [...others, ...hints].sort(byRank);
    this.refresh();
  }

  private refresh(reason = ""): void {
    void vscode.commands.executeCommand("setContext", GROUPING, this.grouping);
    this.tree.show(this.hints, this.grouping);
    const count = this.hints.length;
    this.view.badge = count > 0 ? { value: count, tooltip: counted(count, "hint") } : undefined;
    const found = count > 0 ? counted(count, "hint") : "No hints";
    // Without a message, the view shows its welcome.
    Object.assign(this.view, { message: (this.checked ? `${found} ${this.checked}` : reason) || undefined });
  }
}

function byRank(one: WorkspaceHint, other: WorkspaceHint): number {
  const at = one.rank.findIndex((weight, index) => weight !== other.rank[index]);
  return at < 0 ? 0 : (other.rank[at] ?? 0) - (one.rank[at] ?? 0);
}
