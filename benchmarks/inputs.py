"""Calls of a function as source text, as the laboratory would draw them, without a run that says which it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest

from perfwise_server.driving.callables import Function
from perfwise_server.driving.planning import Plan, plans
from perfwise_server.driving.shapes import Fixed

_PLANS = 4  # The likeliest; one alone where annotations say it all.


def _made(package: str, *values: str) -> Fixed:
    return Fixed(tuple(value.replace("~", f"__import__({package!r})") for value in values))


_GRAPHS = _made("networkx", "~.path_graph(4)", "~.complete_graph(4)", "~.DiGraph([(0, 1), (1, 2)])", "~.Graph()")
_ARRAYS = _made("numpy", "~.arange(4)", "~.ones((2, 3))", "~.array([0.5, -1.0, 0.5])", "~.array([])", "[1, 2, 2]")
_FRAMES = _made(
    "pandas", "~.DataFrame({'a': [1, 2, 2], 'b': ['x', 'y', 'x']})", "~.Series([1.0, 2.0])", "~.DataFrame()"
)
_TERMS = _made("sympy", "~.Symbol('x')", "~.sympify('x**2 + 1')", "~.Integer(6)", "~.sympify('sin(x)/y')", "~.eye(2)")
# What parameters of these names are in these packages, which annotate few of them.
_PACKAGES: Mapping[str, Mapping[str, Fixed]] = {
    "networkx": dict.fromkeys(("g", "h", "graph"), _GRAPHS),
    "numpy": dict.fromkeys(("a", "x", "y", "arr", "array", "v", "m"), _ARRAYS),
    "pandas": dict.fromkeys(("df", "frame", "obj", "data", "values", "left", "right"), _FRAMES),
    "sympy": dict.fromkeys(("expr", "x", "f", "g", "a", "b", "p", "eq", "m"), _TERMS),
}


def calls(function: Function, package: str, count: int, seed: int) -> list[str]:
    """Up to `count` different ones, of the likeliest plans in turn; the same for the same seed."""
    likeliest = [_with_own(plan, _PACKAGES.get(package, {})) for plan in plans(function)[:_PLANS]]
    drawn = [[*plan.edges()[: count // 2], *plan.drawn(count, seed)] for plan in likeliest]
    turns = [recipe.call for turn in zip_longest(*drawn) for recipe in turn if recipe is not None]
    return list(dict.fromkeys(turns))[:count]


def _with_own(plan: Plan, own: Mapping[str, Fixed]) -> Plan:
    arguments = [
        shape if parameter.annotation else own.get(parameter.name.lower(), shape)
        for parameter, shape in zip(plan.function.parameters, plan.arguments, strict=True)
    ]
    return replace(plan, arguments=tuple(arguments))
