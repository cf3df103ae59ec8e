"""`perfwise growth`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

SOURCE = """\
def pairs(numbers: list[int]) -> int:
    count = 0
    for a in numbers:
        for b in numbers:
            count += a == b
    return count


def total(numbers):
    result = 0
    for number in numbers:
        result += number
    return result


def first(numbers: list[int]) -> int:
    return numbers[0]


def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)
"""


@pytest.mark.timing
@pytest.mark.parametrize(
    ("function", "classes"),
    [
        ("pairs", {"n^2", "n^2 log n"}),
        ("total", {"n", "n log n"}),
        ("first", {"1", "log n"}),
        ("fib", {"2^n"}),
    ],
)
def test_the_class_is_measured(project: Path, perfwise: Run, function: str, classes: set[str]) -> None:
    (project / "sums.py").write_text(SOURCE)
    for _ in range(3):  # A machine may be too busy to tell, yet not each time.
        outcome = perfwise("growth", f"sums.py::{function}", "--seconds", "12", "--format", "json")
        found = outcome.json
        assert (outcome.code, outcome.err) == (0, "")
        if found["class"] != "unknown":
            break
    assert found["class"] in classes, found
    assert classes <= set(found["candidates"]), found
    sizes = [n for n, _ in found["points"]]
    assert sizes == sorted(set(sizes))
    assert all(seconds > 0 for _, seconds in found["points"])


@pytest.mark.timing
def test_calls_and_inputs_of_the_user(project: Path, perfwise: Run) -> None:
    (project / "sums.py").write_text(SOURCE)
    (project / "inputs.py").write_text("def make_inputs(n):\n    return (list(range(n)),)\n")
    for _ in range(3):
        given = perfwise("growth", "sums.py::total", "--call", "total(range(n))", "--seconds", "12", "--format", "json")
        if given.json["class"] != "unknown":
            break
    assert (given.json["class"], given.json["call"]) == ("n", "total(range(n))")
    for _ in range(3):
        made = perfwise("growth", "sums.py::total", "--inputs", "inputs.py", "--seconds", "12")
        if "unknown" not in made.out:
            break
    assert made.out.startswith("total: measured O(n), or O(n log n); by its source O(len(numbers))")


@pytest.mark.timing
def test_two_versions_are_measured_in_turn(project: Path, perfwise: Run) -> None:
    (project / "sums.py").write_text(SOURCE)
    better = SOURCE.replace("for b in numbers:\n            count += a == b", "count += numbers is not a")
    (project / "better.py").write_text(better)
    asked = ("growth", "sums.py::pairs", "--against", "better.py", "--seconds", "12")
    for _ in range(3):
        found = perfwise(*asked, "--format", "json").json
        if "unknown" not in (found["class"], found["against"]["class"]):
            break
    assert (found["class"], found["against"]["class"]) == ("n^2", "n")
    assert (found["big_o"], found["against"]["big_o"]) == ("O(len(numbers)^2)", "O(len(numbers))")
    assert [n for n, _ in found["points"]] == [n for n, _ in found["against"]["points"]]
    # Slower nowhere, or a little on the least of inputs.
    assert found["crossing"] is None or found["crossing"] < 100
    text = perfwise(*asked).out
    assert text.startswith("pairs: The new version is ")
    assert "\nold: measured O(n^2), or O(n^2 log n); by its source O(len(numbers)^2)\nnew: measured O(n)" in text


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("sums.py",), "name the function as FILE::FUNC"),
        (("missing.py::f",), "missing.py: cannot be read"),
        (("sums.py::nothing",), "sums.py has no function nothing"),
        (("sums.py::pairs", "--inputs", "sums.py"), "sums.py: "),
        (("sums.py::pairs", "--inputs", "sums.py", "--call", "pairs([])"), "one --call or one --inputs"),
        (("sums.py::hopeless",), "no input was found that grows"),
    ],
    ids=["target", "file", "function", "inputs", "both", "no input"],
)
def test_errors_are_one_line(project: Path, perfwise: Run, given: tuple[str, ...], reason: str) -> None:
    (project / "sums.py").write_text(SOURCE + "\n\ndef hopeless(x):\n    raise KeyError(x)\n")
    outcome = perfwise("growth", *given, "--format", "json")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert reason in outcome.json["error"]
