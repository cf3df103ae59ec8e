"""Joining many lists by adding them up, and sums that are something else."""
# ruff: noqa

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections import Counter
from datetime import timedelta
from functools import reduce

PAGES: list[list[str]] = []


def add_page(text: str) -> None:
    PAGES.append(text.splitlines())


def words_of(line: str) -> list[str]:
    return line.split()


# slow: each list is copied as often as lists come after it.
def flatten(groups: list[list[int]]) -> list[int]:
    return sum(groups, [])  # hint


# slow: the start is given by its name.
def all_rows(pages):
    return sum((page["rows"] for page in pages), start=[])  # hint


class Corpus:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: a comprehension makes the lists, and the sum copies them.
    def tokens(self, lines: list[str]) -> list[str]:
        return sum([line.split() for line in lines], [])  # hint

    # slow: map() makes the lists by a function of this module.
    def vocabulary(self, lines):
        return set(sum(map(words_of, lines), []))  # hint

    # fine: strings of digits are added up as numbers, one list at a time.
    def line_totals(self, lines: list[str]) -> list[int]:
        return [sum(int(cell) for cell in line.split(",")) for line in lines]


# slow: list() is an empty list as well.
def members(teams: dict[str, list[str]]) -> list[str]:
    everyone = sum(teams.values(), list())  # hint
    return sorted(everyone)


# slow: reduce() with + copies what it has at each step.
def joined(parts: list[list[str]]) -> list[str]:
    return reduce(lambda left, right: left + right, parts, [])  # hint


# slow: the operator is the same + of two lists.
def joined_by_operator(rows: list[list[int]]) -> list[int]:
    return functools.reduce(operator.add, rows, [])  # hint


# slow: concat is + too.
def joined_by_concat(rows: list[list[int]]):
    if not rows:
        return []
    return reduce(operator.concat, rows)  # hint


# slow: tuples are copied as lists are.
def coordinates(points: list[tuple[float, float]]) -> tuple[float, ...]:
    return sum(points, ())  # hint


# slow: the module's lists are added up before the loop that reads them.
def book():
    lines = []
    for line in sum(PAGES, []):  # hint
        lines.append(line.strip())
    return lines


# slow: the start holds an item, which is copied with the others.
def with_header(header: str, tables: list[list[str]]) -> list[str]:
    return sum(tables, [header])  # hint


# slow: the empty start has a name of its own.
async def gather_results(batches):
    collected: list[str] = []
    pages = [await batch for batch in batches]
    collected = sum(pages, collected)  # hint
    return collected


class Catalogue:
    def __init__(self) -> None:
        self.shelves: list[list[str]] = []
        self.prices = []

    def add_shelf(self, titles: list[str]) -> None:
        self.shelves.append(titles)

    # slow: the attribute is a list of lists.
    def titles(self):
        return sum(self.shelves, [])  # hint

    # slow: the sum is an argument of another call, within try.
    def count(self) -> int:
        try:
            return len(sum([shelf for shelf in self.shelves if shelf], []))  # hint
        except TypeError:
            return 0

    # slow: pairs from zip() are tuples, added up one by one.
    def interleaved(self, left: list[str], right: list[str]) -> list[str]:
        return list(sum(zip(left, right), ()))  # hint

    # fine: numbers are added up.
    def value(self) -> float:
        return sum(self.prices)

    # fine: the lengths are numbers.
    def size(self) -> int:
        return sum((len(shelf) for shelf in self.shelves), 0)

    # fine: chain passes each item on once.
    def fast_titles(self) -> list[str]:
        return list(itertools.chain.from_iterable(self.shelves))


class Vector:
    def __init__(self, x: float, y: float):
        self.x = x
        self.y = y

    def __add__(self, other: Vector) -> Vector:
        return Vector(self.x + other.x, self.y + other.y)


# fine: a sum of numbers that starts with a number.
def total(amounts: list[float]) -> float:
    return sum(amounts, 0.0)


# fine: the start is a duration.
def duration(tracks: list[timedelta]) -> timedelta:
    return sum(tracks, timedelta())


# fine: the start is an object whose size does not grow.
def centre(vectors: list[Vector]) -> Vector:
    return sum(vectors, Vector(0.0, 0.0))


# fine: three lists are added up, however long they are.
def command(program: list[str], options: list[str], files: list[str]) -> list[str]:
    return sum([program, options, files], [])


# fine: += of the operator module extends one list.
def joined_in_place(rows: list[list[int]]) -> list[int]:
    return reduce(operator.iadd, rows, [])


# fine: nothing tells what the start is.
def add_up(values, start):
    return sum(values, start)


# fine: the products are numbers.
def volume(sides: list[float]) -> float:
    return reduce(operator.mul, sides, 1.0) + math.fsum(sides)


# fine: counters add up by item and are no lists.
def overall(days: list[Counter]) -> Counter:
    return sum(days, Counter())


# fine: the caller's own function has this name.
def combine(rows: list[list[int]], sum) -> list[int]:
    return sum(rows, [])


# fine: + of reduce adds numbers here.
def sum_of_squares(values: list[int]) -> int:
    return reduce(lambda total, value: total + value * value, values, 0)
