"""The values where functions go wrong: empty, one, equal, sorted, reversed, negative, NaN, -0.0, shared."""

from __future__ import annotations

from perfwise_server.driving.shapes import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    Choice,
    Fixed,
    Many,
    Pairs,
    Row,
    Scalar,
    Shape,
)

_DEEPEST = 5
# Of these nobody can tell whether two are one.
_ALWAYS_ALIKE = (INT, STR, BYTES, BOOL, NONE)

_SCALARS: dict[str, tuple[str, ...]] = {
    "int": ("3", "0", "1", "-1", "2", "-7", "10", "5", "97", "64", "100", "-100", "255"),
    "float": ("2.5", "0.0", "-0.0", "1.0", "-1.5", "0.1", "1e16", "float('nan')", "float('inf')", "-float('inf')", "3"),
    "str": (
        "'abc'",
        "''",
        "'a'",
        "'Hello, World'",
        "'b a  b'",
        "' padded '",
        "'aaaa'",
        "'Abba'",
        "'12'",
        "'x=1;y=2'",
        "'a,b,,c'",
        "'one\\ntwo\\r\\n\\nthree'",
        "'Straße İ ﬁ'",
        "'\\U0001f600e\\u0301\\x1c\\x85'",
        "'\\t'",
        "'(a[b]{c})'",
        "'The quick brown fox. The lazy dog!'",
    ),
    "bytes": ("b'abc'", "b''", "b'a'", "b'\\x00\\xff'", "b'one\\ntwo\\r\\n'", "b'aab'"),
    "bool": ("True", "False"),
    "None": ("None",),
    "complex": ("1j", "0j", "(1+2j)"),
    "path": ("__import__('pathlib').Path('a/b.txt')", "__import__('pathlib').Path('.')"),
    "date": ("__import__('datetime').date(2024, 2, 29)", "__import__('datetime').date(1999, 12, 31)"),
    "decimal": ("__import__('decimal').Decimal('1.10')", "__import__('decimal').Decimal('-0')"),
    "character": ("'a'", "'B'", "' '", "'0'", "'é'"),
}
# Whole numbers that floats do not hold, and that do not fit into machine words. A call may not come back from these.
LARGE = (str(2**31), str(2**53 + 1), str(10**16 - 1), str(-(2**63) - 1), str(10**20))


def boundary(shape: Shape, depth: int = 0) -> list[str]:
    """Source texts, the most ordinary first."""
    if isinstance(shape, Scalar):
        return list(_SCALARS[shape.kind])
    if isinstance(shape, Fixed):
        return list(shape.sources)
    if isinstance(shape, Choice):
        options = [boundary(option, depth) for option in shape.options]
        return list(dict.fromkeys(text for texts in zip_longest(options) for text in texts))
    if depth >= _DEEPEST:
        return [_least(shape)]
    if isinstance(shape, Many):
        texts = [shape.of(items) for items in _collections(boundary(shape.item, depth + 1))]
        if not isinstance(shape.item, (Fixed, Choice)) and shape.item not in _ALWAYS_ALIKE:
            # One object in two places: a list that is changed in both, a NaN that is found though it equals nothing.
            shared = "float('nan')" if shape.item == FLOAT else boundary(shape.item, depth + 1)[0]
            texts.insert(6, shape.of([f"*[{shared}] * 2", boundary(shape.item, depth + 1)[0]]))
        if isinstance(shape.item, Many):
            # Rows of one length, since most code on rows takes a table.
            items = (boundary(shape.item.item, depth + 2) * 9)[:9]
            rows = [shape.item.of(items[start : start + 3]) for start in (0, 3, 6)]
            texts = [shape.of(rows), shape.of([shape.item.of(items[:1])]), *texts]
        return texts
    if isinstance(shape, Pairs):
        keys, values = boundary(shape.key, depth + 1), boundary(shape.value, depth + 1)
        return [
            shape.of([(key, values[index % len(values)]) for index, key in enumerate(chosen)])
            for chosen in _collections(list(dict.fromkeys(keys)))
        ]
    return _rows(shape, depth)


def ordinary(shape: Shape) -> str:
    return boundary(shape)[0]


def zip_longest(lists: list[list[str]]) -> list[list[str]]:
    """The first of each list, then the second of those that have one."""
    return [[each[index] for each in lists if index < len(each)] for index in range(max(map(len, lists), default=0))]


def _least(shape: Shape) -> str:
    if isinstance(shape, Many):
        return shape.of([])
    if isinstance(shape, Pairs):
        return shape.of([])
    if isinstance(shape, Choice):
        return min((_least(option) for option in shape.options), key=len)
    if isinstance(shape, Row):
        return shape.of([_least(part) for part in shape.parts])
    return boundary(shape)[0]


def _collections(items: list[str]) -> list[list[str]]:
    """Choices of items: a few, none, one, equal ones, in order and against it, repeated in several places."""
    a, b, c = (items * 3)[:3]
    found = [
        [a, b, c],
        [],
        [a],
        [a, a],
        [b, a, b, c, a],
        items[:8],
        items[7::-1],
        [a, a, a, a],
        [c, b],
        [b],
        items,
        [*items[1::2], *items[::2]],
        items + items,
    ]
    unique: dict[tuple[str, ...], list[str]] = {tuple(each): each for each in found}
    return list(unique.values())


def _rows(shape: Row, depth: int) -> list[str]:
    if not shape.parts:
        return [shape.of(())]
    lists = [boundary(part, depth + 1) for part in shape.parts]
    longest = min(max(map(len, lists)), 12)
    # Strides of their own, so that parts of like shape do not always get the same.
    return list(
        dict.fromkeys(
            shape.of([texts[(index * (1 + place)) % len(texts)] for place, texts in enumerate(lists)])
            for index in range(longest)
        )
    )
