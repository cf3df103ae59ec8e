"""What the name of a parameter says of its values."""

from __future__ import annotations

import re

from perfwise_server.driving.shapes import BOOL, BYTES, FLOAT, INT, STR, Fixed, Many, Pairs, Shape, tuple_of

# What a name says, the last word of it first.
_NAMES: tuple[tuple[str, Shape], ...] = (
    (r"matrix|grid|board|rows|image|cells", Many(Many(INT))),
    (r"words|lines|names|strings|texts|tokens|keys|tags|urls|paths|sentences|strs|labels|letters|emails", Many(STR)),
    (r"nums?|numbers|ints|ids|scores|ages|counts|indices|indexes|sizes|prices|arr|array|weights|amounts", Many(INT)),
    (r"pairs|edges|points|intervals|tuples", Many(tuple_of(INT, INT))),
    (r"text|string|str|s|word|line|name|sentence|message|title|prefix|suffix|sep|separator|phrase|char", STR),
    (r"pattern|label|content|source|html|url|key|code", STR),
    (r"path|file|filename|folder", STR),
    (r"n|k|m|i|j|num|number|count|size|length|limit|index|width|height|depth|max|min|total|year|start|end|step", INT),
    (r"a|b|x|y|z|value|val|target|needle|left|right|lo|hi|low|high", INT),
    (r"data|bytes|buffer|payload|blob", BYTES),
    (r"d|dict|mapping|map|table|lookup|config|options|settings|mapping|counts", Pairs(STR, INT)),
    (r"graph|tree|adjacency|neighbors|neighbours", Pairs(INT, Many(INT))),
    (r"flag|verbose|reverse|strict|enabled", BOOL),
    (r"is|has|use|should|allow", BOOL),
    (r"rate|ratio|price|amount|epsilon|tolerance|threshold|factor|weight|alpha", FLOAT),
    (r"fn|func|function|callback|predicate|f|key_func|transform", Fixed(("abs", "str", "bool"))),
)
_VAGUE = frozenset(("a", "b", "x", "y", "z", "value", "val", "target", "needle", "left", "right", "lo", "hi", "data"))
_PLURAL = re.compile(
    r"(?:items|elements|values|xs|ys|seq|sequence|list|lst|l|collection|iterable|entries|records|"
    r"users|orders|results|objects|nodes|objs|parts|.{3,}s)$"
)


def shapes_of_name(name: str) -> list[Shape]:
    words = [word for word in name.lower().split("_") if word]
    if not words:
        return []
    last, first = re.sub(r"\d+$", "", words[-1]), words[0]
    for word in (last, first) if len(words) > 1 else (last,):
        for pattern, shape in _NAMES:
            if re.fullmatch(pattern, word):
                return [shape]
    return [Many(INT), Many(STR)] if _PLURAL.fullmatch(last) else []


def is_named_for_its_shape(name: str, shape: Shape) -> bool:
    """Whether the name alone says it: `words`, `numbers`, `text`; `items` and `x` do not."""
    return shapes_of_name(name) == [shape] and name not in _VAGUE


def says_whole(name: str) -> bool:
    """Whether the name is one that people give to whole numbers alone."""
    return (
        re.fullmatch(r"(.*_)?(n|k|i|j|num|count|size|length|limit|index|width|height|depth|year|times)", name)
        is not None
    )


def names_text(name: str) -> bool:
    return any(shape == STR for shape in shapes_of_name(name))


def singular(name: str) -> str:
    return name[:-1] if len(name) > 3 and name.endswith("s") else ""
