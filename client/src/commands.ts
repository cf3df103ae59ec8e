import * as vscode from "vscode";
import { goToHint, pythonEditor, showHints } from "./hints";
import { explain } from "./pages";
import type { Server } from "./server";
import { toggleHints } from "./settings";

type Command = (...args: unknown[]) => unknown;

/** Every command of package.json, by its identifier. */
export function commands(server: Server, log: vscode.LogOutputChannel): Record<string, Command> {
  return {
    "perfwise.fixFile": () => inEditor(({ document }) => server.fixFile(document.uri)),
    "perfwise.explain": (rule) => explain(server, typeof rule === "string" ? rule : undefined),
    "perfwise.showHints": showHintsOf,
    "perfwise.nextHint": () => goToHint("next"),
    "perfwise.previousHint": () => goToHint("previous"),
    "perfwise.toggle": async () => {
      const on = await toggleHints();
      void vscode.window.setStatusBarMessage(`Perfwise: hints are ${on ? "on" : "off"}`, 3000);
    },
    "perfwise.restart": () => server.restart(),
    "perfwise.showLog": () => log.show(),
  };
}

/** A lens names its document, which may be beside the active one, and the line of the hint it stands for. */
function showHintsOf(uri: unknown, line: unknown): unknown {
  const named = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  return inEditor((editor) => showHints(editor, typeof line === "number" ? line : undefined), named);
}

function inEditor(action: (editor: vscode.TextEditor) => unknown, editor = pythonEditor()): unknown {
  return editor && action(editor);
}
