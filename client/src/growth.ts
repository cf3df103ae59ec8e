import * as vscode from "vscode";
import { picture, page } from "./growthPage";
import { longWork, type Work } from "./longWork";
import type { GrowthReply } from "./protocol";
import { interpreterFor } from "./python";
import { save } from "./save";
import type { Server } from "./server";

/** The one panel that draws what was measured last. */
export class GrowthView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private last: GrowthReply | undefined;

  constructor(private readonly server: Server) {}

  /** Measures the function of a name, or the one at a line. */
  async measure(uri: vscode.Uri, place: string | number): Promise<void> {
    const python = await interpreterFor(uri);
    await this.draw((report, cancellation) => this.server.measureGrowth(report, cancellation, uri, place, python));
  }

  /** Measures both versions of the fix that was verified last. */
  async compare(): Promise<void> {
    await this.draw((report, cancellation) => this.server.compareGrowth(report, cancellation));
  }

  async save(kind: "csv" | "svg"): Promise<void> {
    if (this.last) {
      const text = kind === "svg" ? picture(this.last, "file") : csv(this.last);
      await save(`${this.last.function}.${kind}`, text, { [kind.toUpperCase()]: [kind] });
    }
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private async draw(work: Work<GrowthReply>): Promise<void> {
    const reply = await longWork("measuring growth", work);
    if (reply) {
      this.last = reply;
      this.show(reply);
    }
  }

  private show(reply: GrowthReply): void {
    const options = { enableCommandUris: ["perfwise.saveGrowth"] };
    this.panel ??= vscode.window.createWebviewPanel("perfwise.growth", "", vscode.ViewColumn.Beside, options);
    this.panel.onDidDispose(() => (this.panel = undefined));
    this.panel.title = `Growth of ${reply.function}`;
    this.panel.webview.html = page(reply);
    this.panel.reveal(undefined, false);
  }
}

function csv({ curves }: GrowthReply): string {
  const rows = curves.flatMap(({ version, points }) => points.map(({ n, seconds }) => `${version},${n},${seconds}`));
  return ["version,n,seconds", ...rows, ""].join("\n");
}
