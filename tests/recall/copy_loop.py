"""Appending each item of one sequence to another as it is, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from collections import deque


# slow: each item is appended as it is.
def copied(values: list[int]) -> list[int]:
    result = []
    for value in values:  # hint
        result.append(value)  # hint
    return result


# slow: the items of each page go to the list one by one.
def flatten(pages):
    rows = []
    for page in pages:
        for row in page:  # hint
            rows.append(row)  # hint
    return rows


# slow: by index.
def by_index(values: list[str]) -> list[str]:
    result: list[str] = []
    for i in range(len(values)):  # hint
        result.append(values[i])  # hint
    return result


class Journal:
    def __init__(self) -> None:
        self.entries: list[str] = []

    # slow: into an attribute.
    def take(self, entries: list[str]) -> None:
        for entry in entries:  # hint
            self.entries.append(entry)  # hint

    # slow: out of an attribute, the comprehension does no more.
    def snapshots(self, times: int) -> list[list[str]]:
        result = []
        for _ in range(times):  # hint
            result.append([entry for entry in self.entries])  # hint
        return result

    # fine: a test picks some.
    def errors(self) -> list[str]:
        found = []
        for entry in self.entries:
            if entry.startswith("error"):
                found.append(entry)
        return found


# slow: the lines of a file, within with.
def lines_of(path: str) -> list[str]:
    lines = []
    with open(path) as handle:
        for line in handle:  # hint
            lines.append(line)  # hint
    return lines


# slow: += of a list with one item.
def gathered(groups: dict[str, list[int]]) -> list[int]:
    everything = []
    for numbers in groups.values():
        for number in numbers:  # hint
            everything += [number]  # hint
    return everything


# fine: each item is changed.
def upper(words: list[str]) -> list[str]:
    result = []
    for word in words:
        result.append(word.upper())
    return result


# fine: an asynchronous source has no list() of its own.
async def received(source) -> list[bytes]:
    chunks = []
    async for chunk in source:
        chunks.append(chunk)
    return chunks


# fine: the loop ends at a certain item.
def until(values: list[int], stop: int) -> list[int]:
    result = []
    for value in values:
        if value == stop:
            break
        result.append(value)
    return result


# fine: the list is read while it grows.
def running(values: list[int]) -> list[int]:
    seen: list[int] = []
    for value in values:
        seen.append(value)
        if seen[0] > value:
            seen.clear()
    return seen


class Printer:
    def append(self, item) -> None:
        print(item)


# fine: the class's own append.
def shown(printer: Printer, items: list[str]) -> None:
    for item in items:
        printer.append(item)


# fine: to the front of a deque, which turns the order round.
def turned(values: list[int]) -> deque[int]:
    result: deque[int] = deque()
    for value in values:
        result.appendleft(value)
    return result
