import * as vscode from "vscode";
import type { GrowthView } from "./growth";
import { longWork } from "./longWork";
import type { VerifyReply } from "./protocol";
import { interpreterFor } from "./python";
import { save } from "./save";
import type { Server } from "./server";
import { say } from "./status";

const SCHEME = "perfwise-evidence";
const EVIDENCE = "Show Evidence";
const DIFFERENCE = "Show Difference";
const APPLY = "Apply Anyway";
const GROWTH = "Measure Growth of Both";
const [YES, NO, TAKE_BACK] = ["Yes", "No", "Take Back"];

/** Fixes that are verified before they are made, and what the last of them rests on. */
export class Laboratory implements vscode.Disposable {
  private last: VerifyReply | undefined;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly provider: vscode.Disposable;

  constructor(
    private readonly server: Server,
    private readonly growth: GrowthView,
  ) {
    this.provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri) => this.content(uri),
    });
  }

  async verify(uri: string, key: string): Promise<void> {
    const python = await interpreterFor(vscode.Uri.parse(uri));
    const reply = await longWork("verifying", (report, cancellation) =>
      this.server.verifyFix(report, cancellation, uri, key, python),
    );
    if (!reply) {
      return;
    }
    this.last = reply;
    this.documents().forEach((each) => this.changed.fire(each));
    await this.tell(reply, uri, key);
  }

  async showEvidence(): Promise<void> {
    if (this.last) {
      await vscode.commands.executeCommand("markdown.showPreview", this.documents()[0]);
    } else {
      say("no fix was verified yet");
    }
  }

  async saveEvidence(): Promise<void> {
    if (this.last) {
      await save(`${this.last.function}.md`, this.last.evidence, { Markdown: ["md"] });
    } else {
      say("no fix was verified yet");
    }
  }

  dispose(): void {
    this.provider.dispose();
    this.changed.dispose();
  }

  private async tell(reply: VerifyReply, uri: string, key: string): Promise<void> {
    const { verdict, applied, message, question, assumed, function: name } = reply;
    const isAlike = verdict === "proved" || verdict === "not faster";
    const choices = [
      ...(question ? [YES, NO] : []),
      ...(verdict === "not faster" ? [APPLY] : []),
      EVIDENCE,
      ...(isAlike ? [GROWTH] : [DIFFERENCE]),
      ...(assumed.length > 0 ? [TAKE_BACK] : []),
    ];
    const chosen = applied
      ? await vscode.window.showInformationMessage(message, ...choices)
      : await vscode.window.showWarningMessage(message, ...choices);
    if (chosen === YES || chosen === NO) {
      await this.server.answerQuestion(uri, name, question, chosen === YES);
      await this.verify(uri, key);
    } else if (chosen === TAKE_BACK) {
      await this.server.answerQuestion(uri, name, "", null);
      say(`what you said of ${name} is taken back`);
    } else if (chosen === GROWTH) {
      await this.growth.compare();
    } else if (chosen === EVIDENCE) {
      await this.showEvidence();
    } else if (chosen === DIFFERENCE) {
      await this.showDifference();
    } else if (chosen === APPLY && !(await this.server.applyUnchecked(uri, key, "apply"))) {
      say("the code changed since it was verified");
    }
  }

  private async showDifference(): Promise<void> {
    const [, before, after] = this.documents();
    await vscode.commands.executeCommand("vscode.diff", before, after, `${this.last?.function ?? ""}: before ↔ after`);
  }

  /** The page, and both versions of the function. */
  private documents(): readonly vscode.Uri[] {
    const name = this.last?.function ?? "";
    return [`/Evidence for ${name}.md`, `/before/${name}.py`, `/after/${name}.py`].map((path) =>
      vscode.Uri.from({ scheme: SCHEME, path }),
    );
  }

  private content({ path }: vscode.Uri): string {
    const { evidence = "", before = "", after = "" } = this.last ?? {};
    return path.startsWith("/before/") ? before : path.startsWith("/after/") ? after : evidence;
  }
}
