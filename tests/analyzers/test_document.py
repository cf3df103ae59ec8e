"""A document under edits: it equals a fresh one, and what an edit did not touch stays the same objects."""

from __future__ import annotations

import os
import random
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from perfwise_analyzers.document import Document, Segment
from perfwise_analyzers.finding import Position, Span
from tests.analyzers.random_edits import PlainText, edits

ROUNDS = 1500 if os.environ.get("PERFWISE_FULL") == "1" else 40
LIBRARY = Path(sysconfig.get_paths()["stdlib"])
MODULES = (
    "textwrap",
    "contextlib",
    "dataclasses",
    "typing",
    "json/decoder",
    "string",
    "asyncio/tasks",
    "inspect",
    "enum",
)


def source(module: str) -> str:
    return (LIBRARY / f"{module}.py").read_text("utf-8")


def content(document: Document) -> list[tuple[str, str, str, str, str]]:
    return [(s.text, s.source, s.kind, s.owner, s.name) for s in document.segments]


def insert(document: Document, line: int, column: int, text: str) -> None:
    document.edit(Span(Position(line, column), Position(line, column)), text)


def assert_finds_its_way(document: Document, plain: PlainText) -> None:
    """Lines and segments are looked up as the plain text has them."""
    lines = plain.lines()
    assert document.line_count == len(lines)
    assert [document.line(number) for number in range(len(lines))] == lines
    starts = [document.start_line(index) for index in range(len(document.segments))]
    assert starts == [sum(s.line_count for s in document.segments[:index]) for index in range(len(starts))]
    for number in range(len(lines)):
        assert document.index_at(number) == max(index for index, start in enumerate(starts) if start <= number)


def assert_untouched_are_kept(before: list[Segment], document: Document, start: int, end: int) -> None:
    """`start` and `end` are the offsets of what an edit replaced; segments elsewhere that are still there are kept."""
    after = list(document.segments)
    kept = {id(segment) for segment in after}
    offset = 0
    for old, new in zip(before, after, strict=False):
        offset += len(old.text)
        if offset > start or not old.is_like(new):
            break
        assert id(old) in kept
    offset = sum(len(segment.text) for segment in before)
    for old, new in zip(reversed(before), reversed(after), strict=False):
        offset -= len(old.text)
        if offset < end or not old.is_like(new):
            break
        assert id(old) in kept


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_random_edits_leave_what_a_fresh_document_has(seed: int) -> None:
    print(f"seed {seed}")
    chance = random.Random(seed)
    lines = source(chance.choice(MODULES)).splitlines(keepends=True)
    first = chance.randrange(len(lines))
    text = "".join(lines[first : first + chance.choice((5, 40, 300))])
    if chance.random() < 0.3:
        text = text.replace("\n", chance.choice(("\r\n", "\r")))
    plain = PlainText(text)
    document = Document(text)
    for number, (span, inserted) in enumerate(edits(plain, chance, 50)):
        before = list(document.segments)
        version = document.version
        start, end = plain.offset(span.start), plain.offset(span.end)
        plain.edit(span, inserted)
        document.edit(span, inserted)
        assert document.version > version
        assert document.text == plain.text, (number, span, inserted)
        assert content(document) == content(Document(plain.text)), (number, span, inserted)
        assert_untouched_are_kept(before, document, start, end)
        if number % 10 == 0:
            assert_finds_its_way(document, plain)


def test_a_keystroke_leaves_all_other_segments_the_same_objects() -> None:
    document = Document(source("typing"))
    before = list(document.segments)
    index = next(i for i, s in enumerate(before) if s.kind == "method" and s.line_count > 10)
    insert(document, document.start_line(index) + 2, 999, "x")
    changed = [i for i, (old, new) in enumerate(zip(before, document.segments, strict=True)) if old is not new]
    assert changed == [index]


@pytest.mark.parametrize("make", [Document, lambda text: Document.of_cells(text.split("\n\n\n"))])
def test_a_copy_and_what_it_was_made_of_are_edited_apart(make: Callable[[str], Document]) -> None:
    text = source("textwrap")
    document = make(text)
    before = content(document)
    copied = document.copy()
    for line in (3, 40, document.line_count - 2):
        insert(copied, line, 0, "def f(): pass\n\n\n")
    assert content(document) == before
    assert document.line_count + 9 == copied.line_count
    insert(document, 0, 0, "# One line.\n")
    assert copied.text.count("def f(): pass") == 3
    assert "# One line." not in copied.text


def test_renaming_a_class_renames_the_owner_of_its_members_only() -> None:
    document = Document("def f(): pass\nclass A:\n    def g(self): pass\nclass B:\n    def g(self): pass\n")
    before = list(document.segments)
    insert(document, 1, 7, "b")
    assert [(s.owner, s.name) for s in document.segments] == [("", "f"), ("", "Ab"), ("Ab", "g"), ("", "B"), ("B", "g")]
    assert [old is new for old, new in zip(before, document.segments, strict=True)] == [True, False, False, True, True]


def test_an_edit_far_below_an_open_quote_is_seen_by_it() -> None:
    functions = "".join(f"def f{number}():\n    return {number}\n\n" for number in range(1000))
    document = Document(f"x = '''\n{functions}")
    insert(document, 2900, 0, "'''\n")
    assert content(document) == content(Document(document.text))
    document.edit(Span(Position(2900, 0), Position(2901, 0)), "")
    assert content(document) == content(Document(document.text))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(Position(0, 99), Position(0, 99)), "a!\nb"),
        (Span(Position(9, 9), Position(9, 9)), "a\nb!"),
        (Span(Position(-3, -3), Position(0, -1)), "!a\nb"),
        (Span(Position(1, 1), Position(0, 1)), "a!"),
        (Span(Position(0, 0), Position(99, 0)), "!"),
    ],
)
def test_positions_outside_are_clamped(span: Span, expected: str) -> None:
    document = Document("a\nb")
    document.edit(span, "!")
    assert document.text == expected


def test_an_empty_document_can_be_written_into_and_emptied() -> None:
    document = Document("")
    assert (document.line_count, document.line(0), document.index_at(0)) == (1, "", 0)
    insert(document, 0, 0, "def f():\n    pass\n")
    assert [s.name for s in document.segments] == ["f"]
    assert (document.line_count, document.line(2), document.line(99), document.line(-1)) == (3, "", "", "")
    document.edit(Span(Position(0, 0), Position(3, 0)), "")
    assert content(document) == content(Document(""))


def test_only_line_feeds_and_carriage_returns_end_lines() -> None:
    text = "\ufeffa = '\u2028\x0b\x0c\x85'\r\nb = 1\rc = '😀'\n"
    document = Document(text)
    assert [document.line(number) for number in range(4)] == ["\ufeffa = '\u2028\x0b\x0c\x85'", "b = 1", "c = '😀'", ""]
    insert(document, 1, 5, "0")
    insert(document, 2, 6, "é")
    assert document.text == text.replace("b = 1", "b = 10").replace("😀", "😀é")


def test_a_line_feed_put_after_a_carriage_return_joins_it() -> None:
    document = Document("a = 1\rdef f(): pass\r")
    insert(document, 1, 0, "\n")
    assert content(document) == content(Document("a = 1\r\ndef f(): pass\r"))
    assert document.line_count == 3


CELLS = ["import os\n%time x = 1", "", "def f(:\n  (", "%%bash\nls 'it", 'files = !ls *.py\nfiles?\n!echo "(\nfiles\n']


def test_a_notebook_has_its_cells_apart() -> None:
    document = Document.of_cells(CELLS)
    assert document.cell_count == 5
    assert [document.cell_span(cell) for cell in range(5)] == [(0, 2), (2, 1), (3, 2), (5, 2), (7, 5)]
    assert document.line_count == 12
    assert [document.line(number) for number in range(12)] == [line for cell in CELLS for line in cell.split("\n")]
    assert document.segments[document.index_at(5)].kind == "opaque"
    sources = "".join(segment.source for segment in document.segments)
    assert len(sources) == len(document.text)
    assert "import os\n0          \n" in sources
    assert "files = 0       \n0     \n0       \nfiles\n" in sources


def test_what_looks_like_a_magic_in_a_file_is_left_alone() -> None:
    assert [s.source for s in Document("%time x\n").segments] == ["%time x\n"]


def test_cells_are_edited_inserted_deleted_and_moved() -> None:
    cells = list(CELLS)
    document = Document.of_cells(cells)
    chance = random.Random(7)
    for _ in range(400):
        action = chance.choice(("edit", "edit", "edit", "insert", "delete", "move"))
        cell = chance.randrange(len(cells))
        if action == "insert":
            cell = chance.randint(0, len(cells))
            cells.insert(cell, chance.choice(CELLS))
            document.insert_cell(cell, cells[cell])
        elif action == "delete" and len(cells) > 2:
            del cells[cell]
            document.delete_cell(cell)
        elif action == "move":
            to = chance.randrange(len(cells))
            kept = list(map(id, document.segments))
            cells.insert(to, cells.pop(cell))
            document.move_cell(cell, to)
            assert sorted(kept) == sorted(map(id, document.segments))
        else:
            plain = PlainText(cells[cell])
            for span, text in edits(plain, chance, 1):
                if "\r" in text:
                    continue
                plain.edit(span, text)
                first, _ = document.cell_span(cell)
                document.edit(span.shifted(first), text)
            cells[cell] = plain.text
        fresh = Document.of_cells(cells)
        assert content(document) == content(fresh)
        assert [document.cell_span(i) for i in range(len(cells))] == [fresh.cell_span(i) for i in range(len(cells))]
    while document.cell_count:
        document.delete_cell(0)
    assert (list(document.segments), document.text, document.line_count) == ([], "", 0)


def test_a_position_below_a_cell_is_its_end() -> None:
    document = Document.of_cells(["a", "b"])
    document.edit(Span(Position(0, 0), Position(9, 9)), "c")
    assert document.text == "c\nb\n"


@pytest.mark.timing
def test_a_keystroke_costs_the_same_in_a_large_file() -> None:
    """An edit in 27,600 lines against one in a tenth of them; and, printed, how long they take."""
    text = "".join(source(path) for path in ("typing", "inspect", "enum", "dataclasses", "contextlib", "textwrap"))
    small, large = (
        Document(text[: text.index("\n", len(text) // 4) + 1]),
        Document(text * (27600 // text.count("\n") + 1)),
    )
    chance = random.Random(3)
    ratios = []
    for _ in range(200):
        before, after = (seconds_of_a_keystroke(document, chance) for document in (small, large))
        ratios.append(after / before)
    print(f"{small.line_count} and {large.line_count} lines: a keystroke takes {median(ratios):.2f} times as long")
    assert median(ratios) < 4


def seconds_of_a_keystroke(document: Document, chance: random.Random) -> float:
    """In a function of usual length."""
    short = [i for i, s in enumerate(document.segments) if s.name and 20 <= s.line_count <= 40]
    line = document.start_line(chance.choice(short)) + 5
    started = time.perf_counter()
    insert(document, line, 0, "x")
    took = time.perf_counter() - started
    document.edit(Span(Position(line, 0), Position(line, 1)), "")
    return took
