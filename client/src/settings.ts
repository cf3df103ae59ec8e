import * as vscode from "vscode";

export type ImportStrategy = "fromEnvironment" | "useBundled";

/** What the client itself acts on; the rest of `perfwise.*` it only passes to the server. */
export interface Launch {
  readonly interpreter: string;
  readonly importStrategy: ImportStrategy;
}

/** The editor leaves out what an untrusted workspace says of these two, as package.json asks it to. */
export function launchSettings(): Launch {
  const settings = vscode.workspace.getConfiguration("perfwise");
  const interpreter: unknown = settings.get("interpreter");
  return {
    interpreter: typeof interpreter === "string" ? expand(interpreter.trim()) : "",
    importStrategy: settings.get("importStrategy") === "useBundled" ? "useBundled" : "fromEnvironment",
  };
}

/** Everything under `perfwise`, nested, as the server parses it. */
export function serverSettings(): unknown {
  return JSON.parse(JSON.stringify(vscode.workspace.getConfiguration("perfwise")));
}

/** Turns hints on or off where they are set already, for the user otherwise. Returns whether they are on now. */
export async function toggleHints(): Promise<boolean> {
  const settings = vscode.workspace.getConfiguration("perfwise", vscode.window.activeTextEditor?.document);
  const { workspaceFolderValue, workspaceValue } = settings.inspect<boolean>("enable") ?? {};
  const enable = !settings.get("enable", true);
  const target =
    workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : workspaceValue !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  await settings.update("enable", enable, target);
  return enable;
}

function expand(path: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const home = process.env["HOME"] ?? process.env["USERPROFILE"] ?? "";
  return path
    .replace("${workspaceFolder}", folder)
    .replace("${userHome}", home)
    .replace(/^~(?=[/\\]|$)/, home);
}
