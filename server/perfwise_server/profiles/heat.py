"""The lines of a report in a text that is being edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from perfwise_server.profiles.following import Followed, lines_of
from perfwise_server.profiles.report import LineReport, Report
from perfwise_server.profiles.telling import hover, is_told, label, level

COOL = 0.01  # A smaller share may be a single sample.
MOST_LINES = 200


class HeatedLine(NamedTuple):
    """`line` counts from 1, in the text as it is now; `changed`: it is no longer what was profiled. `hover` is
    Markdown."""

    line: int
    report: LineReport
    level: int
    label: str
    hover: str
    changed: bool


class Heat:
    """Tell it every edit, once it is made. `number` is that under which the report is kept, 0 where it is not.

    `line` gives a line of the text as it is now, counted from 0. `seconds` of CPU are those of the unchanged lines.
    """

    def __init__(self, report: Report, number: int, line: Callable[[int], str], count: int) -> None:
        self.report = report
        self.number = number
        self._line = line
        least = COOL if is_told(report) else 0.0
        shown = sorted(report.lines, key=lambda each: -each.share)[:MOST_LINES]
        self._reports = {each.line: each for each in shown if each.share >= least}
        self._followed = Followed(lines_of(report.source), self._reports, map(line, range(count)))
        # Made once, not at every edit.
        self._told = {
            (of, changed): HeatedLine(0, each, level(report, each), label(report, each), told, changed)
            for of, each in self._reports.items()
            for changed in (False, True)
            for told in (hover(report, each, changed=changed),)
        }

    def edited(self, first: int, last: int, count: int) -> bool:
        """The lines from `first` to `last`, counted from 0, were edited; the text has `count` lines now. Whether an
        editor must be told."""
        return self._followed.edited(first, last, self._line, count)

    @property
    def lines(self) -> list[HeatedLine]:
        """In the order of the text."""
        places = self._followed.places.items()
        return sorted(self._told[number, place.changed]._replace(line=place.line) for number, place in places)

    @property
    def seconds(self) -> dict[int, float]:
        """Nothing where there are too few samples to say whose they are."""
        if not is_told(self.report):
            return {}
        places = self._followed.places.items()
        shares = {place.line: self._reports[number].share for number, place in places if not place.changed}
        return {line: share * self.report.seconds for line, share in shares.items()}
