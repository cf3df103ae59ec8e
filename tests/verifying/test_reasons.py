"""What is said of a verdict, and what is known of it beside its words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from perfwise_server.verifying.laboratory import Case, examine
from perfwise_server.verifying.timing import objection
from perfwise_worker.protocol import Timed

GAIN = Timed(1.4, 1.2, 1.6, 9, 0.014, 0.01, "cpu", confirmed="yes")

CASES = {
    "a function made inside cannot be compared": ("def f(n: int):\n    return lambda: n\n", True),
    "the result is another one each time": ("import os\ndef f(n: int):\n    return os.urandom(8)\n", True),
    "a line that no input reached": ("def f(n: int):\n    if n == 918273645:\n        n = {}\n    return n\n", False),
}


@pytest.mark.parametrize("name", CASES)
async def test_more_time_is_worth_while_unless_the_reason_lasts(name: str) -> None:
    source, is_lasting = CASES[name]
    found = await examine(Case(source.format(1), source.format(2), "f", seconds=6.0))
    assert (found.verdict, found.is_lasting) == ("undecided", is_lasting), found


@pytest.mark.parametrize(
    ("timed", "reason"),
    [
        (GAIN, "^$"),
        (replace(GAIN, low=0.9), "^no gain of more than 5% is certain: the interval begins at 0.90$"),
        (replace(GAIN, low=0.9, noisy=True), "^too noisy to tell"),
        (replace(GAIN, low=0.9, repeated_only=True), "^it is faster only on inputs that it has seen before$"),
        (replace(GAIN, at_import=True), "lost when the module is imported$"),
        (replace(GAIN, confirmed="no"), "did not confirm"),
    ],
)
def test_what_is_said_against_a_gain(timed: Timed, reason: str) -> None:
    assert re.search(reason, objection(timed))
