"""How much is asked, and by which strategies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EffortName = Literal["quick", "normal", "thorough"]


@dataclass(frozen=True)
class Effort:
    """`again` is how many are asked for in each further round, which starts from the fastest one so far. `repairs`
    is how often one that was refused may be mended."""

    candidates: int
    rounds: int
    again: int
    repairs: int
    seconds: float  # At most, for each examination.
    waiting: float  # Seconds of examinations in which no question is open, shared by what is still to be examined.


EFFORTS: dict[EffortName, Effort] = {
    "quick": Effort(candidates=2, rounds=1, again=0, repairs=1, seconds=8.0, waiting=8.0),
    "normal": Effort(candidates=4, rounds=2, again=2, repairs=2, seconds=10.0, waiting=9.0),
    "thorough": Effort(candidates=8, rounds=3, again=4, repairs=2, seconds=20.0, waiting=120.0),
}


@dataclass(frozen=True)
class Strategies:
    """Each can be left out, to see what it is good for."""

    ideas: bool = True  # Algorithms before code, where the cost is super-linear.
    examples: bool = True  # Of the kinds of inefficiency that the rules found.
    profile: bool = True  # The hot lines, and the growth that was measured.
    repair: bool = True  # With the counterexample.
    again: bool = True  # Further rounds.
