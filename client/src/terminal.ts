import * as vscode from "vscode";

const SOURCE = "Perfwise";

/** Runs a command in a terminal, where the user sees what it says. Returns whether it came to a good end. */
export async function runInTerminal(
  name: string,
  [program = "", ...args]: readonly string[],
  uri: vscode.Uri,
): Promise<boolean> {
  const scope = vscode.workspace.getWorkspaceFolder(uri) ?? vscode.TaskScope.Workspace;
  const task = new vscode.Task(
    { type: "process" },
    scope,
    name,
    SOURCE,
    new vscode.ProcessExecution(program, [...args]),
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: false };
  return new Promise((resolve, reject) => {
    const ended = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name === name && execution.task.source === SOURCE) {
        ended.dispose();
        resolve(exitCode === 0);
      }
    });
    vscode.tasks.executeTask(task).then(undefined, (error: unknown) => {
      ended.dispose();
      reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}
