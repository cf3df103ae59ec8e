"""What a value may look like, as far as source text for one is to be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

ScalarKind = Literal["int", "float", "str", "bytes", "bool", "None", "complex", "path", "date", "decimal", "character"]


@dataclass(frozen=True, slots=True)
class Scalar:
    kind: ScalarKind


@dataclass(frozen=True, slots=True)
class Fixed:
    """One of a few expressions: the members of an enum, the values of a Literal, functions to be called back."""

    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """Any number of items, between two pieces of text: `[`, `]` or `iter([`, `])`."""

    item: Shape
    open: str = "["
    close: str = "]"

    def of(self, items: Sequence[str]) -> str:
        if not items and self.open.endswith("{"):
            return f"{self.open[:-1]}set(){self.close[1:]}"
        comma = "," if len(items) == 1 and self.open == "(" else ""
        return f"{self.open}{', '.join(items)}{comma}{self.close}"


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping."""

    key: Shape
    value: Shape
    open: str = "{"
    close: str = "}"

    def of(self, pairs: Sequence[tuple[str, str]]) -> str:
        return f"{self.open}{', '.join(f'{key}: {value}' for key, value in pairs)}{self.close}"


@dataclass(frozen=True, slots=True)
class Row:
    """A fixed number of parts, each of its own shape, in a text that names their places: `({}, {})`."""

    parts: tuple[Shape, ...]
    template: tuple[str, ...]  # One text more than there are parts, around them.

    def of(self, parts: Sequence[str]) -> str:
        texts = [self.template[0]]
        for part, text in zip(parts, self.template[1:], strict=True):
            texts += (part, text)
        return "".join(texts)


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Shape, ...]


Shape = Scalar | Fixed | Many | Pairs | Row | Choice

INT, FLOAT, STR, BYTES, BOOL, NONE = (
    Scalar("int"),
    Scalar("float"),
    Scalar("str"),
    Scalar("bytes"),
    Scalar("bool"),
    Scalar("None"),
)


def tuple_of(*parts: Shape) -> Row:
    if not parts:
        return Row((), ("()",))
    between = [", "] * (len(parts) - 1)
    return Row(parts, ("(", *between, ",)" if len(parts) == 1 else ")"))


def record(make: str, fields: Sequence[tuple[str, Shape]]) -> Row:
    """An object made with keywords: `Point(x=1, y=2)`."""
    texts = [f"{make}({fields[0][0]}="] if fields else [f"{make}()"]
    texts += [f", {name}=" for name, _ in fields[1:]]
    return Row(tuple(shape for _, shape in fields), (*texts, ")") if fields else tuple(texts))


def keyed(fields: Sequence[tuple[str, Shape]]) -> Row:
    """A dict with these keys: `{'name': 'a'}`."""
    if not fields:
        return Row((), ("{}",))
    texts = [f"{{{fields[0][0]!r}: ", *(f", {name!r}: " for name, _ in fields[1:]), "}"]
    return Row(tuple(shape for _, shape in fields), tuple(texts))


def below(shape: Shape) -> tuple[Shape, ...]:
    if isinstance(shape, Many):
        return (shape.item,)
    if isinstance(shape, Pairs):
        return shape.key, shape.value
    if isinstance(shape, Row):
        return shape.parts
    return shape.options if isinstance(shape, Choice) else ()


def walk(shape: Shape) -> Iterator[Shape]:
    yield shape
    for part in below(shape):
        yield from walk(part)


def grows(shape: Shape) -> bool:
    """Whether there are larger and smaller values of it."""
    return any(isinstance(part, (Many, Pairs)) or part in (STR, BYTES, INT) for part in walk(shape))
