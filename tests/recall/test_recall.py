"""How many slow functions the rules find, and that they leave their look-alikes alone.

README.md says how the functions are written and marked.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from perfwise_analyzers import find

CODES = {
    "list_membership_in_loop": "PW101",
    "nested_loop_join": "PW102",
    "dedupe_with_list": "PW103",
    "index_in_loop": "PW104",
    "count_in_loop": "PW105",
    "pop_front": "PW106",
    "insert_front": "PW107",
    "sum_of_lists": "PW108",
    "list_plus_in_loop": "PW109",
    "prefix_recompute": "PW110",
    "attribute_string_concat": "PW111",
    "trial_division_to_n": "PW112",
}
LEAST_RECALL = 0.85
LEAST_SPELLINGS = 5

FUNCTION_MARK = re.compile(r"^ *# (slow|fine): (.+)$")
HINT_MARK = re.compile(r" +# hint$")
ANY_MARK = re.compile(rf"{FUNCTION_MARK.pattern}|{HINT_MARK.pattern}", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """A marked function; lines are 0-based, as those of a finding are."""

    pattern: str
    name: str
    slow: bool
    note: str
    lines: range
    hint_lines: frozenset[int]

    def __str__(self) -> str:
        return f"{self.pattern}.{self.name} (line {self.lines.start + 1}): {self.note}"


@cache
def source(pattern: str) -> str:
    return Path(__file__).with_name(f"{pattern}.py").read_text(encoding="utf-8")


@cache
def cases(pattern: str) -> tuple[Case, ...]:
    lines = source(pattern).splitlines()

    def walk(node: ast.AST, owner: str) -> Iterator[Case]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                yield from walk(child, f"{owner}{child.name}.")
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                first = child.lineno - 1
                mark = FUNCTION_MARK.match(lines[first - 1])
                if mark:
                    within = range(first, child.end_lineno or first + 1)
                    hints = frozenset(line for line in within if HINT_MARK.search(lines[line]))
                    yield Case(pattern, owner + child.name, mark[1] == "slow", mark[2], within, hints)

    return tuple(walk(ast.parse(source(pattern)), ""))


@cache
def flagged_lines(pattern: str) -> frozenset[int]:
    """The lines on which a finding of the pattern starts, once the marks are taken out of the source."""
    unmarked = ANY_MARK.sub("", source(pattern))
    return frozenset(finding.span.start.line for finding in find(unmarked) if finding.code == CODES[pattern])


def test_every_data_file_has_a_code() -> None:
    files = {path.stem for path in Path(__file__).parent.glob("*.py")} - {Path(__file__).stem, "__init__"}
    assert files == set(CODES)


@pytest.mark.parametrize("pattern", CODES)
def test_marks_are_complete(pattern: str) -> None:
    found = cases(pattern)
    assert len(found) == sum(bool(FUNCTION_MARK.match(line)) for line in source(pattern).splitlines())
    assert all(bool(case.hint_lines) == case.slow for case in found)
    assert sum(case.slow for case in found) >= 10
    assert sum(not case.slow for case in found) >= 8


@pytest.mark.parametrize("pattern", CODES)
def test_slow_functions_are_found(pattern: str) -> None:
    slow = [case for case in cases(pattern) if case.slow]
    missed = [case for case in slow if not case.hint_lines & flagged_lines(pattern)]
    found = len(slow) - len(missed)
    report = "\n".join([f"{CODES[pattern]} {pattern}: {found} of {len(slow)} found", *map(str, missed)])
    print(report)
    assert found >= LEAST_SPELLINGS, report
    assert found / len(slow) >= LEAST_RECALL, report


@pytest.mark.parametrize(
    "case",
    [case for pattern in CODES for case in cases(pattern) if not case.slow],
    ids=lambda case: f"{case.pattern}-{case.name}",
)
def test_look_alikes_are_left_alone(case: Case) -> None:
    assert not flagged_lines(case.pattern).intersection(case.lines), str(case)
