"""Removing many items of a list one by one, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import os
from collections import deque


# slow: each removal searches the list and moves what follows.
def drop_negative(values: list[int]) -> list[int]:
    for value in list(values):
        if value < 0:
            values.remove(value)  # hint
    return values


# slow: a slice is the copy that is gone through.
def drop_empty(lines):
    lines = list(lines)
    for line in lines[:]:
        if not line.strip():
            lines.remove(line)  # hint
    return lines


# slow: the items of another list are removed.
def without(items: list[str], banned: list[str]) -> list[str]:
    for name in banned:
        if name in items:
            items.remove(name)  # hint
    return items


class Pool:
    def __init__(self) -> None:
        self.workers: list[int] = []

    # slow: an attribute, through its copy().
    def reap(self, now: int) -> None:
        for worker in self.workers.copy():
            if worker < now:
                self.workers.remove(worker)  # hint

    # slow: within try, because the item may be gone.
    def release(self, done: list[int]) -> None:
        for worker in done:
            try:
                self.workers.remove(worker)  # hint
            except ValueError:
                pass

    # fine: one removal.
    def dismiss(self, worker: int) -> None:
        self.workers.remove(worker)

    # fine: the first that fits is removed, and the loop ends.
    def take(self, least: int) -> int | None:
        for worker in self.workers:
            if worker >= least:
                self.workers.remove(worker)
                return worker
        return None


# slow: del by index, from the back.
def drop_odd(values: list[int]) -> list[int]:
    for i in range(len(values) - 1, -1, -1):
        if values[i] % 2:
            del values[i]  # hint
    return values


# slow: a while loop that removes until nothing is left to remove.
def strip_zeros(values: list[int]) -> list[int]:
    while 0 in values:
        values.remove(0)  # hint
    return values


# slow: pop() by index in a while loop.
def expire(times: list[float], now: float) -> list[float]:
    i = 0
    while i < len(times):
        if times[i] < now:
            times.pop(i)  # hint
        else:
            i += 1
    return times


# fine: a set forgets an item at once.
def unseen(names: set[str], seen: list[str]) -> set[str]:
    for name in seen:
        if name in names:
            names.remove(name)
    return names


# fine: files are removed, not items.
def clean(paths: list[str]) -> None:
    for path in paths:
        os.remove(path)


# fine: a comprehension filters in one pass.
def positive(values: list[int]) -> list[int]:
    return [value for value in values if value >= 0]


# fine: each list loses one item.
def without_header(tables: list[list[str]]) -> None:
    for table in tables:
        if "header" in table:
            table.remove("header")


# fine: a deque gives its end away.
def drain(queue: deque[int]) -> int:
    total = 0
    while queue:
        total += queue.pop()
    return total


class Scene:
    def __init__(self) -> None:
        self.sprites = []

    def remove(self, sprite) -> None:
        sprite.visible = False


# fine: the class's own method.
def hide(scene: Scene, sprites: list) -> None:
    for sprite in sprites:
        scene.remove(sprite)
