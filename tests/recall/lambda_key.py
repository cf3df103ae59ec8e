"""A lambda as a key that picks an item or an attribute, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter


@dataclass
class Person:
    name: str
    age: int


# slow: the pair with the largest second of each table.
def largest(tables: list[dict[str, int]]) -> list[tuple[str, int]]:
    out = []
    for table in tables:
        out.append(max(table.items(), key=lambda pair: pair[1]))  # hint
    return out


# slow: sort() in place, without annotations.
def ordered(groups):
    for group in groups:
        group.sort(key=lambda item: item[0])  # hint
    return groups


# slow: max() by an item of a dict.
def dearest(shops: list[list[dict[str, int]]]) -> list[dict[str, int]]:
    return [max(goods, key=lambda good: good["price"]) for goods in shops]  # hint


class Teams:
    def __init__(self, teams: list[list[Person]]) -> None:
        self.teams = teams

    # slow: the least of each list, within a try.
    def least(self, rows: list[list[list[int]]]) -> list[list[int]]:
        out = []
        for row in rows:
            try:
                out.append(min(row, key=lambda cells: cells[2]))  # hint
            except ValueError:
                continue
        return out

    # slow: downwards, in a while loop.
    def ranking(self, rows: list[list[tuple[str, int]]]) -> list[list[tuple[str, int]]]:
        out = []
        i = 0
        while i < len(rows):
            out.append(sorted(rows[i], key=lambda row: row[1], reverse=True))  # hint
            i += 1
        return out

    # fine: a getter already.
    def names(self, rows: list[list[tuple[str, int]]]) -> list[list[tuple[str, int]]]:
        return [sorted(row, key=itemgetter(0)) for row in rows]


# slow: a text is the item's name, in an asynchronous loop.
async def schedules(batches):
    async for batch in batches:
        yield sorted(batch, key=lambda task: task["start"])  # hint


# fine: a getter of two items is no faster than the lambda.
def by_both(rows: list[list[tuple[str, int]]]) -> list[list[tuple[str, int]]]:
    return [sorted(row, key=lambda pair: (pair[1], pair[0])) for row in rows]


# fine: the key is computed.
def by_distance(rows: list[list[int]], centre: int) -> list[list[int]]:
    return [sorted(row, key=lambda value: abs(value - centre)) for row in rows]


# fine: a minus turns the order of one part round.
def by_count(tables: list[dict[str, int]]) -> list[list[tuple[str, int]]]:
    return [sorted(table.items(), key=lambda pair: (-pair[1], pair[0])) for table in tables]


# fine: a method of the item is called, with an argument.
def without_dashes(rows: list[list[str]]) -> list[list[str]]:
    out = []
    for row in rows:
        out.append(sorted(row, key=lambda word: word.strip("-")))
    return out


# fine: the item is the key of another container.
def lookup(rows: list[list[str]], order: dict[str, int]) -> list[list[str]]:
    return [sorted(row, key=lambda word: order[word]) for row in rows]


# fine: a default stands in for what is not there.
def with_default(rows: list[list[dict[str, int]]]) -> list[list[dict[str, int]]]:
    return [sorted(row, key=lambda record: record.get("age", 0)) for row in rows]


# fine: one short sort of three constants.
def three() -> list[tuple[str, int]]:
    return sorted([("b", 2), ("a", 3), ("c", 1)], key=lambda pair: pair[1])


# fine: grouped by what is computed.
def decades(people: list[Person]) -> list[int]:
    return [decade for decade, _ in groupby(people, key=lambda person: person.age // 10)]
