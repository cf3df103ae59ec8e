import * as vscode from "vscode";
import type { Report } from "./server";

export type Work<Result> = (report: Report, cancellation: vscode.CancellationToken) => Promise<Result>;

/** Runs something that takes its time, with progress that can be cancelled; what fails is said. */
export async function longWork<Result>(title: string, work: Work<Result>): Promise<Result | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: `Perfwise: ${title}` };
  return vscode.window.withProgress(options, async (progress, cancellation) => {
    try {
      return await work((message) => progress.report({ message }), cancellation);
    } catch (error) {
      if (!cancellation.isCancellationRequested) {
        void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
      }
      return undefined;
    }
  });
}
