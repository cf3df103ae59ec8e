"""Squares by the power operator, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: a sum of squares.
def energy(levels: list[float]) -> float:
    total = 0.0
    for level in levels:
        total += level**2  # hint
    return total


# slow: in a comprehension, without annotations.
def squares(numbers):
    return [number**2 for number in numbers]  # hint


# slow: a while loop.
def parabola(count: int) -> list[int]:
    out = []
    x = -count
    while x <= count:
        out.append(x**2 + 1)  # hint
        x += 1
    return out


class Cloud:
    def __init__(self, xs: list[float]) -> None:
        self.xs = xs

    # slow: an attribute's items.
    def spread(self) -> float:
        return sum(x**2 for x in self.xs)  # hint

    # slow: asynchronous.
    async def follow(self, values) -> float:
        total = 0.0
        async for value in values:
            total += value**2  # hint
        return total

    # fine: a product.
    def spread_fast(self) -> float:
        return sum(x * x for x in self.xs)


# fine: a third power.
def cubes(numbers: list[float]) -> list[float]:
    return [number**3 for number in numbers]


# fine: the base would be worked out twice.
def read_squares(sensor, count: int) -> list[float]:
    return [sensor.read() ** 2 for _ in range(count)]


# fine: powers of two.
def powers(count: int) -> list[int]:
    return [2**i for i in range(count)]


# fine: the exponent is a name.
def raised(numbers: list[float], exponent: int) -> list[float]:
    return [number**exponent for number in numbers]


# fine: a constant, worked out when the code is compiled.
def circles(count: int) -> list[float]:
    return [3.14 * 5**2 for _ in range(count)]
