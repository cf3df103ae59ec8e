"""A change of a text made in what the text has become meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from perfwise_server.rewriting.pieces import LINE_END


class Change(NamedTuple):
    """`lines` in the place of those from `start` up to `end`, counted from 0."""

    start: int
    end: int
    lines: tuple[str, ...]


def merged(old: str, new: str, now: str) -> list[Change] | None:
    """The changes of `now` that do what made `new` of `old`; None where lines that change were edited since."""
    before, after, current = (LINE_END.split(text) for text in (old, new, now))
    place = _places(before, current)
    found = []
    for change in _changes(before, after):
        start, end, lines = change
        if start < end:
            at = [place.get(line) for line in range(start, end)]
            if at[0] is None or at != [*range(at[0], at[0] + len(at))]:
                return None
            found.append(Change(at[0], at[0] + len(at), lines))
            continue
        here = place.get(start)
        if here is None and (previous := place.get(start - 1)) is not None:
            here = previous + 1
        if here is None:
            return None
        found.append(Change(here, here, lines))
    return found


def _places(before: Sequence[str], current: Sequence[str]) -> dict[int, int]:
    """Where lines that are as they were are now."""
    return {
        start + offset: there + offset
        for tag, start, end, there, _ in _compared(before, current)
        if tag == "equal"
        for offset in range(end - start)
    }


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    for tag, start, end, i, j in _compared(before, after):
        if tag != "equal":
            yield Change(start, end, tuple(after[i:j]))


def _compared(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """As opcodes. What both begin and end with is left out of the comparison, which takes the square of the rest."""
    first = 0
    shortest = min(len(one), len(other))
    while first < shortest and one[first] == other[first]:
        first += 1
    last = 0
    while last < shortest - first and one[-1 - last] == other[-1 - last]:
        last += 1
    ends = len(one) - last, len(other) - last
    if first:
        yield "equal", 0, first, 0, first
    matcher = SequenceMatcher(None, one[first : ends[0]], other[first : ends[1]], autojunk=False)
    for tag, start, end, i, j in matcher.get_opcodes():
        yield tag, first + start, first + end, first + i, first + j
    if last:
        yield "equal", ends[0], len(one), ends[1], len(other)
