"""A loop calls, for each item, a small function that is defined beside it for nothing else.

# What it costs

A call of a Python function takes longer than the one or two operations in it.

# The cheaper form

Write its expression where it is called.

# When it does not pay

Where the function does more than give an expression, is called in several places, or stands beside other calls of
functions; there nothing is said.

# Fix safety

Safe: it is told of only where names stand for the parameters, and each means the same in the function and in the loop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import own_nodes
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW413",
    name="inner-function-per-item",
    summary="A loop calls, for each item, a small function that is defined beside it for nothing else.",
    triggers=("def ",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def differences(a: str, b: str) -> str:
    def mark(i, j):
        if i == j:
            return "."
        else:
            return "^"

    return "".join([mark(x, y) for x, y in zip(a, b)])
""",
            better="""\
def differences(a: str, b: str) -> str:
    return "".join([("." if x == y else "^") for x, y in zip(a, b)])
""",
            call='differences("some words" * 500, "same world" * 500)',
        ),
        Bad(
            code="""\
def scaled(values, factor):
    out = []

    def scale(value):
        return value * factor

    for value in values:
        out.append(scale(value))
    return out
""",
            better="""\
def scaled(values, factor):
    out = []

    for value in values:
        out.append((value * factor))
    return out
""",
            call="scaled(list(range(5000)), 3)",
        ),
    ),
    good=(
        Good(
            "def g(x):\n    return x + 1\n\ndef f(xs):\n    return [g(x) for x in xs]\n",
            "It is there for others as well.",
        ),
        Good(
            "def f(xs):\n    def g(x):\n        return x + 1\n\n    return [g(x) for x in xs], g(0)\n",
            "It is called twice.",
        ),
        Good(
            "def f(xs, h):\n    def g(x):\n        return h(x)\n\n    return [g(x) for x in xs]\n",
            "What it calls takes longer.",
        ),
        Good(
            "def f(xs):\n    def g(x):\n        return -x\n\n    return sorted(xs, key=g)\n",
            "The sort needs a function.",
        ),
        Good(
            "def f(xs):\n    def g(x):\n        return x * x + x\n\n    return [g(x.size()) for x in xs]\n",
            "What it is given would be worked out three times.",
        ),
        Good("def f(x):\n    def g(y):\n        return y + 1\n\n    return g(x)\n", "It is called once."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for function in facts.structure.all(n.FunctionDef):
        if function.decorators or function.is_async or facts.function_at(function) is None:
            continue
        place = facts.place(function)
        if place.loop is not None or place.scope.kind != "function" or len(place.scope.bindings[function.name]) != 1:
            continue
        uses = [use for scope in facts.structure.scopes for use in scope.uses.get(function.name, ())]
        expression = _expression(function)
        call = facts.structure.parent.get(uses[0]) if len(uses) == 1 else None
        if expression is None or not isinstance(call, n.Call) or call.func is not uses[0] or call.keywords:
            continue
        if facts.place(call).scope is not place.scope or not facts.is_repeated(call):
            continue
        loop = facts.place(call).loop
        if loop is None or any(
            facts.effects.is_opaque(node) for node in facts.effects.inside(loop) if node is not call
        ):
            continue
        given = _given(facts, function, call, expression)
        if given is not None:
            message = (
                f"`{function.name}` is called for each item to do less than a call takes; its expression can stand here"
            )
            yield facts.finding(rule, call, message, fix=_fix(facts, function, call, expression, given))


def _expression(function: n.FunctionDef) -> n.Expr | tuple[n.Expr, n.Expr, n.Expr] | None:
    """What the function gives: an expression, or the test and the two of a conditional one."""
    match function.body:
        case [n.Return(value=n.Expr() as value)]:
            found: n.Expr | tuple[n.Expr, n.Expr, n.Expr] = value
        case [n.If(test=test, body=[n.Return(value=n.Expr() as then)], orelse=[n.Return(value=n.Expr() as other)])]:
            found = (test, then, other)
        case [
            n.If(test=test, body=[n.Return(value=n.Expr() as then)], orelse=[]),
            n.Return(value=n.Expr() as other),
        ]:
            found = (test, then, other)
        case _:
            return None
    nodes = [node for stmt in function.body for node in own_nodes(stmt)]
    if len(nodes) > 24 or any(
        isinstance(node, (n.Call, n.Comprehension, n.Lambda, n.NamedExpr, n.JoinedStr, n.Yield, n.Await))
        for node in nodes
    ):
        return None
    return found


def _given(
    facts: Facts, function: n.FunctionDef, call: n.Call, expression: n.Expr | tuple[n.Expr, n.Expr, n.Expr]
) -> dict[str, str] | None:
    """The names and constants that stand for the parameters; None where the expression would mean something else."""
    params = function.params
    plain = all(parameter.kind == "positional" and parameter.default is None for parameter in params)
    if not plain or len(params) != len(call.args):
        return None
    if not all(isinstance(argument, (n.Name, n.Constant)) for argument in call.args):
        return None
    own = {parameter.name for parameter in params}
    is_inspected = any(isinstance(node, n.Attribute) for stmt in function.body for node in own_nodes(stmt))
    if is_inspected and any(isinstance(argument, n.Constant) for argument in call.args):
        return None  # `1.real` is no expression.
    for part in expression if isinstance(expression, tuple) else (expression,):
        for node in n.descendants(part):
            if not isinstance(node, n.Name) or node.id in own:
                continue
            bindings = facts.inference.bindings(node)
            if bindings is not None and (
                len(bindings) != 1 or bindings[0].region is not None or bindings[0].loop is not None
            ):
                return None
            if any(
                loop.target is not None and node.id in facts.effects.names_in(loop.target)
                for loop in facts.structure.loops
            ):
                return None
    return {parameter.name: facts.source(argument) for parameter, argument in zip(params, call.args, strict=True)}


def _fix(
    facts: Facts,
    function: n.FunctionDef,
    call: n.Call,
    expression: n.Expr | tuple[n.Expr, n.Expr, n.Expr],
    given: dict[str, str],
) -> Fix | None:
    def written(part: n.Expr) -> str:
        source = facts.source(part)
        names = {
            node.start - part.start: node.id
            for node in n.descendants(part)
            if isinstance(node, n.Name) and node.id in given
        }
        return re.sub(
            r"[^\W\d]\w*", lambda found: given[names[found.start()]] if found.start() in names else found[0], source
        )

    if "#" in facts.source(function) or "\n" in "".join(given.values()):
        return None
    if isinstance(expression, tuple):
        test, then, other = map(written, expression)
        text = f"{then} if {test} else {other}"
    else:
        text = written(expression)
    if "\n" in text:
        return None
    draft = Draft(facts)
    first = facts.positions.line_start(function.start)
    after = facts.positions.line_end(function.end)
    blank = re.match(r"(?:[ \t]*\r?\n)*", facts.text[after:])
    draft.edit(first, after + (blank.end() if blank else 0), "")
    draft.replace(call, f"({text})")
    return draft.fix("safe", f"Write the expression of `{function.name}` here")
