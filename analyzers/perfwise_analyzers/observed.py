"""What runs showed of a function, and how a hint tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from perfwise_analyzers.finding import Finding, Observed, Size
from perfwise_analyzers.measured import times

ENOUGH_CALLS = 40  # After which small sizes are taken for all there is.
SMALL = 3
_MOST_SIZES = 3
_TERM = re.compile(r"len\(([^()]+)\)|([A-Za-z_][\w.]*)(?!\w*\()")
_NAME = re.compile(r"[A-Za-z_][\w.]*")
_NO_SIZES = frozenset(("O", "log", "sqrt", "items", "rounds"))


@dataclass(frozen=True, slots=True)
class Observation:
    """Of one function in the last run that called it. Seconds include those of what it calls."""

    calls: int
    seconds: float
    sizes: tuple[Size, ...] = ()
    at_least: bool = False  # Whether there were more calls than were counted.


def with_observation(finding: Finding, seen: Observation, lines: Iterable[str]) -> Finding:
    """The finding with its message saying what was observed; `lines` are those of the source that it is about."""
    sizes = _sizes_of(finding, seen, lines)
    told = ", ".join([*(sized(size) for size in sizes), called(seen)])
    return replace(
        finding,
        observed=Observed(seen.calls, seen.seconds, sizes),
        message=f"{finding.message} (in your runs: {told})",
    )


def is_small(finding: Finding, seen: Observation, small: int) -> bool:
    """Whether everything that the cost is told in was seen, often enough, and was never larger than this."""
    terms = _terms(finding.cost)
    known = {size.name: size.largest for size in seen.sizes}
    return bool(terms) and seen.calls >= ENOUGH_CALLS and all(term in known and known[term] <= small for term in terms)


def sized(size: Size) -> str:
    """ "`users` up to 8,000", as a name of the source."""
    return f"`{size.name}` up to {size.largest:,}"


def called(seen: Observation) -> str:
    """ "3 calls, 4.1 s"."""
    calls = f"{seen.calls:,}{'+' if seen.at_least else ''} call{'' if seen.calls == 1 else 's'}"
    return calls if seen.seconds < 0.01 else f"{calls}, {times(float(f'{seen.seconds:.2g}'))} s"


def _sizes_of(finding: Finding, seen: Observation, lines: Iterable[str]) -> tuple[Size, ...]:
    """Those that the cost is told in, else of containers those that the lines name, else the function's largest."""
    known = {size.name: size for size in seen.sizes}
    containers = [size for size in seen.sizes if not size.is_number]
    found = [known[term] for term in _terms(finding.cost) if term in known]
    if not found:
        named = {*_NAME.findall("\n".join(lines))}
        found = [size for size in containers if size.name in named]
    if not found:
        found = sorted(containers, key=lambda size: -size.largest)[:1]
    return tuple(found[:_MOST_SIZES])


def _terms(cost: str) -> list[str]:
    """The names of the source in a cost: "users" and "n" of "O(len(users) * n)"."""
    found = (container or name for container, name in _TERM.findall(cost))
    return list(dict.fromkeys(name for name in found if name not in _NO_SIZES and name != "len"))
