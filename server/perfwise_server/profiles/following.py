"""Lines of a text that was profiled, and where they are in what the text has become."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")
_ENDLESS = 1 << 60


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `then[first:last]` became `now[new_first:new_last]`, counted from 0; `same`: they are equal."""

    same: bool
    first: int
    last: int
    new_first: int
    new_last: int


def lines_of(text: str) -> list[str]:
    """Cut where Python cuts them."""
    return _LINE_END.split(text)


class Place(NamedTuple):
    """A line now, counted from 1; `changed`: it is no longer what it was, and this is where it would be."""

    line: int
    changed: bool


def blocks(then: Sequence[str], now: Sequence[str]) -> Iterator[Block]:
    """What became of the lines of a text, in order; white space at their ends does not matter."""
    then, now = [line.rstrip() for line in then], [line.rstrip() for line in now]
    top = 0
    while top < min(len(then), len(now)) and then[top] == now[top]:
        top += 1
    bottom = 0
    while bottom < min(len(then), len(now)) - top and then[-1 - bottom] == now[-1 - bottom]:
        bottom += 1
    if top:
        yield Block(True, 0, top, 0, top)
    middle = then[top : len(then) - bottom], now[top : len(now) - bottom]
    for tag, first, last, new_first, new_last in SequenceMatcher(None, *middle).get_opcodes():
        yield Block(tag == "equal", top + first, top + last, top + new_first, top + new_last)
    if bottom:
        yield Block(True, len(then) - bottom, len(then), len(now) - bottom, len(now))


class Followed:
    """Lines of an earlier text in one that is being edited: tell it every edit, once it is made.

    A line that is changed back, or put back, is what it was again.
    """

    def __init__(self, then: Sequence[str], numbers: Iterable[int], now: Iterable[str]) -> None:
        """`numbers` are the lines to follow, counted from 1."""
        self._then = [line.rstrip() for line in then]
        self._now = [line.rstrip() for line in now]
        self._numbers = [number for number in numbers if 0 < number <= len(self._then)]
        self.places = self._placed()

    def edited(self, first: int, last: int, line: Callable[[int], str], count: int) -> bool:
        """The lines from `first` to `last`, counted from 0, were edited; the text has `count` lines now. Whether the
        places are others, or would be in an editor that moves what it shows by itself."""
        end = min(last + 1 + count - len(self._now), count)
        old, new = self._now[first : last + 1], [line(number).rstrip() for number in range(first, end)]
        self._now[first : last + 1] = new
        before = dict(self.places)
        if len(old) == len(new) == 1:  # Typing in a line moves no other.
            here = [number for number, place in before.items() if place.line == first + 1]
            self.places |= {number: Place(first + 1, new[0] != self._then[number - 1]) for number in here}
        elif any(place.line > first for place in before.values()):
            inside = [
                Block(each.same, *(first + at for at in (each.first, each.last, each.new_first, each.new_last)))
                for each in blocks(old, new)
            ]
            around = [Block(True, 0, first, 0, first), *inside, Block(True, last + 1, _ENDLESS, end, _ENDLESS)]
            self.places = self._moved({number: place.line for number, place in before.items()}, around)
        gone = [number for number in self._numbers if number not in self.places]
        doubtful = [number for number, place in self.places.items() if place.changed and first < place.line <= end]
        is_back = not {self._then[number - 1] for number in gone}.isdisjoint(new)
        if is_back or (doubtful and not len(old) == len(new) == 1):
            self._place_anew(gone, doubtful)
        return self.places != before or any(first < place.line <= last + 1 for place in before.values())

    def _place_anew(self, gone: Iterable[int], doubtful: Iterable[int]) -> None:
        """By the text that was profiled: what is gone where it is the same again, what changed where it would be."""
        fresh = self._placed()
        for number in doubtful:
            place = fresh.get(number)
            if place and all(each.line != place.line for other, each in self.places.items() if other != number):
                self.places[number] = place
        for number in gone:
            place = fresh.get(number)
            if place and not place.changed and all(each.line != place.line for each in self.places.values()):
                self.places[number] = place

    def _placed(self) -> dict[int, Place]:
        return self._moved({number: number for number in self._numbers}, [*blocks(self._then, self._now)])

    def _moved(self, lines: Mapping[int, int], through: Sequence[Block]) -> dict[int, Place]:
        """No two of them are in one place: of those that would be, the one that is what it was stays, or the first."""
        taken: dict[int, int] = {}
        places: dict[int, Place] = {}
        for number, line in lines.items():
            block = next((each for each in through if each.first < line <= each.last), None)
            if block is None or block.new_first == block.new_last:
                continue
            now = min(block.new_first + line - block.first, block.new_last)
            place = Place(now, self._now[now - 1] != self._then[number - 1])
            if (other := taken.get(now)) is not None:
                if place.changed or not places[other].changed:
                    continue
                del places[other]
            taken[now], places[number] = number, place
        return places
