"""All lines of a file in a list only to go through them, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import gzip
import sys
from pathlib import Path


def lines_of(path: str):
    with open(path) as handle:
        return handle.readlines()


# slow: the whole file is in memory at once.
def count_errors(path: str) -> int:
    errors = 0
    with open(path) as log:
        for line in log.readlines():  # hint
            if "ERROR" in line:
                errors += 1
    return errors


# slow: in a generator, without annotations.
def total(path):
    with open(path, encoding="utf-8") as handle:
        return sum(float(line.split(";")[2]) for line in handle.readlines())  # hint


# slow: a list with a name that is gone through once.
def longest(path: Path) -> str:
    best = ""
    with path.open() as handle:
        lines = handle.readlines()  # hint
    for line in lines:
        if len(line) > len(best):
            best = line
    return best


# slow: packed lines, numbered.
def bad_lines(path: str) -> list[int]:
    bad = []
    with gzip.open(path, "rt") as handle:
        for number, line in enumerate(handle.readlines(), 1):  # hint
            if not line.isascii():
                bad.append(number)
    return bad


class Journal:
    def __init__(self, path: str) -> None:
        self.handle = open(path)

    # slow: an attribute's file, in a dict.
    def amounts(self) -> dict[str, float]:
        return {line.split()[0]: float(line.split()[1]) for line in self.handle.readlines()}  # hint

    # slow: asynchronous, within a try.
    async def send(self, channel) -> None:
        try:
            for line in self.handle.readlines():  # hint
                await channel.send(line)
        finally:
            self.handle.close()

    # fine: line by line.
    def count(self) -> int:
        return sum(1 for _ in self.handle)


# slow: what comes in from another program.
def relay(out) -> None:
    for line in sys.stdin.readlines():  # hint
        out.write(line.upper())


# slow: joined, by an iterator in a while loop.
def until_mark(path: str) -> int:
    count = 0
    with open(path) as handle:
        lines = iter(handle.readlines())  # hint
        while (line := next(lines, None)) is not None:
            if line.startswith("---"):
                break
            count += 1
    return count


# fine: the lines are gone through twice.
def normalised(path: str) -> list[float]:
    with open(path) as handle:
        lines = handle.readlines()
    top = max(float(line) for line in lines)
    return [float(line) / top for line in lines]


# fine: the last lines first.
def backwards(path: str) -> None:
    with open(path) as handle:
        for line in reversed(handle.readlines()):
            print(line, end="")


# fine: the list is handed back.
def read_all(path: str) -> list[str]:
    with open(path) as handle:
        return handle.readlines()


# fine: the file is written anew while its lines are gone through.
def without_comments(path: str) -> None:
    with open(path, "r+") as handle:
        lines = handle.readlines()
        handle.seek(0)
        for line in lines:
            if not line.startswith("#"):
                handle.write(line)
        handle.truncate()


class Scanner:
    def readlines(self) -> list[str]:
        return ["a", "b"]


# fine: the lines of a class of the module.
def scanned(scanner: Scanner) -> list[str]:
    return [line.upper() for line in scanner.readlines()]


# fine: two parts of the list.
def table(path: str) -> tuple[list[str], list[list[str]]]:
    with open(path) as handle:
        lines = handle.readlines()
    return lines[0].split(","), [line.split(",") for line in lines[1:]]
