import * as vscode from "vscode";

const hidden = new Set<string>();

/** Keeps a text, a key, out of what is traced from now on. */
export function hide(text: string): void {
  if (text !== "") {
    hidden.add(text);
  }
}

/** The one log: what the client does, and what the server writes to standard error. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel("Perfwise", { log: true });
}

/**
 * The messages between editor and server, in a channel that appears only once there is one to show.
 * The language client traces by the level of its channel, so `perfwise.trace.server` is turned into a level here.
 */
export class TraceChannel implements vscode.LogOutputChannel {
  readonly name = "Perfwise Trace";
  readonly onDidChangeLogLevel: vscode.Event<vscode.LogLevel>;
  private channel: vscode.OutputChannel | undefined;
  private readonly changed = new vscode.EventEmitter<vscode.LogLevel>();
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.onDidChangeLogLevel = this.changed.event;
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("perfwise.trace.server")) {
        this.changed.fire(this.logLevel);
      }
    });
  }

  get logLevel(): vscode.LogLevel {
    const trace = vscode.workspace.getConfiguration("perfwise").get<string>("trace.server", "off");
    return trace === "off" ? vscode.LogLevel.Off : vscode.LogLevel.Trace;
  }

  trace(message: string): void {
    this.appendLine(`${new Date().toISOString()} ${message}`);
  }
  debug(message: string): void {
    this.trace(message);
  }
  info(message: string): void {
    this.trace(message);
  }
  warn(message: string): void {
    this.trace(message);
  }
  error(error: string | Error): void {
    this.trace(String(error));
  }

  append(value: string): void {
    this.opened.append(withoutHidden(value));
  }
  appendLine(value: string): void {
    this.opened.appendLine(withoutHidden(value));
  }
  replace(value: string): void {
    this.opened.replace(withoutHidden(value));
  }
  clear(): void {
    this.channel?.clear();
  }
  show(): void {
    this.opened.show(true);
  }
  hide(): void {
    this.channel?.hide();
  }
  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
    this.channel?.dispose();
  }

  private get opened(): vscode.OutputChannel {
    return (this.channel ??= vscode.window.createOutputChannel(this.name));
  }
}

function withoutHidden(text: string): string {
  return [...hidden].reduce((shown, each) => shown.replaceAll(each, "…"), text);
}
