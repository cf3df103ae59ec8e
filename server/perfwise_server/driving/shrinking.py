"""Smaller calls than one that shows a difference. A round of them is tried at once, since each try is a process."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import AnyStr

_LONGEST = 60


def smaller(call: str) -> list[str]:
    """Calls with a part less, the smallest first."""
    try:
        node = ast.parse(call.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    if not isinstance(node, ast.Call):
        return []
    found: dict[str, None] = {}
    for text in _variants(node):
        if len(text) < len(call) or (len(text) == len(call) and _weight(text) < _weight(call)):
            found.setdefault(text)
    ordered = sorted(found, key=len)
    # The smallest and some of the least changed ones: either kind alone may hold none that still differs.
    return list(dict.fromkeys([*ordered[:_LONGEST], *ordered[-_LONGEST // 2 :]]))


def _weight(text: str) -> int:
    """Nought is simpler than nine, and `a` than `z`."""
    return sum(map(ord, text))


def _variants(call: ast.Call) -> Iterator[str]:
    places = [
        (place, number)
        for number, place in enumerate(ast.walk(call))
        if isinstance(place, (ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict))
    ]
    for place, number in places[:200]:
        for change in _changes(place):
            copied = copy.deepcopy(call)
            target = next(node for index, node in enumerate(ast.walk(copied)) if index == number)
            change.apply(target)
            yield ast.unparse(copied)


class _Change:
    def __init__(self, name: str, value: object) -> None:
        self.name, self.value = name, value

    def apply(self, node: ast.AST) -> None:
        if self.name == "constant":
            node.value = self.value  # type: ignore[attr-defined]
            return
        assert isinstance(self.value, slice)
        for field in ("elts",) if self.name == "items" else ("keys", "values"):
            del getattr(node, field)[self.value]


def _changes(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Constant):
        for value in _constants(node.value):
            yield _Change("constant", value)
        return
    size = len(node.keys) if isinstance(node, ast.Dict) else len(node.elts)  # type: ignore[attr-defined]
    name = "entries" if isinstance(node, ast.Dict) else "items"
    least = 1 if isinstance(node, ast.Tuple) else 0
    step = size
    while step >= 1:
        for start in range(0, size, step):
            if size - min(step, size - start) >= least:
                yield _Change(name, slice(start, start + step))
        step //= 2


def _constants(value: object) -> Iterator[object]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield from (number for number in (0, 1, 2, value // 2, value - 1) if 0 <= number < value)
    elif isinstance(value, float):
        yield from (number for number in (0.0, 1.0, float(int(value))) if value == value and abs(number) < abs(value))
    elif isinstance(value, bytes):
        yield from _cut(value)
    elif isinstance(value, str):
        yield from _cut(value)
        yield from ("a" * len(value), value.encode("ascii", "replace").decode().replace("?", "a"))


def _cut(value: AnyStr) -> Iterator[AnyStr]:
    """Without a half, without a quarter, and so on."""
    step = len(value)
    while step >= 1:
        for start in range(0, len(value), step):
            yield value[:start] + value[start + step :]
        step //= 2
