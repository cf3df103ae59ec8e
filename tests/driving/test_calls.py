"""Calls: found in docstrings and tests, written, changed, made smaller."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfwise_server.driving.callables import Function, find, names, parse
from perfwise_server.driving.doctests import documented_calls
from perfwise_server.driving.import_roots import place_of
from perfwise_server.driving.mutation import mutated
from perfwise_server.driving.observed import observed_shapes
from perfwise_server.driving.planning import plans
from perfwise_server.driving.recipes import call_text
from perfwise_server.driving.shapes import INT, STR, Many
from perfwise_server.driving.shrinking import smaller
from perfwise_server.driving.tests import harvested_calls

SOURCE = '''
class Stack:
    """Use it so: Stack([1]).top(2)."""

    def __init__(self, items: list[int], *, limit: int = 3) -> None:
        self.items = items

    def top(self, count: int) -> list[int]:
        return self.items[-count:]

    @staticmethod
    def made(text: str) -> "Stack":
        return Stack([len(text)])

    @property
    def size(self) -> int:
        return len(self.items)

    @classmethod
    def empty(cls, limit: int = 3) -> "Stack":
        return cls([])


def f(a, /, b, *rest, c=1, **more):
    """
    >>> f([1], "x")
    0
    >>> x = f((1, 2), b=unknown)

    Or f(3, c=(4)) -> 5, and f(g) which needs more.
    """
    def inner(x):
        return x
    return inner(a)
'''


def function(name: str) -> Function:
    found = find(parse(SOURCE), name)
    assert found is not None
    return found


def test_names_and_kinds() -> None:
    assert list(names(parse(SOURCE))) == ["Stack.__init__", "Stack.top", "Stack.made", "Stack.size", "Stack.empty", "f"]
    assert [function(name).binding for name in ("Stack.top", "Stack.made", "Stack.empty", "f")] == [
        *("method", "static", "class", "function")
    ]
    assert function("f.inner").name == "f"
    assert find(parse(SOURCE), "Stack.gone") is None


def test_calls_are_written() -> None:
    assert call_text(function("f"), ["1", "2", "[3]", "4", "{'d': 5}"]) == "f(1, 2, *[3], c=4, **{'d': 5})"
    assert call_text(function("f"), ["1", "2", "", "", ""]) == "f(1, 2)"
    assert call_text(function("Stack.top"), ["2"], ["[1]", "9"]) == "Stack([1], limit=9).top(2)"
    assert call_text(function("Stack.size"), [], ["[1]", ""]) == "Stack.size.fget(Stack([1]))"
    assert call_text(function("Stack.made"), ["'a'"]) == "Stack.made('a')"


def test_docstrings() -> None:
    assert documented_calls(function("f")) == ["f([1], 'x')", "f(3, c=4)"]
    assert documented_calls(function("Stack.top")) == ["Stack([1]).top(2)"]


def test_tests_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_it.py").write_text(
        "import pytest, mod\nfrom mod import f, Stack\n"
        "@pytest.mark.parametrize(('a', 'n'), [([1], 2), ([], 3)])\n"
        "def test_one(a, n, tmp_path):\n    assert mod.f(a, n) == f(tmp_path, 1)\n"
        "def test_two():\n    items = [5, 6]\n    assert f(items, 'b')\n    Stack(items, limit=1).top(1)\n"
    )
    (tmp_path / "conftest.py").write_text("f(9, 9)\n")
    assert harvested_calls(function("f"), tmp_path) == ["f([1], 2)", "f([], 3)", "f([5, 6], 'b')"]
    assert harvested_calls(function("Stack.top"), tmp_path) == ["Stack([5, 6], limit=1).top(1)"]


def test_plans_say_where_inputs_come_from() -> None:
    plan, partial = plans(function("Stack.top"))
    assert (plan.origin, partial.origin) == ("declared", "declared")
    assert not any("limit" in recipe.call for recipe in partial.edges()[:1])
    calls = [recipe.call for recipe in [*plan.edges(), *plan.drawn(30, 1)]]
    assert len(set(calls)) > 50
    assert all(call.startswith("Stack([") and ").top(" in call for call in calls)
    assert {plan.origin for plan in plans(function("f"))} == {"guessed"}


def test_observed_shapes() -> None:
    assert observed_shapes(["f([1, 2], 'a')", "f([], b='b')"], function("f")) is None
    simple = find(parse("def f(a, b=3): ..."), "f")
    assert simple is not None
    assert observed_shapes(["f([1, 2])", "f([], b='b')"], simple) == [Many(INT), STR]


def test_mutations_differ_and_repeat_with_their_seed() -> None:
    calls = ["f([3, 1, 2], 'abc', {'k': 1.5})"]
    changed = list(mutated(calls, 40, 7))
    assert changed == list(mutated(calls, 40, 7))
    assert len(set(changed)) == len(changed) == 40
    assert calls[0] not in changed


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("f([5, 7, 900, 4], 'abcdef')", "f([900], '')"),
        ("f({'a': [900, 1], 'b': []})", "f({'a': [900]})"),
        ("f((1, 900), x=[1, 2, 3])", "f((900,), x=[])"),
    ],
)
def test_smaller_calls_lead_to_the_smallest(call: str, wanted: str) -> None:
    """The difference is that the call holds 900; the simplest such call is found."""
    steps = 0
    while True:
        less = [each for each in smaller(call) if "900" in each]
        if not less:
            break
        call = min(less, key=len)
        steps += 1
        assert steps < 50
    assert len(call) <= len(wanted)


def test_places(tmp_path: Path) -> None:
    (tmp_path / "src/pkg/sub").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["lib"]\n')
    (tmp_path / "lib").mkdir()
    for name in ("src/pkg/__init__.py", "src/pkg/sub/__init__.py", "src/pkg/sub/mod.py", "script.py"):
        (tmp_path / name).touch()
    place = place_of(tmp_path / "src/pkg/sub/mod.py")
    assert place.module == "pkg.sub.mod"
    assert place.roots == tuple(map(str, (tmp_path / "src", tmp_path / "lib", tmp_path)))
    assert place.project == tmp_path
    assert place_of(tmp_path / "src/pkg/__init__.py").module == "pkg"
    assert place_of(tmp_path / "script.py").module == "script"
    assert place_of(tmp_path / "not-a-name.py").module == "module"
