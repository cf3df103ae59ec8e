"""Hot lines of a text that is being edited."""

from __future__ import annotations

import re
from collections.abc import Callable

from perfwise_analyzers.finding import Span
from perfwise_server.profiles.profile import ProfiledFile

_LINE_END = re.compile(r"\r\n|\r|\n")


class HotLines:
    """The seconds of hot lines, counted from 1: tell it every edit, once it is made. A line that an edit changes is no
    longer what was profiled, and cold.

    `line` gives a line of the text as it is now, counted from 0; `seconds` stays the same object.
    """

    def __init__(self, profiled: ProfiledFile, line: Callable[[int], str], count: int) -> None:
        self._line = line
        self.seconds, self.lost = profiled.placed([*map(line, range(count))])
        self._texts = {number: line(number - 1) for number in self.seconds}

    def edited(self, span: Span, text: str, count: int) -> None:
        """`count` is how many lines the text has now."""
        first, last = span.start.line + 1, span.end.line + 1
        below = len(_LINE_END.findall(text)) - (last - first)
        places = {number: self._moved(number, first, last, below, count) for number in self.seconds}
        seconds = {place: self.seconds[number] for number, place in places.items() if place}
        self._texts = {place: self._texts[number] for number, place in places.items() if place}
        self.seconds.clear()
        self.seconds.update(seconds)

    def _moved(self, number: int, first: int, last: int, below: int, count: int) -> int:
        """Where a line is now; 0 where it is not what it was."""
        if number < first:
            return number
        if number > last:
            return number + below
        for place in (number, number + below):
            if first <= place <= min(count, last + below) and self._line(place - 1) == self._texts[number]:
                return place
        return 0
