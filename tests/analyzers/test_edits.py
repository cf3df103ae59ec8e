from __future__ import annotations

import pytest

from perfwise_analyzers.finding import Edit, Position, Span
from perfwise_analyzers.fixing.edits import apply, compose


def edit(start: tuple[int, int], end: tuple[int, int], text: str) -> Edit:
    return Edit(Span(Position(*start), Position(*end)), text)


def test_edits_are_applied_whatever_their_order() -> None:
    edits = [edit((1, 0), (1, 1), "B"), edit((0, 0), (0, 1), "A"), edit((1, 1), (1, 1), "!")]
    assert apply("a\nb\n", edits) == "A\nB!\n"


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply("x", [edit((0, 0), (0, 0), "1"), edit((0, 0), (0, 0), "2"), edit((0, 0), (0, 1), "3")]) == "123"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb", "a\r\nX"),
        ("a\rb", "a\rX"),
        ("a\u2028\x0c\x85a\nb", "a\u2028\x0c\x85a\nX"),
        ("\N{GRINNING FACE}\nb", "\N{GRINNING FACE}\nX"),
    ],
)
def test_lines_end_where_the_editor_ends_them(text: str, expected: str) -> None:
    assert apply(text, [edit((1, 0), (1, 1), "X")]) == expected


def test_places_outside_the_text_are_moved_into_it() -> None:
    assert apply("ab\r\nc", [edit((0, 9), (0, 99), "X")]) == "abX\r\nc"
    assert apply("ab", [edit((7, 0), (8, 0), "X")]) == "abX"
    assert apply("ab", [edit((-1, 5), (0, -3), "X")]) == "Xab"


@pytest.mark.parametrize(
    "edits",
    [
        [edit((0, 0), (0, 2), "x"), edit((0, 1), (0, 3), "y")],
        [edit((0, 0), (0, 2), "x"), edit((0, 0), (0, 2), "x")],
        [edit((0, 0), (0, 2), "x"), edit((0, 1), (0, 1), "y")],
        [edit((0, 2), (0, 1), "x")],
    ],
)
def test_overlapping_edits_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply("abcd", edits)


def test_fixes_that_overlap_an_earlier_one_are_left_out() -> None:
    fixes = [
        (edit((0, 4), (0, 6), "x"),),
        (edit((0, 0), (0, 1), "y"), edit((0, 5), (0, 5), "z")),
        (edit((0, 2), (0, 4), "w"),),
        (edit((0, 4), (0, 6), "x"),),
    ]
    taken, edits = compose(fixes)
    assert taken == (0, 2)
    assert apply("abcdefg", edits) == "abwxg"


def test_a_line_that_two_fixes_insert_is_inserted_once() -> None:
    line = edit((0, 0), (0, 0), "import bisect\n")
    other = edit((0, 0), (0, 0), "import heapq\n")
    fixes = [(line, edit((0, 0), (0, 1), "A")), (other, edit((1, 0), (1, 1), "B")), (line, edit((2, 0), (2, 1), "C"))]
    taken, edits = compose(fixes)
    assert taken == (0, 1, 2)
    assert apply("a\nb\nc\n", edits) == "import bisect\nimport heapq\nA\nB\nC\n"


def test_insertions_within_one_line_at_one_place_are_not_merged() -> None:
    fixes = [(edit((0, 0), (0, 0), "("),), (edit((0, 0), (0, 0), "("),)]
    assert compose(fixes).taken == (0,)


def test_one_fix_may_insert_twice_at_one_place() -> None:
    fix = (edit((0, 0), (0, 0), "("), edit((0, 0), (0, 0), "("), edit((0, 1), (0, 1), "))"))
    assert apply("x", compose([fix]).edits) == "((x))"
