"""The class that points fit, and where two curves cross."""

from __future__ import annotations

import asyncio
import math
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from perfwise_server.verifying.growing import measure
from perfwise_server.verifying.growth import crossing, fitted
from perfwise_server.verifying.laboratory import Case

FULL = os.environ.get("PERFWISE_FULL") == "1"

SIZES = [round(8 * 1.6**step) for step in range(16)]
SHAPES: dict[str, tuple[Callable[[float], float], set[str]]] = {
    "1": (lambda _: 3e-6, {"1"}),
    "log n": (lambda n: 1e-6 * math.log2(n), {"1", "log n"}),
    "sqrt n": (lambda n: 1e-6 * math.sqrt(n), {"sqrt n"}),
    "n": (lambda n: 2e-6 + 4e-8 * n, {"n"}),
    "n log n": (lambda n: 4e-8 * n * math.log2(n), {"n", "n log n"}),
    "n^2": (lambda n: 1e-6 + 2e-8 * n**2, {"n^2"}),
    "n^3": (lambda n: 1e-8 * n**3, {"n^3"}),
}


@pytest.mark.parametrize("name", SHAPES)
def test_classes_are_told_apart_in_spite_of_noise(name: str) -> None:
    shape, right = SHAPES[name]
    for seed in range(20):
        noise = random.Random(seed)
        points = [(n, shape(n) * math.exp(noise.gauss(0, 0.05))) for n in SIZES]
        # Once something else ran meanwhile.
        points[9] = (points[9][0], 8 * points[9][1])
        found = fitted(points)
        assert found.name in right, (seed, found)
        assert found.name in found.candidates


def test_exponential() -> None:
    points = [(n, 1e-6 * 1.6**n) for n in range(4, 30, 2)]
    assert fitted(points).name == "2^n"
    assert fitted([(n, 1e-7 * n**3) for n in range(4, 40, 2)]).name != "2^n"


def test_unknown_rather_than_wrong() -> None:
    assert fitted([]).name == "unknown"
    assert fitted([(8, 1e-6), (16, 2e-6)]).name == "unknown"
    noise = random.Random(3)
    assert fitted([(n, noise.choice((1e-6, 1e-2)) * noise.random() + 1e-3 * noise.random()) for n in SIZES]).name == (
        "unknown"
    )


def test_curves_cross() -> None:
    old = [(n, 1e-8 * n * n) for n in SIZES]
    new = [(n, 1e-6 * n + 1e-5) for n in SIZES]
    found = crossing(old, new)
    assert found is not None
    assert 90 < found < 130
    assert crossing(new, old) is None
    assert crossing(old, [(n, seconds / 2) for n, seconds in old]) is None


def labelled() -> list[tuple[str, str, str]]:
    """The name, the class and the source of functions: `== name: class` stands above each."""
    blocks = ("\n" + Path(__file__).with_name("growths.txt").read_text("utf-8")).split("\n== ")[1:]
    titles = [block.partition("\n") for block in blocks]
    return [(*title.split(": "), body) for title, _, body in titles]  # type: ignore[misc]


# What measuring cannot tell apart.
_MERGED = {"log n": "1", "n log n": "n", "n^2 log n": "n^2"}


@pytest.mark.timing
def test_growth_of_functions_is_what_it_is_known_to_be() -> None:
    functions = labelled()
    assert len(functions) >= 40
    chosen = functions if FULL else random.Random(20261124).sample(functions, 5)
    wrong, unknown = [], []
    for name, known, text in chosen:
        found = asyncio.run(measure(Case(text, text, "f", seconds=10.0))).old
        if found.name == "unknown":
            unknown.append(name)
        elif _MERGED.get(found.name, found.name) != _MERGED.get(known, known):
            wrong.append((name, known, found))
    # On a busy machine one of a few may be beside the mark.
    assert len(wrong) + len(unknown) <= max(0.1 * len(chosen), 1), (wrong, unknown)
