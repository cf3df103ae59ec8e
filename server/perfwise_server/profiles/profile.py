"""The seconds of each line of a program, and the lines of today's text that they are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from perfwise_server.profiles.following import Followed


class ProfileError(Exception):
    """A profile cannot be used; the text is one line to be read after the path."""


class Placed(NamedTuple):
    """Seconds by today's lines, counted from 1, and how many hot lines are no longer what was profiled."""

    seconds: dict[int, float]
    lost: int


@dataclass(frozen=True, slots=True)
class ProfiledFile:
    """The text that was profiled, and the seconds of its hot lines, counted from 1."""

    lines: tuple[str, ...]
    seconds: Mapping[int, float]

    def placed(self, lines: Sequence[str]) -> Placed:
        """Where the hot lines are in a text that may have been edited since."""
        places = Followed(self.lines, self.seconds, lines).places.items()
        found = {place.line: self.seconds[number] for number, place in places if not place.changed}
        return Placed(found, len(self.seconds) - len(found))


@dataclass(frozen=True, slots=True)
class Profile:
    """What was profiled, by the files' absolute paths where that was done."""

    files: Mapping[str, ProfiledFile]

    def file(self, path: Path, base: Path) -> ProfiledFile | None:
        """What was measured of a file. A profile may come from another machine: then the file is the one with the same
        path below `base` as below some folder there, the one nearest to the root."""
        path = path.absolute()
        for spelling in (path, path.resolve()):
            if found := self.files.get(spelling.as_posix()):
                return found
        try:
            below = f"/{path.relative_to(base.absolute()).as_posix()}"
        except ValueError:
            return None
        return self.files.get(min((name for name in self.files if name.endswith(below)), key=len, default=""))
