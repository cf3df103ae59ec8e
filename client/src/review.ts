import * as vscode from "vscode";
import type { Server } from "./server";
import { say } from "./status";

const SHOW = "Show Changes";
const APPLY = "Apply";

/** Says that a fix was not checked, and why it is not safe, before anything is changed. */
export async function reviewFix(
  server: Server,
  uri: string,
  key: string,
  title: string,
  reason: string,
): Promise<void> {
  const detail = `This fix was not checked by a run. ${reason}`;
  const chosen = await vscode.window.showWarningMessage(title, { modal: true, detail }, SHOW, APPLY);
  if (chosen && !(await server.applyUnchecked(uri, key, chosen === SHOW ? "show" : "apply"))) {
    say("the code changed since this was offered");
  }
}
