"""Chains of attributes that lead to the same value in each round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import numpy as np


class Limits:
    def __init__(self) -> None:
        self.low = 2
        self.high = 90


class Config:
    def __init__(self) -> None:
        self.limits = Limits()
        self.offset = 3


class App:
    def __init__(self) -> None:
        self.config = Config()
        self.count = 0


# slow: two dots more than it needs, in each round.
def inside(app: App, numbers: list[int]) -> int:
    count = 0
    for number in numbers:
        if number < app.config.limits.high:  # hint
            count += 1
    return count


# slow: in a comprehension, without annotations.
def shifted(app, numbers):
    return [number + app.config.limits.low for number in numbers]  # hint


# slow: a while loop.
def rungs(app: App, height: int) -> int:
    count = 0
    while height > 0:
        height -= app.config.limits.low  # hint
        count += 1
    return count


class View:
    def __init__(self, app: App) -> None:
        self.app = app

    # slow: from self.
    def visible(self, rows: list[int]) -> list[int]:
        out = []
        for row in rows:
            if row > self.app.config.limits.low:  # hint
                out.append(row)
        return out

    # slow: asynchronous.
    async def count(self, rows) -> int:
        count = 0
        async for row in rows:
            count += row + self.app.config.limits.low  # hint
        return count

    # fine: the chain leads to what the loop changes.
    def push(self, rows: list[int]) -> None:
        for row in rows:
            self.app.config.limits.low = self.app.config.limits.low + row

    # fine: it has a name before the loop.
    def hidden(self, rows: list[int]) -> int:
        low = self.app.config.limits.low
        return sum(row <= low for row in rows)


# fine: the chain begins at the loop's own variable.
def lows(apps: list[App]) -> list[int]:
    return [app.config.limits.low for app in apps]


# fine: outside of loops.
def span(app: App) -> int:
    return app.config.limits.high - app.config.limits.low


# fine: the object is another one after each round.
def walk(node) -> int:
    steps = 0
    while node.parent.parent is not None:
        node = node.parent
        steps += 1
    return steps


# fine: the loop puts another object there.
def renewed(app: App, numbers: list[int]) -> int:
    total = 0
    for number in numbers:
        if number > app.config.limits.high:
            app.config = Config()
        total += number
    return total
