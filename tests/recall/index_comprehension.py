"""Items taken by indexes in equal steps, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: every other item.
def evens(numbers: list[int]) -> list[int]:
    return [numbers[i] for i in range(len(numbers)) if i % 2 == 0]  # hint


# slow: in steps of three, without annotations.
def every_third(items):
    items = list(items)
    return [items[i] for i in range(0, len(items), 3)]  # hint


# slow: the items backwards.
def backwards(words: list[str]) -> list[str]:
    return [words[i] for i in range(len(words) - 1, -1, -1)]  # hint


class Track:
    def __init__(self, points: list[float]) -> None:
        self.points = points

    # slow: of an attribute, from a place on.
    def from_place(self, start: int) -> list[float]:
        return [self.points[i] for i in range(start, len(self.points))]  # hint

    # slow: asynchronous, by enumerate.
    async def send(self, channel) -> None:
        thinned = [point for i, point in enumerate(self.points) if i % 10 == 0]  # hint
        await channel.send(thinned)

    # fine: a slice.
    def thinned(self) -> list[float]:
        return self.points[::10]


# slow: a loop that appends.
def odds(numbers: list[int]) -> list[int]:
    out = []
    for i in range(1, len(numbers), 2):  # hint
        out.append(numbers[i])  # hint
    return out


# fine: items in an order of their own.
def ordered(items: list[str], places: list[int]) -> list[str]:
    return [items[i] for i in places]


# fine: each item is worked with.
def doubled(numbers: list[int]) -> list[int]:
    return [numbers[i] * 2 for i in range(0, len(numbers), 2)]


# fine: pieces of four items.
def pieces(numbers: list[int]) -> list[list[int]]:
    return [numbers[i : i + 4] for i in range(0, len(numbers), 4)]


# fine: the item decides.
def positive(numbers: list[int]) -> list[int]:
    return [numbers[i] for i in range(len(numbers)) if numbers[i] > 0]


# fine: a dict by number.
def known(names: dict[int, str]) -> list[str]:
    return [names[i] for i in range(len(names))]
