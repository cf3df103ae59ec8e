"""Making a list of everything to read its first item, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import itertools
from pathlib import Path


# slow: a list of the whole dict for one key, for each dict.
def first_keys(tables: list[dict[str, int]]) -> list[str]:
    found = []
    for table in tables:
        found.append(list(table)[0])  # hint
    return found


# slow: the values of a dict, in a comprehension.
def samples(groups: dict[str, dict[str, int]]) -> list[int]:
    return [list(group.values())[0] for group in groups.values()]  # hint


# slow: one of a set, while there is any.
def components(left: set[int], links: dict[int, set[int]]) -> int:
    count = 0
    while left:
        start = list(left)[0]  # hint
        left.discard(start)
        left -= links[start]
        count += 1
    return count


class Cache:
    def __init__(self, size: int) -> None:
        self.size = size
        self.entries: dict[str, bytes] = {}

    # slow: the oldest entry goes when a new one comes.
    def fill(self, pairs: list[tuple[str, bytes]]) -> None:
        for key, value in pairs:
            if len(self.entries) >= self.size:
                oldest = list(self.entries.keys())[0]  # hint
                del self.entries[oldest]
            self.entries[key] = value

    # slow: a comprehension keeps all that fit, and one is read.
    def matches(self, prefixes: list[str]) -> list[str]:
        return [[key for key in self.entries if key.startswith(p)][0] for p in prefixes]  # hint

    # fine: the second entry.
    def second(self) -> str:
        return list(self.entries)[1]


# slow: a tuple of the items.
def describe(records: list[dict[str, str]]) -> None:
    for record in records:
        name, value = tuple(record.items())[0]  # hint
        print(name, value)


# slow: asynchronous, one of a set at each job.
async def starts(jobs, sizes: dict[str, set[int]]):
    async for job in jobs:
        await job.start(list(sizes[job.name])[0])  # hint


# fine: next() takes the first, and no list is made.
def fast_first(tables: list[dict[str, int]]) -> list[str]:
    return [next(iter(table)) for table in tables]


# fine: the list is used as a whole too.
def header(rows: dict[str, int]) -> tuple[str, list[str]]:
    names = list(rows)
    return names[0], names


# fine: it is a list already.
def heads(lists: list[list[int]]) -> list[int]:
    return [items[0] for items in lists]


# fine: the last of a split path, which is short.
def suffixes(paths: list[Path]) -> list[str]:
    return [path.suffixes[-1] for path in paths]


# fine: a slice of it is wanted.
def preview(tables: list[dict[str, int]]) -> list[list[str]]:
    return [list(table)[:3] for table in tables]


# fine: all pairs are wanted.
def pairs(values: list[int]) -> list[tuple[int, int]]:
    return list(itertools.pairwise(values))
