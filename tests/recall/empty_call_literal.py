"""Empty containers made by a call, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from collections import OrderedDict


# slow: a list for each key.
def grouped(words: list[str]) -> dict[str, list[str]]:
    groups = {}
    for word in words:
        if word[0] not in groups:
            groups[word[0]] = list()  # hint
        groups[word[0]].append(word)
    return groups


# slow: in a comprehension, without annotations.
def tables(count):
    return [dict() for _ in range(count)]  # hint


# slow: a default, in a while loop.
def parts(values: list[tuple[int, ...] | None]) -> int:
    i = count = 0
    while i < len(values):
        count += len(values[i] or tuple())  # hint
        i += 1
    return count


class Grid:
    def __init__(self, height: int) -> None:
        self.height = height
        self.rows: list[list[int]] = []

    # slow: appended to an attribute.
    def clear(self) -> None:
        for _ in range(self.height):
            self.rows.append(list())  # hint

    # slow: asynchronous, as an argument.
    async def fill(self, source) -> None:
        async for item in source:
            item.start(dict())  # hint

    # fine: the short form.
    def clear_fast(self) -> None:
        for _ in range(self.height):
            self.rows.append([])


# fine: a copy of something.
def copies(rows: list[tuple[int, ...]]) -> list[list[int]]:
    return [list(row) for row in rows]


# fine: pairs by name.
def points(values: list[int]) -> list[dict[str, int]]:
    return [dict(zip("xy", (value, value))) for value in values]


# fine: a set has no short form.
def sets(count: int) -> list[set[int]]:
    return [set() for _ in range(count)]


# fine: the function's own name.
def made(count: int, dict) -> list[object]:
    return [dict() for _ in range(count)]


# fine: another type.
def ordered(count: int) -> list[OrderedDict[str, int]]:
    return [OrderedDict() for _ in range(count)]


# fine: the type itself is handed on.
def defaults(groups: dict[str, list[int]], keys: list[str], make=list) -> None:
    for key in keys:
        groups.setdefault(key, make())
