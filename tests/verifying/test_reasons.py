"""What is known of an undecided verdict beside its words: whether more time could decide."""

from __future__ import annotations

import pytest

from perfwise_server.verifying.laboratory import Case, examine

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
