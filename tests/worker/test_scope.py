"""The code that a profile is of has a file name of its own, and no other code has it."""

from __future__ import annotations

from types import CodeType

import pytest

from perfwise_worker.scope import lines, scoped

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


def marked(function: str) -> CodeType:
    return scoped(compile(SOURCE, "module.py", "exec"), function, "scope.py")


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
    found = {line: name for name, line in named(marked(function)) if "comp" not in name}
    assert found == wanted


def test_without_a_name_all_of_it_is() -> None:
    assert named(marked("")) == {
        ("<module>", 1),
        *named(marked("C.f")),
        ("C", 1),
        *named(marked("f")),
        *named(marked("g")),
    }


@pytest.mark.parametrize(
    ("function", "wanted"), [("C.f", {4, 5, 10}), ("f", {13, 14, 15, 16}), ("f.f", {14}), ("h", set())]
)
def test_the_first_line_of_a_function_runs_in_no_call(function: str, wanted: set[int]) -> None:
    assert lines(marked(function), "scope.py") == wanted


def test_but_that_of_a_recursive_one_does_and_that_of_one_line() -> None:
    assert lines(marked("g"), "scope.py") == {20, 22, 23}
