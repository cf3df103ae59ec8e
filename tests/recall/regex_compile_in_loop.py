"""Compiling the same regular expression in every round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import re
from re import compile as regex

WORD = re.compile(r"\w+")


def is_number(text: str) -> bool:
    return re.compile(r"-?\d+(\.\d+)?").fullmatch(text) is not None


# slow: compile() asks the cache for each line.
def numbers(lines: list[str]) -> list[str]:
    found = []
    for line in lines:
        pattern = re.compile(r"\d+")  # hint
        found.extend(pattern.findall(line))
    return found


# slow: the module's function asks the cache as well.
def dated(names):
    return [name for name in names if re.match(r"\d{4}-\d{2}-\d{2}", name)]  # hint


# slow: under another name, with a flag.
def titles(lines: list[str]) -> int:
    count = 0
    for line in lines:
        if regex(r"^chapter\s+\d+", re.IGNORECASE).match(line):  # hint
            count += 1
    return count


class Cleaner:
    def __init__(self, marker: str) -> None:
        self.marker = marker
        self.lines: list[str] = []

    # slow: a substitution in a method.
    def clean(self, lines: list[str]) -> None:
        for line in lines:
            self.lines.append(re.sub(r"\s+", " ", line))  # hint

    # slow: the pattern is made of an attribute that the loop leaves alone.
    def marked(self, lines: list[str]) -> list[str]:
        out = []
        i = 0
        while i < len(lines):
            if re.search(rf"{self.marker}\s*$", lines[i]):  # hint
                out.append(lines[i])
            i += 1
        return out

    # fine: compiled once, outside.
    def words(self, lines: list[str]) -> list[str]:
        return [word for line in lines for word in WORD.findall(line)]


# slow: the lines of a file, within with and try.
def fields(path: str) -> list[list[str]]:
    rows = []
    with open(path) as handle:
        for line in handle:
            try:
                rows.append(re.split(r"[,;]\s*", line))  # hint
            except ValueError:
                continue
    return rows


# slow: asynchronous.
async def commands(messages):
    async for message in messages:
        match = re.fullmatch(r"/(\w+)\s*(.*)", message.text)  # hint
        if match:
            await message.reply(match[1])


# slow: the helper compiles at each call.
def count_numbers(cells: list[str]) -> int:
    return sum(1 for cell in cells if is_number(cell))  # hint


# fine: the pattern is another one in each round.
def highlight(text: str, words: list[str]) -> str:
    for word in words:
        text = re.sub(rf"\b{re.escape(word)}\b", f"*{word}*", text)
    return text


# fine: patterns are compiled once each.
def compiled(patterns: list[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in patterns]


# fine: no loop.
def first_number(text: str) -> str | None:
    match = re.search(r"\d+", text)
    return match[0] if match else None


# fine: the iterator is made once, before the first round.
def all_words(text: str) -> list[str]:
    found = []
    for match in re.finditer(r"\w+", text):
        found.append(match[0])
    return found


# fine: two constants.
def both_ends(text: str) -> list[bool]:
    return [bool(re.search(pattern, text)) for pattern in (r"^\s", r"\s$")]


class Scanner:
    def match(self, pattern: str, text: str) -> bool:
        return pattern in text


# fine: an object of another class that has the name.
def scanned(lines: list[str], re: Scanner) -> list[str]:
    return [line for line in lines if re.match("todo", line)]
