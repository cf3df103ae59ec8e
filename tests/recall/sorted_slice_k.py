"""Sorting everything to keep a few, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from collections import Counter
from operator import itemgetter

SHOWN = 5


# slow: a hundred thousand prices are sorted for ten.
def cheapest(prices: list[float]) -> list[float]:
    return sorted(prices)[:10]  # hint


# slow: downwards, by a key.
def top_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: pair[1], reverse=True)[:10]  # hint


# slow: the number kept is a constant of the module.
def slowest(timings):
    return [name for name, _ in sorted(timings, key=itemgetter(1), reverse=True)[:SHOWN]]  # hint


class Board:
    def __init__(self) -> None:
        self.scores: list[int] = []

    def add(self, score: int) -> None:
        self.scores.append(score)

    # slow: an attribute is sorted for its three best.
    def podium(self) -> list[int]:
        return sorted(self.scores, reverse=True)[0:3]  # hint

    # slow: the sorted list has a name, and only a few of it are read.
    def worst(self) -> list[int]:
        order = sorted(self.scores)  # hint
        return order[:3]  # hint

    # fine: the sorted list is kept as a whole.
    def page(self) -> tuple[int, list[int]]:
        order = sorted(self.scores)
        return len(order), order[:10]

    # fine: a copy of the first scores, in the order in which they came.
    def earliest(self) -> list[int]:
        return self.scores[:10]


# slow: the largest three stand at the end of the sorted list.
def largest(values: list[int]) -> list[int]:
    return sorted(values)[-3:]  # hint


# slow: a loop over the first few of a sort.
def show(sizes: dict[str, int]) -> None:
    for name in sorted(sizes, key=sizes.get)[:8]:  # hint
        print(name, sizes[name])


# slow: the nearest four of each point.
def neighbours(points: list[float]) -> list[list[float]]:
    result = []
    for point in points:
        result.append(sorted(points, key=lambda other: abs(other - point))[:4])  # hint
    return result


# slow: asynchronous, with the sort in place.
async def latest(source) -> list[int]:
    stamps = [event.stamp async for event in source]
    stamps.sort(reverse=True)  # hint
    return stamps[:5]  # hint


# fine: half of the values are kept, for which a heap is slower.
def lower_half(values: list[int]) -> list[int]:
    return sorted(values)[: len(values) // 2]


# fine: everything but the smallest is kept.
def without_least(values: list[int]) -> list[int]:
    return sorted(values)[1:]


# fine: all but the extremes are kept.
def trimmed(values: list[float]) -> list[float]:
    return sorted(values)[2:-2]


# fine: the first letters of a sorted word's characters; the text is short.
def signature() -> list[str]:
    return sorted("listen")[:3]


# fine: the counter has a method that keeps a few by a heap.
def common(words: list[str]) -> list[tuple[str, int]]:
    return Counter(words).most_common(10)


# fine: every second item of the whole order.
def thinned(values: list[int]) -> list[int]:
    return sorted(values)[::2]
