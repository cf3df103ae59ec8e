import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import {
  LanguageClient,
  RevealOutputChannelOn,
  State,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { TraceChannel } from "./log";
import {
  ACCEPT_REWRITE,
  AGREE_TO_MODEL,
  APPLY_AGREED,
  APPLY_UNCHECKED,
  CHECK_CALL,
  CHECK_WORKSPACE,
  CLEAR_PROFILE,
  CLEAR_WORKSPACE,
  COMPARE_PROFILES,
  COMPLETE_CALL,
  EXPORT_PROFILE,
  FIX_FILE,
  FIX_HINT,
  HEAT,
  ANSWER_QUESTION,
  COMPARE_GROWTH,
  KEY,
  MEASURE_GROWTH,
  MODEL,
  MODELS,
  MODEL_PLAN,
  OPEN_PROFILE,
  PAGE,
  PROFILE,
  PROFILES,
  PROFILE_DRIVERS,
  REVOKE_MODEL,
  REWRITES,
  REWRITE_TEXT,
  RULES,
  SHOW_PROFILE,
  STATUS,
  SUGGEST,
  VERIFY_FIX,
  WORKSPACE_HINTS,
  type AcceptReply,
  type CallCompletion,
  type CallReply,
  type CompareReply,
  type DriversReply,
  type ExportReply,
  type GrowthReply,
  type Heat,
  type KeptProfile,
  type ModelPlan,
  type ModelReply,
  type ModelRequest,
  type ModelsReply,
  type OpenedReply,
  type PageReply,
  type ProfileReply,
  type ProfileRequest,
  type Rewrites,
  type RewriteText,
  type RuleSummary,
  type Scope,
  type SuggestRequest,
  type VerifyReply,
  type WorkspaceChange,
  type WorkspaceReply,
} from "./protocol";
import { choosePython, selectInterpreter } from "./python";
import { launchSettings, serverSettings } from "./settings";
import type { StatusItem } from "./status";

/** Documents of any other scheme (`git:`, `vscode-vfs:`, an old version in a diff) are nobody's to edit, and left alone. */
const DOCUMENTS = ["file", "untitled", "vscode-notebook-cell"].map((scheme) => ({ scheme, language: "python" }));

/** Is told how far it is, in words and per cent. */
export type Report = (message: string, percentage: number) => void;

/** What the server asks of the editor: the user's key for a host, and a reply of one of the editor's own models. */
export interface Answers {
  readonly key: (where: string) => Promise<string>;
  readonly model: (request: ModelRequest, cancellation: vscode.CancellationToken) => Promise<ModelReply>;
}

/** The running server process and the connection to it: at most one, restarted at most once at a time. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private commandLine: readonly string[] | undefined;
  private restarting: Promise<void> | undefined;
  private queued = false;
  private readonly trace = new TraceChannel();
  private readonly workspaceHints = new vscode.EventEmitter<WorkspaceChange>();
  private readonly heat = new vscode.EventEmitter<Heat>();
  private readonly rewrites = new vscode.EventEmitter<Rewrites>();
  private readonly ended = new vscode.EventEmitter<void>();
  /** The hints of a checked file that is edited since. */
  readonly onWorkspaceHints = this.workspaceHints.event;
  /** Where the lines of a profile are in a file as it is now. */
  readonly onHeat = this.heat.event;
  /** What a suggestion has come to so far. */
  readonly onRewrites = this.rewrites.event;
  /** Nothing that the server was asked to keep is kept any longer. */
  readonly onEnd = this.ended.event;

  constructor(
    private readonly extensionPath: string,
    private readonly log: vscode.LogOutputChannel,
    private readonly status: StatusItem,
    private readonly answers: Answers,
  ) {}

  /** Starts the server, after stopping the one that runs. While that goes on, any number of calls make one more. */
  restart(): Promise<void> {
    this.queued = true;
    this.restarting ??= this.restartWhileQueued().finally(() => (this.restarting = undefined));
    return this.restarting;
  }

  /** Restarts the server if it would be started in another way now. */
  async restartIfChanged(): Promise<void> {
    await this.restarting;
    const { commandLine } = await this.launch();
    if (!isDeepStrictEqual(commandLine, this.commandLine)) {
      await this.restart();
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      if (client?.needsStop()) {
        await client.dispose();
      }
    } catch (error) {
      this.log.warn(`The server did not stop in good order: ${String(error)}`);
    }
  }

  /** The server asks for the settings themselves, folder by folder. */
  async configurationChanged(): Promise<void> {
    if (this.client?.isRunning()) {
      await this.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    }
  }

  rules(): Promise<readonly RuleSummary[]> {
    return this.connection.sendRequest(RULES, {});
  }

  page(code: string): Promise<PageReply> {
    return this.connection.sendRequest(PAGE, { code });
  }

  /** Makes every safe fix of a file. Returns whether there was one. */
  fixFile(uri: vscode.Uri): Promise<boolean> {
    return this.execute(FIX_FILE, this.asUri(uri));
  }

  /** Makes a fix that nothing has proved: shown as changes first, or at once. Returns whether there still is one. */
  applyUnchecked(uri: string, key: string, how: "show" | "apply"): Promise<boolean> {
    return this.execute(how === "show" ? APPLY_UNCHECKED : APPLY_AGREED, uri, key);
  }

  /** Makes the fix of the hint that starts on a line. Returns whether there still is one. */
  fixHint(uri: vscode.Uri, code: string, line: number): Promise<boolean> {
    return this.execute(FIX_HINT, this.asUri(uri), code, line);
  }

  /** The hints of all files in the workspace's folders. */
  checkWorkspace(report: Report, cancellation: vscode.CancellationToken): Promise<WorkspaceReply> {
    return this.executeLong(report, cancellation, CHECK_WORKSPACE);
  }

  /** Runs a fix beside what it replaces, in the given Python, and makes it if that proves it. */
  verifyFix(
    report: Report,
    cancellation: vscode.CancellationToken,
    ...args: readonly [uri: string, key: string, python: string]
  ): Promise<VerifyReply> {
    return this.executeLong(report, cancellation, VERIFY_FIX, ...args);
  }

  /** Remembers what the user said of a function's inputs; null takes back all of it. */
  answerQuestion(
    uri: string,
    ...args: readonly [name: string, question: string, answer: boolean | null]
  ): Promise<void> {
    return this.execute(ANSWER_QUESTION, uri, ...args);
  }

  /** Runs both versions of the fix that was verified last on inputs of growing size. */
  compareGrowth(report: Report, cancellation: vscode.CancellationToken): Promise<GrowthReply> {
    return this.executeLong(report, cancellation, COMPARE_GROWTH);
  }

  /** Runs the function of a name, or at a line, on inputs of growing size. */
  measureGrowth(
    report: Report,
    cancellation: vscode.CancellationToken,
    uri: vscode.Uri,
    ...args: readonly [place: string | number, python: string]
  ): Promise<GrowthReply> {
    return this.executeLong(report, cancellation, MEASURE_GROWTH, this.asUri(uri), ...args);
  }

  clearWorkspace(): Promise<void> {
    return this.execute(CLEAR_WORKSPACE);
  }

  /** What can make the function of a name, or at a line, run. */
  profileDrivers(
    report: Report,
    cancellation: vscode.CancellationToken,
    uri: vscode.Uri,
    ...args: readonly [place: string | number, what: Scope, python: string]
  ): Promise<DriversReply> {
    return this.executeLong(report, cancellation, PROFILE_DRIVERS, this.asUri(uri), ...args);
  }

  /** Profiles it. What is given up midway answers with what was gathered. */
  profile(
    report: Report,
    cancellation: vscode.CancellationToken,
    uri: vscode.Uri,
    ...args: readonly [request: ProfileRequest, python: string]
  ): Promise<ProfileReply> {
    const { connection } = this;
    return this.withProgress(report, async (workDoneToken) => {
      const stop = cancellation.onCancellationRequested(
        () => void connection.sendNotification(WorkDoneProgressCancelNotification.type, { token: workDoneToken }),
      );
      try {
        const params = { command: PROFILE, arguments: [this.asUri(uri), ...args], workDoneToken };
        return await connection.sendRequest("workspace/executeCommand", params);
      } finally {
        stop.dispose();
      }
    });
  }

  completeCall(uri: vscode.Uri, place: string | number, text: string): Promise<readonly CallCompletion[]> {
    return this.execute(COMPLETE_CALL, this.asUri(uri), place, text);
  }

  checkCall(uri: vscode.Uri, text: string): Promise<CallReply> {
    return this.execute(CHECK_CALL, this.asUri(uri), text);
  }

  /** The kept ones of a file, newest first. */
  profiles(uri: vscode.Uri, name: string | null): Promise<readonly KeptProfile[]> {
    return this.execute(PROFILES, this.asUri(uri), name);
  }

  showProfile(id: number): Promise<unknown> {
    return this.execute(SHOW_PROFILE, id);
  }

  clearProfile(): Promise<unknown> {
    return this.execute(CLEAR_PROFILE);
  }

  /** A profile beside the one before it. */
  compareProfiles(id: number): Promise<CompareReply> {
    return this.execute(COMPARE_PROFILES, id);
  }

  exportProfile(id: number, format: string): Promise<ExportReply> {
    return this.execute(EXPORT_PROFILE, id, format);
  }

  openProfile(path: string): Promise<OpenedReply> {
    return this.execute(OPEN_PROFILE, path);
  }

  /** What a suggestion would send to a model, and where. Nothing is sent. */
  modelPlan(uri: vscode.Uri, ...args: readonly [request: SuggestRequest, python: string]): Promise<ModelPlan> {
    return this.execute(MODEL_PLAN, this.asUri(uri), ...args);
  }

  agreeToModel(uri: vscode.Uri, provider: string, where: string): Promise<boolean> {
    return this.execute(AGREE_TO_MODEL, this.asUri(uri), provider, where);
  }

  revokeModel(where: string): Promise<number> {
    return this.execute(REVOKE_MODEL, where);
  }

  models(): Promise<ModelsReply> {
    return this.execute(MODELS);
  }

  /** Has faster versions of a function written and checked. */
  suggest(
    report: Report,
    cancellation: vscode.CancellationToken,
    uri: vscode.Uri,
    ...args: readonly [request: SuggestRequest, python: string]
  ): Promise<Rewrites> {
    return this.executeLong(report, cancellation, SUGGEST, this.asUri(uri), ...args);
  }

  rewriteText(id: number, key: number): Promise<RewriteText> {
    return this.execute(REWRITE_TEXT, id, key);
  }

  acceptRewrite(id: number, key: number): Promise<AcceptReply> {
    return this.execute(ACCEPT_REWRITE, id, key);
  }

  dispose(): void {
    this.rewrites.dispose();
    this.trace.dispose();
    this.workspaceHints.dispose();
    this.heat.dispose();
    this.ended.dispose();
  }

  /** For what a person asks for; the editor shows them the error. */
  private get connection(): LanguageClient {
    if (!this.client?.isRunning()) {
      throw new Error("Perfwise is not running. Its log may say why.");
    }
    return this.client;
  }

  private asUri(uri: vscode.Uri): string {
    return this.connection.code2ProtocolConverter.asUri(uri);
  }

  private execute<Result>(command: string, ...args: readonly unknown[]): Promise<Result> {
    return this.connection.sendRequest("workspace/executeCommand", { command, arguments: args });
  }

  private executeLong<Result>(
    report: Report,
    cancellation: vscode.CancellationToken,
    command: string,
    ...args: readonly unknown[]
  ): Promise<Result> {
    return this.withProgress(report, (workDoneToken) => {
      const params = { command, arguments: args, workDoneToken };
      return this.connection.sendRequest("workspace/executeCommand", params, cancellation);
    });
  }

  private async withProgress<Result>(report: Report, ask: (token: string) => Promise<Result>): Promise<Result> {
    const workDoneToken = randomUUID();
    const progress = this.connection.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind === "report") {
        report(value.message ?? "", value.percentage ?? 0);
      }
    });
    try {
      return await ask(workDoneToken);
    } finally {
      progress.dispose();
    }
  }

  private async restartWhileQueued(): Promise<void> {
    while (this.queued) {
      this.queued = false;
      await this.stop();
      await this.start();
    }
  }

  private async launch(): Promise<{ commandLine?: readonly string[]; problem?: string }> {
    const { interpreter, importStrategy } = launchSettings();
    const launcher = [join(this.extensionPath, "bundled", "launch.py"), importStrategy];
    const choice = await choosePython(this.extensionPath, interpreter, launcher);
    return "python" in choice ? { commandLine: [...choice.python, "-E", "-X", "utf8", ...launcher] } : choice;
  }

  private async start(): Promise<void> {
    this.status.starting();
    const { commandLine, problem } = await this.launch();
    this.commandLine = commandLine;
    if (!commandLine) {
      this.fail(problem ?? "", "Select Interpreter", selectInterpreter);
      return;
    }
    const [command = "", ...args] = commandLine;
    this.log.info(`Starting ${commandLine.join(" ")}`);
    // Not the workspace's folder: a file there called like a library must not be imported in its place.
    const options = { cwd: this.extensionPath };
    this.client = new LanguageClient("perfwise", "Perfwise", { command, args, options }, this.clientOptions());
    this.client.onNotification(STATUS, (status) => this.status.update(status));
    this.client.onNotification(WORKSPACE_HINTS, (change) => this.workspaceHints.fire(change));
    this.client.onNotification(HEAT, (heat) => this.heat.fire(heat));
    this.client.onNotification(REWRITES, (news) => this.rewrites.fire(news));
    this.client.onRequest(KEY, async ({ where }) => ({ key: await this.answers.key(where) }));
    this.client.onRequest(MODEL, (request, cancellation) => this.answers.model(request, cancellation));
    this.client.onDidChangeState(({ newState }) => {
      if (newState !== State.Running) {
        this.ended.fire();
      }
      if (newState === State.Starting) {
        this.status.starting();
      } else if (newState === State.Stopped) {
        this.status.problem("The server has ended.");
      }
    });
    try {
      await this.client.start();
    } catch (error) {
      this.fail(`Perfwise did not start: ${String(error)}`, "Show Log", () => this.log.show());
    }
  }

  private fail(message: string, button: string, action: () => unknown): void {
    this.log.error(message);
    this.status.problem(message);
    void vscode.window.showErrorMessage(message, button).then((chosen) => (chosen ? action() : undefined));
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: DOCUMENTS,
      outputChannel: this.log,
      traceOutputChannel: this.trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => ({
        settings: serverSettings(),
        steadyHints: true,
        clientCommands: true,
        client: { heat: true, keys: true, models: true },
        trusted: vscode.workspace.isTrusted,
      }),
      initializationFailedHandler: () => false,
      diagnosticPullOptions: { onChange: true, onSave: true },
      stdioOptions: { stdout: () => undefined, stderr: (input) => this.logLines(input) },
    };
  }

  /** The server's lines are a time, a level and a text; the log adds its own time. */
  private logLines(input: NodeJS.ReadableStream): void {
    createInterface({ input }).on("line", (line) => {
      const [, level = "", text = line] = /^[\d-]+ [\d:,]+ ([A-Z]+) (.*)$/.exec(line) ?? [];
      if (level === "WARNING") {
        this.log.warn(text);
      } else if (level === "ERROR" || level === "CRITICAL") {
        this.log.error(text);
      } else {
        this.log.info(text);
      }
    });
  }
}
