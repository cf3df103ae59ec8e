"""Opening the same file in every round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import csv
from pathlib import Path

LOG = Path("events.log")


def log(path: str, line: str) -> None:
    with open(path, "a") as handle:
        handle.write(line + "\n")


# slow: opened and closed for each row.
def write_rows(path: str, rows: list[str]) -> None:
    for row in rows:
        with open(path, "a") as handle:  # hint
            handle.write(row + "\n")


# slow: a path of the module, in a while loop.
def record(events):
    i = 0
    while i < len(events):
        with LOG.open("a") as handle:  # hint
            handle.write(str(events[i]))
        i += 1


# slow: the same file is read for each word.
def lines_with(words: list[str], path: str) -> dict[str, int]:
    counts = {}
    for word in words:
        with open(path) as handle:  # hint
            counts[word] = sum(word in line for line in handle)
    return counts


class Export:
    def __init__(self, path: str) -> None:
        self.path = path

    # slow: opened by hand, closed in a finally.
    def save(self, rows: list[list[str]]) -> None:
        for row in rows:
            handle = open(self.path, "a", newline="")  # hint
            try:
                csv.writer(handle).writerow(row)
            finally:
                handle.close()

    # slow: a path object reads all of it in each round.
    def missing(self, names: list[str]) -> list[str]:
        path = Path(self.path)
        return [name for name in names if name not in path.read_text()]  # hint

    # fine: opened once.
    def save_fast(self, rows: list[list[str]]) -> None:
        with open(self.path, "a", newline="") as handle:
            writer = csv.writer(handle)
            for row in rows:
                writer.writerow(row)


# slow: asynchronous, and the helper opens at each call.
async def follow(source, path: str) -> None:
    async for line in source:
        log(path, line)  # hint


# fine: another file in each round.
def sizes(paths: list[str]) -> list[int]:
    out = []
    for path in paths:
        with open(path) as handle:
            out.append(len(handle.read()))
    return out


# fine: the name is made of the round's own value.
def split(rows: list[str]) -> None:
    for i, row in enumerate(rows):
        with open(f"part-{i}.txt", "w") as handle:
            handle.write(row)


# fine: opened until it is there, which ends the loop.
def wait_for(path: str) -> str:
    while True:
        try:
            with open(path) as handle:
                return handle.read()
        except FileNotFoundError:
            continue


# fine: the lines of a file that is opened once.
def numbers(path: str) -> list[int]:
    return [int(line) for line in open(path)]


class Door:
    def open(self) -> None:
        print("open")


# fine: the class's own method.
def visit(door: Door, guests: list[str]) -> None:
    for guest in guests:
        door.open()
        print(guest)
