import { execFile } from "node:child_process";
import * as vscode from "vscode";
import { launchSettings } from "./settings";

/** A Python that can run the server, or the sentence that says why there is none. */
export type Choice = { readonly python: readonly string[] } | { readonly problem: string };

/** The Python extension's interface, as far as it is used here. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

const ON_PATH: readonly (readonly string[])[] = [
  ...(process.platform === "win32" ? [["py", "-3"]] : []),
  ["python3"],
  ["python"],
  ...["3.14", "3.13", "3.12", "3.11", "3.10"].map((version) => [`python${version}`]),
];

/** How long a Python may take to say its version; the first start from a cold disk takes seconds. */
const PROBE_MILLISECONDS = 20_000;

/**
 * The Python to run the server with: the one set, which is never passed over; else the Python extension's;
 * else the first on PATH that is new enough.
 */
export async function choosePython(cwd: string, interpreter: string, launcher: readonly string[]): Promise<Choice> {
  const active = interpreter || (await activeInterpreter());
  const candidates = [...(active ? [[active]] : []), ...(interpreter ? [] : ON_PATH)];
  let reason: string | undefined;
  for (const python of candidates) {
    const { missing, problem } = await probe(cwd, python, launcher);
    if (!missing && !problem) {
      return { python };
    }
    reason ??= problem;
  }
  const nothing = interpreter ? `cannot run ${interpreter}` : "found no Python";
  return { problem: reason ?? `Perfwise needs Python 3.10 or newer to run, and ${nothing}.` };
}

/** Calls back when the Python extension's choice changes. */
export async function onInterpreterChange(changed: () => void): Promise<vscode.Disposable | undefined> {
  return (await pythonExtension())?.environments.onDidChangeActiveEnvironmentPath(changed);
}

/** Lets the user choose, with the Python extension's own list where there is one. */
export async function selectInterpreter(): Promise<void> {
  const commands = await vscode.commands.getCommands(true);
  await (commands.includes("python.setInterpreter")
    ? vscode.commands.executeCommand("python.setInterpreter")
    : vscode.commands.executeCommand("workbench.action.openSettings", "perfwise.interpreter"));
}

/** launch.py itself knows which Pythons will do, and says so in words that any Python can run. */
function probe(
  cwd: string,
  [command = "", ...flags]: readonly string[],
  [script = "", ...args]: readonly string[],
): Promise<{ readonly missing?: boolean; readonly problem?: string }> {
  return new Promise((resolve) => {
    const options = { cwd, timeout: PROBE_MILLISECONDS, windowsHide: true };
    execFile(command, [...flags, "-E", script, "--probe", ...args], options, (error, _stdout, stderr) => {
      const problem = stderr.split(/\r?\n/).find((line) => line.startsWith("Perfwise"));
      resolve(problem ? { problem } : { missing: error !== null });
    });
  });
}

/** The Python extension's choice, for a file where one is given. */
async function activeInterpreter(file?: vscode.Uri): Promise<string | undefined> {
  const environments = (await pythonExtension())?.environments;
  try {
    const environment = await environments?.resolveEnvironment(environments.getActiveEnvironmentPath(file));
    return environment?.executable.uri?.fsPath;
  } catch {
    return undefined;
  }
}

/** Nothing in an untrusted workspace: the choice made there may be a program that the workspace brought along. */
async function pythonExtension(): Promise<PythonExtension | undefined> {
  const extension = vscode.workspace.isTrusted
    ? vscode.extensions.getExtension<PythonExtension | undefined>("ms-python.python")
    : undefined;
  try {
    const exported = await extension?.activate();
    return exported && "environments" in exported ? exported : undefined;
  } catch {
    return undefined;
  }
}

/** The Python that a file's code runs in: the Python extension's choice, else the one set; empty where neither is. */
export async function interpreterFor(file: vscode.Uri): Promise<string> {
  return (await activeInterpreter(file)) ?? launchSettings().interpreter;
}
