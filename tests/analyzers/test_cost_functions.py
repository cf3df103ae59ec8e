"""The class that the model gives functions of the textbook, which `cost_examples` holds and nothing runs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from perfwise_analyzers.cost.terms import CLASSES, class_of
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "cost_examples").glob("*.py")}
LABEL = re.compile(r"^ *# (.+)\n(?:^ *@.*\n)?^ *def (\w+)", re.MULTILINE)
LABELLED = [
    pytest.param(name, text.count("\n", 0, match.start(2)), match[1], id=f"{name}-{match[2]}")
    for name, text in sorted(TEXTS.items())
    for match in LABEL.finditer(text)
    if match[1] in CLASSES
]


@cache
def found(name: str) -> dict[int, str]:
    return {cost.name_span.start.line: class_of(cost.cost) for cost in Analysis(Document(TEXTS[name])).costs()}


def test_there_are_enough() -> None:
    assert len(LABELLED) > 130


@pytest.mark.parametrize(("name", "line", "label"), LABELLED)
def test_class(name: str, line: int, label: str) -> None:
    assert found(name)[line] == label
