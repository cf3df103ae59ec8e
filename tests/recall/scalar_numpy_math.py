"""NumPy's functions on single numbers, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import math

import numpy as np
from numpy import sqrt


def radius(area: float) -> float:
    return np.sqrt(area / 3.14159)  # hint


# slow: the length of each of many vectors.
def way(steps: list[tuple[float, float]]) -> float:
    total = 0.0
    for dx, dy in steps:
        total += np.hypot(dx, dy)  # hint
    return total


# slow: sine and cosine of a number, in a comprehension.
def circle(count: int) -> list[tuple[float, float]]:
    return [(np.cos(2 * np.pi * i / count), np.sin(2 * np.pi * i / count)) for i in range(count)]  # hint


# slow: a while loop, without annotations.
def cooled(start, rounds):
    temperature = 1000.0
    at = 0
    while at < rounds:
        temperature *= np.exp(-0.001)  # hint
        at += 1
    return temperature + start


# slow: the logarithm of a length.
def entropies(words: list[str]) -> list[float]:
    out = []
    for word in words:
        out.append(np.log2(len(word) + 1))  # hint
    return out


class Walker:
    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.angle = 0.0
        self.x = 0.0

    # slow: an attribute that holds a number.
    def walk(self, turns: list[float]) -> None:
        for turn in turns:
            self.angle += turn
            self.x += self.speed * np.cos(self.angle)  # hint

    # slow: asynchronous, a number that was read.
    async def follow(self, lines) -> None:
        async for line in lines:
            self.x += np.sqrt(float(line))  # hint

    # fine: a single call.
    def height(self) -> float:
        return np.sin(self.angle) * self.speed


# slow: the imported name, and a helper variable.
def spreads(groups: list[list[int]]) -> list[float]:
    out = []
    for group in groups:
        variance = len(group) / 12.0
        out.append(sqrt(variance))  # hint
    return out


# slow: the helper takes a root at each call.
def radii(areas: list[float]) -> list[float]:
    return [radius(area) for area in areas]  # hint


# slow: missing numbers are left out.
def known(values: list[float]) -> list[float]:
    return [value for value in values if not np.isnan(value)]  # hint


# slow: a number is rounded down, in a dict.
def buckets(times: dict[str, float]) -> dict[str, int]:
    return {name: int(np.floor(time / 60)) for name, time in times.items()}  # hint


# fine: whole arrays in a loop.
def norms(arrays: list[np.ndarray]) -> list[np.ndarray]:
    return [np.sqrt(array) for array in arrays]


# fine: rows of an array with two axes.
def row_norms(count: int) -> list[float]:
    matrix = np.ones((count, 3))
    out = []
    for row in matrix:
        out.append(float(np.sqrt((row * row).sum(axis=0, keepdims=True))[0]))
    return out


# fine: arrays are drawn in each round.
def drawn(sizes: list[int]) -> list[np.ndarray]:
    out = []
    for size in sizes:
        grid = np.linspace(0, 1, size)
        out.append(np.exp(-grid))
    return out


# fine: single numbers, by math.
def roots(numbers: list[float]) -> list[float]:
    return [math.sqrt(number) for number in numbers]


# fine: nothing tells that these are single numbers.
def scaled(fields, factor):
    out = []
    for field in fields:
        out.append(np.log(field) * factor)
    return out
