"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.finding import Finding, Severity

# What a gain is counted in. Connections are those that a program opens, peak memory is what its objects take at most.
Unit = Literal["seconds", "queries", "connections", "peak memory"]


@dataclass(frozen=True, slots=True)
class Bad:
    """Code the rule flags once, what its fix makes of it, and a call on which that pays.

    `call` is an expression evaluated in the module made of the code; the two versions are compared and timed on it,
    and must differ in what they cost by `Rule.pays` or more. `better` is the fixed source exactly, or, where `level` is
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
    they keep the rule from being asked at all. `pays` is the least ratio, old to new, that its examples must show of
    what they cost in `unit`. What a `micro` rule finds costs so little each time that it is told of on lines a profile
    found hot, and nowhere else.
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
    unit: Unit = "seconds"
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
        """Measured ratio of costs, old to new, by Python version ("3.11"); made by `make gains`."""
        from perfwise_analyzers.gains import GAINS

        return GAINS.get(self.code, {})

    @property
    def family(self) -> str:
        """The code's family: "PW1" for PW101."""
        return self.code[:3]
