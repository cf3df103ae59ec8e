"""Columns, against the plain way of counting them: one character after the other."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from perfwise_analyzers.document import Document
from perfwise_analyzers.finding import Position, Span
from perfwise_server.convert import Units

ENCODINGS = ["utf-8", "utf-16", "utf-32"]
LINES = st.text(st.sampled_from("ab \t(é中😀\u200d\u0301\u2028\x0c\ufeff𝒳"), max_size=12)


def width(character, encoding):
    if encoding == "utf-8":
        return len(character.encode())
    return 2 if encoding == "utf-16" and ord(character) > 0xFFFF else 1


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(line=LINES, column=st.integers(0, 15))
def test_units_are_the_sum_of_the_characters_before(encoding, line, column):
    assert Units(encoding).units(line, column) == sum(width(each, encoding) for each in line[:column])


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(line=LINES, units=st.integers(-2, 60))
def test_a_column_is_that_of_the_character_the_units_are_in(encoding, line, units):
    starts = [sum(width(each, encoding) for each in line[:column]) for column in range(len(line) + 1)]
    expected = max((column for column, start in enumerate(starts) if start <= max(units, 0)), default=0)
    assert Units(encoding).column(line, units) == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(line=LINES)
def test_there_and_back_is_the_same_place(encoding, line):
    units = Units(encoding)
    for column in range(len(line) + 1):
        assert units.column(line, units.units(line, column)) == column


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_spans_of_every_kind_of_line(encoding, ending):
    lines = ["\ufeffx = '😀'", "\tif é:", "", "\u2028y"]
    document = Document(ending.join(lines))
    units = Units(encoding)
    for number, text in enumerate(lines):
        span = Span(Position(number, 0), Position(number, len(text)))
        place = units.range(document.line, span)
        assert place.end.character == sum(width(each, encoding) for each in text)
        assert units.span(document.line, document.line_count, place) == span


def test_places_outside_the_text_are_its_nearest():
    document = Document("ab\ncd")
    far = types.Range(types.Position(0, 99), types.Position(99, 99))
    assert Units().span(document.line, document.line_count, far) == Span(Position(0, 2), Position(1, 2))


def test_half_a_character_does_not_fail():
    line = json.loads(r'"a\ud83d"')
    assert [Units().column(line, units) for units in range(4)] == [0, 1, 2, 2]
    assert Units().units(line, 2) == 2


def test_a_cell_starts_at_its_own_first_line():
    document = Document("one\ntwo\nthree\n")
    place = types.Range(types.Position(1, 0), types.Position(1, 5))
    span = Units().span(document.line, 3, place, first=1)
    assert span == Span(Position(2, 0), Position(2, 5))
    assert Units().range(document.line, span, first=1) == place
