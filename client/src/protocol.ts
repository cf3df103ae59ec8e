/** Everything on the wire that is ours and not the Language Server Protocol's; mirrors `server/perfwise_server/protocol.py`. */
import { NotificationType, RequestType } from "vscode-languageclient/node";

export const SOURCE = "perfwise";

export const FIX_FILE = "perfwise.server.fixFile";

export interface RuleSummary {
  readonly code: string;
  readonly name: string;
  readonly summary: string;
}

export interface PageReply {
  readonly markdown: string;
  readonly uri: string | null;
}

export interface Status {
  readonly state: "ready" | "busy" | "off";
  readonly python: string;
  readonly version: string;
  readonly message: string;
}

export const RULES = new RequestType<object, readonly RuleSummary[], void>("perfwise/rules");
export const PAGE = new RequestType<{ readonly code: string }, PageReply, void>("perfwise/page");
export const STATUS = new NotificationType<Status>("perfwise/status");
