"""Items of a list set one by one, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: the multiples of a prime.
def primes(limit: int) -> list[int]:
    sieve = [True] * (limit + 1)
    for number in range(2, int(limit**0.5) + 1):
        if sieve[number]:
            for multiple in range(number * number, limit + 1, number):  # hint
                sieve[multiple] = False  # hint
    return [number for number in range(2, limit + 1) if sieve[number]]


# slow: the whole list, without annotations.
def cleared(size):
    cells = list(range(size))
    for i in range(len(cells)):  # hint
        cells[i] = 0  # hint
    return cells


# slow: items of another list, into a part.
def pasted(tape: list[int], piece: list[int], at: int) -> None:
    for i in range(len(piece)):  # hint
        tape[at + i] = piece[i]  # hint


class Buffer:
    def __init__(self, size: int) -> None:
        self.cells = [0] * size

    # slow: an attribute, between two places.
    def fill(self, first: int, last: int, value: int) -> None:
        for i in range(first, last):  # hint
            self.cells[i] = value  # hint

    # slow: a while loop.
    def clear(self) -> None:
        i = 0
        while i < len(self.cells):  # hint
            self.cells[i] = 0  # hint
            i += 1

    # fine: each cell gets a value of its own.
    def count_up(self) -> None:
        for i in range(len(self.cells)):
            self.cells[i] = i * i


# fine: a list for each place.
def buckets(size: int) -> list[list[int]]:
    found: list[list[int]] = [[0]] * size
    for i in range(size):
        found[i] = []
    return found


# fine: only where a test holds.
def clipped(levels: list[int]) -> None:
    for i in range(len(levels)):
        if levels[i] < 0:
            levels[i] = 0


# fine: keys of a dict.
def marked(names: dict[int, bool], size: int) -> None:
    for i in range(size):
        names[i] = True


# fine: places in no order.
def struck(cells: list[int], places: list[int]) -> None:
    for place in places:
        cells[place] = 0
