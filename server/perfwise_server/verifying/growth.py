"""How the cost of a function grows with its input: the class that the measured points fit, with its uncertainty."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Point = tuple[int, float]  # Size and seconds of one call.

# The terms, the simplest first. What cannot be told apart by measuring is one group.
_TERMS: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("1", lambda _: 1.0),
    ("log n", lambda n: math.log2(n + 1)),
    ("sqrt n", math.sqrt),
    ("n", lambda n: n),
    ("n log n", lambda n: n * math.log2(n + 1)),
    ("n^2", lambda n: n**2),
    ("n^2 log n", lambda n: n**2 * math.log2(n + 1)),
    ("n^3", lambda n: n**3),
    ("n^k", lambda n: n**4),
)
_ORDER = {name: rank for rank, (name, _) in enumerate(_TERMS)}
_FEWEST = 5
_CLOSE = 1.15  # A simpler class is taken when it fits nearly as well.
_SCATTER = 0.35  # Relative error above which no class is believed.
_LEAST_PER_ITEM = 0.5e-9  # Seconds: the quickest copy of pointers takes longer.
_UNNOTICED = 0.0005
_LARGE, _STEEPEST = 1_000, 5  # Of what can be called with so large an input, no cost rises more steeply than n^5.
_RESAMPLES = 200
_SHARE = 0.1  # Of the resamples, that makes a class a candidate.
_EXPONENTIAL_STEP = 0.12  # Of the logarithm of seconds, for each step of n: at least 1.13 times.


@dataclass(frozen=True)
class Growth:
    """`candidates` are the classes that the points do not rule out, the chosen one first. The slope is log-log."""

    name: str
    candidates: tuple[str, ...]
    slope: float | None
    points: tuple[Point, ...]

    def record(self) -> dict[str, Any]:
        return {
            "class": self.name,
            "candidates": list(self.candidates),
            "points": [list(point) for point in self.points],
            "slope": None if self.slope is None else round(self.slope, 3),
        }


def fitted(points: Sequence[Point], seed: int = 0, *, numbers: bool = False) -> Growth:
    """The class of points with growing sizes. `numbers` says that no data grew with them, only a number's value."""
    points = tuple(points)
    usable = _settled(points)
    if len(usable) < _FEWEST or usable[-1][0] < 2 * usable[0][0]:
        if len(points) >= _FEWEST and _is_exponential(points):
            return Growth("2^n", ("2^n",), slope(points), points)
        return Growth("unknown", (), slope(usable) if len(usable) > 1 else None, points)
    if _is_exponential(points):
        return Growth("2^n", ("2^n",), slope(usable), points)
    if not numbers and usable[-1][1] < _LEAST_PER_ITEM * usable[-1][0] and usable[-1][1] < _UNNOTICED:
        # Nothing was done for each item; what is seen is how far away in memory the input lies.
        return Growth("1", ("1", "log n"), slope(usable), points)
    best, error = _best(usable)
    if error > _SCATTER:
        return Growth("unknown", (), slope(usable), points)
    votes = _votes(usable, seed)
    candidates = [name for name, count in votes.most_common() if count >= _SHARE * _RESAMPLES]
    if best not in candidates:
        candidates.insert(0, best)
    # Measured neighbours that cannot be told apart are the simpler one.
    chosen = best
    for simpler, other in (("1", "log n"), ("n", "n log n"), ("n^2", "n^2 log n")):
        if chosen == other and simpler in candidates:
            chosen = simpler
    ordered = sorted(candidates, key=lambda name: (name != chosen, _ORDER[name]))
    return Growth(chosen, tuple(ordered), slope(usable), points)


def crossing(old: Sequence[Point], new: Sequence[Point]) -> float | None:
    """The size from which on the new version is the faster one, None where it is always or never so."""
    both = sorted(set(dict(old)) & set(dict(new)))
    ratios = [(n, math.log(dict(old)[n] / dict(new)[n])) for n in both if dict(old)[n] > 0 and dict(new)[n] > 0]
    for (n, before), (m, after) in pairwise(ratios):
        if before < 0 < after and all(ratio > 0 for size, ratio in ratios if size >= m):
            share = before / (before - after)
            return math.exp(math.log(n) + share * (math.log(m) - math.log(n)))
    return None


def slope(points: Sequence[Point]) -> float | None:
    """Of the logarithm of seconds over that of the size, by least squares."""
    pairs = [(math.log(n), math.log(seconds)) for n, seconds in points if n > 0 and seconds > 0]
    if len(pairs) < 2:
        return None
    mean_x = sum(x for x, _ in pairs) / len(pairs)
    mean_y = sum(y for _, y in pairs) / len(pairs)
    spread = sum((x - mean_x) ** 2 for x, _ in pairs)
    return sum((x - mean_x) * (y - mean_y) for x, y in pairs) / spread if spread else None


def _settled(points: Sequence[Point]) -> list[Point]:
    """The upper part: below it a call takes as long as it takes to make it."""
    positive = _undisturbed(points)
    return positive[-max(_FEWEST, math.ceil(len(positive) * 2 / 3)) :]


def _undisturbed(points: Sequence[Point]) -> list[Point]:
    """No call takes longer than a larger one, unless something else ran meanwhile."""
    least, found = math.inf, []
    for n, seconds in reversed(points):
        least = min(least, seconds)
        found.append((n, least))
    rising = [point for point in reversed(found) if point[1] > 0]
    if len(rising) > 1 and rising[-2][0] > _LARGE:
        (n, before), (m, after) = rising[-2:]
        if after > before * (m / n) ** _STEEPEST:
            # The last one has no larger call to tell by.
            return rising[:-1]
    return rising


def _best(points: Sequence[Point]) -> tuple[str, float]:
    """The simplest class that fits nearly as well as any, and the relative error of the fit."""
    errors = [(name, _error(points, term)) for name, term in _TERMS]
    least = min(error for _, error in errors)
    name = next(name for name, error in errors if error <= max(least * _CLOSE, least + 0.01))
    return name, least


def _error(points: Sequence[Point], term: Callable[[float], float]) -> float:
    """Relative, of the best a + b * term(n) with neither below nought."""
    weights = [1 / seconds**2 for _, seconds in points]
    values = [term(n) for n, _ in points]
    times = [seconds for _, seconds in points]
    total = sum(weights)
    mean_value = sum(w * v for w, v in zip(weights, values, strict=True)) / total
    mean_time = sum(w * t for w, t in zip(weights, times, strict=True)) / total
    spread = sum(w * (v - mean_value) ** 2 for w, v in zip(weights, values, strict=True))
    rows = list(zip(weights, values, times, strict=True))
    b = sum(w * (v - mean_value) * (t - mean_time) for w, v, t in rows) / spread if spread else 0.0
    a = mean_time - b * mean_value
    if b < 0:
        a, b = mean_time, 0.0
    if a < 0:
        squares = sum(w * v * v for w, v, _ in rows)
        a, b = 0.0, sum(w * v * t for w, v, t in rows) / squares
    residuals = [((a + b * v - t) / t) ** 2 for _, v, t in rows]
    return math.sqrt(sum(residuals) / len(residuals))


def _votes(points: Sequence[Point], seed: int) -> Counter[str]:
    """The classes that resamples of the points fit best."""
    chooser = random.Random(seed)
    votes: Counter[str] = Counter()
    for _ in range(_RESAMPLES):
        drawn = sorted(chooser.choices(points, k=len(points)))
        if len({n for n, _ in drawn}) >= 3:
            votes[_best(drawn)[0]] += 1
    return votes


def _is_exponential(points: Sequence[Point]) -> bool:
    """Whether the logarithm of seconds rises evenly with n itself, over sizes that are small."""
    rising = [(n, math.log(seconds)) for n, seconds in _undisturbed(points)]
    rising = rising[-max(_FEWEST, len(rising) * 2 // 3) :]
    if len(rising) < _FEWEST or rising[-1][0] > 200:
        return False
    steps = [(y - x) / (m - n) for (n, x), (m, y) in pairwise(rising)]
    late = steps[len(steps) // 2 :]
    # A power of n rises ever more slowly on this scale: its step at size n is about k / n.
    needed = max(_EXPONENTIAL_STEP, 6 / rising[-1][0])
    return min(late) > needed and rising[-1][1] - rising[0][1] > math.log(8)
