"""How the cost of a function grows with its input: the class that the measured points fit, with its uncertainty."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

Point = tuple[int, float]  # Size and seconds of one call.


class _Group(NamedTuple):
    """Classes that a clock does not tell apart, the simplest first, and the powers of n that they are measured as.

    A logarithm makes a power look a little higher than it is, as caches do that a large input outgrows.
    """

    names: tuple[str, ...]
    low: float
    high: float


_LEVEL = _Group(("1", "log n"), 0.0, 0.25)
_GROUPS = (
    _LEVEL,
    _Group(("sqrt n",), 0.4, 0.65),
    _Group(("n", "n log n"), 0.85, 1.4),
    _Group(("n^2", "n^2 log n"), 1.8, 2.4),
    _Group(("n^3",), 2.75, 3.4),
    _Group(("n^k",), 3.75, math.inf),
)
_POWERS = tuple(step / 20 for step in range(97))
_FEWEST = 5
_NARROWEST = 2  # Times, that the largest size is the smallest of those that are judged by.
_LONGER = 1.3  # Times, that a call takes longer than a larger one, so that something else must have run meanwhile.
_MOST_DISTURBED = 0.4  # Of all points.
_BELIEVED, _SCATTERED = 0.04, 0.3  # The least error of a point that is reckoned with, and the one that is too much.
_FREEDOM = 3  # Of Student's distribution: errors are mostly small, and now and then of any size.
_RULED_OUT = math.exp(-4.0)  # The likelihood beside that of the best curve below which another one is dropped.
_ROUNDS = 6
_LEAST_PER_ITEM = 0.5e-9  # Seconds: the quickest copy of pointers takes longer.
_UNNOTICED = 20e-6
_CACHES = 4  # Times longer: what a call on a far larger input takes that does the same.
_LEVEL_RANGE, _LEVEL_SPREAD, _LEVEL_RISE = 30, 0.2, 0.25  # Times; the others are of the logarithm of seconds.
_UNLIKE = 0.1  # Of the logarithm of seconds; times that differ by less are alike.
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


def fitted(points: Sequence[Point], *, numbers: bool = False) -> Growth:
    """The class of points with growing sizes. `numbers` says that no data grew with them, only a number's value."""
    points = tuple(point for point in points if point[1] > 0)
    quiet = _undisturbed(points)
    names = _classes(points, quiet, numbers)
    return Growth(names[0] if names else "unknown", names, slope(_upper(quiet, 2 / 3)), points)


def crossing(old: Sequence[Point], new: Sequence[Point]) -> float | None:
    """The size from which on the new version is the faster one, None where it is always or never so."""
    ratios = _ratios(old, new)
    if not ratios or ratios[-1][1] < _UNLIKE or min(ratio for _, ratio in ratios) > -_UNLIKE:
        return None
    last = max(number for number, (_, ratio) in enumerate(ratios) if ratio <= 0)
    (n, before), (m, after) = ratios[last : last + 2]
    share = before / (before - after)
    return math.exp(math.log(n) + share * (math.log(m) - math.log(n)))


def compared(old: Sequence[Point], new: Sequence[Point]) -> str:
    """A sentence on the sizes at which the new version is the faster one."""
    ratios = _ratios(old, new)
    if not ratios:
        return "No size was measured with both."
    largest, ratio = ratios[-1]
    if (size := crossing(old, new)) is not None:
        said = f"The new version is the faster one from about n = {round(size):,} on"
    elif all(each > -_UNLIKE for _, each in ratios) and ratio > _UNLIKE:
        said = "The new version is slower at no size"
    elif ratio < -_UNLIKE:
        said = "The new version is slower at large sizes"
    else:
        said = "Neither version is clearly the faster one at large sizes"
    times = math.exp(abs(ratio))
    return f"{said}; at n = {largest:,} it takes {times:.3g} times {'less' if ratio > 0 else 'more'}."


def _ratios(old: Sequence[Point], new: Sequence[Point]) -> list[tuple[int, float]]:
    """Logarithms of old to new, by the size."""
    olds, news = dict(old), dict(new)
    return [(n, math.log(olds[n] / news[n])) for n in sorted(olds.keys() & news.keys())]


def slope(points: Sequence[Point]) -> float | None:
    """Of the logarithm of seconds over that of the size, by least squares."""
    if len(points) < 2:
        return None
    sizes, times = ([math.log(point[which]) for point in points] for which in (0, 1))
    return statistics.linear_regression(sizes, times).slope


def _classes(points: Sequence[Point], quiet: Sequence[Point], numbers: bool) -> tuple[str, ...]:
    if _is_level(points):
        return _LEVEL.names
    if len(points) < _FEWEST or len(quiet) < (1 - _MOST_DISTURBED) * len(points):
        return ()
    if _is_exponential(quiet):
        return ("2^n",)
    if not numbers and quiet[-1][1] < min(_LEAST_PER_ITEM * quiet[-1][0], _UNNOTICED):
        # Nothing was done for each item; what is seen is how far away in memory the input lies.
        return _LEVEL.names
    # Of a disturbed call of the largest size there is no larger one to tell by: it decides nothing alone.
    whole, but_last = _group(quiet), _group(quiet[:-1])
    if whole and but_last and whole != but_last:
        return ()
    group = whole or but_last
    if group is _LEVEL and quiet[-1][1] > _CACHES * quiet[0][1]:
        return group.names[::-1]
    return group.names if group else ()


def _undisturbed(points: Sequence[Point]) -> list[Point]:
    """No call takes longer than a larger one, unless something else ran meanwhile."""
    least, found = math.inf, []
    for n, seconds in reversed(points):
        least = min(least, seconds)
        if seconds <= _LONGER * least:
            found.append((n, least))
    return found[::-1]


def _upper(points: Sequence[Point], share: float) -> Sequence[Point]:
    return points[-max(_FEWEST, math.ceil(len(points) * share)) :]


def _is_level(points: Sequence[Point]) -> bool:
    """Whether large calls take what small ones take, give or take what calls of all sizes differ by."""
    if len(points) < 2 * _FEWEST + 2 or points[-1][0] < _LEVEL_RANGE * points[0][0]:
        return False
    logs = [math.log(seconds) for _, seconds in points]
    cuts = [len(logs) * third // 3 for third in range(4)]
    parts = [logs[start:end] for start, end in pairwise(cuts)]
    middles = [statistics.median(part) for part in parts]
    spread = statistics.median(abs(each - middle) for part, middle in zip(parts, middles, strict=True) for each in part)
    return spread < _LEVEL_SPREAD and max(middles) - min(middles) < _LEVEL_RISE


def _group(points: Sequence[Point]) -> _Group | None:
    """The only one that the points do not rule out. Below the upper part a call takes as long as it takes to make."""
    usable = _upper(points, 2 / 3)
    if len(usable) < _FEWEST or usable[-1][0] < _NARROWEST * usable[0][0]:
        return None
    found = _possible(usable)
    # What rises more slowly has its share in the lower sizes; the largest must agree.
    return found[0] if len(found) == 1 and found[0] in _possible(_upper(points, 1 / 3)) else None


def _possible(points: Sequence[Point]) -> list[_Group]:
    """The groups with a curve a + b * n**power that is not ruled out; none where all are too far from the points."""
    curves = {power: _errors(points, power) for power in _POWERS}
    scale = min(map(_scale, curves.values()))
    if scale > _SCATTERED:
        return []
    likelihoods = {power: _log_likelihood(errors, scale) for power, errors in curves.items()}
    least = max(likelihoods.values()) + math.log(_RULED_OUT)
    powers = [power for power, likelihood in likelihoods.items() if likelihood >= least]
    if powers[0] == 0:
        # Any power fits then, with a small b; over few sizes that says nothing.
        return [_LEVEL] if points[-1][0] > _LEVEL_RANGE * points[0][0] else []
    return [group for group in _GROUPS if any(group.low <= power <= group.high for power in powers)]


def _errors(points: Sequence[Point], power: float) -> list[float]:
    """Logarithms of the points' seconds over those of the best a + b * n**power with neither below nought."""
    terms, times = [(n / points[-1][0]) ** power for n, _ in points], [seconds for _, seconds in points]
    weights = [1 / seconds**2 for seconds in times]
    errors: list[float] = []
    for _ in range(_ROUNDS):
        a, b = _line(weights, terms, times)
        curve = [a + b * term for term in terms]
        errors = [math.log(seconds / each) for seconds, each in zip(times, curve, strict=True)]
        # What is far off counts less and less.
        weights = [_trust(error, 0.1) / each**2 for error, each in zip(errors, curve, strict=True)]
    return errors


def _line(weights: Sequence[float], xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    total = sum(weights)
    rows = list(zip(weights, xs, ys, strict=True))
    x, y = sum(w * x for w, x, _ in rows) / total, sum(w * y for w, _, y in rows) / total
    spread = sum(w * (each - x) ** 2 for w, each, _ in rows)
    b = sum(w * (each - x) * (other - y) for w, each, other in rows) / spread if spread > 1e-9 * total else 0.0
    if b <= 0:
        return y, 0.0
    if y < b * x:
        return 0.0, sum(w * x * y for w, x, y in rows) / sum(w * x * x for w, x, _ in rows)
    return y - b * x, b


def _trust(error: float, scale: float) -> float:
    return 1 / (1 + (error / scale) ** 2 / _FREEDOM)


def _scale(errors: Sequence[float]) -> float:
    """Of Student's distribution that the errors of a curve with two parameters look drawn from."""
    scale = 0.1
    for _ in range(_ROUNDS):
        squares = sum(_trust(error, scale) * error**2 for error in errors) * (_FREEDOM + 1) / _FREEDOM
        scale = max(math.sqrt(squares / (len(errors) - 2)), _BELIEVED)
    return scale


def _log_likelihood(errors: Sequence[float], scale: float) -> float:
    return (_FREEDOM + 1) / 2 * sum(math.log(_trust(error, scale)) for error in errors)


def _is_exponential(points: Sequence[Point]) -> bool:
    """Whether the logarithm of seconds rises evenly with n itself, over sizes that are small."""
    rising = [(n, math.log(seconds)) for n, seconds in _upper(points, 2 / 3)]
    if rising[-1][0] > 200:
        return False
    steps = [(y - x) / (m - n) for (n, x), (m, y) in pairwise(rising)]
    late = steps[len(steps) // 2 :]
    # A power of n rises ever more slowly on this scale: its step at size n is about k / n.
    needed = max(_EXPONENTIAL_STEP, 6 / rising[-1][0])
    return min(late) > needed and rising[-1][1] - rising[0][1] > math.log(8)
