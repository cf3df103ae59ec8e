"""What runs showed changes what hints say, and nothing else."""

from __future__ import annotations

import random

import pytest

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis, Options
from perfwise_analyzers.finding import Observed, Position, Size, Span
from perfwise_analyzers.observed import Observation, called

TEXT = """def common(orders: list[int], users: list[int]) -> list[int]:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found
"""
SIZES = (Size("orders", 900, 20), Size("users", 8000, 3), Size("found", 12, 0))
SEEN = Observation(3, 4.123, SIZES)


def hints(seen: Observation | None, small: int = 3) -> list[str]:
    observed = {"common": seen} if seen else None
    return [each.message for each in Analysis(Document(TEXT), Options(small=small), observed=observed).findings()]


def test_a_hint_says_sizes_calls_and_seconds() -> None:
    (without,), (message,) = hints(None), hints(SEEN)
    assert message == f"{without} (in your runs: `orders` up to 900, `users` up to 8,000, 3 calls, 4.1 s)"
    (finding,) = Analysis(Document(TEXT), observed={"common": SEEN}).findings()
    assert finding.observed == Observed(3, 4.123, SIZES[:2])


def test_sizes_of_another_function_are_not_told() -> None:
    assert Analysis(Document(TEXT), observed={"other": SEEN}).findings() == Analysis(Document(TEXT)).findings()


@pytest.mark.parametrize(
    ("calls", "largest", "small", "count"),
    [(40, 3, 3, 0), (39, 3, 3, 1), (40, 4, 3, 1), (40, 4, 4, 0), (4000, 3, 0, 1), (40, 0, 3, 0)],
)
def test_silence_where_all_was_small_over_enough_calls(calls: int, largest: int, small: int, count: int) -> None:
    sizes = (Size("orders", largest, 1), Size("users", largest, 1))
    assert len(hints(Observation(calls, 0.1, sizes), small)) == count


def test_where_the_cost_has_no_size_that_was_seen_the_lines_and_the_function_have() -> None:
    number, found, other = Size("order", 900, 20, is_number=True), Size("found", 7, 1), Size("rates", 60, 1)
    (message,) = hints(Observation(3, 0, (number, other)))
    assert message.endswith("(in your runs: `rates` up to 60, 3 calls)")
    (message,) = hints(Observation(3, 0, (number, found)))
    assert message.endswith("(in your runs: `found` up to 7, 3 calls)")
    (message,) = hints(Observation(3, 0, (number,)))
    assert message.endswith("(in your runs: 3 calls)")


def test_no_silence_where_one_size_is_not_known() -> None:
    assert len(hints(Observation(1000, 0.1, (Size("orders", 1, 1),)))) == 1


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (Observation(1, 0.0001), "1 call"),
        (Observation(2000, 0.5, at_least=True), "2,000+ calls, 0.5 s"),
        (Observation(2, 123.4), "2 calls, 120 s"),
    ],
)
def test_calls_in_words(seen: Observation, told: str) -> None:
    assert called(seen) == told


def test_hints_after_edits_equal_those_of_a_fresh_analysis() -> None:
    chance = random.Random(5)
    observed = {"common": SEEN}
    document = Document(TEXT)
    analysis = Analysis(document, observed=observed)
    seen = 0
    for _ in range(60):
        line = chance.randrange(document.line_count)
        at = Position(line, chance.randint(0, len(document.line(line).rstrip("\n"))))
        document.edit(Span(at, at), chance.choice(["\n", "# x\n", " ", "users", "(", ")", "def g():\n    pass\n"]))
        analysis.update()
        found = analysis.findings()
        assert found == Analysis(Document(document.text), observed=observed).findings()
        seen += len(found)
    assert seen
