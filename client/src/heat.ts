import * as vscode from "vscode";
import { pythonEditor } from "./hints";
import type { Heat, HeatLine } from "./protocol";
import type { Server } from "./server";
import { say } from "./status";

const HAS_HEAT = "perfwise.hasHeat";
const LEVELS = [1, 2, 3, 4, 5];

/** What a profile showed, behind the lines of the open files and at their ends; the server says where they are. */
export class HeatView implements vscode.Disposable {
  private readonly heats = new Map<string, Heat>();
  /** By level; the first is that of lines changed since. */
  private readonly decorations = [changedDecoration(), ...LEVELS.map(levelDecoration)];
  private readonly item = vscode.window.createStatusBarItem("perfwise.profile", vscode.StatusBarAlignment.Right, 90);
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private isShown = true;
  /** It is another profile's, or another place, that is shown now. */
  readonly onChange = this.changed.event;

  constructor(server: Server) {
    this.item.name = "Perfwise Profile";
    this.item.command = "perfwise.profileActions";
    this.subscriptions = [
      server.onHeat((heat) => this.take(heat)),
      server.onEnd(() => this.forget()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
      vscode.window.onDidChangeActiveTextEditor(() => this.tell()),
    ];
  }

  /** The heat of the file with the cursor, or the one that came last. */
  get current(): Heat | undefined {
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    return this.heats.get(active ?? "") ?? [...this.heats.values()].at(-1);
  }

  get all(): readonly Heat[] {
    return [...this.heats.values()];
  }

  toggle(): void {
    this.isShown = !this.isShown;
    this.draw();
    this.tell();
    say(`heat is ${this.isShown ? "shown" : "hidden"}`);
  }

  async open(uri: string, line: number): Promise<void> {
    const range = new vscode.Range(line, 0, line, 0);
    const editor = await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: range });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Puts the cursor on the next hot line after it, or before it. Goes round at the ends. */
  async goTo(direction: "next" | "previous"): Promise<void> {
    const editor = pythonEditor();
    const heat = editor && this.heats.get(editor.document.uri.toString());
    const lines = hot(heat?.lines ?? []);
    const cursor = editor?.selection.active.line ?? 0;
    const found =
      direction === "next"
        ? (lines.find(({ line }) => line > cursor) ?? lines[0])
        : (lines.findLast(({ line }) => line < cursor) ?? lines.at(-1));
    if (!heat || !found) {
      say("no hot lines in this file");
      return;
    }
    await this.open(heat.uri, found.line);
  }

  dispose(): void {
    vscode.Disposable.from(this.item, this.changed, ...this.decorations, ...this.subscriptions).dispose();
  }

  private take(heat: Heat): void {
    const key = vscode.Uri.parse(heat.uri).toString();
    const before = this.heats.get(key);
    if (heat.lines.length > 0) {
      // What comes last stays last while its lines move.
      if (before?.id !== heat.id) {
        this.heats.delete(key);
      }
      this.heats.set(key, heat);
    } else {
      this.heats.delete(key);
    }
    this.refresh();
  }

  private forget(): void {
    this.heats.clear();
    this.refresh();
  }

  private refresh(): void {
    this.draw();
    this.tell();
    this.changed.fire();
  }

  private draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const heat = this.isShown ? this.heats.get(editor.document.uri.toString()) : undefined;
      const lines = heat?.lines.filter(({ line }) => line < editor.document.lineCount) ?? [];
      this.decorations.forEach((decoration, level) => {
        const own = lines.filter((line) => level === (line.changed ? 0 : line.level));
        editor.setDecorations(
          decoration,
          own.map((line) => marked(editor.document, line)),
        );
      });
    }
  }

  private tell(): void {
    const { current } = this;
    void vscode.commands.executeCommand("setContext", HAS_HEAT, current !== undefined);
    if (!current) {
      this.item.hide();
      return;
    }
    this.item.text = `${this.isShown ? "$(flame)" : "$(eye-closed)"} ${current.title}`;
    this.item.tooltip = new vscode.MarkdownString(`${current.detail}\n\nClick to clear, compare or export it.`);
    this.item.accessibilityInformation = { label: `Profile: ${current.title}` };
    this.item.show();
  }
}

/** Those worth going to: where lines differ, not the coolest. In the order of the file. */
function hot(lines: readonly HeatLine[]): readonly HeatLine[] {
  const warm = lines.filter(({ level }) => level > 1);
  return (warm.length > 0 ? warm : [...lines]).sort((one, other) => one.line - other.line);
}

function marked(document: vscode.TextDocument, { line, label, hover }: HeatLine): vscode.DecorationOptions {
  return {
    range: document.lineAt(line).range,
    hoverMessage: new vscode.MarkdownString(hover),
    renderOptions: { after: { contentText: label } },
  };
}

/** More time is a stronger colour and a wider bar: neither tells by hue. */
function levelDecoration(level: number): vscode.TextEditorDecorationType {
  return decoration(`perfwise.heat${level}Background`, "perfwise.heatBar", level + 1, "normal", level > 2);
}

function changedDecoration(): vscode.TextEditorDecorationType {
  return decoration("perfwise.heatChangedBackground", "perfwise.heatChangedBar", 2, "italic", false);
}

function decoration(
  background: string,
  bar: string,
  width: number,
  fontStyle: "normal" | "italic",
  isWide: boolean,
): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor(background),
    borderColor: new vscode.ThemeColor(bar),
    borderStyle: "solid",
    borderWidth: `0 0 0 ${width}px`,
    overviewRulerColor: new vscode.ThemeColor(bar),
    overviewRulerLane: isWide ? vscode.OverviewRulerLane.Full : vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: { color: new vscode.ThemeColor("perfwise.heatLabelForeground"), fontStyle, margin: "0 0 0 3em" },
  });
}
