"""Roots by the power operator, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import math


# slow: the length of each vector.
def lengths(vectors: list[tuple[float, float]]) -> list[float]:
    out = []
    for x, y in vectors:
        out.append((x * x + y * y) ** 0.5)  # hint
    return out


# slow: in a comprehension, without annotations.
def roots(numbers):
    return [number**0.5 for number in numbers]  # hint


# slow: a while loop, the exponent as a fraction.
def settle(value: float, rounds: int) -> float:
    while rounds:
        value = (value + 1) ** (1 / 2)  # hint
        rounds -= 1
    return value


class Swarm:
    def __init__(self, areas: list[float]) -> None:
        self.areas = areas

    # slow: an attribute's items.
    def radii(self) -> list[float]:
        return [(area / math.pi) ** 0.5 for area in self.areas]  # hint

    # slow: asynchronous.
    async def follow(self, values) -> float:
        total = 0.0
        async for value in values:
            total += value**0.5  # hint
        return total

    # fine: the root itself.
    def radii_fast(self) -> list[float]:
        return [math.sqrt(area / math.pi) for area in self.areas]


# fine: a cube root.
def cube_roots(numbers: list[float]) -> list[float]:
    return [number ** (1 / 3) for number in numbers]


# fine: one by a root.
def inverse(numbers: list[float]) -> list[float]:
    return [number**-1.5 for number in numbers]


# fine: complex numbers.
def complex_roots(numbers: list[complex]) -> list[complex]:
    return [number**0.5 for number in numbers]


# fine: the exponent is a name.
def raised(numbers: list[float], exponent: float) -> list[float]:
    return [number**exponent for number in numbers]
