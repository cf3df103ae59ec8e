"""How often the class of a function is right, and how often it is wrong.

README.md says how the functions are written and labelled.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from perfwise_server.cli import main

CLASSES = ("1", "log n", "sqrt n", "n", "n log n", "n^2", "n^2 log n", "n^3", "n^k", "2^n", "unknown")
LEAST_RIGHT = 0.90
MOST_WRONG = 0.03
LEAST_FUNCTIONS = 200
LEAST_OF_A_CLASS = 10

LABEL = re.compile(r"^ *# class: ([^;\n]+)(?:; because: [^\n]+)?$", re.MULTILINE)
FILES = sorted(Path(__file__).with_name("labelled").glob("*.py"))


@dataclass(frozen=True)
class Case:
    """A labelled function; its line is that of `def`, 1-based."""

    file: str
    name: str
    line: int
    label: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.name}"


def _cases(file: Path) -> Iterator[Case]:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()

    def walk(node: ast.AST, owner: str) -> Iterator[Case]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                yield from walk(child, f"{owner}{child.name}.")
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                first = min(part.lineno for part in (child, *child.decorator_list))
                label = LABEL.match(lines[first - 2])
                assert label, f"{file.name}: {owner}{child.name} has no label"
                yield Case(file.name, owner + child.name, child.lineno, label[1])

    return walk(ast.parse(text), "")


CASES = [case for file in FILES for case in _cases(file)]


@pytest.fixture
def answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[tuple[str, str], str]:
    """The class that the command gives to each function, by file and name, with the labels out of its sight."""
    for file in FILES:
        (tmp_path / file.name).write_text(LABEL.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert main(["complexity", "--format", "json", str(tmp_path)]) == 0
    functions = json.loads(capsys.readouterr().out)["functions"]
    return {(Path(each["path"]).name, each["name"]): each["class"] for each in functions}


def test_labels_are_complete() -> None:
    assert len(CASES) == sum(len(LABEL.findall(file.read_text(encoding="utf-8"))) for file in FILES)
    assert len(CASES) == len({(case.file, case.name) for case in CASES}) >= LEAST_FUNCTIONS
    counts = Counter(case.label for case in CASES)
    assert set(counts) == set(CLASSES)
    assert min(counts.values()) >= LEAST_OF_A_CLASS, counts


def test_classes(answers: dict[tuple[str, str], str]) -> None:
    given = [(case, answers[case.file, case.name]) for case in CASES]
    right = sum(answer == case.label for case, answer in given)
    wrong = [f"{case}: {case.label}, not {answer}" for case, answer in given if answer not in (case.label, "unknown")]
    open_ = [f"{case}: {case.label}, not known" for case, answer in given if answer == "unknown" != case.label]
    summary = f"{len(given)} functions: {right} right, {len(wrong)} wrong, {len(open_)} not known"
    report = "\n".join([summary, *wrong, *open_])
    print(report)
    assert right / len(given) >= LEAST_RIGHT, report
    assert len(wrong) / len(given) <= MOST_WRONG, report
