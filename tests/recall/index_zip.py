"""Reading two sequences by one index, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: both are read by index.
def dot(a: list[float], b: list[float]) -> float:
    total = 0.0
    for i in range(len(a)):
        total += a[i] * b[i]  # hint
    return total


# slow: a comprehension.
def sums(a, b):
    return [a[i] + b[i] for i in range(len(a))]  # hint


# slow: the lists come from the function itself.
def differences(text: str, other: str) -> int:
    left = text.split()
    right = other.split()
    count = 0
    for i in range(min(len(left), len(right))):  # hint
        if left[i] != right[i]:  # hint
            count += 1
    return count


class Series:
    def __init__(self, times: list[float], values: list[float]) -> None:
        self.times = times
        self.values = values

    # slow: attributes.
    def area(self) -> float:
        total = 0.0
        for i in range(len(self.times)):
            total += self.times[i] * self.values[i]  # hint
        return total

    # slow: three at once, within a try.
    def weighted(self, weights: list[float]) -> list[float]:
        out: list[float] = []
        try:
            for i in range(len(weights)):
                out.append(weights[i] * self.times[i] + self.values[i])  # hint
        except IndexError:
            out.clear()
        return out

    # fine: zip() already.
    def pairs(self) -> list[float]:
        return [t * v for t, v in zip(self.times, self.values)]


# slow: each row with its counterpart.
def distances(rows: list[list[float]], point: list[float]) -> list[float]:
    return [sum((row[k] - point[k]) ** 2 for k in range(len(row))) for row in rows]  # hint


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
