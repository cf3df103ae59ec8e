"""Searching the values of a dict in every round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import pandas as pd

OWNERS: dict[str, str] = {}


def register(path: str, owner: str) -> None:
    OWNERS[path] = owner


def owned(owner: str, owners: dict[str, str]) -> bool:
    return owner in owners.values()


# slow: the values are searched for each candidate.
def known(candidates: list[str], names: dict[int, str]) -> list[str]:
    return [candidate for candidate in candidates if candidate in names.values()]  # hint


# slow: the dict is made here, by zip, and nothing is annotated.
def unmatched(keys, values, wanted):
    table = dict(zip(keys, values))
    missing = []
    for item in wanted:
        if item not in table.values():  # hint
            missing.append(item)
    return missing


# slow: a dict of the module.
def strangers(people):
    for person in people:
        if person in OWNERS.values():  # hint
            continue
        yield person


class Router:
    def __init__(self) -> None:
        self.routes: dict[str, str] = {}

    def add(self, path: str, name: str) -> None:
        self.routes[path] = name

    # slow: an attribute's values, in a while loop.
    def broken(self, names: list[str]) -> int:
        count = 0
        i = 0
        while i < len(names):
            if names[i] not in self.routes.values():  # hint
                count += 1
            i += 1
        return count

    # slow: the values in a sum over a generator.
    def used(self, names) -> int:
        return sum(name in self.routes.values() for name in names)  # hint

    # fine: one search, no loop.
    def has(self, name: str) -> bool:
        return name in self.routes.values()

    # fine: the keys are hashed.
    def paths(self, paths: list[str]) -> list[str]:
        return [path for path in paths if path in self.routes]


# slow: the values stand in a list, which is searched like them.
def orphans(children: list[str], parents: dict[str, str]) -> list[str]:
    present = list(parents.values())
    return [child for child in children if child not in present]  # hint


# slow: asynchronous, within try.
async def admit(requests, tokens: dict[str, str]):
    async for request in requests:
        try:
            if request.token in tokens.values():  # hint
                await request.accept()
        except ConnectionError:
            continue


# slow: the helper searches at each call.
def count_owned(names: list[str], owners: dict[str, str]) -> int:
    count = 0
    for name in names:
        if owned(name, owners):  # hint
            count += 1
    return count


# fine: the set is built once.
def known_fast(candidates: list[str], names: dict[int, str]) -> list[str]:
    present = set(names.values())
    return [candidate for candidate in candidates if candidate in present]


# fine: the values are lists, and each is looked into once.
def groups_with(item: int, groups: dict[str, list[int]]) -> int:
    count = 0
    for group in groups.values():
        if item in group:
            count += 1
    return count


# fine: the dict takes an entry in each round, and a set made before it would be stale.
def assign(names: list[str]) -> dict[int, str]:
    taken: dict[int, str] = {}
    for number, name in enumerate(names):
        if name in taken.values():
            name = f"{name}-{number}"
        taken[number] = name
    return taken


# fine: the dict is another one in each round.
def flagged(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if "n/a" in row.values()]


# fine: the loop runs over two constants.
def has_both(answers: dict[str, str]) -> bool:
    return all(answer in answers.values() for answer in ("yes", "no"))


# fine: the attribute of a frame is no method, and no dict.
def in_frame(frame: pd.DataFrame, items: list[int]) -> list[int]:
    return [item for item in items if item in frame.values]
