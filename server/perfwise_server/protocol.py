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

FIX_FILE = "perfwise.server.fixFile"
EXPLAIN = "perfwise.server.explain"
APPLY_UNCHECKED = "perfwise.server.applyUnchecked"
APPLY_AGREED = "perfwise.server.applyAgreed"
CHECK_WORKSPACE = "perfwise.server.checkWorkspace"
CLEAR_WORKSPACE = "perfwise.server.clearWorkspace"
FIX_HINT = "perfwise.server.fixHint"
VERIFY_FIX = "perfwise.server.verifyFix"
MEASURE_GROWTH = "perfwise.server.measureGrowth"
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
INSTALL_SCALENE = "perfwise.server.installScalene"
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
    INSTALL_SCALENE,
)

WITH_PROGRESS = frozenset({CHECK_WORKSPACE, VERIFY_FIX, MEASURE_GROWTH, PROFILE_DRIVERS, PROFILE})

# Commands of the client, named only to clients that say `clientCommands`.
SHOW_HINTS = "perfwise.showHints"
REVIEW_FIX = "perfwise.reviewFix"
VERIFY = "perfwise.verifyFix"
GROWTH = "perfwise.measureGrowth"
PROFILE_FUNCTION = "perfwise.profileFunction"


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


Scope = Literal["function", "file", "test", "selection"]


class Driver(TypedDict):
    """What makes a function run. `trust` is that of its inputs, `detail` a line for whoever chooses."""

    kind: Literal["test", "call", "inputs", "doctest", "script", "recorded"]
    value: str
    label: str
    detail: str
    trust: Literal["given", "declared", "guessed"]


class Profiler(TypedDict):
    """What would profile in the user's Python. `install` is the command that puts Scalene there, empty where it is."""

    kind: Literal["installed", "bundled", "sampler"]
    version: str
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
    """To `checkCall(uri, place, text)`: what is wrong with it in a line, empty where nothing is."""

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


class InstallReply(TypedDict):
    """To `installScalene(uri, python)`, which runs nothing: the command, for a terminal once the user said yes."""

    command: list[str]
    python: str
    message: str


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
    when: str
    what: str
    samples: int
    confidence: Literal["none", "low", "medium", "high"]
    lines: list[HeatLine]
