"""Copying a dict in each round to add to it, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from functools import reduce

DEFAULTS = {"colour": "red"}


def merged(base: dict, extra: dict) -> dict:
    return {**base, **extra}


# slow: a new dict with all that was there, for each item.
def index(rows: list[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, value in rows:
        found = {**found, key: value}  # hint
    return found


# slow: the union of two dicts is a third.
def lengths(words):
    result = {}
    for word in words:
        result = result | {word: len(word)}  # hint
    return result


# slow: dict() with the old one, then the rest.
def environment(lines: list[str]) -> dict[str, str]:
    env = {}
    for line in lines:
        name, _, value = line.partition("=")
        env = dict(env, **{name: value})  # hint
    return env


# slow: two dicts are unpacked into a third.
def combined(parts: list[dict[str, int]]) -> dict[str, int]:
    total = {}
    i = 0
    while i < len(parts):
        total = {**total, **parts[i]}  # hint
        i += 1
    return total


# slow: reduce() copies at each step.
def all_of(parts: list[dict[str, int]]) -> dict[str, int]:
    return reduce(lambda left, right: {**left, **right}, parts, {})  # hint


class Store:
    def __init__(self) -> None:
        self.state: dict[str, int] = {}

    # slow: the attribute is rebuilt for each event.
    def replay(self, events) -> None:
        for event in events:
            self.state = {**self.state, event.name: event.value}  # hint

    # slow: a copy is made, and then extended.
    def load(self, pairs: list[tuple[str, int]]) -> None:
        for name, value in pairs:
            state = self.state.copy()  # hint
            state[name] = value
            self.state = state

    # fine: one copy.
    def with_defaults(self) -> dict[str, int]:
        return {**self.state, "version": 1}

    # fine: the entry goes into the dict that is there.
    def fill(self, pairs: list[tuple[str, int]]) -> None:
        for name, value in pairs:
            self.state[name] = value


# slow: asynchronous, with the helper that merges.
async def gather(source) -> dict[str, int]:
    result: dict[str, int] = {}
    async for part in source:
        result = merged(result, part)  # hint
    return result


# fine: the union is taken in place.
def updated(parts: list[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        total |= part
    return total


# fine: each round makes a small dict of its own.
def filled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    out = []
    for row in rows:
        row = {**DEFAULTS, **row}
        out.append(row)
    return out


# fine: every state is kept, so each must be a dict of its own.
def history(events: list[tuple[str, int]]) -> list[dict[str, int]]:
    state: dict[str, int] = {}
    states = []
    for key, value in events:
        state = {**state, key: value}
        states.append(state)
    return states


# fine: the union of sets of flags in an integer.
def mask(bits: list[int]) -> int:
    flags = 0
    for bit in bits:
        flags = flags | 1 << bit
    return flags


# fine: two files at most.
def configured(user: dict[str, str], site: dict[str, str]) -> dict[str, str]:
    settings: dict[str, str] = dict(DEFAULTS)
    for layer in (site, user):
        settings = {**settings, **layer}
    return settings
