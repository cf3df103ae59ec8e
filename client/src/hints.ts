import * as vscode from "vscode";
import { SOURCE } from "./protocol";

/** A document's hints, first line first. */
export function hintsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source === SOURCE)
    .sort((one, other) => one.range.start.compareTo(other.range.start));
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Puts the cursor on the next hint after it, or before it, and shows what the hint says. Goes round at the ends. */
export async function goToHint(direction: "next" | "previous"): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return;
  }
  const hints = hintsOf(editor.document.uri);
  const cursor = editor.selection.active;
  const hint =
    direction === "next"
      ? (hints.find(({ range }) => range.start.isAfter(cursor)) ?? hints[0])
      : (hints.findLast(({ range }) => range.start.isBefore(cursor)) ?? hints.at(-1));
  if (!hint) {
    void vscode.window.setStatusBarMessage("Perfwise: no hints in this file", 3000);
    return;
  }
  goTo(editor, hint);
  await vscode.commands.executeCommand("editor.action.showHover");
}

/** Lists the hints inside a range, by default the whole document, and offers the fixes of the one chosen. */
export async function showHints(editor: vscode.TextEditor, within?: vscode.Range): Promise<void> {
  const hints = hintsOf(editor.document.uri).filter(({ range }) => !within || within.intersection(range));
  if (hints.length === 0) {
    void vscode.window.showInformationMessage("Perfwise: no hints in this file.");
    return;
  }
  const items = hints.map((hint) => ({
    label: hint.message.split("\n", 1)[0] ?? "",
    description: `line ${hint.range.start.line + 1}, ${codeOf(hint)}`,
    hint,
  }));
  const only = within && items.length === 1 ? items[0] : undefined;
  const chosen = only ?? (await vscode.window.showQuickPick(items, { placeHolder: "Hints", matchOnDescription: true }));
  if (chosen) {
    goTo(editor, chosen.hint);
    await vscode.commands.executeCommand("editor.action.quickFix");
  }
}

function goTo(editor: vscode.TextEditor, { range }: vscode.Diagnostic): void {
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
