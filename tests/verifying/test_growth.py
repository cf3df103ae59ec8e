"""The class that points fit, and where two curves cross."""

from __future__ import annotations

import asyncio
import math
import os
import random
from collections import Counter
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import pytest

from perfwise_server.verifying.growing import measure
from perfwise_server.verifying.growth import compared, crossing, fitted
from perfwise_server.verifying.laboratory import Case

FULL = os.environ.get("PERFWISE_FULL") == "1"

SIZES = [round(8 * 1.6**step) for step in range(26)]
FEW_SIZES = list(range(4, 40, 2))
LONGEST = 1.5  # Seconds.
# Seconds of a call, and the class; those with a logarithm are what they are without it.
SHAPES: dict[str, tuple[Callable[[float], float], str]] = {
    "level": (lambda _: 3e-6, "1"),
    "logarithm": (lambda n: 2e-6 + 1e-6 * math.log2(n), "1"),
    "root": (lambda n: 2e-6 + 6e-8 * math.sqrt(n), "sqrt n"),
    "straight": (lambda n: 2e-6 + 4e-8 * n, "n"),
    "in C": (lambda n: 2e-6 + 2e-9 * n, "n"),
    "sorting": (lambda n: 2e-6 + 4e-8 * n * math.log2(n), "n"),
    "outgrowing caches": (lambda n: 2e-6 + 2e-8 * n * (1 + 1.5 / (1 + (2e4 / n) ** 2)), "n"),
    "square": (lambda n: 1e-6 + 2e-8 * n**2, "n^2"),
    "straight at first": (lambda n: 1e-6 + 2e-7 * n + 1e-9 * n**2, "n^2"),
    "copying": (lambda n: 2e-6 + 5e-8 * n + 2e-11 * n**2, "n^2"),
    "sorting in a loop": (lambda n: 1e-6 + 2e-8 * n**2 * math.log2(n), "n^2"),
    "cube": (lambda n: 1e-6 + 1e-8 * n**3, "n^3"),
    "fourth power": (lambda n: 1e-6 + 1e-8 * n**4, "n^k"),
    "rabbits": (lambda n: 1e-6 * 1.6**n, "2^n"),
    "doubling": (lambda n: 1e-6 + 2e-7 * 2.0**n, "2^n"),
}
Noise = Callable[[random.Random, int], list[float]]


def even(chance: random.Random, count: int) -> list[float]:
    return [math.exp(chance.gauss(0, 0.05)) for _ in range(count)]


def heavy(chance: random.Random, count: int) -> list[float]:
    return [math.exp(chance.gauss(0, 0.2)) for _ in range(count)]


def interrupted(chance: random.Random, count: int) -> list[float]:
    factors = even(chance, count)
    factors[chance.randrange(count)] *= 8
    return factors


def interrupted_at_last(chance: random.Random, count: int) -> list[float]:
    return [*even(chance, count - 1), chance.uniform(1.5, 6)]


def crowded(chance: random.Random, count: int) -> list[float]:
    """Every call is held up, some of them for long."""
    return [1 + chance.expovariate(4) + (chance.random() < 0.15) * chance.uniform(0.5, 8) for _ in range(count)]


def slow_for_a_while(chance: random.Random, count: int) -> list[float]:
    start, length, factor = chance.randrange(count - 3), chance.randrange(3, 6), chance.uniform(1.3, 2)
    return [each * (factor if start <= at < start + length else 1) for at, each in enumerate(even(chance, count))]


def drifting(chance: random.Random, count: int) -> list[float]:
    factors, drift = [], 0.0
    for _ in range(count):
        drift = 0.7 * drift + chance.gauss(0, 0.12)
        factors.append(math.exp(abs(drift)))
    return factors


def sizes(shape: Callable[[float], float]) -> list[int]:
    """Those at which a call is measured: up to a second and a half, in small steps where it soon takes long."""
    many, few = ([*takewhile(lambda n: shape(n) < LONGEST, each)] for each in (SIZES, FEW_SIZES))
    return many if len(many) >= 7 else few


def judged(noise: Noise, seeds: int) -> Counter[str]:
    verdicts: Counter[str] = Counter()
    for name, (shape, known) in SHAPES.items():
        for seed in range(seeds):
            chance = random.Random(f"{noise.__name__} {name} {seed}")
            at = sizes(shape)
            factors = noise(chance, len(at))
            found = fitted([(n, shape(n) * factor) for n, factor in zip(at, factors, strict=True)], numbers=True)
            assert found.name == "unknown" or found.name == found.candidates[0]
            right = _MERGED.get(found.name, found.name) == known
            verdicts["right" if right else "unknown" if found.name == "unknown" else f"{name}: {found.name}"] += 1
    return verdicts


@pytest.mark.parametrize(
    ("noise", "share"),
    [
        (even, 0.98),
        (drifting, 0.95),
        (interrupted, 0.95),
        (interrupted_at_last, 0.95),
        (slow_for_a_while, 0.85),
        (heavy, 0.85),
        (crowded, 0.75),
    ],
)
def test_classes_are_told_apart_in_spite_of_noise_and_unknown_rather_than_wrong(noise: Noise, share: float) -> None:
    verdicts = judged(noise, 60 if FULL else 3)
    assert verdicts["right"] >= share * verdicts.total(), verdicts
    assert verdicts.total() - verdicts["right"] - verdicts["unknown"] <= 0.02 * verdicts.total(), verdicts


@pytest.mark.parametrize("name", ["straight", "square"])
def test_a_logarithm_is_never_told_from_none(name: str) -> None:
    shape, known = SHAPES[name]
    found = fitted([(n, shape(n)) for n in SIZES[:12]])
    assert (found.name, found.candidates) == (known, (known, f"{known} log n"))


def test_a_power_a_little_above_two_is_two() -> None:
    assert fitted([(n, 3.6e-7 * n**2.059) for n in SIZES[:9]]).candidates == ("n^2", "n^2 log n")


def test_a_level_call_that_caches_make_slower_is_level() -> None:
    assert fitted([(n, 2.3e-6 if n < 20_000 else 5.1e-6) for n in SIZES]).name == "1"


def test_exponential() -> None:
    points = [(n, 1e-6 * 1.6**n) for n in range(4, 30, 2)]
    assert fitted(points).name == "2^n"
    assert fitted([(n, 1e-7 * n**3) for n in range(4, 40, 2)]).name == "n^3"


CHANCE: dict[str, Callable[[random.Random], float]] = {
    "two kinds": lambda chance: chance.choice((1e-6, 1e-2)) * chance.random() + 1e-3 * chance.random(),
    "any size": lambda chance: 1e-4 * math.exp(chance.gauss(0, 1.5)),
    "up to a limit": lambda chance: 1e-3 * chance.random(),
}


@pytest.mark.parametrize("name", CHANCE)
def test_mere_noise_has_no_class(name: str) -> None:
    tried = [(seed, at) for seed in range(400 if FULL else 40) for at in (SIZES[:10], SIZES[:16], SIZES, FEW_SIZES)]
    wrong = [
        found
        for seed, at in tried
        for chance in [random.Random(f"{name} {seed} {len(at)}")]
        if (found := fitted([(n, CHANCE[name](chance)) for n in at]).name) != "unknown"
    ]
    assert len(wrong) <= len(tried) / 40, wrong


def test_too_few_points_have_no_class() -> None:
    assert fitted([]).name == "unknown"
    assert fitted([(8, 1e-6), (16, 2e-6)]).name == "unknown"


def test_curves_cross() -> None:
    old = [(n, 1e-8 * n * n) for n in SIZES]
    new = [(n, 1e-6 * n + 1e-5) for n in SIZES]
    found = crossing(old, new)
    assert found is not None
    assert 90 < found < 130
    assert f"the faster one from about n = {round(found)} on" in compared(old, new)
    assert crossing(new, old) is None
    assert "slower at large sizes" in compared(new, old)
    assert compared(old, [(n, seconds / 2) for n, seconds in old]) == (
        f"The new version is slower at no size; at n = {SIZES[-1]:,} it takes 2 times less."
    )
    chance = random.Random(7)
    assert crossing(old, [(n, seconds * math.exp(chance.gauss(0, 0.03))) for n, seconds in old]) is None
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
    chosen = functions if FULL else random.Random(20261124).sample(functions, 4)
    failed: list[list[object]] = [[], [], []]
    for name, known, text in chosen:
        # A machine may be too busy to tell, yet not each time.
        for failures in failed:
            found = asyncio.run(measure(Case(text, text, "f", seconds=10.0))).old
            if _MERGED.get(found.name, found.name) == _MERGED.get(known, known):
                break
            failures.append((name, known, found))
    assert not failed[-1], failed
    assert not FULL or len(failed[0]) <= 0.1 * len(chosen), failed
