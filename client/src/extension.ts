import * as vscode from "vscode";
import { commands } from "./commands";
import { GrowthView } from "./growth";
import { HeatView } from "./heat";
import { HotLines } from "./hotLines";
import { Laboratory } from "./laboratory";
import { createLog } from "./log";
import { askEditorModel } from "./models";
import { registerPages } from "./pages";
import { Profiling } from "./profiling";
import { onInterpreterChange } from "./python";
import { Rewriting } from "./rewriting";
import { Keys } from "./secrets";
import { Server } from "./server";
import { StatusItem } from "./status";
import { WorkspaceView } from "./workspace";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = createLog();
  const status = new StatusItem();
  const keys = new Keys(context.secrets);
  const answers = { key: (where: string) => keys.get(where), model: askEditorModel };
  const running = new Server(context.extensionPath, log, status, answers);
  const workspace = new WorkspaceView(running, context.globalState);
  const growth = new GrowthView(running);
  const laboratory = new Laboratory(running, growth);
  const heat = new HeatView(running);
  const profiling = new Profiling(running, heat);
  const rewriting = new Rewriting(running);
  server = running;
  const restartIfChanged = (): void => void running.restartIfChanged();
  context.subscriptions.push(
    log,
    status,
    running,
    workspace,
    laboratory,
    growth,
    heat,
    new HotLines(heat),
    profiling,
    rewriting,
    registerPages(running),
    ...Object.entries(commands(running, workspace, laboratory, growth, profiling, heat, rewriting, keys, log)).map(
      ([id, run]) => vscode.commands.registerCommand(id, run),
    ),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (["perfwise.interpreter", "perfwise.importStrategy"].some((key) => event.affectsConfiguration(key))) {
        restartIfChanged();
      }
      if (event.affectsConfiguration("perfwise")) {
        void running.configurationChanged();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
  );
  await running.restart();
  const interpreterChange = await onInterpreterChange(restartIfChanged);
  if (interpreterChange) {
    context.subscriptions.push(interpreterChange);
  }
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
