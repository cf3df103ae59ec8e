"""A text as a sequence of segments, kept up to date under edits.

An edit looks at the segments it touches and at those whose cutting depended on what it changed; all others stay the
same objects. The outcome always equals a fresh document of the new text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from itertools import accumulate

from perfwise_analyzers.finding import Position, Span
from perfwise_analyzers.magics import is_foreign, without_magics
from perfwise_analyzers.segmentation import Cut, Kind, cuts

_LINE_END = re.compile(r"\r\n|\r|\n")

# A cut rarely depends on more text after it than this.
_NEAR = 1000


class Segment:
    """Whole lines that are analysed as one.

    `kind` is "class" for a class's header (`name` is the class, `owner` the enclosing one) and for the statements
    further down its body (`name` is "", `owner` the class itself); "opaque" for what is never analysed. `source` is
    the text with a notebook's magics replaced by as many harmless characters.
    """

    __slots__ = ("_lines", "kind", "line_count", "name", "owner", "source", "text")

    def __init__(self, text: str, source: str, kind: Kind, owner: str, name: str) -> None:
        self.text = text
        self.source = source
        self.kind = kind
        self.owner = owner
        self.name = name
        terminators = text.count("\n")
        if "\r" in text:
            terminators += text.count("\r") - text.count("\r\n")
        self.line_count = terminators + (bool(text) and text[-1] not in "\r\n")
        self._lines: list[int] | None = None

    def is_like(self, other: Segment) -> bool:
        return (
            self.text == other.text
            and self.source == other.source
            and self.kind == other.kind
            and self.owner == other.owner
            and self.name == other.name
        )

    def __repr__(self) -> str:
        return f"Segment({self.kind} {'.'.join(filter(None, (self.owner, self.name)))!r}, {self.line_count} lines)"

    @property
    def lines(self) -> list[int]:
        """The offsets at which lines start, the last being where a further line would."""
        if self._lines is None:
            self._lines = [0, *(end.end() for end in _LINE_END.finditer(self.text))]
        return self._lines

    def offset(self, line: int, column: int) -> int:
        """The offset of a position within the segment, both clamped."""
        lines = self.lines
        if line < 0 or line >= len(lines):
            return 0 if line < 0 else len(self.text)
        start = lines[line]
        return start + min(max(column, 0), len(self.line(line)))

    def line(self, line: int) -> str:
        """A line without its terminator; empty beyond the last."""
        lines = self.lines
        if line >= len(lines):
            return ""
        end = lines[line + 1] if line + 1 < len(lines) else len(self.text)
        return self.text[lines[line] : end].rstrip("\r\n")


class Document:
    """Lines end at a line feed, a carriage return or both, and nowhere else. Lines and columns count from 0."""

    def __init__(self, text: str) -> None:
        self._start([text], is_notebook=False)

    @classmethod
    def of_cells(cls, cells: Sequence[str]) -> Document:
        """A notebook: each cell starts anew, whatever is left open in the one before, and ends its last line."""
        document = cls.__new__(cls)
        document._start(cells, is_notebook=True)
        return document

    def copy(self) -> Document:
        """One to be edited on its own; what neither edits stays the same objects."""
        document = copy(self)
        document._segments, document._cuts = self._segments[:], self._cuts[:]
        document._starts, document._cells = self._starts[:], self._cells[:]
        return document

    def _start(self, texts: Iterable[str], is_notebook: bool) -> None:
        self.version = 0
        self._is_notebook = is_notebook
        self._segments: list[Segment] = []
        self._cuts: list[Cut] = []
        self._starts = [0]  # The first line of each segment, and the number of lines.
        self._cells: list[int] = []  # The first segment of each cell.
        self._far = 0  # How many cuts depend on text far after them.
        self._text: str | None = None
        for text in texts:
            self._insert(len(self._cells), self._cut(text))

    @property
    def segments(self) -> Sequence[Segment]:
        return self._segments

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = _joined(self._segments)
        return self._text

    @property
    def line_count(self) -> int:
        last = self._segments[-1].text if self._segments else ""
        return self._starts[-1] + (not self._is_notebook and (not last or last[-1] in "\r\n"))

    def line(self, number: int) -> str:
        """A line without its terminator; empty if there is no such line."""
        if not 0 <= number < self._starts[-1]:
            return ""
        index = self.index_at(number)
        return self._segments[index].line(number - self._starts[index])

    def start_line(self, index: int) -> int:
        """The first line of a segment; of one past the last, the number of lines."""
        return self._starts[index]

    def index_at(self, line: int) -> int:
        """The index of the segment that holds a line, or of the nearest."""
        return max(0, min(bisect_right(self._starts, line), len(self._segments)) - 1)

    # Cells

    @property
    def cell_count(self) -> int:
        return len(self._cells)

    def cell_span(self, cell: int) -> tuple[int, int]:
        """The first line of a cell and its number of lines."""
        first, last = self._cell_bounds(cell)
        return self._starts[first], self._starts[last] - self._starts[first]

    def insert_cell(self, cell: int, text: str) -> None:
        """Puts a new cell before the given one, or after all."""
        self._insert(cell, self._cut(text))
        self._changed()

    def delete_cell(self, cell: int) -> None:
        self._remove(cell)
        self._changed()

    def move_cell(self, cell: int, to: int) -> None:
        """Makes a cell the one with index `to`; its segments stay the same objects."""
        self._insert(to, self._remove(cell))
        self._changed()

    def _insert(self, cell: int, parts: _Parts) -> None:
        cell = max(0, min(cell, len(self._cells)))
        index = self._cells[cell] if cell < len(self._cells) else len(self._segments)
        self._cells.insert(cell, index)
        self._replace(cell, index, index, parts)

    def _remove(self, cell: int) -> _Parts:
        low, high = self._cell_bounds(cell)
        parts = list(zip(self._segments[low:high], self._cuts[low:high], strict=True))
        self._replace(cell, low, high, [])
        del self._cells[cell]
        return parts

    def _cell_bounds(self, cell: int) -> tuple[int, int]:
        following = self._cells[cell + 1] if cell + 1 < len(self._cells) else len(self._segments)
        return self._cells[cell], following

    def edit(self, span: Span, text: str) -> None:
        """Replaces a span. Positions outside the document, or outside the cell in which it starts, are clamped."""
        if not self._segments:
            return
        start, end = sorted(span)
        cell = bisect_right(self._cells, self.index_at(start.line)) - 1
        low, high = self._cell_bounds(cell)
        first, offset = self._locate(start, low, high)
        last, end_offset = self._locate(end, low, high)
        merged = self._segments[first].text[:offset] + text + self._segments[last].text[end_offset:]
        if self._is_notebook:
            whole = _joined(self._segments[low:first]) + merged + _joined(self._segments[last + 1 : high])
            self._replace(cell, low, high, self._cut(whole[:-1]))
        else:
            for index, stop, parts in reversed(self._recut(first, offset, last, merged)):
                self._replace(cell, index, stop, parts)
        self._changed()

    def _locate(self, position: Position, low: int, high: int) -> tuple[int, int]:
        """The segment among some that holds a position, and the offset in it."""
        index = max(low, min(self.index_at(position.line), high - 1))
        segment = self._segments[index]
        offset = segment.offset(position.line - self._starts[index], position.column)
        if self._is_notebook and index == high - 1:
            offset = min(offset, len(segment.text) - 1)
        return index, offset

    def _cut(self, text: str) -> _Parts:
        """The segments of a whole document or cell."""
        if not self._is_notebook:
            return _parts(text, cuts(text))
        text += "\n"
        if is_foreign(text):
            return _parts(text, [Cut(len(text), "opaque", "", "", (), len(text))])
        source = without_magics(text)
        return _parts(text, cuts(source), source)

    def _recut(self, first: int, offset: int, last: int, merged: str) -> list[tuple[int, int, _Parts]]:
        """What takes the place of which segments when `merged` becomes the text of those from `first` to `last`."""
        recut: list[tuple[int, int, _Parts]] = []
        affected = self._affected(first, offset)
        for start in affected:
            if not recut or start >= recut[-1][1]:
                stop, parts = self._recut_from(start, first, last, merged, affected)
                recut.append((start, stop, parts))
        return recut

    def _recut_from(self, start: int, first: int, last: int, merged: str, affected: list[int]) -> tuple[int, _Parts]:
        """Cuts anew from a segment on, up to an old boundary that is met in the same context and still holds."""
        segments, cuts_ = self._segments, self._cuts
        ahead = 4
        while True:
            stop = min(last + 1 + ahead, len(segments))
            window = _joined(segments[start:first]) + merged + _joined(segments[last + 1 : stop])
            boundaries: dict[int, int] = {}
            offset = len(window)
            for index in range(stop, last, -1):
                boundaries[offset] = index
                offset -= cuts_[index - 1].length
            offset = 0
            for index in range(start, first):
                if index not in affected:
                    boundaries[offset] = index
                offset += cuts_[index].length
            found: list[Cut] = []
            position = 0
            for cut in cuts(window, cuts_[start - 1].following if start else ()):
                if stop < len(segments) and position + cut.reach > len(window):
                    break
                found.append(cut)
                position += cut.length
                index = boundaries.get(position, 0)
                if index and (index == len(segments) or cut.following == cuts_[index - 1].following):
                    return index, _parts(window, found)
            ahead *= 8

    def _affected(self, first: int, offset: int) -> list[int]:
        """The segments that depended on the text from an offset in `first` on."""
        affected = [first]
        distance = offset
        for index in range(first - 1, -1, -1):
            distance += self._cuts[index].length
            if self._cuts[index].reach > distance:
                affected.append(index)
            elif distance > _NEAR and not self._far:
                break
        return affected[::-1]

    def _replace(self, cell: int, low: int, high: int, parts: _Parts) -> None:
        """Puts segments in the place of others of the same cell; those that stay alike stay the same objects."""
        old = self._segments[low:high]
        new = [segment for segment, _ in parts]
        same = 0
        while same < min(len(old), len(new)) and old[same].is_like(new[same]):
            new[same] = old[same]
            same += 1
        for back in range(1, min(len(old), len(new)) - same + 1):
            if not old[-back].is_like(new[-back]):
                break
            new[-back] = old[-back]
        self._far += sum(_is_far(cut) for _, cut in parts) - sum(map(_is_far, self._cuts[low:high]))
        self._segments[low:high] = new
        self._cuts[low:high] = [cut for _, cut in parts]
        if added := len(new) - len(old):
            self._cells[cell + 1 :] = [start + added for start in self._cells[cell + 1 :]]
        starts = list(accumulate([segment.line_count for segment in new], initial=self._starts[low]))
        if added_lines := starts[-1] - self._starts[high]:
            starts += [start + added_lines for start in self._starts[high + 1 :]]
            self._starts[low:] = starts
        else:
            self._starts[low : high + 1] = starts

    def _changed(self) -> None:
        self.version += 1
        self._text = None


_Parts = list[tuple[Segment, Cut]]


def _parts(text: str, found: Iterable[Cut], source: str | None = None) -> _Parts:
    parts = []
    start = 0
    for cut in found:
        piece = text[start : start + cut.length]
        same = piece if source is None else source[start : start + cut.length]
        parts.append((Segment(piece, same, cut.kind, cut.owner, cut.name), cut))
        start += cut.length
    return parts


def _joined(segments: Iterable[Segment]) -> str:
    return "".join([segment.text for segment in segments])


def _is_far(cut: Cut) -> bool:
    return cut.reach > cut.length + _NEAR
