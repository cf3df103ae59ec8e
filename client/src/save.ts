import * as vscode from "vscode";

/** Asks where to, and writes a text there. Returns the file, if there is one. */
export async function save(
  name: string,
  text: string,
  filters: Record<string, string[]>,
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const options = folder ? { defaultUri: vscode.Uri.joinPath(folder, name), filters } : { filters };
  const chosen = await vscode.window.showSaveDialog(options);
  if (chosen) {
    await vscode.workspace.fs.writeFile(chosen, new TextEncoder().encode(text));
  }
  return chosen;
}
