"""Where an import that a fix needs is put, and how far it stands from what follows."""

from __future__ import annotations

import pytest

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Options
from perfwise_analyzers.finding import Import
from perfwise_analyzers.fix_all import fix_all
from perfwise_analyzers.fixing.edits import apply
from perfwise_analyzers.fixing.imports import import_edits

DEFINITIONS = (
    "def f(): ...\n",
    "async def f(): ...\n",
    "class C: ...\n",
    "@d\ndef f(): ...\n",
    "# Of f.\ndef f(): ...\n",
)
DOCSTRING = '"""A module."""\n'


def added(text: str) -> str:
    return apply(text, import_edits(Document(text), [Import("math"), Import("collections", "deque")]))


ADDED = "from collections import deque\nimport math\n"


@pytest.mark.parametrize("below", DEFINITIONS)
def test_two_blank_lines_stand_above_a_definition(below: str) -> None:
    if not below.startswith("#"):  # Which a comment at the top is not told from one on the file.
        assert added(below) == f"{ADDED}\n\n{below}"
    assert added(f"{DOCSTRING}\n\n{below}") == f"{DOCSTRING}\n\n{ADDED}\n\n{below}"


@pytest.mark.parametrize("below", ["x = 1\n", "definitely = 1\n", "classes = 1\n", "# Of x.\nx = 1\n"])
def test_one_blank_line_stands_above_anything_else(below: str) -> None:
    assert added(f"{DOCSTRING}\n{below}") == f"{DOCSTRING}\n{ADDED}\n{below}"


@pytest.mark.parametrize("below", ["", "\n\ndef f(): ...\n", "def f(): ...\n", "import sys\n\n\ndef f(): ...\n"])
def test_below_other_imports_nothing_else_changes(below: str) -> None:
    last = below.startswith("import sys")
    above = "import os\n" + ("import sys\n" if last else "")
    assert added(f"import os\n{below}") == above + ADDED + below.removeprefix("import sys\n")


def test_lines_that_end_as_elsewhere_are_read_alike() -> None:
    text = f"{DOCSTRING}\ndef f(): ...\n".replace("\n", "\r\n")
    assert added(text) == f'"""A module."""\r\n\r\n{ADDED}\n\ndef f(): ...\r\n'


def test_in_a_notebook_it_is_put_into_the_first_cell() -> None:
    document = Document.of_cells(["def f(): ...", "def g(): ..."])
    for edit in reversed(import_edits(document, [Import("math")])):
        document.edit(*edit)
    assert document.text.startswith("import math\n\n\ndef f(): ...")
    assert document.cell_count == 2


def test_the_imports_of_several_fixes_stand_together() -> None:
    text = """\
def flat(rows: list[list[int]]) -> list[int]:
    return sum(rows, [])


def lowest(prices: list[int]) -> list[int]:
    return sorted(prices)[:10]
"""
    document = Document(text)
    assert [len(each.taken) for each in fix_all(document, Options())] == [2]
    assert document.text.startswith("from itertools import chain\nfrom heapq import nsmallest\n\n\ndef flat(")
