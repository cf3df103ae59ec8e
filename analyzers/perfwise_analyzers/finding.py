"""What is found and how it is fixed.

Positions here are 0-based lines and columns in code points, ends exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Protocol

Level = Literal["safe", "verify"]
Severity = Literal["warning", "info", "hint"]


class Position(NamedTuple):
    line: int
    column: int


class Span(NamedTuple):
    start: Position
    end: Position

    def shifted(self, lines: int) -> Span:
        """The same place after `lines` lines were put above it."""
        (a, b), (c, d) = self
        return Span(Position(a + lines, b), Position(c + lines, d))


class Edit(NamedTuple):
    """Replace `span` by `text`; an empty span inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Import:
    """A name that a fix needs at module level: `from module import name`, or `import module` when `name` is None."""

    module: str
    name: str | None = None

    @property
    def statement(self) -> str:
        return f"from {self.module} import {self.name}" if self.name else f"import {self.module}"


@dataclass(frozen=True, slots=True)
class Fix:
    """How to rewrite. `safe`: the conditions are proved from the source. `verify`: a run is to check it before it is
    applied.

    `edits` lie within one segment. `Analysis.edits_of` adds what is elsewhere: `imports` go to the top of the module,
    and the lists in `deques`, "Class.attribute" or names of the module, become deques wherever it makes and uses them.
    """

    level: Level
    title: str
    edits: tuple[Edit, ...]
    imports: tuple[Import, ...] = ()
    reason: str = ""  # Why the level is not higher, in one sentence; empty for safe.
    deques: tuple[str, ...] = ()


class Pattern(Protocol):
    """What a finding is of: a rule, as the facts need to know it."""

    code: str
    name: str
    severity: Severity


class Gain(NamedTuple):
    """What the fix of a rule's example was measured to gain."""

    times: float  # Old to new.
    size: str  # Of the example's input, "2,000 items"; empty where it has none.
    python: str  # That it was measured on, "3.11".
    counted: str = ""  # Where not time was measured: "41 queries -> 1".


class Size(NamedTuple):
    """How many items there were under a name of the source; of a number, the number itself."""

    name: str
    largest: int
    median: int
    is_number: bool = False


class Observed(NamedTuple):
    """What runs showed of the function that a finding is in."""

    calls: int
    seconds: float
    sizes: tuple[Size, ...]  # Of what the finding is about.


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    name: str
    message: str
    span: Span
    severity: Severity
    cost: str  # What it costs now, "O(len(orders) * len(users))"; empty where no cost is meant.
    better_cost: str
    function: str  # Qualified name of the function it is in; empty at module level.
    fix: Fix | None = None
    gain: Gain | None = None
    seconds: float | None = None  # That a profile found on its lines.
    observed: Observed | None = None

    def shifted(self, lines: int) -> Finding:
        """The same finding after `lines` lines were put above it."""
        if not lines:
            return self
        fix = self.fix
        if fix is not None:
            edits = tuple(Edit(edit.span.shifted(lines), edit.text) for edit in fix.edits)
            fix = replace(fix, edits=edits)
        return Finding(
            self.code,
            self.name,
            self.message,
            self.span.shifted(lines),
            self.severity,
            self.cost,
            self.better_cost,
            self.function,
            fix,
            self.gain,
            self.seconds,
            self.observed,
        )
