"""Asking the keys of a dict in place of the dict, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import pandas as pd

ALIASES: dict[str, str] = {}


def add_alias(name: str, other: str) -> None:
    ALIASES[name] = other


# slow: a view is made for each word.
def known(words: list[str], table: dict[str, int]) -> int:
    count = 0
    for word in words:
        if word in table.keys():  # hint
            count += 1
    return count


# slow: negated, in a comprehension, over a dict made here.
def missing(wanted, pairs):
    present = dict(pairs)
    return [name for name in wanted if name not in present.keys()]  # hint


# slow: a dict of the module, in a while loop.
def resolve(names: list[str]) -> list[str]:
    out = []
    i = 0
    while i < len(names):
        name = names[i]
        out.append(ALIASES[name] if name in ALIASES.keys() else name)  # hint
        i += 1
    return out


class Index:
    def __init__(self) -> None:
        self.places: dict[str, list[int]] = {}

    # slow: an attribute.
    def add(self, words: list[str]) -> None:
        for i, word in enumerate(words):
            if word not in self.places.keys():  # hint
                self.places[word] = []
            self.places[word].append(i)

    # slow: a list of all keys is searched.
    def count(self, words: list[str]) -> int:
        return sum(1 for word in words if word in list(self.places.keys()))  # hint

    # fine: the dict itself is asked.
    def has(self, words: list[str]) -> bool:
        return all(word in self.places for word in words)


# slow: asynchronous.
async def refused(paths: list[str], handlers: dict, sink):
    unknown = []
    for path in paths:
        if path not in handlers.keys():  # hint
            unknown.append(path)
    await sink.send(unknown)


# fine: the values are asked.
def held(items: list[int], bags: dict[str, int]) -> list[int]:
    present = set(bags.values())
    return [item for item in items if item in present]


# fine: a frame's keys are its columns, and it is no dict.
def columns(frame: pd.DataFrame, names: list[str]) -> list[str]:
    return [name for name in names if name in frame.keys()]


# fine: the keys of two dicts are joined, then asked.
def shared(first: dict[str, int], second: dict[str, int], names: list[str]) -> list[str]:
    both = first.keys() & second.keys()
    return [name for name in names if name in both]


class Piano:
    def keys(self) -> list[str]:
        return ["a", "b"]


# fine: the class's own keys.
def notes(piano: Piano, names: list[str]) -> list[str]:
    found = []
    for name in names:
        if name in piano.keys():
            found.append(name)
    return found


# fine: the keys are gone through, not asked.
def listed(table: dict[str, int]) -> list[str]:
    return [key.upper() for key in table.keys()]
