"""What a cost rests on, told in sentences; and that every text has costs, in bounded time."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from perfwise_analyzers.cost.derivation import derivation
from perfwise_analyzers.cost.frame import FunctionCost
from perfwise_analyzers.cost.terms import big_o, class_of
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis

NESTED = """\
def total(xs):
    return sum(xs)


def common(orders: list, users: list) -> list:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found


def report(shops, orders):
    for shop in shops:
        print(total(orders))
"""


def costs(text: str) -> dict[str, FunctionCost]:
    return {cost.name: cost for cost in Analysis(Document(text)).costs()}


def test_the_dominating_line_comes_first() -> None:
    common = costs(NESTED)["common"]
    assert big_o(common.cost) == "O(len(users) * len(orders))"
    assert derivation(common) == [
        "line 8: `order in users` is O(len(users)), run len(orders) times",
        "line 7: `for order in orders` runs len(orders) times",
    ]


def test_a_call_costs_what_the_function_costs_with_its_arguments() -> None:
    report = costs(NESTED)["report"]
    assert big_o(report.cost) == "O(len(orders) * len(shops))"
    assert derivation(report)[0] == "line 15: `total(orders)` is O(len(orders)), run len(shops) times"


def test_recursion_is_told_as_such() -> None:
    fibonacci = costs("def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n")["fib"]
    assert derivation(fibonacci) == ["line 2: `fib(n - 1)` calls itself twice with something smaller by a step: O(2^n)"]


def test_what_is_not_known_is_named() -> None:
    fetch = costs("def fetch(session, urls):\n    return [session.fetch(url) for url in urls]\n")["fetch"]
    assert fetch.cost is None
    assert derivation(fetch)[0] == "line 2: what `session.fetch(url)` costs is not known"


def test_an_edit_of_a_function_changes_the_cost_of_its_callers() -> None:
    document = Document(NESTED)
    analysis = Analysis(document)
    before = {cost.name: class_of(cost.cost) for cost in analysis.costs()}
    at = Analysis(Document(NESTED)).costs()[0].name_span.start
    document.edit(type(analysis.costs()[0].name_span)(type(at)(1, 11), type(at)(1, 18)), "xs[0]")
    analysis.update()
    after = {cost.name: class_of(cost.cost) for cost in analysis.costs()}
    assert (before["report"], after["report"]) == ("n^2", "n")


LONG = "def long(xs):\n    y = 0\n" + "    for x in xs:\n        y += x\n" * 1500
BRANCHES = (
    "def branches(x):\n    if x == 0:\n        return 0\n"
    + "".join(f"    elif x == {i}:\n        return {i}\n" for i in range(1, 2000))
)  # fmt: skip
CHAIN = "def f0(xs):\n    return sum(xs)\n" + "".join(
    f"def f{i}(xs):\n    return f{i - 1}(xs)\n" for i in range(1, 1500)
)
ASSIGNED = (
    "def f(a0):\n" + "".join(f"    a{i} = a{i - 1} + a{i - 1}\n" for i in range(1, 300)) + "    return range(a299)\n"
)
DEEP = "def deep(xs):\n    return " + "(" * 150 + "xs" + " + xs)" * 150 + "\n"
KNOT = "def knot(xs, ys):\n    while xs:\n" + "        xs, ys = ys + [xs.pop()], xs + ys\n" * 200


@pytest.mark.parametrize(
    "text", [LONG, BRANCHES, CHAIN, ASSIGNED, DEEP, KNOT], ids=["long", "branches", "chain", "assigned", "deep", "knot"]
)
def test_every_function_has_a_cost_known_or_not(text: str) -> None:
    assert costs(text)


def test_a_chain_of_calls_has_the_cost_of_its_end() -> None:
    assert class_of(costs(CHAIN)["f1499"].cost) == "n"


def test_functions_that_call_each_other_have_no_known_cost_wherever_they_are_entered() -> None:
    functions = (
        "def a(n):\n    return b(n - 1)\n",
        "def b(n):\n    return a(n - 1)\n",
        "def c(n):\n    return a(n) + b(n)\n",
    )
    for text in map("\n\n".join, permutations(functions)):
        assert {name: cost.cost for name, cost in costs(text).items()} == {"a": None, "b": None, "c": None}


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[1] / "recall").glob("*_*.py")), ids=lambda path: path.stem
)
def test_half_typed_functions_have_costs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for end in range(0, len(text), max(1, len(text) // 25)):
        for cost in Analysis(Document(text[:end])).costs():
            assert derivation(cost) is not None
