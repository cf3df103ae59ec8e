"""What a function takes is told with all that is needed to make it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Describe, Described, Failed, Load, Parameter, Shape

HEAD = """
from __future__ import annotations
import abc, enum, pathlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, List, Literal, NamedTuple, NewType, Optional, Protocol, Tuple, TypedDict
from typing import TypeVar, Union
if TYPE_CHECKING:
    from fractions import Fraction
    from nowhere import Nothing

T = TypeVar("T")
N = TypeVar("N", int, "Point")
UserId = NewType("UserId", int)

class Colour(enum.Enum):
    RED = 1
    BLUE = 2

@dataclass
class Point:
    x: int
    tags: list[str] = field(default_factory=list)
    y: float = 0.5
    next: Optional[Point] = None
    size: int = field(init=False, default=0)

class Pair(NamedTuple):
    left: Point
    right: int = 3

class Options(TypedDict, total=False):
    colour: Colour

class Figure(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

class Square(Figure):
    def __init__(self, side: float, *corners: Point, name="x", **more: int): ...
    def area(self): return 1

class Outer:
    class Inner: ...

class Sized(Protocol):
    def size(self) -> int: ...

"""


def described(source: str, function: str = "f") -> Described:
    _, reply = converse(sys.executable, Load(HEAD + source, HEAD + source), Describe(function))
    assert isinstance(reply, Described), reply
    return reply


WRITTEN = {
    "int": "int",
    "None": "None",
    "Any": "Any",
    "List[int]": "list[int]",
    "list": "list",
    "Optional[str]": "str | None",
    "Union[int, str, None]": "int | str | None",
    "'dict[str, list[Point]]'": "dict[str, list[module.Point]]",
    "Tuple[int, ...]": "tuple[int, ...]",
    "tuple[int, str]": "tuple[int, str]",
    "tuple[()]": "tuple[()]",
    "Literal['a', 1, Colour.RED]": "Literal['a', 1, Colour.RED]",
    "Callable[[int, Point], bool]": "Callable[[int, module.Point], bool]",
    "Callable[..., Any]": "Callable[..., Any]",
    "Iterable[T]": "Iterable[T]",
    "type[Point]": "type[module.Point]",
    "pathlib.Path": "pathlib.Path",
    "Fraction": "fractions.Fraction",
    "UserId": "module.UserId",
    "Outer.Inner": "module.Outer.Inner",
    "Nothing": "",
    "Optional['Nothing']": "Any | None",
}


@pytest.fixture(scope="module")
def parameters() -> dict[str, Parameter]:
    """One worker describes a function for each annotation."""
    functions = [f"def f{n}(x: {annotation}): ...\n" for n, annotation in enumerate(WRITTEN)]
    source = HEAD + "".join(functions)
    _, *replies = converse(sys.executable, Load(source, source), *[Describe(f"f{n}") for n in range(len(WRITTEN))])
    return {
        each: reply.parameters[0] for each, reply in zip(WRITTEN, replies, strict=True) if isinstance(reply, Described)
    }


@pytest.mark.parametrize("annotation", WRITTEN)
def test_annotations_are_resolved(annotation: str, parameters: dict[str, Parameter]) -> None:
    found = parameters[annotation]
    assert found == Parameter("x", annotation=found.annotation, type=WRITTEN[annotation])


def test_an_annotation_that_is_no_expression_has_no_type() -> None:
    (found,) = described("def f(x: int): ...\nf.__annotations__['x'] = 'int +'\n").parameters
    assert found == Parameter("x", annotation="int +")


def test_unions_are_read_on_every_python() -> None:
    assert described("def f(x: int | None, *, y: str = 'a', **z): ...\n").parameters == (
        Parameter("x", annotation="int | None", type="int | None"),
        Parameter("y", "keyword only", "'a'", "str", "str"),
        Parameter("z", "**"),
    )


def shapes(annotation: str) -> dict[str, Shape]:
    return {shape.name: shape for shape in described(f"def f(x: {annotation}): ...\n").types}


def test_shapes_tell_what_types_are_made_of() -> None:
    point = Shape(
        "module.Point",
        "dataclass",
        "Point",
        (
            Parameter("x", annotation="int", type="int"),
            Parameter("tags", default="...", annotation="list[str]", type="list[str]"),
            Parameter("y", default="0.5", annotation="float", type="float"),
            Parameter("next", default="None", annotation="Optional[Point]", type="module.Point | None"),
        ),
    )
    left = Parameter("left", annotation="Point", type="module.Point")
    assert shapes("Pair") == {
        "module.Point": point,
        "module.Pair": Shape(
            "module.Pair", "named tuple", "Pair", (left, Parameter("right", "positional", "3", "int", "int"))
        ),
    }
    assert shapes("dict[Colour, int]") == {
        "module.Colour": Shape("module.Colour", "enum", "Colour", members=("Colour.RED", "Colour.BLUE"))
    }
    colour = Parameter("colour", "keyword only", "...", "Colour", "module.Colour")
    assert shapes("Options")["module.Options"] == Shape("module.Options", "typed dict", "Options", (colour,))
    assert shapes("N")["N"] == Shape("N", "variable", "", members=("int", "module.Point"))
    assert shapes("UserId") == {"module.UserId": Shape("module.UserId", "new type", "UserId", members=("int",))}
    assert shapes("pathlib.Path | int | list[str]") == {}


def test_a_class_is_told_by_what_makes_it() -> None:
    found = shapes("Figure")
    assert found["module.Figure"].subclasses == ("module.Square",)
    assert [(each.name, each.kind, each.type) for each in found["module.Square"].fields] == [
        ("side", "positional", "float"),
        ("corners", "*", "module.Point"),
        ("name", "keyword only", ""),
        ("more", "**", "int"),
    ]
    assert shapes("Outer.Inner")["module.Outer.Inner"].expression == "Outer.Inner"
    assert shapes("Sized")["module.Sized"].kind == "protocol"


METHODS = """
class Stack:
    def __init__(self, items: list[int]): self.items = items
    async def pop(self, at: int = -1) -> int: return self.items.pop(at)
    @classmethod
    def of(cls, *items: int) -> Stack: return cls(list(items))
    @staticmethod
    def joined(one: Stack, other: Stack): yield one
    @property
    def size(self) -> int:
        return len(self.items)
"""


@pytest.mark.parametrize(
    ("function", "kind", "lazy", "parameters", "returns"),
    [
        ("Stack.pop", "method", "coroutine", ["at"], "int"),
        ("Stack.of", "class method", "", ["items"], "module.Stack"),
        ("Stack.joined", "static method", "generator", ["one", "other"], ""),
        ("Stack.size", "property", "", [], "int"),
        ("Stack", "class", "", ["items"], ""),
    ],
)
def test_methods_are_told_with_their_class(
    function: str, kind: str, lazy: str, parameters: list[str], returns: str
) -> None:
    found = described(METHODS, function)
    assert (found.kind, found.lazy, found.returns) == (kind, lazy, returns)
    assert [each.name for each in found.parameters] == parameters
    if function != "Stack":
        assert found.owner == "module.Stack"
        assert [each.type for each in {each.name: each for each in found.types}["module.Stack"].fields] == ["list[int]"]


def test_types_of_other_modules_can_be_reached(tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("class Thing:\n    def __init__(self, inner: 'Part'): ...\nclass Part: ...\n")
    source = "import other as o\ndef f(x: o.Thing): ...\n"
    _, reply = converse(sys.executable, Load(source, source, roots=(str(tmp_path),)), Describe("f"))
    assert isinstance(reply, Described)
    assert {each.name: each.expression for each in reply.types} == {"other.Thing": "o.Thing", "other.Part": "o.Part"}


def test_what_cannot_be_called_from_outside_is_said() -> None:
    source = "def f():\n    def g(): ...\n"
    for name in ("f.g", "h", "f.g.h"):
        _, reply = converse(sys.executable, Load(source, source), Describe(name))
        assert reply == Failed("request", f"there is no {name} that can be called from outside")
