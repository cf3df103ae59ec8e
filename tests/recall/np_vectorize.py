"""numpy.vectorize in the place of a loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import hashlib

import numpy as np
from numpy import vectorize


def fee(amount: float) -> float:
    return amount * 0.02 if amount > 100 else 2.0


# slow: a function of the module, with a condition.
def fees(amounts: np.ndarray) -> np.ndarray:
    return np.vectorize(fee)(amounts)  # hint


# slow: a lambda, kept in a name, without annotations.
def kelvin(degrees):
    convert = np.vectorize(lambda degree: degree + 273.15)  # hint
    return convert(degrees)


# slow: a local function, the imported name.
def graded(points: np.ndarray) -> np.ndarray:
    def grade(value):
        if value > 90:
            return 1
        return 2 if value > 60 else 3

    return vectorize(grade)(points)  # hint


class Lens:
    def __init__(self, strength: float) -> None:
        self.strength = strength
        self.bend = np.vectorize(self.bend_one)

    def bend_one(self, angle: float) -> float:
        return angle * self.strength

    # slow: made in the method, of another method.
    def bent(self, angles: np.ndarray) -> np.ndarray:
        return np.vectorize(self.bend_one, otypes=[float])(angles)  # hint

    # slow: asynchronous, in a loop over rows.
    async def trace(self, rows, channel) -> None:
        async for row in rows:
            bent = np.vectorize(lambda angle: angle * self.strength + 1)(row)  # hint
            await channel.send(bent)

    # fine: the formula on the whole array.
    def bent_fast(self, angles: np.ndarray) -> np.ndarray:
        return angles * self.strength


# slow: in a comprehension, for each picture.
def brightened(images: list[np.ndarray]) -> list[np.ndarray]:
    return [np.vectorize(lambda point: min(point + 20, 255))(image) for image in images]  # hint


# slow: two arrays, and a value by default.
def ratios(a, b):
    import numpy

    divide = numpy.vectorize(lambda x, y: x / y if y != 0 else 0.0)  # hint
    return divide(a, b)


# slow: in a while loop.
def iterated(values: np.ndarray, rounds: int) -> np.ndarray:
    step = np.vectorize(lambda v: v * v - 0.5)  # hint
    while rounds:
        values = step(values)
        rounds -= 1
    return values


# fine: NumPy has nothing for a hash.
def digests(names: np.ndarray) -> np.ndarray:
    return np.vectorize(lambda name: hashlib.sha256(name.encode()).hexdigest())(names)


# fine: functions of NumPy do it.
def softplus(values: np.ndarray) -> np.ndarray:
    return np.log1p(np.exp(values))


class Words:
    def vectorize(self, texts: list[str]) -> list[list[int]]:
        return [[len(word) for word in text.split()] for text in texts]


# fine: a method of the module's own class.
def encoded(words: Words, texts: list[str]) -> list[list[int]]:
    return words.vectorize(texts)


# fine: the decorator of a library that compiles.
def compiled():
    import numba

    return numba.vectorize(fee)
