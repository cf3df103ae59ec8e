/** Everything on the wire that is ours and not the Language Server Protocol's; mirrors `server/perfwise_server/protocol.py`. */
import { NotificationType, RequestType, type Range } from "vscode-languageclient/node";

export const SOURCE = "perfwise";

export const FIX_FILE = "perfwise.server.fixFile";
export const APPLY_UNCHECKED = "perfwise.server.applyUnchecked";
export const APPLY_AGREED = "perfwise.server.applyAgreed";
export const CHECK_WORKSPACE = "perfwise.server.checkWorkspace";
export const CLEAR_WORKSPACE = "perfwise.server.clearWorkspace";
export const FIX_HINT = "perfwise.server.fixHint";
export const VERIFY_FIX = "perfwise.server.verifyFix";
export const MEASURE_GROWTH = "perfwise.server.measureGrowth";

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

export interface WorkspaceHint {
  readonly uri: string;
  readonly cell: number | null;
  readonly range: Range;
  readonly code: string;
  readonly name: string;
  readonly message: string;
  readonly severity: "warning" | "info" | "hint";
  readonly cost: string;
  readonly betterCost: string;
  readonly fix: "safe" | "verify" | null;
  readonly rank: readonly number[];
}

export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

export interface WorkspaceReply {
  readonly hints: readonly WorkspaceHint[];
  readonly files: number;
  readonly skipped: readonly Skipped[];
  readonly seconds: number;
}

export interface WorkspaceChange {
  readonly uri: string;
  readonly hints: readonly WorkspaceHint[];
}

export interface VerifyReply {
  readonly verdict: "proved" | "not faster" | "different" | "broken" | "undecided";
  readonly applied: boolean;
  readonly message: string;
  readonly evidence: string;
  readonly function: string;
  readonly before: string;
  readonly after: string;
}

export interface GrowthPoint {
  readonly n: number;
  readonly seconds: number;
  readonly shown: string;
}

export interface GrowthReply {
  readonly function: string;
  readonly call: string;
  readonly measured: string;
  readonly others: readonly string[];
  readonly written: string;
  readonly summary: string;
  readonly points: readonly GrowthPoint[];
}

export const RULES = new RequestType<object, readonly RuleSummary[], void>("perfwise/rules");
export const PAGE = new RequestType<{ readonly code: string }, PageReply, void>("perfwise/page");
export const STATUS = new NotificationType<Status>("perfwise/status");
export const WORKSPACE_HINTS = new NotificationType<WorkspaceChange>("perfwise/workspaceHints");
