"""Built-in functions that go through arrays, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def total(values: np.ndarray) -> float:
    return sum(values)  # hint


# slow: the sum of an array's elements as Python objects.
def rainfall(path: str) -> float:
    daily = np.loadtxt(path)
    return sum(daily)  # hint


# slow: the greatest, of a parameter.
def loudest(signal: np.ndarray) -> float:
    return max(np.abs(signal))  # hint


# slow: any over a comparison.
def has_gap(times: npt.NDArray[np.float64], limit: float) -> bool:
    return any(np.diff(times) > limit)  # hint


# slow: all, without annotations.
def is_sorted(count):
    values = np.random.default_rng(7).random(count)
    return all(values[1:] >= values[:-1])  # hint


class Histogram:
    def __init__(self, bins: int) -> None:
        self.counts = np.zeros(bins)

    # slow: an attribute, as a part of a formula.
    def share(self, bin: int) -> float:
        return self.counts[bin] / sum(self.counts)  # hint

    # slow: asynchronous, within a try.
    async def publish(self, channel) -> None:
        try:
            await channel.send(max(self.counts))  # hint
        except ValueError:
            await channel.send(0)

    # fine: the array's own method.
    def total(self) -> float:
        return self.counts.sum()


# slow: the least of each column, in a comprehension.
def lows(prices: np.ndarray) -> list[float]:
    return [min(prices[:, day]) for day in range(prices.shape[1])]  # hint


# slow: in a while loop, until all are small.
def relaxed(field: np.ndarray, factor: float) -> int:
    steps = 0
    change = field * factor
    while max(change) > 1e-6:  # hint
        change = change * factor
        steps += 1
    return steps


# slow: a product of two arrays is added up.
def weighted(values, weights):
    values = np.asarray(values)
    return sum(values * weights) / sum(weights)  # hint


# slow: the helper adds up each array.
def totals(arrays: list[np.ndarray]) -> list[float]:
    return [total(array) for array in arrays]  # hint


# fine: a list.
def sum_of(prices: list[float]) -> float:
    return sum(prices)


# fine: two numbers.
def larger(a: np.ndarray, b: np.ndarray) -> int:
    return max(len(a), len(b))


# fine: the sizes of the axes are two or three ints in a tuple.
def longest_side(image: np.ndarray) -> int:
    return max(image.shape)


# fine: three whole arrays are added.
def grey(channels: list[np.ndarray]) -> np.ndarray:
    return sum(channels) / len(channels)


# fine: rows are compared by a key, which arrays cannot.
def widest(rows: np.ndarray) -> np.ndarray:
    return max(rows, key=lambda row: row[-1] - row[0])


# fine: a row of each of three layers is added at once.
def layered(height: int, width: int):
    layers = np.ones((3, height, width))
    return sum(layers)
