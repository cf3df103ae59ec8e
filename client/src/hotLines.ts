import { posix } from "node:path";
import * as vscode from "vscode";
import type { HeatView } from "./heat";
import type { Heat, HeatLine } from "./protocol";

const MARKS = ["▁", "▂", "▄", "▆", "█"];

interface Row {
  readonly heat: Heat;
  readonly line: HeatLine;
}

/** The view of the lines that a profile found, hottest first. */
export class HotLines implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<Row>;
  private readonly subscription: vscode.Disposable;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly heat: HeatView) {
    this.view = vscode.window.createTreeView("perfwise.hotLines", { treeDataProvider: this });
    this.subscription = heat.onChange(() => this.refresh());
  }

  getChildren(row?: Row): Row[] {
    const rows = row ? [] : this.heat.all.flatMap((heat) => heat.lines.map((line) => ({ heat, line })));
    return rows.sort((one, other) => heatOf(other) - heatOf(one));
  }

  getTreeItem({ heat, line }: Row): vscode.TreeItem {
    const uri = vscode.Uri.parse(heat.uri);
    const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    const text = open && line.line < open.lineCount ? open.lineAt(line.line).text.trim() : "";
    const place = `${posix.basename(uri.path)}:${line.line + 1}`;
    const [share = "", ...others] = line.label.split(" · ");
    const item = new vscode.TreeItem([MARKS[line.level - 1], share, text].join(" "));
    item.description = [...others, place].join("  ·  ");
    item.tooltip = new vscode.MarkdownString(line.hover);
    item.command = { command: "perfwise.openHotLine", title: "Open", arguments: [heat.uri, line.line] };
    item.accessibilityInformation = { label: `${line.label}, ${text}, line ${line.line + 1}` };
    return item;
  }

  dispose(): void {
    vscode.Disposable.from(this.view, this.changed, this.subscription).dispose();
  }

  private refresh(): void {
    this.view.description = this.heat.current?.title ?? "";
    this.changed.fire(undefined);
  }
}

function heatOf({ line }: Row): number {
  return line.share ?? line.level / 1000;
}
