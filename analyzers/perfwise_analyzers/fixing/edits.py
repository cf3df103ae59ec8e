"""Edits put into a text, and fixes put together that do not get in each other's way."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from perfwise_analyzers.finding import Edit, Position

_span = attrgetter("span")
_TERMINATOR = re.compile(r"\r\n|\r|\n")


class Composition(NamedTuple):
    """The fixes that were taken, by their index, and the edits of all of them in the order of the text."""

    taken: tuple[int, ...]
    edits: tuple[Edit, ...]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits, whose spans all mean the text before them.

    Places outside the text are moved to the nearest one inside it. Insertions at one place keep the order given.
    Raises ValueError when two edits overlap.
    """
    starts, ends = _lines(text)

    def offset(position: Position) -> int:
        line, column = position
        if line < 0:
            return 0
        if line >= len(starts):
            return len(text)
        return min(starts[line] + max(column, 0), ends[line])

    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(
        ((offset(edit.span.start), offset(edit.span.end), edit.text) for edit in edits), key=lambda edit: edit[:2]
    ):
        if start < done or end < start:
            raise ValueError(f"the edit of characters {start} to {end} overlaps another")
        pieces += (text[done:start], new)
        done = end
    return "".join(pieces) + text[done:]


def compose(fixes: Iterable[Sequence[Edit]]) -> Composition:
    """As many of the fixes as fit together, the earlier ones first.

    A line that two fixes insert at one place, such as an import, is inserted once, and blank lines below all others.
    Other insertions at one place get in each other's way, since nothing says which of them is the outer one.
    """
    taken: list[int] = []
    kept: list[Edit] = []
    for index, fix in enumerate(fixes):
        new = [edit for edit in fix if not (_inserts_lines(edit) and edit in _near(kept, edit))]
        if any(_overlap(edit, other) for edit in new for other in _near(kept, edit)):
            continue
        taken.append(index)
        for edit in new:
            insort_right(kept, edit, key=lambda each: (each.span, each.text.isspace()))
    return Composition(tuple(taken), tuple(kept))


def _lines(text: str) -> tuple[list[int], list[int]]:
    """Where each line starts, and where it ends without its terminator."""
    breaks = list(_TERMINATOR.finditer(text))
    return [0, *(found.end() for found in breaks)], [*(found.start() for found in breaks), len(text)]


def _inserts_lines(edit: Edit) -> bool:
    return edit.span.start == edit.span.end and edit.text.endswith(("\n", "\r"))


def _near(kept: list[Edit], edit: Edit) -> list[Edit]:
    """Those at the same place and their neighbours; no other can overlap it, since those kept do not overlap."""
    first = bisect_left(kept, edit.span, key=_span)
    return kept[max(first - 1, 0) : bisect_right(kept, edit.span, key=_span) + 1]


def _overlap(one: Edit, other: Edit) -> bool:
    (a, b), (c, d) = one.span, other.span
    if a == b == c == d:
        return not (_inserts_lines(one) and _inserts_lines(other))
    return (a, b) == (c, d) or (a < d and c < b)
