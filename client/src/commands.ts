import * as vscode from "vscode";
import type { GrowthView } from "./growth";
import type { HeatView } from "./heat";
import { goToHint, pythonEditor, showHints } from "./hints";
import type { Laboratory } from "./laboratory";
import { chooseModel, reviewConsent } from "./models";
import { explain } from "./pages";
import type { Profiling } from "./profiling";
import type { WorkspaceHint } from "./protocol";
import { reviewFix } from "./review";
import type { Rewriting } from "./rewriting";
import type { Keys } from "./secrets";
import type { Server } from "./server";
import { toggleHints } from "./settings";
import { say } from "./status";
import type { WorkspaceView } from "./workspace";
import type { Row } from "./workspaceTree";

type Command = (...args: unknown[]) => unknown;

/** Every command of package.json, by its identifier. */
export function commands(
  server: Server,
  workspace: WorkspaceView,
  laboratory: Laboratory,
  growth: GrowthView,
  profiling: Profiling,
  heat: HeatView,
  rewriting: Rewriting,
  keys: Keys,
  log: vscode.LogOutputChannel,
): Record<string, Command> {
  return {
    "perfwise.fixFile": () => inEditor(({ document }) => fixFile(server, document)),
    "perfwise.explain": (rule) => explain(server, typeof rule === "string" ? rule : undefined),
    "perfwise.showHints": showHintsOf,
    "perfwise.nextHint": () => goToHint("next"),
    "perfwise.previousHint": () => goToHint("previous"),
    "perfwise.checkWorkspace": () => workspace.check(),
    "perfwise.groupByFile": () => workspace.group("file"),
    "perfwise.groupByRule": () => workspace.group("rule"),
    "perfwise.clearWorkspace": () => workspace.clear(),
    "perfwise.openHint": (hint) => workspace.open(hint as WorkspaceHint),
    "perfwise.fixHint": (row) => workspace.fix(row as Row | undefined),
    "perfwise.copyHint": (row) => workspace.copy(row as Row | undefined),
    "perfwise.explainHint": (row) => explain(server, (row as WorkspaceHint).code),
    "perfwise.reviewFix": (...args) => reviewFix(server, ...(args as [string, string, string, string])),
    "perfwise.verifyFix": (...args) => laboratory.verify(...(args as [string, string])),
    "perfwise.showEvidence": () => laboratory.showEvidence(),
    "perfwise.saveEvidence": () => laboratory.saveEvidence(),
    "perfwise.measureGrowth": (uri, name) => growthOf(growth, uri, name),
    "perfwise.compareGrowth": () => growth.compare(),
    "perfwise.saveGrowth": (kind) => growth.save(kind as "csv" | "svg"),
    "perfwise.profileFunction": (uri, name) => profiling.profile("function", uri, name),
    "perfwise.profileFile": () => profiling.profile("file"),
    "perfwise.profileTest": () => profiling.profile("test"),
    "perfwise.profileSelection": () => profiling.profile("selection"),
    "perfwise.takeCompletion": () => profiling.calls.take(),
    "perfwise.nextHotLine": () => heat.goTo("next"),
    "perfwise.previousHotLine": () => heat.goTo("previous"),
    "perfwise.openHotLine": (...args) => heat.open(...(args as [string, number])),
    "perfwise.toggleHeat": () => heat.toggle(),
    "perfwise.clearProfile": () => profiling.clear(),
    "perfwise.profileActions": () => profiling.offer(),
    "perfwise.compareProfiles": () => profiling.compare(),
    "perfwise.showProfiles": () => profiling.showKept(),
    "perfwise.openProfile": () => profiling.open(),
    "perfwise.exportProfile": () => profiling.export(),
    "perfwise.suggestFaster": (uri, name) => rewriting.suggest(uri, name),
    "perfwise.showRewrites": () => rewriting.show(),
    "perfwise.acceptRewrite": () => rewriting.accept(),
    "perfwise.rejectRewrite": () => rewriting.reject(),
    "perfwise.nextRewrite": () => rewriting.next(),
    "perfwise.chooseModel": () => chooseModel(server),
    "perfwise.setModelKey": () => keys.ask(),
    "perfwise.reviewConsent": () => reviewConsent(server),
    "perfwise.toggle": async () => say(`hints are ${(await toggleHints()) ? "on" : "off"}`),
    "perfwise.restart": () => server.restart(),
    "perfwise.showLog": () => log.show(),
  };
}

async function fixFile(server: Server, { uri }: vscode.TextDocument): Promise<void> {
  if (!(await server.fixFile(uri))) {
    say("nothing here to fix safely");
  }
}

/** A lens names its document and function; otherwise it is the one with the cursor. */
function growthOf(growth: GrowthView, uri: unknown, name: unknown): unknown {
  return typeof uri === "string" && typeof name === "string"
    ? growth.measure(vscode.Uri.parse(uri), name)
    : inEditor(({ document, selection }) => growth.measure(document.uri, selection.active.line));
}

/** A lens names its document, which may be beside the active one, and the line of the hint it stands for. */
function showHintsOf(uri: unknown, line: unknown): unknown {
  const named = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  return inEditor((editor) => showHints(editor, typeof line === "number" ? line : undefined), named);
}

function inEditor(action: (editor: vscode.TextEditor) => unknown, editor = pythonEditor()): unknown {
  return editor && action(editor);
}
