"""Which calls to make of a function, nothing given: what its parameters may be, and calls made of that."""

from __future__ import annotations

import ast
import itertools
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perfwise_server.driving.annotations import shape_of_parameter
from perfwise_server.driving.boundary import LARGE, boundary, ordinary
from perfwise_server.driving.callables import Function, Parameter, parameters_of
from perfwise_server.driving.doctests import documented_values
from perfwise_server.driving.drawing import draw
from perfwise_server.driving.guessing import combined, guesses, guesses_by_name, guesses_of
from perfwise_server.driving.naming import is_named_for_its_shape, says_whole
from perfwise_server.driving.recipes import Origin, Recipe, call_text
from perfwise_server.driving.scaling import at_size, sized
from perfwise_server.driving.shapes import (
    BOOL,
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
    grows,
    walk,
)

_MAY_STREAM = re.compile(r"iter|stream|gen|source|feed")
_MOST_CONSTANTS = 12
_MOST_LETTERS, _SPELLED = 12, 12
_MOST_OF_ONE = 13
_MOST_OPTIONAL = 3


@dataclass(frozen=True)
class Growth:
    """One way to make the arguments of a plan as large as `n`."""

    plan: Plan
    number: str
    dense: bool
    square: bool

    def call(self, salt: int = 0) -> str:
        """An expression of `n`."""
        shapes = enumerate(self.plan.shapes)
        return self.plan.call(
            [
                sized(shape, salt + place, dense=self.dense, square=self.square, number=self.number)
                for place, shape in shapes
            ]
        )

    def at(self, n: int, salt: int = 0) -> Recipe:
        return Recipe(at_size(self.call(salt), n), self.plan.origin)


@dataclass(frozen=True, eq=False)
class Plan:
    """Shapes of the arguments, those of the class first where a receiver is to be made."""

    function: Function
    receiver: tuple[Shape, ...]
    arguments: tuple[Shape, ...]
    origin: Origin
    constants: Mapping[Shape, tuple[str, ...]]

    @property
    def shapes(self) -> tuple[Shape, ...]:
        return (*self.receiver, *self.arguments)

    def call(self, texts: Sequence[str]) -> str:
        return call_text(self.function, texts[len(self.receiver) :], texts[: len(self.receiver)])

    def samples(self) -> list[Recipe]:
        """A few calls, to see whether the function takes such arguments."""
        lists = [boundary(shape) for shape in self.shapes]
        rows = [[texts[rank % len(texts)] for texts in lists] for rank in range(3)]
        # A small number beside an ordinary container, of which it may be an index.
        rows += [
            [number if shape == INT else texts[0] for shape, texts in zip(self.shapes, lists, strict=True)]
            for number in ("1", "0")
        ]
        return list(dict.fromkeys(map(self.recipe, map(tuple, rows))))

    def edges(self) -> list[Recipe]:
        """Calls with boundary values: all of like rank, then one argument after the other."""
        lists = [boundary(_with(shape, self.constants)) for shape in self.shapes]
        longest = max(map(len, lists), default=1)
        rows = [tuple(texts[rank % len(texts)] for texts in lists) for rank in range(min(longest, 2 * _MOST_OF_ONE))]
        first = tuple(texts[0] for texts in lists)
        for rank in range(1, longest):
            for place, texts in enumerate(lists):
                if rank < min(len(texts), _MOST_OF_ONE):
                    rows.append((*first[:place], texts[rank], *first[place + 1 :]))
        rows += [
            tuple(texts[(rank * (place + 2)) % len(texts)] for place, texts in enumerate(lists)) for rank in range(9)
        ]
        return list(dict.fromkeys(map(self.recipe, [*rows, *self.alike()])))

    def alike(self) -> Iterator[tuple[str, ...]]:
        """Where there are two strings, the second is the first in capitals."""
        places = [place for place, shape in enumerate(self.shapes) if shape == STR]
        if len(places) < 2:
            return
        for text in boundary(STR):
            row = [ordinary(shape) for shape in self.shapes]
            row[places[0]], row[places[1]] = text, repr(ast.literal_eval(text).upper())
            yield tuple(row)

    def drawn(self, count: int, seed: int) -> list[Recipe]:
        if not self.shapes:
            return [self.recipe(())]
        rows = draw([_with(shape, self.constants) for shape in self.shapes], count, seed)
        return list(dict.fromkeys(map(self.recipe, rows)))

    def large(self) -> list[Recipe]:
        """Calls with numbers so large that the function may not come back; to be tried first."""
        found = []
        for place, shape in enumerate(self.shapes):
            if INT in walk(shape) and not isinstance(shape, Row):
                for number in LARGE:
                    value = number if not isinstance(shape, Many) else shape.of([number, "1", number])
                    if isinstance(shape, (Pairs, Choice)) or (isinstance(shape, Many) and shape.item != INT):
                        continue
                    found.append(
                        self.recipe([value if at == place else ordinary(s) for at, s in enumerate(self.shapes)])
                    )
        return found

    def growths(self, *, square: bool = False) -> list[Growth]:
        """Ways to make the arguments larger, the likeliest to be accepted first; `square` makes tables of n * n."""
        if not any(grows(shape) for shape in self.shapes):
            return []
        containers = any(grows(shape) and shape != INT for shape in self.shapes)
        # A number beside a container is often an index or a count of its items.
        numbers = ("n // 2", "3") if containers and INT in self.shapes else ("n",)
        return [Growth(self, number, dense, square) for number in numbers for dense in (False, True)]

    def unusual(self) -> list[Recipe]:
        """Calls that nobody ruled out and few think of, each with the question that it asks."""
        found = []
        for place, (parameter, shape) in enumerate(zip(self.parameters, self.shapes, strict=True)):
            if parameter.annotation:
                continue
            for text, trait in _unusual(parameter, shape):
                texts = [text if at == place else ordinary(each) for at, each in enumerate(self.shapes)]
                found.append(Recipe(self.call(texts), "guessed", trait))
        return found

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        owner = self.function.owner
        made = owner.constructor if owner and self.function.binding == "method" else ()
        return (*made, *self.function.parameters)

    def is_named(self) -> bool:
        """Whether annotations and names leave no doubt about it."""
        pairs = zip(self.parameters, self.shapes, strict=True)
        return all(each.annotation or is_named_for_its_shape(each.name, shape) for each, shape in pairs)

    def is_finite(self) -> bool:
        return all(isinstance(shape, Fixed) or shape in (BOOL, NONE) for shape in self.shapes)

    def all(self) -> list[Recipe]:
        """Every call there is, of a function that takes nothing but a few values."""
        return [self.recipe(row) for row in itertools.product(*(boundary(shape) for shape in self.shapes))]

    def recipe(self, texts: Sequence[str]) -> Recipe:
        return Recipe(self.call(texts), self.origin)


def plans(function: Function) -> list[Plan]:
    """The likeliest first; where annotations say it all one only, or two where arguments may be left out."""
    owner = function.owner if function.binding == "method" else None
    constants = constants_of(function.node)
    receiver_lists = (
        _lists(owner.constructor, _constructor_guesses(function), function, owner.name if owner else "")
        if owner
        else []
    )
    argument_lists = _lists(function.parameters, guesses(function), function, owner.name if owner else "")
    lists = [*receiver_lists, *argument_lists]
    origin: Origin = "declared" if all(is_declared for _, is_declared in lists) else "guessed"
    count = len(receiver_lists)
    optional = [bool(each.default) for each in (*(owner.constructor if owner else ()), *function.parameters)]
    rows = list(combined([shapes for shapes, _ in lists]))
    partial = [tuple(_left_out(*each) for each in zip(row, optional, strict=True)) for row in rows]
    if sum(optional) > _MOST_OPTIONAL:
        # So many are hardly ever given all at once.
        rows = [*partial[:1], *rows[:1], *partial[1:]]
    elif any(optional):
        rows = [*rows[:1], *partial[:1], *rows[1:]]
    return [Plan(function, row[:count], row[count:], origin, constants) for row in rows]


def _left_out(shape: Shape, optional: bool) -> Shape:
    """At times, where there is a default."""
    return Choice((Fixed(("",)), shape)) if optional else shape


def _constructor_guesses(function: Function) -> list[list[Shape]]:
    assert function.owner is not None
    for node in function.owner.node.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            own = parameters_of(node)[1:]
            if [each.name for each in own] == [each.name for each in function.owner.constructor]:
                return guesses_of(own, node, function.module)
    return guesses_by_name(function.owner.constructor, function.module)


def _lists(
    parameters: Sequence[Parameter], guessed: Sequence[list[Shape]], function: Function, owner: str
) -> list[tuple[list[Shape], bool]]:
    found: list[tuple[list[Shape], bool]] = []
    shown = documented_values(function.module)
    for parameter, shapes in zip(parameters, guessed, strict=True):
        declared = shape_of_parameter(parameter, function.module, owner)
        if declared is not None and parameter.kind == "variadic":
            declared = Many(declared)
        elif declared is not None and parameter.kind == "keywords":
            declared = Pairs(Fixed(("'a'", "'b'", "'key'")), declared)
        if declared is None and parameter.name in shown:
            shapes = [Fixed(shown[parameter.name]), *shapes]
        found.append(([declared], True) if declared is not None else (shapes, False))
    return found


def constants_of(node: ast.AST) -> dict[Shape, tuple[str, ...]]:
    """Source texts of the constants in a function, with their neighbours: what its branches turn on."""
    found: dict[Shape, dict[str, None]] = {INT: {}, STR: {}, FLOAT: {}}
    documentation = {id(each.value) for each in ast.walk(node) if isinstance(each, ast.Expr)}
    for each in ast.walk(node):
        if not isinstance(each, ast.Constant) or id(each) in documentation:
            continue
        value = each.value
        if isinstance(value, int) and not isinstance(value, bool) and 2 < abs(value) < 10**6:
            found[INT].update(dict.fromkeys(map(str, (value, value + 1, value - 1))))
        elif isinstance(value, float):
            found[FLOAT][repr(value)] = None
        elif isinstance(value, str) and 0 < len(value) <= 40:
            found[STR][repr(value)] = None
    constants = {shape: tuple(texts)[:_MOST_CONSTANTS] for shape, texts in found.items() if texts}
    if STR in constants:
        constants[STR] += tuple(map(repr, _spelled(constants[STR])))
    return constants


def _spelled(constants: Sequence[str]) -> list[str]:
    """Texts of the constants' own characters, since a function may look at these one by one."""
    letters = sorted({letter for text in constants for letter in ast.literal_eval(text)})
    if not 1 < len(letters) <= _MOST_LETTERS:
        return []
    draw = random.Random("".join(letters))
    return ["".join(draw.choices(letters, k=1 + count % 6)) for count in range(_SPELLED)]


def _with(shape: Shape, constants: Mapping[Shape, tuple[str, ...]]) -> Shape:
    """The shape with the constants among its values."""
    if isinstance(shape, Scalar):
        return Choice((shape, Fixed(constants[shape]))) if shape in constants else shape
    if isinstance(shape, Many):
        return replace(shape, item=_with(shape.item, constants))
    if isinstance(shape, Pairs):
        return replace(shape, key=_with(shape.key, constants), value=_with(shape.value, constants))
    if isinstance(shape, Row):
        return replace(shape, parts=tuple(_with(part, constants) for part in shape.parts))
    if isinstance(shape, Choice):
        return replace(shape, options=tuple(_with(option, constants) for option in shape.options))
    return shape


def _unusual(parameter: Parameter, shape: Shape) -> Iterator[tuple[str, str]]:
    name = parameter.name
    if is_named_for_its_shape(name, shape):
        return
    if shape == INT and not says_whole(name):
        yield "True", f"May `{name}` be a bool?"
        yield "2.0", f"May `{name}` be a float?"
    if shape == FLOAT:
        yield "float('nan')", f"May `{name}` be NaN?"
    if shape == STR:
        return
    if not isinstance(shape, Many) or shape.open not in ("[", "iter(["):
        return
    item = shape.item
    if shape.open == "[":
        few = boundary(shape)[4] if len(boundary(shape)) > 4 else ordinary(shape)
        if _MAY_STREAM.search(name):
            yield f"iter({few})", f"May `{name}` be an iterator?"
        yield f"tuple({few})", f"May `{name}` be a tuple?"
    if item == INT:
        yield shape.of(["1", "1.0", "True", "0", "False"]), f"May `{name}` hold numbers of several types?"
        yield shape.of(["0.1", "0.2", "0.3", "1e16", "-1e16"]), f"May `{name}` hold floats?"
        yield shape.of(["1.0", "*[float('nan')] * 2", "0.5", "float('nan')"]), f"May `{name}` hold NaN?"
    if item in (INT, STR):
        yield shape.of(["[1]", "[2]", "[1]"]), f"May `{name}` hold unhashable values, such as lists?"
        yield shape.of(["None", *boundary(item)[:2], "None"]), f"May `{name}` hold None?"
