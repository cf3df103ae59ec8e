"""What is on screen while code is typed. The clock is the test's."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis, Options
from perfwise_analyzers.finding import Position, Span
from perfwise_analyzers.unused import unused_suppressions
from perfwise_server.steady import SETTLING_SECONDS, Change, Steady
from tests.sources import SLOW

UNUSED = "def f(x):\n    return x + 1  # perfwise: ignore[PW101]\n"
AFTER = SETTLING_SECONDS + 0.01


class Screen:
    def __init__(self, text, still=True):
        self.now = 0.0
        self.document = Document(text)
        self.analysis = Analysis(self.document)
        self.steady = Steady(self.document, self.analysis, still=still, clock=lambda: self.now)
        self.hints()

    def edit(self, start, end, text):
        """By offsets."""
        span = Span(self.position(start), self.position(end))
        self.document.edit(span, text)
        self.steady.edited(span, text)

    def position(self, offset):
        before = self.document.text[:offset]
        return Position(before.count("\n"), len(before) - before.rfind("\n") - 1)

    def put(self, old, new):
        start = self.document.text.index(old)
        self.edit(start, start + len(old), new)
        return self.hints()

    def hints(self):
        self.analysis.update()
        return [(hint.code, hint.span.start.line) for hint in self.steady.hints()]


def test_a_hint_does_not_appear_on_the_line_being_typed_until_a_moment_has_passed():
    screen = Screen(SLOW.replace("in users", "in user"))
    assert screen.put("in user:", "in users:") == []
    assert screen.steady.waiting() == pytest.approx(SETTLING_SECONDS)
    screen.now += SETTLING_SECONDS / 2
    assert screen.hints() == []
    screen.now += AFTER
    assert screen.hints() == [("PW101", 3)]
    assert screen.steady.waiting() is None


def test_each_key_starts_the_moment_anew():
    screen = Screen(SLOW.replace("in users", "in user"))
    screen.put("in user:", "in users:")
    screen.now += SETTLING_SECONDS * 0.9
    screen.put("in users:", "in users :")
    screen.now += SETTLING_SECONDS * 0.9
    assert screen.hints() == []
    screen.now += AFTER
    assert screen.hints() == [("PW101", 3)]


def test_a_hint_appears_at_once_on_a_line_that_is_not_being_typed():
    screen = Screen(SLOW.replace("users: list[int]", "users: set[int]"))
    assert screen.put("users: set[int]", "users: list[int]") == [("PW101", 3)]


def test_a_hint_stays_while_its_line_is_typed_further():
    screen = Screen(SLOW)
    assert screen.put("in users:", "in users :") == [("PW101", 3)]


def test_the_hints_of_a_function_that_no_longer_parses_stay_and_move():
    screen = Screen(SLOW)
    assert screen.put("    found = []\n", "    found = [(\n\n") == [("PW101", 4)]
    assert screen.put("    return", "  \n    return") == [("PW101", 4)]
    assert screen.put("def common", "x = 1\n\n\ndef common") == [("PW101", 7)]
    screen.now += AFTER
    assert screen.put("    found = [(\n\n", "    found = []\n") == [("PW101", 6)]


def test_a_hint_that_a_function_has_lost_goes_when_it_parses():
    screen = Screen(SLOW)
    assert screen.put("in users:", "in set(users:") == [("PW101", 3)]
    screen.now += AFTER
    assert screen.put("set(users:", "{1}:") == []


def test_a_hint_whose_code_is_deleted_goes_though_nothing_parses():
    screen = Screen(SLOW)
    screen.put("found = []", "found = [(")
    assert screen.put("        if order in users:\n", "") == []


def test_other_functions_are_not_held_back():
    screen = Screen(SLOW + "\n\ndef other(a: list[int], b: list[int]):\n    return [x for x in a if x in b]\n")
    first, second = screen.hints()
    assert screen.put("    found = []", "    found = [(") == [first, second]


def test_nothing_is_held_back_when_it_is_turned_off():
    screen = Screen(SLOW.replace("in users", "in user"), still=False)
    assert screen.put("in user:", "in users:") == [("PW101", 3)]
    assert screen.steady.waiting() is None


@pytest.mark.parametrize("seed", range(20))
def test_once_it_parses_and_is_settled_it_shows_what_a_fresh_open_shows(seed):
    """After any edits: what is undone is forgotten, what is kept is let go."""
    print("seed", seed)
    source = random.Random(seed)
    text = SLOW + "\n\n" + SLOW.replace("common", "again")
    screen = Screen(text)
    for _ in range(15):
        start = source.randint(0, len(screen.document.text))
        end = min(start + source.choice([0, 0, 1, 9]), len(screen.document.text))
        screen.edit(start, end, source.choice(["", "(", ")", "\n", "x", '"""', "in users", "😀"]))
        screen.hints()
    screen.edit(0, len(screen.document.text), text)
    screen.hints()
    screen.now += AFTER
    assert screen.hints() == Screen(text).hints()
    assert screen.document.text == text


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        (Position(1, 2), Position(1, 2)),
        (Position(1, 6), Position(3, 1)),
        (Position(2, 3), Position(3, 1)),
        (Position(2, 9), Position(3, 5)),
        (Position(5, 0), Position(6, 0)),
    ],
    ids=["before", "at its start", "inside", "on its last line", "below"],
)
def test_where_an_edit_moves_a_place(old, expected):
    change = Change(Span(Position(1, 4), Position(2, 5)), "a\nbc\nd")
    assert change(old) == expected


def test_what_is_put_just_before_a_hint_moves_it_and_what_is_put_just_after_does_not_stretch_it():
    at = Position(0, 4)
    change = Change(Span(at, at), "\n")
    assert (change.start(at), change(at)) == (Position(1, 0), at)


def test_real_files_show_the_same_with_and_without():
    text = Path(random.__file__).read_text("utf-8")
    assert Screen(text).hints() == Screen(text, still=False).hints()


@pytest.mark.parametrize("frozen", [False, True])
def test_what_was_found_in_another_text_moves_without_its_fix(frozen):
    screen = Screen(UNUSED)
    screen.steady.slow = unused_suppressions(screen.document, Options(report_unused=True))
    (found,) = screen.steady.hints()
    assert found.fix is not None
    screen.edit(0, 0, "import math\n")
    screen.analysis.update()
    (moved,) = screen.steady.frozen() if frozen else screen.steady.hints()
    assert moved.span == found.span.shifted(1)
    assert screen.steady.slow[0].fix is None
