"""Python loops over the elements of arrays, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt


def clip(value: float) -> float:
    return value if value < 255 else 255.0


# slow: the product of two arrays by index.
def work(forces: np.ndarray, ways: np.ndarray) -> float:
    total = 0.0
    for i in range(len(forces)):  # hint
        total += forces[i] * ways[i]  # hint
    return total


# slow: a list of squares, element by element.
def squared_error(path: str) -> list[float]:
    errors = np.loadtxt(path)
    return [error**2 for error in errors]  # hint


# slow: a picture's points in two loops.
def inverted(image: np.ndarray) -> np.ndarray:
    out = np.zeros_like(image)
    for y in range(image.shape[0]):  # hint
        for x in range(image.shape[1]):  # hint
            out[y, x] = 255 - image[y, x]  # hint
    return out


# slow: values are counted by a test, without annotations.
def above(limit):
    noise = np.random.default_rng(3).normal(size=100_000)
    count = 0
    for value in noise:  # hint
        if value > limit:
            count += 1
    return count


# slow: a while loop by index.
def first_difference(a: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    out = np.empty(len(a) - 1)
    i = 0
    while i < len(a) - 1:  # hint
        out[i] = a[i + 1] - a[i]  # hint
        i += 1
    return out


class Wave:
    def __init__(self, count: int) -> None:
        self.times = np.linspace(0.0, 1.0, count)
        self.levels = np.zeros(count)

    # slow: attributes, with enumerate.
    def fill(self, frequency: float) -> None:
        for i, time in enumerate(self.times):  # hint
            self.levels[i] = math.sin(2 * math.pi * frequency * time)  # hint

    # slow: asynchronous, the sum is made before it waits.
    async def power(self, channel) -> None:
        total = 0.0
        for level in self.levels:  # hint
            total += level * level
        await channel.send(total / len(self.levels))

    # fine: the arrays' own product.
    def power_fast(self) -> float:
        return float(self.levels @ self.levels) / len(self.levels)


# slow: a function of the module for each element.
def clipped(pixels: np.ndarray) -> np.ndarray:
    return np.array([clip(pixel) for pixel in pixels])  # hint


# slow: two arrays in step.
def distances(xs: np.ndarray, ys: np.ndarray) -> list[float]:
    out = []
    for x, y in zip(xs, ys):  # hint
        out.append((x * x + y * y) ** 0.5)
    return out


# slow: a choice between two arrays.
def rectified(signal):
    signal = np.asarray(signal, dtype=float)
    out = np.empty(signal.size)
    for i in range(signal.size):  # hint
        if signal[i] > 0:  # hint
            out[i] = signal[i]
        else:
            out[i] = 0.0
    return out


# fine: each round needs the one before.
def smoothed(values: np.ndarray, weight: float) -> np.ndarray:
    out = np.empty(len(values))
    out[0] = values[0]
    for i in range(1, len(values)):
        out[i] = weight * values[i] + (1 - weight) * out[i - 1]
    return out


# fine: rows, each handled as a whole.
def normalised(matrix: np.ndarray) -> list[np.ndarray]:
    out = []
    for row in matrix:
        out.append(row / np.linalg.norm(row))
    return out


# fine: three elements.
def axes() -> list[str]:
    return [f"{angle:.0f}°" for angle in np.array([0.0, 45.0, 90.0])]


# fine: elements are places in a list of texts, for which arrays have nothing.
def ranking(names: list[str], scores: np.ndarray) -> list[str]:
    order = np.argsort(scores)
    return [names[i] for i in order]


# fine: a file is written for each element.
def exported(values: np.ndarray, folder: str) -> None:
    for i, value in enumerate(values):
        with open(f"{folder}/{i}.txt", "w") as handle:
            handle.write(str(value))


# fine: a list of numbers.
def summed(numbers: list[float]) -> list[float]:
    out = []
    for number in numbers:
        out.append(number * 2 + 1)
    return out


# fine: a walk that ends where two values meet, and goes where the values say.
def root_of(parents: np.ndarray, node: int) -> int:
    while parents[node] != node:
        node = parents[node]
    return node
