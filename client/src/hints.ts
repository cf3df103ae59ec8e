import * as vscode from "vscode";
import { SOURCE } from "./protocol";
import { say } from "./status";

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

/** The editor a command is about: the one with the cursor, or a visible one while the cursor is in the log, say. */
export function pythonEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editors = activeTextEditor ? [activeTextEditor, ...visibleTextEditors] : visibleTextEditors;
  return editors.find(({ document }) => document.languageId === "python");
}

/** Puts the cursor on the next hint after it, or before it, and shows what the hint says. Goes round at the ends. */
export async function goToHint(direction: "next" | "previous"): Promise<void> {
  const editor = pythonEditor();
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
    say("no hints in this file");
    return;
  }
  await goTo(editor, hint);
  await vscode.commands.executeCommand("editor.action.showHover");
}

/** Lists the document's hints, or takes the one on `line`, and offers its fixes. */
export async function showHints(editor: vscode.TextEditor, line?: number): Promise<void> {
  const onLine = hintsOf(editor.document.uri).find(({ range }) => range.start.line === line);
  const hint = onLine ?? (await choose(editor.document));
  if (hint) {
    await goTo(editor, hint);
    await vscode.commands.executeCommand("editor.action.quickFix");
  }
}

async function choose(document: vscode.TextDocument): Promise<vscode.Diagnostic | undefined> {
  const hints = hintsOf(document.uri);
  if (hints.length === 0) {
    say("no hints in this file");
    return undefined;
  }
  const items = hints.map((hint) => ({
    label: document.lineAt(hint.range.start).text.trim(),
    description: `line ${hint.range.start.line + 1}, ${codeOf(hint)}`,
    detail: hint.message,
    hint,
  }));
  const options = { placeHolder: "Hint to go to", matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.hint;
}

async function goTo(editor: vscode.TextEditor, { range }: vscode.Diagnostic): Promise<void> {
  if (editor !== vscode.window.activeTextEditor) {
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  }
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
