"""Which of the hints found are on screen: those of code that is being typed keep still.

While a segment does not parse, its last hints stay where they were. No hint first appears on the line being typed
until it parses and a moment has passed. When hints are asked for on save only, all of them stay until then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.finding import Finding, Position, Span

SETTLING_SECONDS = 0.3

Clock = Callable[[], float]


class Change:
    """Where one edit moves what was there before it."""

    def __init__(self, span: Span, text: str) -> None:
        self.span = span
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        below, column = len(lines) - 1, len(lines[-1])
        self.end = Position(span.start.line + below, column if below else span.start.column + column)

    def __call__(self, position: Position) -> Position:
        if position <= self.span.start:
            return position
        if position < self.span.end:
            return self.end
        line, column = position
        if line == self.span.end.line:
            return Position(self.end.line, self.end.column + column - self.span.end.column)
        return Position(line + self.end.line - self.span.end.line, column)

    def start(self, position: Position) -> Position:
        """Of where something starts: what is put just before it moves it along."""
        return self.end if position == self.span.start == self.span.end else self(position)


class Steady:
    """The hints of one document as they are shown: tell it every edit (`edited`), then ask (`hints`).

    With `still` false it shows what the analysis finds, at once.
    """

    def __init__(
        self, document: Document, analysis: Analysis, *, still: bool = True, clock: Clock = time.monotonic
    ) -> None:
        self._document = document
        self._analysis = analysis
        self._still = still
        self._clock = clock
        self._segments = tuple(document.segments)
        self._shown: list[Finding] = []
        self._changes: list[Change] = []
        self._kept: dict[int, list[Finding]] = {}  # By the identity of a segment in `_segments`, places within it.
        self._typed_line = -1
        self._settled_at = 0.0
        self._codes_shown: set[str] = set()  # On the line being typed.
        self._held_back = False
        self.slow: list[Finding] = []  # Found off the path of the keys: they move with the text until found anew.

    def edited(self, span: Span, text: str) -> None:
        change = Change(span, text)
        self._changes.append(change)
        self._typed_line = change.end.line
        self._settled_at = self._clock() + SETTLING_SECONDS

    def hints(self) -> list[Finding]:
        """What is to be shown now, in the order of the text. The analysis must be up to date."""
        if self._changes:
            self._follow()
        found = self._analysis.findings()
        if self.slow:
            found = sorted([*found, *self.slow], key=lambda finding: finding.span)
        self._held_back = False
        if self._still and self._clock() < self._settled_at:
            settled = [finding for finding in found if not self._is_new_where_typed(finding)]
            self._held_back = len(settled) < len(found)
            found = settled
        self._shown = self._with_kept(found) if self._kept else found
        return self._shown

    def frozen(self) -> list[Finding]:
        """What was shown last, moved along with the edits since."""
        if self._changes:
            self._move_slow()
            self._shown = [moved for finding in self._shown if (moved := self._moved(finding))]
            self._changes.clear()
        return self._shown

    def waiting(self) -> float | None:
        """Seconds until a hint that `hints` held back may appear; None when it held back none."""
        return max(self._settled_at - self._clock(), 0.0) if self._held_back else None

    def _follow(self) -> None:
        """Keeps the hints of segments that no longer parse, and notes which were on the line being typed."""
        self._move_slow()
        known = {id(segment) for segment in self._segments}
        self._segments = segments = tuple(self._document.segments)
        broken = {
            index: id(segment)
            for index, segment in enumerate(segments)
            if self._still and id(segment) not in known and self._analysis.broken(index)
        }
        kept: dict[int, list[Finding]] = {key: [] for key in broken.values()}
        if self._kept:
            kept |= {key: self._kept[key] for segment in segments if (key := id(segment)) in self._kept}
        self._codes_shown = set()
        for finding in self._shown:
            line = self._start(finding).line
            if line == self._typed_line:
                self._codes_shown.add(finding.code)
            if not broken:
                continue
            index = self._document.index_at(line)
            identity = broken.get(index)
            if identity is not None and (moved := self._moved(finding)):
                kept[identity].append(moved.shifted(-self._document.start_line(index)))
        self._kept = kept
        self._changes.clear()

    def _move_slow(self) -> None:
        """What was found in another text is shown on, but its fix is not offered until it is found again."""
        self.slow = [replace(moved, fix=None) for finding in self.slow if (moved := self._moved(finding))]

    def _start(self, finding: Finding) -> Position:
        return reduce(lambda place, change: change.start(place), self._changes, finding.span.start)

    def _moved(self, finding: Finding) -> Finding | None:
        """None when nothing of its place is left."""
        if finding.span.start == finding.span.end:  # It is about the whole file.
            return finding
        end = reduce(lambda place, change: change(place), self._changes, finding.span.end)
        span = Span(self._start(finding), end)
        return replace(finding, span=span) if span.start < span.end else None

    def _is_new_where_typed(self, finding: Finding) -> bool:
        start, end = finding.span
        return start.line <= self._typed_line <= end.line and finding.code not in self._codes_shown

    def _with_kept(self, found: Sequence[Finding]) -> list[Finding]:
        """The findings, with what was kept in the place of those of the same segments."""
        places = [
            (first := self._document.start_line(index), first + segment.line_count, self._kept[id(segment)])
            for index, segment in enumerate(self._segments)
            if id(segment) in self._kept
        ]
        live = [
            finding for finding in found if not any(first <= finding.span.start.line < end for first, end, _ in places)
        ]
        live += [finding.shifted(first) for first, _, kept in places for finding in kept]
        return sorted(live, key=lambda finding: finding.span)
