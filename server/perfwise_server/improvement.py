"""What is asked of an improvement, and what came of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

from perfwise_analyzers.engine import Options
from perfwise_server.rewriting.effort import EffortName, Strategies
from perfwise_server.verifying.growth import Growth
from perfwise_server.verifying.verdict import Verdict

BUILT_IN = "built-in"


@dataclass(frozen=True)
class Job:
    """`candidates` is how many are asked for, 0 as the effort says; `wish` what the user says of the function."""

    text: str
    function: str
    path: str = ""
    calls: tuple[str, ...] = ()
    inputs: str = ""
    python: str = sys.executable
    effort: EffortName = "normal"
    candidates: int = 0
    wish: str = ""
    options: Options = field(default_factory=Options)
    strategies: Strategies = field(default_factory=Strategies)
    growth: bool = True  # Whether it is measured.


@dataclass(frozen=True)
class Candidate:
    """A rewrite with what was found of it. `text` is the whole module with it, empty where it was refused unrun."""

    text: str
    code: str  # The function as the module then has it, or the reply's code.
    by: str
    approach: str
    verdict: Verdict
    cost: str = ""  # By its source.
    diff: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0  # That the model and the laboratory took.

    @property
    def is_offered(self) -> bool:
        return self.verdict.verdict == "proved"

    @property
    def size(self) -> int:
        """Of the diff, in lines."""
        return sum(line.startswith(("+", "-")) for line in self.diff.splitlines())

    def record(self) -> dict[str, Any]:
        verdict = self.verdict.record()
        return {
            **verdict,
            "code": self.text or self.code,
            "function": self.code,
            "diff": self.diff,
            "by": self.by,
            "approach": self.approach,
            "big_o": self.cost,
            "diff_lines": self.size,
            "tokens": {"in": self.input_tokens, "out": self.output_tokens},
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True)
class Improvement:
    """`candidates` are ranked: what may be offered, the best first; then what may not, the nearest miss first."""

    function: str
    candidates: tuple[Candidate, ...]
    cost: str = ""  # Of the function as it was, by its source.
    before: Growth | None = None  # As measured, of the function as it was and of the best candidate.
    after: Growth | None = None
    requests: int = 0
    replies: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    model_seconds: float = 0.0  # In which the model was waited for, or thought while others were examined.
    first_seconds: float | None = None  # Until the first candidate that may be offered.
    problems: tuple[str, ...] = ()  # What the provider had to say.

    @property
    def best(self) -> Candidate | None:
        return next((each for each in self.candidates if each.is_offered), None)

    def record(self) -> dict[str, Any]:
        return {
            "function": self.function,
            "candidates": [each.record() for each in self.candidates],
            "best": 0 if self.best else None,
            "big_o": self.cost,
            "growth": {name: found.record() if found else None for name, found in self._growths()},
            "tokens": {"in": self.input_tokens, "out": self.output_tokens},
            "requests": self.requests,
            "replies": self.replies,
            "seconds": round(self.seconds, 3),
            "model_seconds": round(self.model_seconds, 3),
            "first_seconds": None if self.first_seconds is None else round(self.first_seconds, 3),
            "problems": list(self.problems),
        }

    def _growths(self) -> tuple[tuple[str, Growth | None], ...]:
        return ("before", self.before), ("after", self.after)
