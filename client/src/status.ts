import * as vscode from "vscode";
import type { Status } from "./protocol";

/** The item in the language status of Python files. A click opens the log. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("perfwise", { language: "python" });

  constructor() {
    this.item.name = "Perfwise";
    this.item.command = { command: "perfwise.showLog", title: "Show Log" };
    this.starting();
  }

  starting(): void {
    this.show("Perfwise", "starting", vscode.LanguageStatusSeverity.Information, true);
  }

  problem(message: string): void {
    this.show("Perfwise is not running", message, vscode.LanguageStatusSeverity.Error);
  }

  update({ state, python, version, message }: Status): void {
    const text = state === "off" ? "Perfwise is off" : `Perfwise ${version}`.trim();
    const detail = message || (python ? `Python ${python}` : "");
    this.show(text, detail, vscode.LanguageStatusSeverity.Information, state === "busy");
  }

  dispose(): void {
    this.item.dispose();
  }

  private show(text: string, detail: string, severity: vscode.LanguageStatusSeverity, busy = false): void {
    Object.assign(this.item, { text, detail, severity, busy });
  }
}

/** Says something in passing that needs no answer. */
export function say(text: string): void {
  void vscode.window.setStatusBarMessage(`Perfwise: ${text}`, 3000);
}
