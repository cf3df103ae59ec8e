"""Counting the set bits of a number through its text, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import numpy as np


def popcount(number: int) -> int:
    return bin(number).count("1")


# slow: a text for each number.
def weights(numbers: list[int]) -> list[int]:
    return [bin(number).count("1") for number in numbers]  # hint


# slow: the bits in which two numbers differ.
def distances(a: list[int], b: list[int]) -> int:
    total = 0
    for left, right in zip(a, b):
        total += bin(left ^ right).count("1")  # hint
    return total


# slow: format() makes the same text.
def parities(count: int) -> list[int]:
    out = []
    i = 0
    while i < count:
        out.append(format(i, "b").count("1") % 2)  # hint
        i += 1
    return out


class Board:
    def __init__(self, rows: list[int]) -> None:
        self.rows: list[int] = rows

    # slow: an attribute's numbers, as an f-string.
    def pieces(self) -> int:
        total = 0
        for row in self.rows:
            total += f"{row:b}".count("1")  # hint
        return total

    # slow: without the sign and 0b, within a try.
    def heavy(self, least: int) -> list[int]:
        out = []
        for row in self.rows:
            try:
                if bin(row & 0xFF)[2:].count("1") >= least:  # hint
                    out.append(row)
            except TypeError:
                break
        return out

    # fine: the number's own method.
    def fast(self) -> int:
        return sum(row.bit_count() for row in self.rows)


# slow: the helper makes a text at each call.
def total(numbers: list[int]) -> int:
    return sum(popcount(number) for number in numbers)  # hint


# slow: asynchronous, an integer is made of each.
async def loads(values):
    async for value in values:
        yield bin(int(value)).count("1")  # hint


# fine: zeros are counted.
def zeros(numbers: list[int]) -> list[int]:
    return [bin(number).count("0") for number in numbers]


# fine: the text itself is wanted too.
def shown(numbers: list[int]) -> list[tuple[str, int]]:
    out = []
    for number in numbers:
        text = bin(number)
        out.append((text, text.count("1")))
    return out


# fine: ones among decimal digits.
def ones(numbers: list[int]) -> list[int]:
    return [str(number).count("1") for number in numbers]


# fine: pairs of bits.
def runs(numbers: list[int]) -> list[int]:
    return [bin(number).count("11") for number in numbers]


# fine: an array's integers have no such method in older releases.
def in_array(values: np.ndarray) -> list[int]:
    return [bin(value).count("1") for value in values]


# fine: once.
def one(number: int) -> int:
    return hex(number).count("1")
