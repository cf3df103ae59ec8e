import * as vscode from "vscode";
import { goToHint, showHints } from "./hints";
import { explain } from "./pages";
import type { Server } from "./server";
import { toggleHints } from "./settings";

type Command = (...args: unknown[]) => unknown;

/** Every command of package.json, by its identifier. */
export function commands(server: Server, log: vscode.LogOutputChannel): Record<string, Command> {
  return {
    "perfwise.fixFile": () => inEditor(({ document }) => server.fixFile(document.uri)),
    "perfwise.explain": (rule) => explain(server, typeof rule === "string" ? rule : undefined),
    "perfwise.showHints": (_uri, range) => inEditor((editor) => showHints(editor, rangeOf(range))),
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

function inEditor(action: (editor: vscode.TextEditor) => unknown): unknown {
  return vscode.window.activeTextEditor && action(vscode.window.activeTextEditor);
}

/** A lens passes the range of its function as the protocol writes ranges. */
function rangeOf(value: unknown): vscode.Range | undefined {
  const { start, end } = (value ?? {}) as { start?: vscode.Position; end?: vscode.Position };
  return start && end && new vscode.Range(start.line, start.character, end.line, end.character);
}
