"""Everything on the wire that is ours and not the Language Server Protocol's; `client/src/protocol.ts` mirrors it."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

SOURCE = "perfwise"
FIX_ALL = "source.fixAll.perfwise"

RULES = "perfwise/rules"
PAGE = "perfwise/page"
STATUS = "perfwise/status"
WORKSPACE_HINTS = "perfwise/workspaceHints"

FIX_FILE = "perfwise.server.fixFile"
EXPLAIN = "perfwise.server.explain"
APPLY_UNCHECKED = "perfwise.server.applyUnchecked"
APPLY_AGREED = "perfwise.server.applyAgreed"
CHECK_WORKSPACE = "perfwise.server.checkWorkspace"
CLEAR_WORKSPACE = "perfwise.server.clearWorkspace"
FIX_HINT = "perfwise.server.fixHint"
VERIFY_FIX = "perfwise.server.verifyFix"
MEASURE_GROWTH = "perfwise.server.measureGrowth"
COMMANDS = (
    FIX_FILE,
    EXPLAIN,
    APPLY_UNCHECKED,
    APPLY_AGREED,
    CHECK_WORKSPACE,
    CLEAR_WORKSPACE,
    FIX_HINT,
    VERIFY_FIX,
    MEASURE_GROWTH,
)

WITH_PROGRESS = frozenset({CHECK_WORKSPACE, VERIFY_FIX, MEASURE_GROWTH})

# Commands of the client, named only to clients that say `clientCommands`.
SHOW_HINTS = "perfwise.showHints"
REVIEW_FIX = "perfwise.reviewFix"
VERIFY = "perfwise.verifyFix"
GROWTH = "perfwise.measureGrowth"


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
    with what they made of the counterexample on top where there is one.
    """

    verdict: Literal["proved", "not faster", "different", "broken", "undecided"]
    applied: bool
    message: str
    evidence: str
    function: str
    before: str
    after: str


class GrowthPoint(TypedDict):
    """Of one call."""

    n: int
    seconds: float
    shown: str


class GrowthReply(TypedDict):
    """`measured` is the class that the points fit, "O(n)" or "unknown"; `summary` sets it beside `written`, which is
    the cost by the source."""

    function: str
    call: str
    measured: str
    others: list[str]
    written: str
    summary: str
    points: list[GrowthPoint]
