"""Inputs for functions that take objects of other modules, nothing given."""

from __future__ import annotations

import asyncio
from pathlib import Path

from perfwise_server.verifying.laboratory import Case, driven
from perfwise_server.verifying.verdict import ENOUGH_RETURNS

BASE = """
import abc
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int = 0


class Shape(abc.ABC):
    @abc.abstractmethod
    def corners(self) -> "list[Point]": ...


class Box(Shape):
    def __init__(self, corner: Point, wide: int, *, colour: str = "red", name: str = "", deep: int = 1, high: int = 1):
        self.corner, self.wide, self.colour = corner, wide, colour

    def corners(self) -> "list[Point]":
        return [self.corner, Point(self.corner.x + self.wide, self.corner.y)]
"""
USER = """
from __future__ import annotations

from typing import TYPE_CHECKING

from shop.base import Box

if TYPE_CHECKING:
    from shop.base import Point, Shape


def reach(shape: Shape, start: Point | None = None) -> int:
    best = start.x if start else 0
    for corner in shape.corners():
        best = max(best, corner.x)
    return best


class Crate(Box):
    def area(self, count: int = 2) -> int:
        total = 0
        for _ in range(min(count, 10)):
            total += self.wide
        return total

    @property
    def shade(self) -> str:
        return self.colour.upper()
"""


def test_types_of_other_modules_bases_and_defaults(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    for name, text in (("__init__", ""), ("base", BASE), ("user", USER)):
        (tmp_path / "shop" / f"{name}.py").write_text(text, "utf-8")
    for function in ("reach", "Crate.area", "Crate.shade"):
        case = Case(USER, USER, function, str(tmp_path / "shop/user.py"), seconds=20.0, harvest=False)
        experiment, verdict = asyncio.run(driven(case))
        assert verdict is None, (function, verdict)
        assert len(experiment.returned) >= ENOUGH_RETURNS, function
        assert experiment.can_run <= experiment.ran, function
