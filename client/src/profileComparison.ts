import * as vscode from "vscode";
import { page } from "./profileComparisonPage";
import type { CompareReply } from "./protocol";

/** The one panel that shows a profile beside the one before it. */
export class ComparisonView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;

  show(reply: CompareReply): void {
    this.panel ??= vscode.window.createWebviewPanel("perfwise.comparison", "", vscode.ViewColumn.Beside);
    this.panel.onDidDispose(() => (this.panel = undefined));
    this.panel.title = `${reply.function || "Profile"}: before ↔ after`;
    this.panel.webview.html = page(reply);
    this.panel.reveal(undefined, false);
  }

  dispose(): void {
    this.panel?.dispose();
  }
}
