"""The whole text of a file cut into lines only to go through them, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import csv
import subprocess
from pathlib import Path


# slow: the text and the list of its lines are in memory at once.
def count_words(path: str) -> int:
    count = 0
    with open(path) as handle:
        for line in handle.read().splitlines():  # hint
            count += len(line.split())
    return count


# slow: cut at line ends, without annotations.
def largest(path):
    with open(path) as handle:
        return max(len(line) for line in handle.read().split("\n"))  # hint


# slow: a path reads it all.
def stations(path: Path) -> set[str]:
    return {line.split(";")[0] for line in path.read_text().splitlines()}  # hint


# slow: text and lines have names of their own.
def sum_of(path: str) -> float:
    with open(path) as handle:
        text = handle.read()
        total = 0.0
        for line in text.splitlines():  # hint
            total += float(line)
    return total


class Dictionary:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.words: dict[str, str] = {}

    # slow: an attribute's path, within a try.
    def load(self) -> None:
        try:
            for line in self.path.read_text(encoding="utf-8").splitlines():  # hint
                word, meaning = line.split("\t", 1)
                self.words[word] = meaning
        except OSError:
            self.words.clear()

    # slow: asynchronous, numbered.
    async def check(self, channel) -> None:
        with self.path.open() as handle:
            for number, line in enumerate(handle.read().splitlines(), 1):  # hint
                if "\t" not in line:
                    await channel.send(number)

    # fine: line by line.
    def count(self) -> int:
        with self.path.open() as handle:
            return sum(1 for _ in handle)


# slow: handed to a reader that takes any lines.
def rows(path: str) -> list[list[str]]:
    found = []
    with open(path, newline="") as handle:
        for row in csv.reader(handle.read().splitlines()):  # hint
            if row and row[0]:
                found.append(row)
    return found


# slow: an iterator over the lines, in a while loop.
def header_length(path: str) -> int:
    length = 0
    with open(path) as handle:
        lines = iter(handle.read().splitlines())  # hint
        while line := next(lines, ""):
            length += len(line)
    return length


# fine: a text that is there anyway.
def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


# fine: the text is used as a whole too.
def checked(path: str) -> int:
    with open(path) as handle:
        text = handle.read()
    if "\0" in text:
        raise ValueError(path)
    return sum(len(line) for line in text.splitlines())


# fine: the list is handed back.
def all_lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


# fine: what another program has written.
def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if line.endswith(".py")]


# fine: words, not lines.
def words(path: str) -> set[str]:
    with open(path) as handle:
        return {word.lower() for word in handle.read().split()}


# fine: the file is written while its lines are gone through.
def cleaned(path: Path) -> None:
    lines = path.read_text().splitlines()
    with path.open("w") as handle:
        for line in lines:
            if line:
                handle.write(line + "\n")
