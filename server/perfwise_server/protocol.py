"""Everything on the wire that is ours and not the Language Server Protocol's; `client/src/protocol.ts` mirrors it."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

SOURCE = "perfwise"
FIX_ALL = "source.fixAll.perfwise"

RULES = "perfwise/rules"
PAGE = "perfwise/page"
STATUS = "perfwise/status"
WORKSPACE_HINTS = "perfwise/workspaceHints"
HEAT = "perfwise/heat"
REWRITES = "perfwise/rewrites"
# Requests to clients whose initialization options have `client.keys` and `client.models`.
KEY = "perfwise/key"
MODEL = "perfwise/model"

FIX_FILE = "perfwise.server.fixFile"
EXPLAIN = "perfwise.server.explain"
APPLY_UNCHECKED = "perfwise.server.applyUnchecked"
APPLY_AGREED = "perfwise.server.applyAgreed"
CHECK_WORKSPACE = "perfwise.server.checkWorkspace"
CLEAR_WORKSPACE = "perfwise.server.clearWorkspace"
FIX_HINT = "perfwise.server.fixHint"
VERIFY_FIX = "perfwise.server.verifyFix"
ANSWER_QUESTION = "perfwise.server.answerQuestion"
MEASURE_GROWTH = "perfwise.server.measureGrowth"
COMPARE_GROWTH = "perfwise.server.compareGrowth"
PROFILE_DRIVERS = "perfwise.server.profileDrivers"
PROFILE = "perfwise.server.profile"
COMPLETE_CALL = "perfwise.server.completeCall"
CHECK_CALL = "perfwise.server.checkCall"
PROFILES = "perfwise.server.profiles"
SHOW_PROFILE = "perfwise.server.showProfile"
CLEAR_PROFILE = "perfwise.server.clearProfile"
COMPARE_PROFILES = "perfwise.server.compareProfiles"
EXPORT_PROFILE = "perfwise.server.exportProfile"
OPEN_PROFILE = "perfwise.server.openProfile"
MODEL_PLAN = "perfwise.server.modelPlan"
AGREE_TO_MODEL = "perfwise.server.agreeToModel"
REVOKE_MODEL = "perfwise.server.revokeModel"
MODELS = "perfwise.server.models"
SUGGEST = "perfwise.server.suggest"
REWRITE_TEXT = "perfwise.server.rewriteText"
ACCEPT_REWRITE = "perfwise.server.acceptRewrite"
COMMANDS = (
    FIX_FILE,
    EXPLAIN,
    APPLY_UNCHECKED,
    APPLY_AGREED,
    CHECK_WORKSPACE,
    CLEAR_WORKSPACE,
    FIX_HINT,
    VERIFY_FIX,
    ANSWER_QUESTION,
    MEASURE_GROWTH,
    COMPARE_GROWTH,
    PROFILE_DRIVERS,
    PROFILE,
    COMPLETE_CALL,
    CHECK_CALL,
    PROFILES,
    SHOW_PROFILE,
    CLEAR_PROFILE,
    COMPARE_PROFILES,
    EXPORT_PROFILE,
    OPEN_PROFILE,
    MODEL_PLAN,
    AGREE_TO_MODEL,
    REVOKE_MODEL,
    MODELS,
    SUGGEST,
    REWRITE_TEXT,
    ACCEPT_REWRITE,
)

WITH_PROGRESS = frozenset(
    {CHECK_WORKSPACE, VERIFY_FIX, MEASURE_GROWTH, COMPARE_GROWTH, PROFILE_DRIVERS, PROFILE, SUGGEST}
)

# Commands of the client, named only to clients that say `clientCommands`.
SHOW_HINTS = "perfwise.showHints"
REVIEW_FIX = "perfwise.reviewFix"
VERIFY = "perfwise.verifyFix"
GROWTH = "perfwise.measureGrowth"
PROFILE_FUNCTION = "perfwise.profileFunction"
SUGGEST_FASTER = "perfwise.suggestFaster"


class RuleSummary(TypedDict):
    code: str
    name: str
    summary: str


class PageReply(TypedDict):
    markdown: str
    uri: str | None


class ExplainReply(PageReply):
    code: str
    name: str


class Status(TypedDict):
    state: Literal["ready", "busy", "off"]
    python: str
    version: str
    message: str


class WorkspaceHint(TypedDict):
    """A hint of a file that may be closed. In a notebook, `range` is in a code cell: `cell` is its index among them."""

    uri: str
    cell: int | None
    range: dict[str, Any]
    code: str
    name: str
    message: str
    severity: Literal["warning", "info", "hint"]
    cost: str
    betterCost: str
    fix: Literal["safe", "verify"] | None
    rank: list[float]  # The greater, the sooner it is worth reading: seconds, degree of the cost, gain.


class Skipped(TypedDict):
    path: str
    reason: str


class WorkspaceReply(TypedDict):
    """The first hint is that most worth reading."""

    hints: list[WorkspaceHint]
    files: int
    skipped: list[Skipped]
    seconds: float


class WorkspaceChange(TypedDict):
    """All hints that a file has now."""

    uri: str
    hints: list[WorkspaceHint]


class VerifyReply(TypedDict):
    """`message` is for whoever asked, `evidence` a page in Markdown. `before` and `after` are the function's versions,
    with what they made of the counterexample on top where there is one. `question` is empty where the user need not be
    asked; `assumed` is what the user said before, as far as it bore on the verdict.
    """

    verdict: Literal["proved", "not faster", "different", "broken", "undecided"]
    applied: bool
    message: str
    evidence: str
    question: str
    assumed: list[str]
    function: str
    before: str
    after: str


class GrowthPoint(TypedDict):
    """Of one call."""

    n: int
    seconds: float
    shown: str


class GrowthCurve(TypedDict):
    """`measured` is the class that the points fit, "O(n)" or "unknown"; `written` is the cost by the source."""

    version: Literal["before", "after"]
    measured: str
    others: list[str]
    written: str
    points: list[GrowthPoint]


class GrowthReply(TypedDict):
    """One curve, or those before and after a fix and what they say of each other; `crossing` is the size from which on
    the fixed version is the faster one, null where it is so always or never."""

    function: str
    call: str
    summary: str
    curves: list[GrowthCurve]
    compared: str
    crossing: float | None


Scope = Literal["function", "file", "test", "selection"]


class Driver(TypedDict):
    """What makes a function run. `detail` is a line for whoever chooses."""

    kind: Literal["test", "call", "inputs", "doctest", "script", "recorded"]
    value: str
    label: str
    detail: str


class Profiler(TypedDict):
    """What would profile in the user's Python. `install` is the command that puts Scalene there, empty where it is."""

    kind: Literal["installed", "bundled", "sampler"]
    message: str
    install: list[str]


class DriversReply(TypedDict):
    """To `profileDrivers(uri, place, scope, python)`, where `place` is a line, counted from 0, or a qualified name.

    `drivers` are best first, the one chosen last before all; `last` is its index, null where none was chosen.
    """

    function: str
    what: Scope
    drivers: list[Driver]
    last: int | None
    profiler: Profiler


class CallCompletion(TypedDict):
    """What `completeCall(uri, place, prefix)` offers: `text` takes the place of the whole that is typed."""

    label: str
    text: str
    detail: str


class CallReply(TypedDict):
    """To `checkCall(uri, text)`: what is wrong with it in a line, empty where nothing is."""

    message: str


class ProfileRequest(TypedDict, total=False):
    """What `profile(uri, request, python)` is asked for. Without a driver it is the best guess that has no side
    effects; without the others, the settings decide. `lines` are the first and the last of a selection, from 0."""

    what: Scope
    place: int | str
    lines: list[int]
    driver: Driver
    memory: bool
    gpu: bool
    seconds: float


class ProfiledLine(TypedDict):
    """`line` counts from 0 in the text that was profiled. Shares are 0 to 1 of what was profiled, null where there are
    too few samples to say."""

    line: int
    text: str
    share: float | None
    python: float | None
    native: float | None
    system: float | None
    millisecondsPerCall: float | None
    peakMb: float | None
    copyMbPerSecond: float | None
    gpu: float | None
    samples: int
    label: str


class KeptProfile(TypedDict):
    """One of those that `profiles(uri, function)` lists, newest first. `when` is an ISO time, `seconds` of CPU."""

    id: int
    uri: str
    function: str
    what: Scope
    driver: str
    title: str
    detail: str
    when: str
    calls: int
    seconds: float
    samples: int
    confidence: Literal["none", "low", "medium", "high"]
    millisecondsPerCall: float | None
    profiler: str
    memory: bool


class ProfileReply(KeptProfile):
    """`message` is for whoever asked; `id` is 0 where nothing was measured, or it could not be kept. `shown` are the
    uris of the open files that show heat of it."""

    message: str
    reason: str
    cancelled: bool
    lines: list[ProfiledLine]
    shown: list[str]


class ComparedLine(TypedDict):
    """Lines of both texts in order, from 0; one of them is null for what was removed or added."""

    before: int | None
    after: int | None
    text: str
    beforeMs: float | None
    afterMs: float | None


class CompareReply(TypedDict):
    """To `compareProfiles(id, previous id)`, without the second with the one before it. Milliseconds are of a call;
    `speedup` is of the totals, null where one of them has too few samples."""

    function: str
    before: KeptProfile
    after: KeptProfile
    beforeMs: float | None
    afterMs: float | None
    speedup: float | None
    message: str
    lines: list[ComparedLine]


class ExportReply(TypedDict):
    """To `exportProfile(id, format)`; `name` is a file name to propose."""

    name: str
    text: str


class OpenedReply(TypedDict):
    """To `openProfile(path)`: the files that it has hot lines of, hottest first; `message` is what it shows."""

    message: str
    files: list[str]


class HeatLine(TypedDict):
    """`line` counts from 0 in the text as it is now. `level` is 1 (cool) to 5; `share` is null under 50 samples."""

    line: int
    share: float | None
    level: int
    label: str
    hover: str
    changed: bool


class Heat(TypedDict):
    """What the editor shows of a profile in one file, sent at every change of place; no lines once it is cleared.
    For clients whose initialization options have `client.heat`; others see it in inlay hints and hovers.

    `title` is for the status line, `detail` for what it says on hover; `id` is 0 for a profile that was opened.
    """

    uri: str
    version: int | None
    id: int
    title: str
    detail: str
    lines: list[HeatLine]


class SuggestRequest(TypedDict, total=False):
    """What `suggest(uri, request, python)` and `modelPlan(uri, request, python)` are asked for: the function of a name,
    or at a line from 0. `hint` is what the user says of it; with `model` false only the rules are asked, and with
    `fresh` true a model is asked again what it replied to before."""

    place: int | str
    hint: str
    model: bool
    fresh: bool


class ModelPlan(TypedDict):
    """What a suggestion would send, and where. `provider` is empty where only the rules are asked. `prompt` is the
    first question as it would be sent; tokens and `price` are estimates; where the user need not be asked again they
    are left out. `problem` says why nothing can be asked."""

    function: str
    provider: str
    model: str
    where: str
    agreed: bool
    thorough: bool
    prompt: str
    requests: int
    tokensIn: int
    tokensOut: int
    price: str
    problem: str


class Rewrite(TypedDict):
    """One that may be offered, under a number that it keeps. `title` is a line, `evidence` a page in Markdown."""

    key: int
    title: str
    evidence: str


class Rewrites(TypedDict):
    """What a suggestion has come to, sent at every news of it, and its reply: the best rewrite first.

    `message` is for whoever asked; `evidence` is a page about all that was tried. `asked` is whether a model was, and
    `problem` what it had to say.
    """

    id: int
    uri: str
    function: str
    running: bool
    asked: bool
    offered: list[Rewrite]
    refused: int
    message: str
    evidence: str
    problem: str


class RewriteText(TypedDict):
    """To `rewriteText(id, key)`: the whole text with the rewrite in it; `stale` where the function changed since."""

    text: str
    stale: bool


class AcceptReply(TypedDict):
    """To `acceptRewrite(id, key)`."""

    message: str


class FoundModels(TypedDict):
    """An endpoint on this machine."""

    name: str
    baseUrl: str
    models: list[str]


class GivenConsent(TypedDict):
    provider: str
    where: str
    when: str


class ModelsReply(TypedDict):
    """To `models()`. `spent` is a line on today."""

    found: list[FoundModels]
    consents: list[GivenConsent]
    spent: str


class KeyRequest(TypedDict):
    where: str


class KeyReply(TypedDict):
    """Empty where the user gave none."""

    key: str


class ModelMessage(TypedDict):
    role: Literal["system", "user", "assistant"]
    content: str


class ModelRequest(TypedDict):
    """One question to a model of the editor; an empty `model` is the client's choice."""

    model: str
    messages: list[ModelMessage]


class ModelReply(TypedDict):
    """`error` is a sentence for the user, empty where there is a reply; null counts are not known."""

    text: str
    model: str
    inputTokens: int | None
    outputTokens: int | None
    error: str
