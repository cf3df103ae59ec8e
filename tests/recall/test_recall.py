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

from perfwise_analyzers import RULES
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis, Options

FIRST = (
    "list_membership_in_loop",
    "nested_loop_join",
    "dedupe_with_list",
    "index_in_loop",
    "count_in_loop",
    "pop_front",
    "insert_front",
    "sum_of_lists",
    "list_plus_in_loop",
    "prefix_recompute",
    "attribute_string_concat",
    "trial_division_to_n",
)
RULE_OF = {rule.name.replace("-", "_"): rule for rule in RULES}
FILES = sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - {Path(__file__).stem, "__init__"})
LATER = [pattern for pattern in FILES if pattern in RULE_OF and pattern not in FIRST]
WAITING = [pattern for pattern in FILES if pattern not in RULE_OF]
LEAST_RECALL = 0.85
LEAST_SPELLINGS = 5
MOST_FALSE = 0.03

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
    """The lines on which a finding of the pattern starts, once the marks are taken out of the source.

    A rule that speaks on hot lines only is shown every line as one.
    """
    document = Document(ANY_MARK.sub("", source(pattern)))
    rule = RULE_OF[pattern]
    hot = dict.fromkeys(range(1, document.line_count + 1), 1.0) if rule.micro else {}
    analysis = Analysis(document, Options(select=(rule.code,)), hot=hot)
    return frozenset(finding.span.start.line for finding in analysis.findings())


@cache
def helpers(pattern: str) -> dict[str, frozenset[int]]:
    """The hint lines of the functions without a mark, by name."""
    lines = source(pattern).splitlines()
    marked = {case.lines.start for case in cases(pattern)}
    found: dict[str, frozenset[int]] = {}
    for node in ast.walk(ast.parse(source(pattern))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.lineno - 1 not in marked:
            within = range(node.lineno - 1, node.end_lineno or node.lineno)
            found[node.name] = frozenset(line for line in within if HINT_MARK.search(lines[line]))
    return found


def is_found(case: Case) -> bool:
    text = "\n".join(source(case.pattern).splitlines()[line] for line in case.lines)
    called = [lines for name, lines in helpers(case.pattern).items() if re.search(rf"\b{name}\(", text)]
    return bool(case.hint_lines.union(*called) & flagged_lines(case.pattern))


def is_flagged(case: Case) -> bool:
    return not flagged_lines(case.pattern).isdisjoint(case.lines)


@pytest.mark.parametrize("pattern", FILES)
def test_marks_are_complete(pattern: str) -> None:
    found = cases(pattern)
    assert len(found) == sum(bool(FUNCTION_MARK.match(line)) for line in source(pattern).splitlines())
    assert all(bool(case.hint_lines) == case.slow for case in found)
    assert sum(case.slow for case in found) >= (10 if pattern in FIRST else 4)
    assert sum(not case.slow for case in found) >= (8 if pattern in FIRST else 4)


@pytest.mark.parametrize("pattern", FIRST)
def test_slow_functions_are_found(pattern: str) -> None:
    slow = [case for case in cases(pattern) if case.slow]
    missed = [case for case in slow if not is_found(case)]
    found = len(slow) - len(missed)
    report = "\n".join([f"{RULE_OF[pattern].code} {pattern}: {found} of {len(slow)} found", *map(str, missed)])
    print(report)
    assert found >= LEAST_SPELLINGS, report
    assert found / len(slow) >= LEAST_RECALL, report


@pytest.mark.parametrize(
    "case",
    [case for pattern in FIRST for case in cases(pattern) if not case.slow],
    ids=lambda case: f"{case.pattern}-{case.name}",
)
def test_look_alikes_are_left_alone(case: Case) -> None:
    assert not is_flagged(case), str(case)


def test_slow_functions_of_later_patterns_are_found() -> None:
    slow = [case for pattern in LATER for case in cases(pattern) if case.slow]
    missed = [case for case in slow if not is_found(case)]
    found = len(slow) - len(missed)
    report = "\n".join([f"{len(LATER)} later patterns: {found} of {len(slow)} found", *map(str, missed)])
    print(report, f"Without a rule: {', '.join(WAITING) or 'none'}", sep="\n")
    assert found >= LEAST_RECALL * len(slow), report


def test_look_alikes_of_later_patterns_are_left_alone() -> None:
    fine = [case for pattern in LATER for case in cases(pattern) if not case.slow]
    flagged = [case for case in fine if is_flagged(case)]
    report = "\n".join([f"{len(flagged)} of {len(fine)} look-alikes flagged", *map(str, flagged)])
    print(report)
    assert len(flagged) <= MOST_FALSE * len(fine), report
