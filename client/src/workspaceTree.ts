import { posix } from "node:path";
import * as vscode from "vscode";
import type { WorkspaceHint } from "./protocol";

export type Grouping = "file" | "rule";

/** The hints of one file, or of one rule. */
export interface Group {
  readonly key: string;
  readonly hints: readonly WorkspaceHint[];
}

export type Row = Group | WorkspaceHint;

const ICONS = { warning: "warning", info: "info", hint: "lightbulb" } as const;

/** The rows of the view: groups in the order of the first hint of each, and under them the hints in theirs. */
export class WorkspaceTree implements vscode.TreeDataProvider<Row> {
  readonly onDidChangeTreeData: vscode.Event<undefined>;
  private readonly changed = new vscode.EventEmitter<undefined>();
  private groups: readonly Group[] = [];
  private grouping: Grouping = "file";

  constructor() {
    this.onDidChangeTreeData = this.changed.event;
  }

  show(hints: readonly WorkspaceHint[], grouping: Grouping): void {
    const groups = new Map<string, WorkspaceHint[]>();
    for (const hint of hints) {
      const key = grouping === "file" ? hint.uri : hint.code;
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(hint);
    }
    this.grouping = grouping;
    this.groups = [...groups].map(([key, some]) => ({ key, hints: some }));
    this.changed.fire(undefined);
  }

  getChildren(row?: Row): Row[] {
    return row === undefined ? [...this.groups] : "hints" in row ? [...row.hints] : [];
  }

  getParent(row: Row): Row | undefined {
    return "hints" in row ? undefined : this.groups.find(({ hints }) => hints.includes(row));
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return "hints" in row ? groupItem(row) : hintItem(row, this.grouping);
  }
}

function groupItem({ key, hints: [first, ...rest] }: Group): vscode.TreeItem {
  const item = new vscode.TreeItem("", vscode.TreeItemCollapsibleState.Expanded);
  item.id = key;
  item.contextValue = "group";
  if (key === first?.uri) {
    const uri = vscode.Uri.parse(key);
    const { dir, base } = posix.parse(vscode.workspace.asRelativePath(uri));
    item.label = base;
    item.description = [dir, counted(1 + rest.length, "hint")].filter(Boolean).join("  ·  ");
    item.resourceUri = uri;
    item.iconPath = vscode.ThemeIcon.File;
  } else if (first) {
    item.label = first.name;
    item.description = `${key}  ·  ${counted(1 + rest.length, "hint")}`;
    item.iconPath = new vscode.ThemeIcon("symbol-ruler");
  }
  return item;
}

function hintItem(hint: WorkspaceHint, grouping: Grouping): vscode.TreeItem {
  const place = grouping === "file" ? "" : `${posix.basename(vscode.Uri.parse(hint.uri).path)}:`;
  const item = new vscode.TreeItem(`${place}${lineOf(hint)}: ${hint.cost || hint.message}`);
  item.description = hint.cost
    ? [hint.betterCost && `→ ${hint.betterCost}`, hint.message].filter(Boolean).join("  ·  ")
    : "";
  item.tooltip = `${hint.message}\n\n${placeOf(hint)}  ·  ${hint.code} (${hint.name})`;
  item.iconPath = new vscode.ThemeIcon(ICONS[hint.severity]);
  item.contextValue = hint.fix ? `hint-${hint.fix}` : "hint";
  item.command = { command: "perfwise.openHint", title: "Open", arguments: [hint] };
  item.accessibilityInformation = { label: `${hint.message} ${placeOf(hint)}` };
  return item;
}

/** What a row says as one line, or several for a group. */
export function textOf(row: Row): string {
  return "hints" in row ? row.hints.map(textOf).join("\n") : `${placeOf(row)}: ${row.code} ${row.message}`;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function placeOf(hint: WorkspaceHint): string {
  const cell = hint.cell === null ? "" : ` cell ${hint.cell + 1}`;
  return `${vscode.workspace.asRelativePath(vscode.Uri.parse(hint.uri))}${cell}:${lineOf(hint)}`;
}

function lineOf({ range }: WorkspaceHint): number {
  return range.start.line + 1;
}
