"""What calls that were seen say of the parameters: the shapes of the constants they pass."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from perfwise_server.driving.callables import Function
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
    Scalar,
    Shape,
    keyed,
    tuple_of,
)

_KINDS: dict[type, Shape] = {
    bool: BOOL,
    int: INT,
    float: FLOAT,
    str: STR,
    bytes: BYTES,
    type(None): NONE,
    complex: Scalar("complex"),
}


def observed_shapes(calls: Sequence[str], function: Function) -> list[Shape] | None:
    """One shape a parameter, or None where the calls do not show them all. Receivers are not looked into."""
    seen: dict[str, list[Shape]] = {parameter.name: [] for parameter in function.parameters}
    plain = [p for p in function.parameters if p.kind in ("positional", "positional or keyword")]
    for call in calls:
        node = ast.parse(call, mode="eval").body
        if not isinstance(node, ast.Call):
            continue
        given = [*zip((p.name for p in plain), node.args), *((k.arg, k.value) for k in node.keywords)]  # noqa: B905
        for name, value in given:
            if name in seen and (shape := _shape(value)) is not None:
                seen[name].append(shape)
    found: list[Shape] = []
    for parameter in function.parameters:
        shape = _merged(seen[parameter.name])
        if shape is None and not parameter.default:
            return None
        # An empty text leaves the argument to its default.
        found.append(shape if shape is not None else Fixed(("",)))
    return found


def _shape(node: ast.expr) -> Shape | None:
    if isinstance(node, ast.Constant):
        return _KINDS.get(type(node.value))
    if isinstance(node, ast.UnaryOp):
        return _shape(node.operand)
    if isinstance(node, (ast.List, ast.Set)):
        item = _merged([_shape(each) for each in node.elts])
        around = ("[", "]") if isinstance(node, ast.List) else ("{", "}")
        return Many(item or INT, *around)
    if isinstance(node, ast.Tuple):
        parts = [_shape(each) for each in node.elts]
        known = [part for part in parts if part is not None]
        return tuple_of(*known) if known and len(known) == len(parts) else None
    if isinstance(node, ast.Dict):
        return _mapping(node)
    return None


def _mapping(node: ast.Dict) -> Shape | None:
    values = [_shape(value) for value in node.values]
    names = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    kinds = {type(value) for value in values}
    if len(names) == len(node.keys) and len(kinds | {str(value) for value in values}) > 2 and None not in values:
        return keyed([(name, value) for name, value in zip(names, values, strict=True) if value is not None])
    key = _merged([_shape(each) for each in node.keys if each is not None])
    return Pairs(key or STR, _merged(values) or INT)


def _merged(shapes: Sequence[Shape | None]) -> Shape | None:
    known = list(dict.fromkeys(shape for shape in shapes if shape is not None))
    if not known:
        return None
    if len(known) == 1:
        return known[0]
    lists = [shape for shape in known if isinstance(shape, Many)]
    if len(lists) == len(known) and len({shape.open for shape in lists}) == 1:
        item = _merged([shape.item for shape in lists])
        return None if item is None else Many(item, lists[0].open, lists[0].close)
    return Choice(tuple(known[:4]))
