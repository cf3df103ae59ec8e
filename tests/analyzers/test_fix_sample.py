"""Fixes of the recall data and of functions near it: what is left parses, is mended, and does the same."""

from __future__ import annotations

import asyncio
import os
import random
from functools import cache
from pathlib import Path

import pytest

from benchmarks.fix_checks import (
    Fixed,
    Home,
    all_fixed,
    calls_of,
    compared,
    fixes_of,
    flaws,
    parses,
    reaches_the_system,
)

FULL = bool(os.environ.get("PERFWISE_FULL"))
RECALL = {path.stem: path for path in (Path(__file__).parents[1] / "recall").glob("*.py") if path.stem != "test_recall"}
NEAR = "near_misses"
TEXTS_OF = RECALL | {NEAR: Path(__file__).with_name(f"{NEAR}.py")}
TEXTS = 1000 if FULL else 8
FUNCTIONS = 1000 if FULL else 8
NOWHERE = Home()


@cache
def text_of(stem: str) -> str:
    return TEXTS_OF[stem].read_text(encoding="utf-8")


@cache
def fixes(stem: str) -> list[Fixed]:
    return fixes_of(text_of(stem))


def chosen() -> list[str]:
    """Some of the recall files; which, a fixed seed says. And the near misses."""
    return [*sorted(random.Random(5).sample(sorted(RECALL), min(TEXTS, len(RECALL)))), NEAR]


@pytest.mark.parametrize("stem", chosen())
def test_fixed_texts_are_sound(stem: str) -> None:
    text = text_of(stem)
    for fixed in fixes(stem):
        assert flaws(text, fixed) == [], fixed.finding.message
    together, taken = all_fixed(text, fixes(stem))
    assert bool(taken) == bool(fixes(stem))
    assert parses(together)


def test_safe_fixes_change_nothing_that_can_be_seen() -> None:
    found = [
        (stem, fixed)
        for stem in chosen()
        for fixed in fixes(stem)
        if fixed.level == "safe" and not reaches_the_system(text_of(stem))
    ]
    sample = random.Random(7).sample(found, min(FUNCTIONS, len(found)))
    agreed = 0
    for stem, fixed in sample:
        calls = calls_of(text_of(stem), fixed.finding.function)
        if calls:
            (outcome,) = asyncio.run(compared(text_of(stem), [(fixed.text, calls)], NOWHERE))
            assert outcome.kind != "differ", (fixed.rule, fixed.finding.function, outcome)
            agreed += outcome.kind == "agree"
    assert agreed >= max(len(sample) * 0.7, 5)


SLOW = """\
def f(xs: list[int], ys: list[int]) -> list[int]:
    # Those that are in both.
    return [x for x in xs if x in ys]


def g() -> int:
    return 1
"""


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        pytest.param("def f(xs:\n", "does not parse", id="broken"),
        pytest.param(SLOW + "\n", "the hint stays", id="not mended"),
        pytest.param(
            "def f(xs):\n    return xs\n\n\ndef g() -> int:\n    return 1\n", "a comment is lost", id="comment"
        ),
        pytest.param(SLOW.replace("in ys", "in set(ys)").replace("1", "2"), "touches g", id="another function"),
    ],
)
def test_a_flaw_is_noticed(text: str, flaw: str) -> None:
    (fixed,) = fixes_of(SLOW)
    assert flaws(SLOW, fixed) == []
    assert flaws(SLOW, fixed._replace(text=text)) == [flaw]


def test_a_difference_is_noticed() -> None:
    calls = calls_of(SLOW, "f")
    assert len(set(calls)) == len(calls) > 10
    same, other = asyncio.run(compared(SLOW, [(SLOW, calls), (SLOW.replace("x in ys", "x in ys[1:]"), calls)], NOWHERE))
    assert same.kind == "agree"
    assert other.kind == "differ"
    assert same.returned == len(calls)
