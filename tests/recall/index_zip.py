"""Reading two sequences by one index, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: pairs are made by index.
def pairs(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    return [(a[i], b[i]) for i in range(len(a))]  # hint


# slow: a tuple of a generator's, without annotations.
def columns(a, b):
    return tuple((a[i], b[i]) for i in range(len(a)))  # hint


# slow: the two lists of each item, in an asynchronous function.
async def matched(columns: list[tuple[list[str], list[str]]], sink):
    for left, right in columns:  # hint
        await sink.send([(left[i], right[i]) for i in range(len(left))])  # hint


class Series:
    def __init__(self, times: list[float], values: list[float]) -> None:
        self.times = times
        self.values = values

    # slow: attributes.
    def products(self) -> list[float]:
        return [self.times[i] * self.values[i] for i in range(len(self.times))]  # hint

    # slow: pairs of two attributes, within a try.
    def points(self) -> list[tuple[float, float]]:
        try:
            return [(self.times[i], self.values[i]) for i in range(len(self.times))]  # hint
        except IndexError:
            return []

    # fine: zip() already.
    def fast(self) -> list[float]:
        return [t * v for t, v in zip(self.times, self.values)]


# slow: a statement for each pair.
def mended(new: list[int], old: list[int]) -> list[int]:
    out = []
    for i in range(len(new)):  # hint
        if new[i] > old[i]:  # hint
            out.append(new[i] - old[i])  # hint
    return out


# fine: the index counts too.
def weighted_places(a: list[int], b: list[int]) -> int:
    total = 0
    for i in range(len(a)):
        total += i * a[i] * b[i]
    return total


# fine: neighbours of one list.
def rises(values: list[int]) -> int:
    return sum(1 for i in range(len(values) - 1) if values[i] < values[i + 1])


# fine: one of them is written to.
def added(a: list[int], b: list[int]) -> None:
    for i in range(len(a)):
        a[i] += b[i]


# fine: dicts with numbers as keys.
def by_number(count: int, first: dict[int, int], second: dict[int, int]) -> list[int]:
    return [first[i] + second[i] for i in range(count)]


# fine: three places of vectors.
def cross_sum(a: list[float], b: list[float]) -> float:
    total = 0.0
    for i in range(3):
        total += a[i] * b[i]
    return total


# fine: the lists grow while they are read.
def grown(a: list[int], b: list[int]) -> list[int]:
    for i in range(len(a)):
        if a[i] == b[i]:
            b.append(a[i])
    return b
