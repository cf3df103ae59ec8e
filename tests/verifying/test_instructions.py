"""When instructions are counted, and what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfwise_server.verifying.instructions import counter, doubt, is_wanted
from perfwise_worker.protocol import Timed

SMALL = Timed(1.2, 1.1, 1.3, 9, 0.012, 0.01, "cpu")


@pytest.mark.parametrize(
    ("timed", "wanted"),
    [
        (SMALL, True),
        (replace(SMALL, low=1.0), True),
        (replace(SMALL, ratio=9.0, low=8.0, high=10.0, confirmed="no"), True),
        (replace(SMALL, ratio=9.0, low=8.0, high=10.0), False),
        (replace(SMALL, ratio=0.8, low=0.7, high=0.9), False),
        (replace(SMALL, clock="wall"), False),
        (replace(SMALL, repeated_only=True), False),
        (replace(SMALL, at_import=True), False),
    ],
)
def test_they_are_counted_where_the_clock_leaves_a_doubt(timed: Timed, wanted: bool) -> None:
    assert is_wanted(timed) is wanted


def test_they_raise_a_doubt_and_make_no_gain() -> None:
    assert doubt(None, 1.2) == doubt(1.3, 1.2) == doubt(1.0, 1.2) == ""
    assert doubt(0.8, 1.2) == "the clock says 1.20 times as fast, and yet 1.25 times as many instructions are executed"


def test_what_counts_them_is_here() -> None:
    assert counter()
