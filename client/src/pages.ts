import * as vscode from "vscode";
import { codeOf, hintsOf, pythonEditor } from "./hints";
import type { RuleSummary } from "./protocol";
import type { Server } from "./server";

const SCHEME = "perfwise";

/** Serves a rule's page as a read-only document, wherever the server keeps it. */
export function registerPages(server: Server): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async ({ path }) => (await server.page(path.slice(1, -".md".length))).markdown,
  });
}

/** Opens a rule's page in the Markdown preview. A page's links to other rules (`pop-front.md`) lead here as well. */
export async function openPage(rule: string): Promise<void> {
  await vscode.commands.executeCommand(
    "markdown.showPreview",
    vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` }),
  );
}

/** Explains the rule asked for by code or name, else that of the hint at the cursor, else one chosen from the list. */
export async function explain(server: Server, asked: string | undefined): Promise<void> {
  const rules = await server.rules();
  const rule = asked ?? ruleAtCursor();
  const chosen = rule ? rules.find(({ code, name }) => code === rule || name === rule)?.name : await choose(rules);
  if (chosen) {
    await openPage(chosen);
  }
}

function ruleAtCursor(): string | undefined {
  const editor = pythonEditor();
  const hint = editor && hintsOf(editor.document.uri).find(({ range }) => range.contains(editor.selection.active));
  return hint && codeOf(hint);
}

async function choose(rules: readonly RuleSummary[]): Promise<string | undefined> {
  const items = rules.map(({ code, name, summary }) => ({ label: name, description: code, detail: summary }));
  const options = { placeHolder: "Rule to explain", matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.label;
}
