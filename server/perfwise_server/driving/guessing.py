"""What a parameter without annotation may hold: by how it is used, by its name, by its default."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence

from perfwise_server.driving.annotations import instance_of
from perfwise_server.driving.callables import Definition, Function, Module, Parameter, find
from perfwise_server.driving.following import Use
from perfwise_server.driving.naming import names_text, shapes_of_name
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
    Shape,
    keyed,
    record,
    tuple_of,
)
from perfwise_server.driving.uses import uses_of

_DEEPEST = 4
_MOST_GUESSES = 6


def guesses(function: Function) -> list[list[Shape]]:
    """For each parameter the shapes that it may have, the likeliest first."""
    uses = uses_of(function.node, function.module, function.parameters, function.owner.name if function.owner else "")
    return [_guesses(uses[parameter.name], parameter, function.module) for parameter in function.parameters]


def guesses_of(parameters: Sequence[Parameter], node: Definition, module: Module) -> list[list[Shape]]:
    uses = uses_of(node, module, parameters, "")
    return [_guesses(uses[parameter.name], parameter, module) for parameter in parameters]


def guesses_by_name(parameters: Sequence[Parameter], module: Module) -> list[list[Shape]]:
    return [_guesses(Use(name=parameter.name), parameter, module) for parameter in parameters]


def combined(lists: Sequence[Sequence[Shape]], most: int = 24) -> Iterator[tuple[Shape, ...]]:
    """One guess a parameter: the likeliest of all, then one parameter with another guess, then all of like rank."""
    if not all(lists):
        return
    seen: dict[tuple[Shape, ...], None] = {tuple(each[0] for each in lists): None}
    for rank in range(1, max(map(len, lists), default=1)):
        seen[tuple(each[min(rank, len(each) - 1)] for each in lists)] = None
        for place, each in enumerate(lists):
            if rank < len(each):
                seen[tuple(other[0] if at != place else each[rank] for at, other in enumerate(lists))] = None
    yield from list(seen)[:most]


def _guesses(use: Use, parameter: Parameter, module: Module) -> list[Shape]:
    if parameter.kind == "variadic":
        return [Many(shape) for shape in _shapes(use.item or Use(), module, 1)[:3]] or [Many(INT)]
    if parameter.kind == "keywords":
        return [Pairs(Fixed(("'a'", "'b'", "'key'")), INT)]
    found = _shapes(use, module, 0)
    named = [shape for shape in shapes_of_name(parameter.name) if shape in found]
    if len(named) == 1 and not use.keys and not use.attributes:
        found = [*named, *found]
    default = _of_default(parameter.default)
    if default is not None:
        # What the default is, unless it only stands for nothing given.
        found = [*found[:1], NONE, *found[1:]] if default == NONE else [default, *found]
    return list(dict.fromkeys(found))[:_MOST_GUESSES]


def _of_default(default: str) -> Shape | None:
    if not default:
        return None
    try:
        value = ast.literal_eval(default)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None
    if value is None:
        return NONE
    kinds: tuple[tuple[type, Shape], ...] = (
        (bool, BOOL),
        (int, INT),
        (float, FLOAT),
        (str, Choice((Fixed((repr(value),)), STR))),
        (bytes, BYTES),
        (list, Many(INT)),
        (tuple, Many(INT, "(", ")")),
        (dict, Pairs(STR, INT)),
    )
    return next((shape for kind, shape in kinds if isinstance(value, kind)), None)


def _shapes(use: Use, module: Module, depth: int) -> list[Shape]:
    if depth > _DEEPEST:
        return [INT]
    votes = Counter(use.votes)
    found: list[Shape] = []
    if use.attributes and not votes:
        found += _objects(use, module, depth)
    if use.keys:
        fields = [(key, _shapes(each, module, depth + 1)[0]) for key, each in use.keys.items()]
        found.append(keyed(fields))
    if use.parts_uses and not votes:
        parts = [_shapes(each, module, depth + 1) for each in use.parts_uses]
        found += [tuple_of(*each) for each in zip(*(_padded(part, 2) for part in parts), strict=True)]
    ranked = [kind for kind, _ in votes.most_common()]
    # An index says that there is an order, and iteration does not take it back.
    for kind in ranked:
        found += _of_kind(kind, use, module, depth)
    if use.literals:
        fixed = Fixed(tuple(dict.fromkeys(use.literals)))
        kinds = {_kind_of(literal) for literal in use.literals}
        found.insert(0, Choice((fixed, *(shape for shape in kinds if shape is not None))))
    if not found:
        found += shapes_of_name(use.name)
        found += [INT, STR, Many(INT), Many(STR), Pairs(STR, INT), FLOAT]
    elif use.item is not None and "text" not in votes and "list" in votes:
        found.append(STR)
    return list(dict.fromkeys(found))


def _padded(shapes: Sequence[Shape], count: int) -> list[Shape]:
    return (list(shapes) * count)[:count]


def _of_kind(kind: str, use: Use, module: Module, depth: int) -> list[Shape]:
    if kind == "number":
        return [INT, FLOAT]
    if kind == "plus":
        return [*shapes_of_name(use.name), INT, STR, FLOAT, Many(INT)]
    if kind == "int":
        return [INT]
    if kind == "float":
        return [FLOAT, INT]
    if kind == "text":
        return [STR]
    if kind == "bytes":
        return [BYTES]
    if kind == "path":
        return [STR]
    if kind == "call":
        return [Fixed(("abs", "str", "bool", "repr"))]
    if kind == "call0":
        return [Fixed(("str", "list", "bool"))]
    if kind == "call2":
        return [Fixed(("max", "min"))]
    items = _item_shapes(use, module, depth)
    if kind in ("list", "iterable", "sized"):
        result: list[Shape] = [Many(item) for item in items]
        if kind != "list" and names_text(use.name):
            result.insert(0, STR)
        return result
    if kind == "set":
        return [Many(item, "{", "}") for item in items if not isinstance(item, (Many, Pairs))]
    if kind == "deque":
        return [Many(item, "__import__('collections').deque([", "])") for item in items]
    if kind == "iterator":
        return [Many(item, "iter([", "])") for item in items]
    if kind == "mapping":
        keys: list[Shape] = [item for item in items if not isinstance(item, (Many, Pairs))] or [STR]
        values = _shapes(use.value, module, depth + 1) if use.value else [INT]
        return [Pairs(key, value) for key, value in zip(_padded(keys, 2), _padded(values, 2), strict=True)]
    return []


def _item_shapes(use: Use, module: Module, depth: int) -> list[Shape]:
    named = shapes_of_name(use.name)
    hinted = [shape.item for shape in named if isinstance(shape, Many)]
    if use.item is None:
        return list(dict.fromkeys([*hinted, INT, STR]))[:4]
    own = use.item
    empty = not (own.votes or own.attributes or own.keys or own.parts_uses or own.literals)
    if empty:
        return list(dict.fromkeys([*hinted, INT, STR, tuple_of(INT, STR)]))[:4]
    return _shapes(own, module, depth + 1)[:4]


def _objects(use: Use, module: Module, depth: int) -> list[Shape]:
    """The classes of this module that have these attributes, else an object with nothing but them."""
    found: list[Shape] = []
    wanted = set(use.attributes)
    for name, node in module.classes.items():
        members = {each.name for each in node.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))}
        members |= {
            each.target.id
            for each in node.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        }
        members |= {
            target.attr
            for each in ast.walk(node)
            if isinstance(each, (ast.Assign, ast.AnnAssign))
            for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
        }
        if wanted <= members:
            shape = instance_of(module, name) or guessed_instance(module, name, depth)
            if shape is not None:
                found.append(shape)
    fields = [(name, _shapes(each, module, depth + 1)[0]) for name, each in use.attributes.items()]
    found.append(record("__import__('types').SimpleNamespace", fields))
    return found


def guessed_instance(module: Module, name: str, depth: int = 0) -> Shape | None:
    made = find(module, f"{name}.__init__")
    if made is None or depth > _DEEPEST:
        return record(name, []) if name in module.classes and made is None else None
    chosen = guesses_of(made.parameters, made.node, module)
    fields = [
        (parameter.name, shapes[0])
        for parameter, shapes in zip(made.parameters, chosen, strict=True)
        if parameter.kind not in ("variadic", "keywords") and not parameter.default
    ]
    return record(name, fields)


def _kind_of(literal: str) -> Shape | None:
    return _of_default(literal) if literal[:1] not in ("'", '"') else STR
