"""Regular expressions that are plain text, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import re
from re import sub

SEPARATOR = re.compile(", ")


# slow: a plain word is searched in each line.
def warnings(lines: list[str]) -> int:
    count = 0
    for line in lines:
        if re.search("warning", line):  # hint
            count += 1
    return count


# slow: one plain text is put in place of another.
def unix(lines):
    return [re.sub("\r\n", "\n", line) for line in lines]  # hint


# slow: the start of each name.
def tests(names: list[str]) -> list[str]:
    out = []
    i = 0
    while i < len(names):
        if re.match("test_", names[i]):  # hint
            out.append(names[i])
        i += 1
    return out


class Table:
    def __init__(self, rows: list[str]) -> None:
        self.rows = rows

    # slow: split at a plain text.
    def cells(self) -> list[list[str]]:
        return [re.split(" - ", row) for row in self.rows]  # hint

    # slow: compiled, and plain all the same.
    def fields(self) -> list[list[str]]:
        out = []
        for row in self.rows:
            out.append(SEPARATOR.split(row))  # hint
        return out

    # fine: a class of characters.
    def words(self) -> list[list[str]]:
        return [re.split(r"\s+", row) for row in self.rows]


# slow: an escaped dot is a plain dot, under the function's own name.
def commas(lines: list[str]) -> list[str]:
    out = []
    for line in lines:
        try:
            out.append(sub(r"\.", ",", line))  # hint
        except TypeError:
            out.append("")
    return out


# slow: asynchronous, compared with None.
async def alarms(messages):
    async for message in messages:
        if re.search(r"disk full", message.text) is not None:  # hint
            await message.forward()


# fine: the match itself is used.
def places(lines: list[str]) -> list[int]:
    out = []
    for line in lines:
        match = re.search("warning", line)
        if match:
            out.append(match.start())
    return out


# fine: capitals are ignored.
def any_case(lines: list[str]) -> int:
    return sum(1 for line in lines if re.search("warning", line, re.IGNORECASE))


# fine: $ also stands before a last line break, where endswith() says no.
def python_files(names: list[str]) -> list[str]:
    return [name for name in names if re.search("py$", name)]


# fine: the dot stands for any character.
def dotted(lines: list[str]) -> list[str]:
    return [re.sub("a.c", "-", line) for line in lines]


# fine: the pattern is not known.
def with_pattern(lines: list[str], pattern: str) -> list[str]:
    return [line for line in lines if re.search(pattern, line)]


# fine: a function makes what is put in.
def numbered(lines: list[str]) -> list[str]:
    return [re.sub("x", lambda match: str(match.start()), line) for line in lines]


# fine: the replacement names a group.
def doubled(lines: list[str]) -> list[str]:
    return [re.sub("x", r"\g<0>\g<0>", line) for line in lines]
