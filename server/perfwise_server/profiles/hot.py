"""Hot lines of a text that is being edited."""

from __future__ import annotations

from collections.abc import Callable

from perfwise_server.profiles.following import Followed
from perfwise_server.profiles.profile import ProfiledFile


class HotLines:
    """The seconds of hot lines, counted from 1: tell it every edit, once it is made. A line that an edit changes is no
    longer what was profiled, and cold.

    `line` gives a line of the text as it is now, counted from 0; `seconds` stays the same object.
    """

    def __init__(self, profiled: ProfiledFile, line: Callable[[int], str], count: int) -> None:
        self._line = line
        self._of = profiled.seconds
        self._followed = Followed(profiled.lines, profiled.seconds, map(line, range(count)))
        self.seconds: dict[int, float] = {}
        self._place()
        self.lost = len(self._of) - len(self.seconds)

    def edited(self, first: int, last: int, count: int) -> None:
        """The lines from `first` to `last`, counted from 0, were edited; the text has `count` lines now."""
        if self._followed.edited(first, last, self._line, count):
            self._place()

    def _place(self) -> None:
        self.seconds.clear()
        places = self._followed.places.items()
        self.seconds.update({place.line: self._of[number] for number, place in places if not place.changed})
