"""Two profiles side by side: lines matched by what they say, totals, and what may be said of the difference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfwise_server.profiles.comparing import compare
from perfwise_server.profiles.report import LineReport
from tests.reports import REPORT, TEXT

FIXED = '"""Shop."""\n\n\n' + TEXT.replace("        total += g(x)\n", "        total += x\n")
AFTER = replace(
    REPORT,
    source=FIXED,
    calls=500,
    lines=(
        LineReport(8, "        total += h(x)", 0.75, 0.75, 0.0, 0.0, 1.5, samples=750),
        LineReport(7, "        total += x", 0.1, 0.1, 0.0, 0.0, 0.2, samples=100),
        LineReport(6, "    for x in xs:", 0.15, 0.15, 0.0, 0.0, 0.3, samples=150),
    ),
)


def test_lines_are_matched_by_what_they_say() -> None:
    found = compare(REPORT, AFTER)
    assert [(line.before, line.after, line.text.strip(), line.before_ms, line.after_ms) for line in found.lines] == [
        (1, 4, "def f(xs):", None, None),
        (2, 5, "total = 0", 0.005, None),
        (3, 6, "for x in xs:", 0.25, 0.3),
        (4, None, "total += g(x)", 3.1, None),
        (None, 7, "total += x", None, 0.2),
        (5, 8, "total += h(x)", 1.5, 1.5),
        (6, 9, "return total", None, None),
    ]


def test_totals_are_of_a_call() -> None:
    found = compare(REPORT, AFTER)
    assert (found.before_ms, found.after_ms, found.speedup) == pytest.approx((5.0, 2.0, 2.5))
    assert found.message == "5 ms → 2 ms a call: 2.5 times as fast."
    assert compare(AFTER, REPORT).message == "2 ms → 5 ms a call: 2.5 times as slow."


def test_what_may_be_chance_is_said_to_be() -> None:
    assert compare(REPORT, replace(REPORT, calls=205)).message.endswith("no difference that could not be chance.")
    few = compare(REPORT, replace(AFTER, samples=49))
    assert (few.after_ms, few.speedup) == (None, None)
    assert "too few samples" in few.message
    assert {line.after_ms for line in few.lines} == {None}


def test_what_else_may_be_the_difference_is_told() -> None:
    other = replace(AFTER, driver="12 generated inputs", python="3.13.0")
    told = compare(REPORT, other).message
    assert "driven by call f([1]), now by 12 generated inputs" in told
    assert "Python 3.12.1, now on 3.13.0" in told


def test_of_a_file_the_lines_that_ran_are_compared() -> None:
    before, after = (replace(each, what="file", function="", calls=1) for each in (REPORT, AFTER))
    assert [(line.before, line.after) for line in compare(before, after).lines] == [
        (2, 5),
        (3, 6),
        (4, None),
        (None, 7),
        (5, 8),
    ]
