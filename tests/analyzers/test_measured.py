"""What a hint says of gains: measured figures, for the project's Python, and silence where nothing is gained."""

from __future__ import annotations

import pytest

from perfwise_analyzers import RULES, gains
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis, Options, find
from perfwise_analyzers.finding import Finding, Gain
from perfwise_analyzers.measured import gain_of, times

SLOW = """\
def common(orders: list[int], users: list[int]) -> list[int]:
    return [order for order in orders if order in users]
"""
FIGURES = {"3.10": 38.0, "3.12": 1.2, "3.13": 12000.0}


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gains.GAINS, "PW101", FIGURES)


def told(*python: int) -> list[Finding]:
    # The choice of rules is kept by options: these are nobody else's.
    return find(SLOW, Options(select=("PW101",), ignore=("PW999",), python=python or None))  # type: ignore[arg-type]


def test_a_message_says_what_was_measured() -> None:
    (finding,) = told(3, 10)
    assert finding.gain == Gain(38.0, "2,000 items", "3.10")
    assert finding.message.endswith(
        "O(len(orders) + len(users)) (measured: 38 times faster at 2,000 items, Python 3.10)"
    )
    (finding,) = told(3, 13)
    assert finding.message.endswith(" (measured: 12,000 times faster at 2,000 items, Python 3.13)")


@pytest.mark.parametrize(("python", "nearest"), [((3, 8), "3.10"), ((3, 14), "3.13"), ((3, 20), "3.13")])
def test_the_nearest_python_speaks_for_one_that_was_not_measured(python: tuple[int, int], nearest: str) -> None:
    (finding,) = told(*python)
    assert finding.gain is not None
    assert finding.gain.python == nearest


def test_what_gains_little_on_the_projects_python_is_not_told() -> None:
    assert told(3, 12) == []


def test_without_a_python_no_figure_is_quoted() -> None:
    (finding,) = told()
    assert finding.gain is None
    assert "measured" not in finding.message


def test_it_is_told_on_a_line_that_a_profile_found_hot() -> None:
    options = Options(select=("PW101",), ignore=("PW999",), python=(3, 12))
    for hot, seconds in (({2: 123.4}, "120 s"), ({1: 0.51, 9: 1.0}, None), ({}, None)):
        found = Analysis(Document(SLOW), options, hot).findings()
        assert [each.message.partition(" in the profile: ")[0] for each in found] == ([seconds] if seconds else [])


def test_seconds_of_the_functions_first_line_count_for_what_speaks_anywhere() -> None:
    options = Options(select=("PW101",), ignore=("PW999",), python=(3, 10))
    nested = f"class Shop:\n    @staticmethod\n    {SLOW.replace(chr(10), chr(10) + '    ')}\n{SLOW}"
    found = Analysis(Document(nested), options, {2: 1.5, 4: 0.25, 7: 2.0}).findings()
    assert [(each.seconds, each.message.partition(" in ")[0]) for each in found] == [
        (1.75, "up to 1.8 s"),
        (2.0, "2 s"),
    ]
    (finding,) = Analysis(Document(SLOW), options, {1: 0.004}).findings()
    assert finding.message.startswith("up to 0.004 s in the profile: `users` is looked through")


@pytest.mark.parametrize(("figure", "text"), [(2.4, "2.4"), (38.0, "38"), (12000.0, "12,000"), (1e6, "1,000,000")])
def test_figures_are_written_plainly(figure: float, text: str) -> None:
    assert times(figure) == text


def test_every_rule_was_measured_on_an_example_of_a_stated_size() -> None:
    assert [rule.code for rule in RULES if gain_of(rule, (3, 11)) is None] == []
    assert len(gains.SIZES | gains.COUNTS) >= len(RULES) * 0.9
    assert sorted(gains.COUNTS) == [rule.code for rule in RULES if rule.unit != "seconds"]


def test_a_message_says_what_was_counted() -> None:
    lines = "def f():\n    for book in Book.objects.all():\n        print(book.author.name)\n"
    (finding,) = find(lines, Options(select=("PW805",), python=(3, 12)))
    assert finding.gain == Gain(41.0, "", "3.11", "41 queries -> 1")
    assert finding.message.endswith("fetches all at once (measured: 41 queries -> 1)")
