"""What the laboratory found, as data, and the rules by which it says `proved`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from perfwise_server.driving.recipes import Origin

Word = Literal["proved", "not faster", "different", "broken", "undecided"]

ENOUGH_RETURNS = 20
FASTER = 1.05  # What the lower end of the interval must be above.


@dataclass(frozen=True)
class Counterexample:
    call: str
    old: str
    new: str
    kind: str
    where: str  # "result[3].name"
    origin: Origin


@dataclass(frozen=True)
class Verdict:
    """`interval` bounds `speedup`; both are None unless the versions are equivalent. Peaks are in bytes."""

    verdict: Word
    reason: str = ""
    counterexample: Counterexample | None = None
    question: str = ""  # Whose answer would decide.
    is_lasting: bool = False  # Whether more time would leave it undecided.
    beyond: tuple[Counterexample, ...] = ()  # Differences on inputs other than those that decide.
    speedup: float | None = None
    interval: tuple[float, float] | None = None
    clock: str = "cpu"
    instructions: float | None = None  # Times fewer of them, where they were counted.
    old_seconds: float | None = None
    new_seconds: float | None = None
    old_peak: int | None = None
    new_peak: int | None = None
    tried: int = 0
    returned: int = 0  # Distinct inputs on which both came back normally.
    origins: Mapping[str, int] = field(default_factory=dict)
    lines: int = 0  # Of the new version's function, those that can run.
    lines_run: int = 0
    missed: tuple[int, ...] = ()  # Changed lines of the new version that never ran.
    assumed: tuple[str, ...] = ()  # What the user said of inputs, as far as it bore on the verdict.
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def equivalent(self) -> bool | None:
        if self.verdict in ("proved", "not faster"):
            return True
        return False if self.verdict == "different" else None

    @property
    def coverage(self) -> float:
        return self.lines_run / self.lines if self.lines else float(self.returned > 0)

    def record(self) -> dict[str, Any]:
        """As plain data, for JSON."""
        return {
            "verdict": self.verdict,
            "reason": self.reason,
            "equivalent": self.equivalent,
            "counterexample": _shown(self.counterexample),
            "question": self.question or None,
            "speedup": self.speedup,
            "interval": list(self.interval) if self.interval else None,
            "clock": self.clock,
            "instructions": self.instructions,
            "seconds_per_call": {"old": self.old_seconds, "new": self.new_seconds},
            "peak_bytes": {"old": self.old_peak, "new": self.new_peak},
            "inputs": {"tried": self.tried, "returned": self.returned, "origins": dict(self.origins)},
            "coverage": round(self.coverage, 4),
            "lines": {"can": self.lines, "ran": self.lines_run, "missed": list(self.missed)},
            "beyond": [_shown(each) for each in self.beyond],
            "assumed": list(self.assumed),
            "notes": list(self.notes),
            "seconds": round(self.seconds, 3),
        }


def _shown(example: Counterexample | None) -> dict[str, str] | None:
    if example is None:
        return None
    return {
        "call": example.call,
        "old": example.old,
        "new": example.new,
        "kind": example.kind,
        "where": example.where,
        "origin": example.origin,
    }


def changed_lines(old: str, new: str) -> set[int]:
    """Line numbers, from 1, of the new text's lines that the old one does not have in that place."""
    before, after = [[line.strip() for line in text.splitlines()] for text in (old, new)]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return {
        number + 1 for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal" for number in range(start, end)
    }


def listed(numbers: Sequence[int]) -> str:
    """ "line 3", "lines 3, 4 and 7"."""
    texts = [str(number) for number in numbers]
    if len(texts) == 1:
        return f"line {texts[0]}"
    return f"lines {', '.join(texts[:-1])} and {texts[-1]}"
