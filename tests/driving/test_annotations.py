"""Annotations become values that are what they say."""

from __future__ import annotations

import ast
import collections
import datetime
import decimal
import pathlib
from itertools import pairwise
from typing import Any

import numpy
import pandas
import pytest

from perfwise_server.driving.annotations import shape_of
from perfwise_server.driving.boundary import boundary
from perfwise_server.driving.callables import parse
from perfwise_server.driving.drawing import draw
from perfwise_server.driving.scaling import at_size, sized

SOURCE = """
import enum
import collections
import collections.abc as abc
import numpy as np
import pandas as pd
from dataclasses import dataclass, field
from pathlib import Path
from typing import *

class Colour(enum.Enum):
    RED = 1
    BLUE = 2

@dataclass
class Point:
    x: int
    y: "float" = 0.0
    colour: Colour = Colour.RED
    tags: list[str] = field(default_factory=list)

class Named(NamedTuple):
    name: str
    at: Point

class Movie(TypedDict):
    title: str
    year: int

class Node:
    def __init__(self, value: int, next: "Node | None" = None) -> None:
        self.value, self.next = value, next

Ids = Dict[str, List[int]]
T = TypeVar("T", bound=str)
"""

# The annotation, and what holds of each value.
CASES: list[tuple[str, Any]] = [
    ("int", lambda v: type(v) is int),
    ("float", lambda v: type(v) in (float, int)),
    ("bytes | None", lambda v: v is None or type(v) is bytes),
    ("Optional[bool]", lambda v: v is None or type(v) is bool),
    ("list[str]", lambda v: type(v) is list and all(type(each) is str for each in v)),
    ("List['int']", lambda v: all(type(each) is int for each in v)),
    ("dict[str, set[int]]", lambda v: all(type(k) is str and type(s) is set for k, s in v.items())),
    ("tuple[int, str]", lambda v: type(v) is tuple and [type(each) for each in v] == [int, str]),
    ("Tuple[int, ...]", lambda v: type(v) is tuple and all(type(each) is int for each in v)),
    ("Literal['a', 3]", lambda v: v in ("a", 3)),
    ("frozenset[str]", lambda v: type(v) is frozenset),
    ("collections.deque[int]", lambda v: type(v) is collections.deque),
    ("Iterator[int]", lambda v: iter(v) is v),
    ("abc.Mapping[str, int]", lambda v: type(v) is dict),
    ("Counter[str]", lambda v: type(v) is collections.Counter),
    ("Callable[[int], int]", lambda v: type(v(-2)) is int),
    ("Callable[[], int]", lambda v: type(v()) is int),
    ("Colour", lambda v: v.name in ("RED", "BLUE")),
    ("Point", lambda v: type(v).__name__ == "Point" and type(v.x) is int),
    ("Named", lambda v: type(v.at).__name__ == "Point"),
    ("Movie", lambda v: set(v) == {"title", "year"} and type(v["year"]) is int),
    ("Node", lambda v: type(v.value) is int and (v.next is None or type(v.next) is type(v))),
    ("Ids", lambda v: type(v) is dict),
    ("list[T]", lambda v: all(type(each) is str for each in v)),
    ("Path", lambda v: isinstance(v, pathlib.Path)),
    ("datetime.date", lambda v: isinstance(v, datetime.date)),
    ("decimal.Decimal", lambda v: isinstance(v, decimal.Decimal)),
    ("np.ndarray", lambda v: isinstance(v, numpy.ndarray)),
    ("pd.DataFrame", lambda v: isinstance(v, pandas.DataFrame)),
    ("Annotated[int, 'small']", lambda v: type(v) is int),
    ("Any", lambda _: True),
]


@pytest.mark.parametrize(("annotation", "holds"), CASES, ids=[annotation for annotation, _ in CASES])
def test_values_are_of_the_type(annotation: str, holds: Any) -> None:
    module = parse(SOURCE)
    namespace: dict[str, Any] = {"__name__": __name__}
    exec(compile(SOURCE, "<module>", "exec", dont_inherit=True), namespace)
    shape = shape_of(annotation, module)
    assert shape is not None
    texts = [*boundary(shape), *(row[0] for row in draw([shape], 20, 0)), at_size(sized(shape, 1), 5)]
    assert len(texts) > 2
    for text in texts:
        assert holds(eval(text, namespace)), text


@pytest.mark.parametrize("annotation", ["Unknown", "list[Unknown]", "not a type", "", "a.b.c", "int ->"])
def test_what_is_not_known_is_left_alone(annotation: str) -> None:
    assert shape_of(annotation, parse(SOURCE)) is None


def test_sizes_and_salts() -> None:
    shape = shape_of("list[int]", parse(""))
    assert shape is not None
    values = [eval(at_size(sized(shape, salt), 1000)) for salt in range(3)]
    assert [len(each) for each in values] == [1000] * 3
    assert all(len(set(each)) == 1000 for each in values)
    assert values[0] != values[1] != values[2]
    assert len(set(eval(at_size(sized(shape, 0, dense=True), 1000)))) < 300


def test_boundaries_hold_what_functions_fail_on() -> None:
    shape = shape_of("list[float]", parse(""))
    assert shape is not None
    values = [eval(text) for text in boundary(shape)]
    flat = [each for value in values for each in value]
    assert [] in values
    assert any(each != each for each in flat)
    assert any(str(each) == "-0.0" for each in flat)
    # One NaN in two places, which a set finds though it equals nothing.
    assert any(a is b and a != a for value in values for a, b in pairwise(value))
    assert all(ast.literal_eval(text) is not None for text in boundary(shape_of("list[int]", parse("")) or shape))
