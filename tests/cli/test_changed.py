"""`perfwise check --changed`: hints in functions changed since a revision, and only these."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sources import SLOW

Run = Callable[..., Any]
SHOP = """\
class Shop:
    def total(self, xs):
        return sum(xs)

    def first(self, xs):
        return xs[0]


try:
    def half(n):
        return n // 2
except ImportError:
    def half(n):
        return n - n // 2
"""
TWO = SLOW + "\n\n" + SLOW.replace("common", "shared")


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(project: Path) -> Path:
    (project / ".git").rmdir()
    git("init")
    (project / "shop.py").write_text(TWO)
    (project / "in").mkdir()
    (project / "in" / "other ü.py").write_text(TWO)
    git("add", ".")
    git("commit", "--message", "Start")
    return project


def functions(outcome: Any) -> list[tuple[str, str]]:
    assert outcome.err == ""
    return [(finding["path"], finding["function"]) for finding in outcome.json["findings"]]


def changed(perfwise: Run, *arguments: str) -> list[tuple[str, str]]:
    return functions(perfwise("check", *arguments, "--changed", "HEAD", "--format", "json"))


def test_nothing_changed(repository: Path, perfwise: Run) -> None:
    outcome = perfwise("check", str(repository), "--changed", "HEAD", "--format", "json")
    assert (outcome.code, outcome.json["findings"], outcome.json["files"]) == (0, [], 0)


def test_only_the_function_that_changed(repository: Path, perfwise: Run) -> None:
    (repository / "shop.py").write_text("import this\n" + TWO.replace("shared(", "joint("))
    assert changed(perfwise, ".") == [("shop.py", "joint")]
    (repository / "in" / "other ü.py").write_text(TWO.replace("found = []", "found = list()", 1))
    assert changed(perfwise, ".") == [("in/other ü.py", "common"), ("shop.py", "joint")]
    assert changed(perfwise, "in") == [("in/other ü.py", "common")]
    git("commit", "--all", "--message", "Change")
    assert changed(perfwise, ".") == []
    assert len(functions(perfwise("check", ".", "--changed", "HEAD~1", "--format", "json"))) == 2


def test_a_deleted_line_changes_its_function(repository: Path, perfwise: Run) -> None:
    (repository / "shop.py").write_text(TWO.replace("    return found\n", "", 1))
    assert changed(perfwise, "shop.py") == [("shop.py", "common")]


def test_a_new_file_is_changed_as_a_whole(repository: Path, perfwise: Run) -> None:
    (repository / "new.py").write_text(TWO)
    assert changed(perfwise, ".") == [("new.py", "common"), ("new.py", "shared")]
    git("add", "new.py")
    assert changed(perfwise, ".") == [("new.py", "common"), ("new.py", "shared")]


def test_code_outside_functions_is_taken_by_its_lines(repository: Path, perfwise: Run) -> None:
    loop = "users: list[int] = []\nfor order in range(len(users)):\n    if order in users:\n        print(order)\n"
    (repository / "shop.py").write_text(loop)
    git("commit", "--all", "--message", "Loop")
    (repository / "shop.py").write_text(loop + "\n\nprint()\n")
    assert changed(perfwise, "shop.py") == []
    (repository / "shop.py").write_text(loop.replace("if order in users", "if (order in users)"))
    assert changed(perfwise, "shop.py") == [("shop.py", "")]


@pytest.mark.parametrize("revision", ["nowhere", "-p", "--all", "HEAD~7"])
def test_a_revision_that_is_not_there(repository: Path, perfwise: Run, revision: str) -> None:
    del repository
    outcome = perfwise("check", ".", f"--changed={revision}", "--format", "json")
    assert outcome.code == 2
    assert outcome.json == {"error": f"--changed: no revision {revision!r} in the repository"}
    assert outcome.err == f"perfwise: --changed: no revision {revision!r} in the repository\n"


def test_a_function_that_costs_more(repository: Path, perfwise: Run) -> None:
    once = "def total(xs):\n    return sum(xs)\n\n\ndef twice(xs):\n    return total(xs) + total(xs)\n"
    (repository / "sums.py").write_text(once)
    git("add", ".")
    git("commit", "--message", "Sums")
    worse = once.replace("sum(xs)\n", "sum(sum(xs) for _ in xs)\n")
    (repository / "sums.py").write_text(worse)
    outcome = perfwise("check", ".", "--changed", "HEAD", "--format", "json")
    expected = [
        {"path": "sums.py", "name": name, "line": line, "old": "n", "new": "n^2"}
        for name, line in (("total", 1), ("twice", 5))
    ]
    assert (outcome.code, outcome.json["worse"]) == (1, expected)
    assert "total costs more than before: n -> n^2" in perfwise("check", ".", "--changed", "HEAD").out
    (repository / "sums.py").write_text(once.replace("sum(xs)\n", "xs[0]\n"))
    outcome = perfwise("check", ".", "--changed", "HEAD", "--format", "json")
    assert (outcome.code, outcome.json["worse"]) == (0, [])


def test_functions_of_greater_cost_are_told_by_qualified_name_without_a_hint(repository: Path, perfwise: Run) -> None:
    (repository / "shop.py").write_text(SHOP)
    git("commit", "--all", "--message", "Shop")
    new = SHOP.replace("return xs[0]", "return sorted(xs)[0] if max(xs) else 0").replace(
        "return n - n // 2", "return len(range(n)) + sum(range(n))"
    )
    (repository / "shop.py").write_text(f"import math\n{new}")
    outcome = perfwise("check", ".", "--changed", "HEAD", "--format", "json", "--ignore", "PW1")
    assert outcome.code == 1
    assert outcome.json["findings"] == []
    worse = [(row["path"], row["name"], row["line"], row["old"], row["new"]) for row in outcome.json["worse"]]
    assert worse == [("shop.py", "Shop.first", 6, "1", "n log n"), ("shop.py", "half", 14, "1", "n")]
    text = perfwise("check", ".", "--changed", "HEAD", "--ignore", "PW1").out
    assert "shop.py:6: Shop.first costs more than before: 1 -> n log n\n" in text
    assert text.splitlines()[-1].startswith("Found 2 functions of greater cost in 1 file")
    (annotation, _) = perfwise(
        "check", ".", "--changed", "HEAD", "--ignore", "PW1", "--format", "github"
    ).out.splitlines()
    assert annotation == "::warning file=shop.py,line=6,title=Costs more than before::Shop.first: 1 -> n log n"
    assert perfwise("check", ".", "--changed", "HEAD", "--ignore", "PW1", "--exit-zero").code == 0
