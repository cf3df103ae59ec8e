"""The class that the model gives functions of the textbook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfwise_analyzers.cost.terms import CLASSES, class_of
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis

TEXT = (Path(__file__).parent / "cost_examples.py").read_text(encoding="utf-8")
LABEL = re.compile(r"^ *# (.+)\n(?:^ *@.*\n)?^ *def (\w+)", re.MULTILINE)


@pytest.fixture(scope="module")
def found() -> dict[int, str]:
    return {cost.name_span.start.line: class_of(cost.cost) for cost in Analysis(Document(TEXT)).costs()}


@pytest.mark.parametrize(
    ("line", "label"),
    [pytest.param(TEXT.count("\n", 0, m.start(2)), m[1], id=m[2]) for m in LABEL.finditer(TEXT) if m[1] in CLASSES],
)
def test_class(found: dict[int, str], line: int, label: str) -> None:
    assert found[line] == label
