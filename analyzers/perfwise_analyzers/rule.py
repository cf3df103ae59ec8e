"""What a rule is, and what it finds.

Positions here are 0-based lines and columns in code points, ends exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from perfwise_analyzers.facts import Facts

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

    `edits` lie within one segment; `imports` are put at the top of the module by `Analysis.edits_of`.
    """

    level: Level
    title: str
    edits: tuple[Edit, ...]
    imports: tuple[Import, ...] = ()
    reason: str = ""  # Why the level is not higher, in one sentence; empty for safe.


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

    def shifted(self, lines: int) -> Finding:
        """The same finding after `lines` lines were put above it."""
        if not lines:
            return self
        fix = self.fix
        if fix is not None:
            edits = tuple(Edit(edit.span.shifted(lines), edit.text) for edit in fix.edits)
            fix = Fix(fix.level, fix.title, edits, fix.imports, fix.reason)
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
        )


@dataclass(frozen=True, slots=True)
class Bad:
    """Code the rule flags once, what its fix makes of it, and a call on which that pays.

    `call` is an expression evaluated in the module made of the code; the two versions are compared and timed on it,
    and must differ in time by `Rule.pays` or more. `better` is the fixed source exactly, or, where `level` is
    "advice", a form that a person would write. `level` is the level the fix must have.
    """

    code: str
    better: str
    call: str
    level: Literal["safe", "verify", "advice"] = "safe"


@dataclass(frozen=True, slots=True)
class Good:
    """Code the rule must not flag, and why."""

    code: str
    because: str


@dataclass(eq=False)
class Rule:
    """One anti-pattern. The docstring of its module is its page.

    `triggers` are words of which a piece of source must contain one for the rule to have anything to say about it:
    they keep the rule from being asked at all. `pays` is the least ratio of times its examples must show. What a
    `micro` rule finds costs so little each time that it is told of on lines a profile found hot, and nowhere else.
    """

    code: str
    name: str
    summary: str
    triggers: tuple[str, ...]
    bad: tuple[Bad, ...]
    good: tuple[Good, ...]
    severity: Severity = "info"
    pays: float = 1.3
    micro: bool = False
    doc: str = ""
    _check: Callable[[Facts], Iterable[Finding]] | None = field(default=None, repr=False)

    def check(self, function: Callable[[Facts], Iterable[Finding]]) -> Callable[[Facts], Iterable[Finding]]:
        """Decorator: names the query that finds the pattern in the facts of one segment."""
        self._check = function
        self.doc = function.__globals__.get("__doc__") or ""
        return function

    def findings(self, facts: Facts) -> Iterator[Finding]:
        if self._check is not None:
            yield from self._check(facts)

    @property
    def gain(self) -> dict[str, float]:
        """Measured ratio of times, old to new, by Python version ("3.11"); made by `make gains`."""
        from perfwise_analyzers.gains import GAINS

        return GAINS.get(self.code, {})

    @property
    def family(self) -> str:
        """The code's family: "PW1" for PW101."""
        return self.code[:3]
