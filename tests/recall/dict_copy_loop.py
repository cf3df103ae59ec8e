"""Copying the entries of one dict to another one by one, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import shelve


# slow: each entry is set as it is.
def merge(target: dict[str, int], source: dict[str, int]) -> None:
    for key, value in source.items():  # hint
        target[key] = value  # hint


# slow: the key alone is gone through.
def copied(source: dict) -> dict:
    result = {}
    for key in source:  # hint
        result[key] = source[key]  # hint
    return result


# slow: the dicts of a list, one after the other.
def combined(parts: list[dict[str, str]]) -> dict[str, str]:
    result: dict[str, str] = {}
    for part in parts:
        for name, text in part.items():  # hint
            result[name] = text  # hint
    return result


# slow: a dict made here, without annotations.
def table(pairs):
    known = dict(pairs)
    result = dict()
    for key, value in known.items():  # hint
        result[key] = value  # hint
    return result


class Settings:
    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    # slow: into an attribute.
    def load(self, values: dict[str, str]) -> None:
        for name, value in values.items():  # hint
            self.values[name] = value  # hint

    # slow: out of an attribute, by a comprehension that does no more.
    def snapshots(self, times: int) -> list[dict[str, str]]:
        return [{name: value for name, value in self.values.items()} for _ in range(times)]  # hint

    # fine: only what is not there yet.
    def fill(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            if name not in self.values:
                self.values[name] = value


# slow: the keys are asked for, within a try.
def restored(backup: dict[str, int], target: dict[str, int]) -> bool:
    try:
        for key in backup.keys():  # hint
            target[key] = backup[key]  # hint
    except TypeError:
        return False
    return True


# fine: the values are changed.
def doubled(source: dict[str, int]) -> dict[str, int]:
    result = {}
    for key, value in source.items():
        result[key] = 2 * value
    return result


# fine: turned round.
def inverted(source: dict[str, int]) -> dict[int, str]:
    result = {}
    for key, value in source.items():
        result[value] = key
    return result


class Checked(dict):
    def __setitem__(self, key, value) -> None:
        if value is None:
            raise ValueError(key)
        super().__setitem__(key, value)


# fine: update() would not ask the class's own __setitem__.
def checked(source: dict[str, str]) -> Checked:
    result = Checked()
    for key, value in source.items():
        result[key] = value
    return result


# fine: a list is written by index.
def placed(pairs: list[tuple[int, str]], size: int) -> list[str]:
    slots = [""] * size
    for i, text in pairs:
        slots[i] = text
    return slots


# fine: the loop does more.
def logged(target: dict[str, int], source: dict[str, int]) -> None:
    for key, value in source.items():
        target[key] = value
        print(key)


# fine: a shelf writes each entry to a file.
def stored(path: str, source: dict[str, int]) -> None:
    with shelve.open(path) as shelf:
        for key, value in source.items():
            shelf[key] = value
