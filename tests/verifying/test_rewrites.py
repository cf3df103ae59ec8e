"""Wrong rewrites are never proved and nearly all refused with a counterexample; right ones are proved."""

from __future__ import annotations

import os
import random

import pytest

from tests.verifying.rewrites import Pair, read

FULL = os.environ.get("PERFWISE_FULL") == "1"


def chosen(name: str, count: int) -> list[Pair]:
    pairs = read(name)
    return pairs if FULL else random.Random(20261123).sample(pairs, count)


def test_there_are_enough() -> None:
    for name in ("wrong_rewrites", "true_rewrites"):
        pairs = read(name)
        assert len(pairs) >= 80
        assert sum(pair.annotated for pair in pairs) * 2 == len(pairs)
        assert len(set(map(str, pairs))) == len(pairs)


def test_wrong_rewrites_are_refused() -> None:
    pairs = chosen("wrong_rewrites", 8)
    verdicts = {str(pair): pair.verdict() for pair in pairs}
    assert {name: found for name, found in verdicts.items() if found.verdict == "proved"} == {}
    refused = [name for name, found in verdicts.items() if found.counterexample is not None]
    assert len(refused) >= 0.9 * len(pairs), sorted(verdicts.keys() - set(refused))


@pytest.mark.timing
@pytest.mark.parametrize(("annotated", "share"), [(True, 0.9), (False, 0.7)], ids=["annotated", "bare"])
def test_right_rewrites_are_proved(annotated: bool, share: float) -> None:
    pairs = [pair for pair in read("true_rewrites") if pair.annotated == annotated]
    if not FULL:
        # One in a sample may fail where the share of all is right.
        pairs, share = random.Random(20261123).sample(pairs, 2), share - 0.5
    verdicts = {str(pair): pair.verdict() for pair in pairs}
    unproved = {name: (found.verdict, found.reason) for name, found in verdicts.items() if found.verdict != "proved"}
    # Whatever cannot be proved, a right rewrite is never said to be wrong.
    assert [name for name, (word, _) in unproved.items() if word in ("different", "broken")] == []
    assert len(pairs) - len(unproved) >= share * len(pairs), unproved
