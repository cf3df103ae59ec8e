/** Everything on the wire that is ours and not the Language Server Protocol's; mirrors `server/perfwise_server/protocol.py`. */
import { NotificationType, RequestType, type Range } from "vscode-languageclient/node";

export const SOURCE = "perfwise";

export const FIX_FILE = "perfwise.server.fixFile";
export const APPLY_UNCHECKED = "perfwise.server.applyUnchecked";
export const APPLY_AGREED = "perfwise.server.applyAgreed";
export const CHECK_WORKSPACE = "perfwise.server.checkWorkspace";
export const CLEAR_WORKSPACE = "perfwise.server.clearWorkspace";
export const FIX_HINT = "perfwise.server.fixHint";
export const MODEL_PLAN = "perfwise.server.modelPlan";
export const AGREE_TO_MODEL = "perfwise.server.agreeToModel";
export const REVOKE_MODEL = "perfwise.server.revokeModel";
export const MODELS = "perfwise.server.models";
export const SUGGEST = "perfwise.server.suggest";
export const REWRITE_TEXT = "perfwise.server.rewriteText";
export const ACCEPT_REWRITE = "perfwise.server.acceptRewrite";
export const VERIFY_FIX = "perfwise.server.verifyFix";
export const ANSWER_QUESTION = "perfwise.server.answerQuestion";
export const MEASURE_GROWTH = "perfwise.server.measureGrowth";
export const COMPARE_GROWTH = "perfwise.server.compareGrowth";
export const PROFILE_DRIVERS = "perfwise.server.profileDrivers";
export const PROFILE = "perfwise.server.profile";
export const COMPLETE_CALL = "perfwise.server.completeCall";
export const CHECK_CALL = "perfwise.server.checkCall";
export const PROFILES = "perfwise.server.profiles";
export const SHOW_PROFILE = "perfwise.server.showProfile";
export const CLEAR_PROFILE = "perfwise.server.clearProfile";
export const COMPARE_PROFILES = "perfwise.server.compareProfiles";
export const EXPORT_PROFILE = "perfwise.server.exportProfile";
export const OPEN_PROFILE = "perfwise.server.openProfile";

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
  readonly question: string;
  readonly assumed: readonly string[];
  readonly function: string;
  readonly before: string;
  readonly after: string;
}

export interface GrowthPoint {
  readonly n: number;
  readonly seconds: number;
  readonly shown: string;
}

export interface GrowthCurve {
  readonly version: "before" | "after";
  readonly measured: string;
  readonly others: readonly string[];
  readonly written: string;
  readonly points: readonly GrowthPoint[];
}

export interface GrowthReply {
  readonly function: string;
  readonly call: string;
  readonly summary: string;
  readonly curves: readonly GrowthCurve[];
  readonly compared: string;
  readonly crossing: number | null;
}

export type Scope = "function" | "file" | "test" | "selection";

export type Confidence = "none" | "low" | "medium" | "high";

export interface Driver {
  readonly kind: "test" | "call" | "inputs" | "doctest" | "script" | "recorded";
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

export interface Profiler {
  readonly kind: "installed" | "bundled" | "sampler";
  readonly message: string;
  readonly install: readonly string[];
}

export interface DriversReply {
  readonly function: string;
  readonly what: Scope;
  readonly drivers: readonly Driver[];
  readonly last: number | null;
  readonly profiler: Profiler;
}

export interface CallCompletion {
  readonly label: string;
  readonly text: string;
  readonly detail: string;
}

export interface CallReply {
  readonly message: string;
}

export interface ProfileRequest {
  readonly what?: Scope;
  readonly place?: number | string;
  readonly lines?: readonly number[];
  readonly driver?: Driver;
  readonly memory?: boolean;
  readonly gpu?: boolean;
  readonly seconds?: number;
}

export interface ProfiledLine {
  readonly line: number;
  readonly text: string;
  readonly share: number | null;
  readonly python: number | null;
  readonly native: number | null;
  readonly system: number | null;
  readonly millisecondsPerCall: number | null;
  readonly peakMb: number | null;
  readonly copyMbPerSecond: number | null;
  readonly gpu: number | null;
  readonly samples: number;
  readonly label: string;
}

export interface KeptProfile {
  readonly id: number;
  readonly uri: string;
  readonly function: string;
  readonly what: Scope;
  readonly driver: string;
  readonly title: string;
  readonly detail: string;
  readonly when: string;
  readonly calls: number;
  readonly seconds: number;
  readonly samples: number;
  readonly confidence: Confidence;
  readonly millisecondsPerCall: number | null;
  readonly profiler: string;
  readonly memory: boolean;
}

export interface ProfileReply extends KeptProfile {
  readonly message: string;
  readonly reason: string;
  readonly cancelled: boolean;
  readonly lines: readonly ProfiledLine[];
  readonly shown: readonly string[];
}

export interface ComparedLine {
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
  readonly beforeMs: number | null;
  readonly afterMs: number | null;
}

export interface CompareReply {
  readonly function: string;
  readonly before: KeptProfile;
  readonly after: KeptProfile;
  readonly beforeMs: number | null;
  readonly afterMs: number | null;
  readonly speedup: number | null;
  readonly message: string;
  readonly lines: readonly ComparedLine[];
}

export interface ExportReply {
  readonly name: string;
  readonly text: string;
}

export interface OpenedReply {
  readonly message: string;
  readonly files: readonly string[];
}

export interface HeatLine {
  readonly line: number;
  readonly share: number | null;
  readonly level: number;
  readonly label: string;
  readonly hover: string;
  readonly changed: boolean;
}

export interface Heat {
  readonly uri: string;
  readonly version: number | null;
  readonly id: number;
  readonly title: string;
  readonly detail: string;
  readonly lines: readonly HeatLine[];
}

export interface SuggestRequest {
  readonly place: number | string;
  readonly hint: string;
  readonly model: boolean;
  readonly fresh: boolean;
}

export interface ModelPlan {
  readonly function: string;
  readonly provider: string;
  readonly model: string;
  readonly where: string;
  readonly agreed: boolean;
  readonly thorough: boolean;
  readonly prompt: string;
  readonly requests: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly price: string;
  readonly problem: string;
}

export interface Rewrite {
  readonly key: number;
  readonly title: string;
  readonly evidence: string;
}

export interface Rewrites {
  readonly id: number;
  readonly uri: string;
  readonly function: string;
  readonly running: boolean;
  readonly asked: boolean;
  readonly offered: readonly Rewrite[];
  readonly refused: number;
  readonly message: string;
  readonly evidence: string;
  readonly problem: string;
}

export interface RewriteText {
  readonly text: string;
  readonly stale: boolean;
}

export interface AcceptReply {
  readonly message: string;
}

export interface FoundModels {
  readonly name: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

export interface GivenConsent {
  readonly provider: string;
  readonly where: string;
  readonly when: string;
}

export interface ModelsReply {
  readonly found: readonly FoundModels[];
  readonly consents: readonly GivenConsent[];
  readonly spent: string;
}

export interface KeyRequest {
  readonly where: string;
}

export interface KeyReply {
  readonly key: string;
}

export interface ModelMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly ModelMessage[];
}

export interface ModelReply {
  readonly text: string;
  readonly model: string;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly error: string;
}

export const RULES = new RequestType<object, readonly RuleSummary[], void>("perfwise/rules");
export const PAGE = new RequestType<{ readonly code: string }, PageReply, void>("perfwise/page");
export const STATUS = new NotificationType<Status>("perfwise/status");
export const WORKSPACE_HINTS = new NotificationType<WorkspaceChange>("perfwise/workspaceHints");
export const HEAT = new NotificationType<Heat>("perfwise/heat");
export const REWRITES = new NotificationType<Rewrites>("perfwise/rewrites");
export const KEY = new RequestType<KeyRequest, KeyReply, void>("perfwise/key");
export const MODEL = new RequestType<ModelRequest, ModelReply, void>("perfwise/model");
