"""Other calls like the observed ones: their constants and displays changed by what they hold (type-aware mutation)."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Sequence
from typing import AnyStr


def mutated(calls: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Different calls, at most `count`, each one or two changes away from one of the given ones."""
    chooser = random.Random(seed)
    trees = [tree for call in calls if (tree := _parsed(call)) is not None]
    ingredients: list[object] = [
        node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)
    ]
    seen = set(calls)
    for _ in range(count * 3):
        if not trees or len(seen) >= count + len(set(calls)):
            return
        tree = _parsed(ast.unparse(chooser.choice(trees)))
        if tree is None:
            continue
        for _ in range(chooser.choice((1, 1, 2))):
            _mutate(tree, chooser, ingredients)
        text = ast.unparse(tree)
        if text not in seen:
            seen.add(text)
            yield text


def _parsed(call: str) -> ast.Call | None:
    try:
        node = ast.parse(call.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return node if isinstance(node, ast.Call) else None


def _mutate(call: ast.Call, chooser: random.Random, ingredients: list[object]) -> None:
    parts: list[ast.AST] = [*call.args, *(keyword.value for keyword in call.keywords)]
    places = [
        node
        for part in parts
        for node in ast.walk(part)
        if isinstance(node, (ast.Constant, ast.List, ast.Set, ast.Dict)) and not _in_text(node)
    ]
    if not places:
        return
    place = chooser.choice(places)
    if isinstance(place, ast.Constant):
        place.value = _constant(place.value, chooser, ingredients)  # type: ignore[assignment]
    elif isinstance(place, ast.Dict):
        _entries(place, chooser)
    else:
        _items(place.elts, chooser)


def _in_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _constant(value: object, chooser: random.Random, ingredients: list[object]) -> object:
    alike = [each for each in ingredients if type(each) is type(value)]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return chooser.choice((value + 1, value - 1, value * 2, 0, chooser.choice(alike)))
    if isinstance(value, float):
        return chooser.choice((value + chooser.uniform(-1, 1), value * chooser.uniform(0.5, 1.5), -value, 0.0))
    if isinstance(value, str):
        return _text(value, chooser, str(chooser.choice(alike)))
    if isinstance(value, bytes):
        return _text(value, chooser, bytes(chooser.choice(alike)))  # type: ignore[call-overload]
    return value


def _text(value: AnyStr, chooser: random.Random, other: AnyStr) -> AnyStr:
    start, end = sorted((chooser.randint(0, len(value)), chooser.randint(0, len(value))))
    way = chooser.randrange(4)
    if way == 0:
        return value[:start] + value[end:]
    if way == 1:
        return value[:end] + value[start:]
    if way == 2:
        return value[:start] + other + value[start:]
    return value[::-1]


def _items(items: list[ast.expr], chooser: random.Random) -> None:
    way = chooser.randrange(4)
    if items and way == 0:
        items.pop(chooser.randrange(len(items)))
    elif items and way == 1:
        items.insert(chooser.randint(0, len(items)), chooser.choice(items))
    elif len(items) > 1 and way == 2:
        chooser.shuffle(items)
    elif items:
        items.extend(list(items))


def _entries(node: ast.Dict, chooser: random.Random) -> None:
    if not node.keys:
        return
    place = chooser.randrange(len(node.keys))
    if chooser.random() < 0.5:
        del node.keys[place], node.values[place]
    else:
        node.values[place] = chooser.choice(node.values)
