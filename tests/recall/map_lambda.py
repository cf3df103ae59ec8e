"""map() and filter() with a lambda, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor


# slow: each item of each row takes a call.
def doubled(rows: list[list[int]]) -> list[list[int]]:
    out = []
    for row in rows:
        out.append(list(map(lambda x: 2 * x, row)))  # hint
    return out


# slow: filter(), without annotations.
def positive(groups):
    result = {}
    for name, values in groups.items():
        result[name] = list(filter(lambda value: value > 0, values))  # hint
    return result


# slow: a set of all that the lambda gives.
def remainders(lists: list[list[int]], modulus: int) -> list[set[int]]:
    return [set(map(lambda n: n % modulus, numbers)) for numbers in lists]  # hint


class Table:
    def __init__(self, rows: list[dict[str, int]]) -> None:
        self.rows = rows

    # slow: an attribute, in a while loop.
    def columns(self, names: list[str]) -> list[list[int]]:
        out = []
        i = 0
        while i < len(names):
            out.append(list(map(lambda row: row[names[i]], self.rows)))  # hint
            i += 1
        return out

    # slow: the loop runs over what map() gives.
    def total(self, times: int) -> int:
        total = 0
        for _ in range(times):
            for value in map(lambda row: row["count"] + 1, self.rows):  # hint
                total += value
        return total

    # fine: a comprehension calls nothing.
    def counts(self) -> list[int]:
        return [row["count"] + 1 for row in self.rows]


# slow: asynchronous, within a try.
async def scores(batches) -> list[list[float]]:
    out = []
    async for batch in batches:
        try:
            out.append(list(map(lambda point: point * 0.5 + 1.0, batch)))  # hint
        except TypeError:
            continue
    return out


# fine: a builtin is called for each item.
def numbers(rows: list[list[str]]) -> list[list[int]]:
    return [list(map(int, row)) for row in rows]


# fine: None picks what is true.
def present(rows: list[list[str]]) -> list[list[str]]:
    return [list(filter(None, row)) for row in rows]


# fine: the pool's own map.
def fetched(pages: list[list[str]]) -> list[list[int]]:
    out = []
    with ThreadPoolExecutor() as pool:
        for page in pages:
            out.append(list(pool.map(lambda url: len(url), page)))
    return out


# fine: a function of the module.
def shifted(rows: list[list[int]]) -> list[list[int]]:
    return [list(map(shift, row)) for row in rows]


def shift(value: int) -> int:
    return value + 1


# fine: the lambda is a task's callback.
async def watched(tasks: list[asyncio.Task]) -> None:
    for task in tasks:
        task.add_done_callback(lambda done: print(done))
