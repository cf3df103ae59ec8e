"""The code that a profile is of has a file name of its own, and no other code has it."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

import pytest

from perfwise_worker.scope import Scope

SOURCE = """\
class C:
    @property
    def f(self):
        return [
            x for x in self.xs
        ]

    @f.setter
    def f(self, xs):
        self.xs = xs

def f(n):
    def f(m):
        return m
    return lambda x: f(
        x
    )

if f:
    def g(n): return n
else:
    def g(n):
        return g(n - 1)
"""


def named(code: CodeType) -> set[tuple[str, int]]:
    """Names and first lines of the code with the file name."""
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    own = {(code.co_name, code.co_firstlineno)} if code.co_filename == "scope.py" else set()
    return own.union(*map(named, inner))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def marked(function: str) -> set[tuple[str, int]]:
    """With the lines of the source."""
    scope = Scope(function, "scope.py")
    code = scope.of(compile(SOURCE, "module.py", "exec"), SOURCE)
    return {(name, line + scope.before) for name, line in named(code)}


def lines(function: str) -> set[int]:
    scope = Scope(function, "scope.py")
    return scope.lines(scope.of(compile(SOURCE, "module.py", "exec"), SOURCE))


@pytest.mark.parametrize(
    ("function", "wanted"),
    [
        ("C.f", {2: "f", 8: "f"}),
        ("f", {12: "f", 13: "f", 15: "<lambda>"}),
        ("f.f", {13: "f"}),
        ("f.<locals>.f", {13: "f"}),
        ("g", {20: "g", 22: "g"}),
        ("h", {}),
        ("C.g", {}),
    ],
)
def test_every_definition_of_the_name_is_in_the_scope(function: str, wanted: dict[int, str]) -> None:
    found = {line: name for name, line in marked(function) if "comp" not in name}
    assert found == wanted


def test_without_a_name_all_of_it_is() -> None:
    inside = set().union(*(marked(name) for name in ("C.f", "f", "g")))
    assert marked("") == {("<module>", 1), ("C", 1), *inside}


@pytest.mark.parametrize(
    ("function", "wanted"), [("C.f", {4, 5, 10}), ("f", {13, 14, 15, 16}), ("f.f", {14}), ("h", set())]
)
def test_the_first_line_of_a_function_runs_in_no_call(function: str, wanted: set[int]) -> None:
    assert lines(function) == wanted


def test_but_that_of_a_recursive_one_does_and_that_of_one_line() -> None:
    assert lines("g") == {20, 22, 23}


@pytest.mark.parametrize(("function", "first", "head"), [("f", 12, 0), ("C.f", 2, 1), ("f.f", 13, 1)])
def test_the_file_holds_the_scope_alone(function: str, first: int, head: int) -> None:
    scope = Scope(function, "scope.py")
    scope.of(compile(SOURCE, "module.py", "exec"), SOURCE)
    held = Path("scope.py").read_text().splitlines()[head:]
    assert held == SOURCE.splitlines()[first - 1 : first - 1 + len(held)]
    assert scope.before == first - 1 - head
