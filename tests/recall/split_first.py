"""Splitting at every separator to read one part, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import re

COMMA = re.compile(",")


# slow: all fields of a row are made for its first.
def ids(rows: list[str]) -> list[str]:
    out = []
    for row in rows:
        out.append(row.split(",")[0])  # hint
    return out


# slow: the text of each line is split at white space.
def commands(text: str):
    return [line.split()[0] for line in text.splitlines() if line]  # hint


# slow: the last of many fields.
def amounts(rows: list[str]) -> set[str]:
    found: set[str] = set()
    for row in rows:
        found.add(row.split(";")[-1])  # hint
    return found


class Log:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    # slow: an attribute's lines, by a while loop.
    def levels(self) -> list[str]:
        out = []
        i = 0
        while i < len(self.lines):
            out.append(self.lines[i].split(" ")[0].lower())  # hint
            i += 1
        return out

    # slow: bytes, within with and try.
    def first_numbers(self, path: str) -> list[int]:
        out = []
        with open(path, "rb") as handle:
            for line in handle:
                try:
                    out.append(int(line.split(b";")[0]))  # hint
                except ValueError:
                    continue
        return out

    # fine: the number of splits is bounded.
    def heads(self) -> list[str]:
        return [line.split(" ", 1)[0] for line in self.lines]


# slow: asynchronous, and the rest goes unused.
async def stations(records: list[str], sink):
    names = []
    for record in records:
        name, *_ = record.split(",")  # hint
        names.append(name)
    await sink.send(names)


# slow: the parts have a name, and one is read.
def titles(records: list[str]) -> list[str]:
    out = []
    for record in records:
        parts = record.split("\t")  # hint
        out.append(parts[0])  # hint
    return out


# fine: two parts are read.
def pairs(rows: list[str]) -> list[tuple[str, str]]:
    out = []
    for row in rows:
        cells = row.split(",")
        out.append((cells[0], cells[-1]))
    return out


# fine: a part in the middle.
def third(rows: list[str]) -> list[str]:
    return [row.split(",")[len(row) // 40] for row in rows]


# fine: the pattern splits, and its own limit is the second argument.
def by_pattern(rows: list[str]) -> list[str]:
    return [COMMA.split(row)[0] for row in rows]


class Bill:
    def __init__(self, total: int) -> None:
        self.total = total

    def split(self, ways: str) -> list[int]:
        return [self.total // len(ways)] * len(ways)


# fine: the class's own split.
def shares(bills: list[Bill]) -> list[int]:
    return [bill.split("abc")[0] for bill in bills]


# fine: partition() stops at the first.
def keys(lines: list[str]) -> list[str]:
    return [line.partition("=")[0] for line in lines]


# fine: rsplit() with a limit.
def stems(names: list[str]) -> list[str]:
    return [name.rsplit(".", 1)[0] for name in names]
