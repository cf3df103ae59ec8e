"""One and the same function is made anew in each round of a loop.

# What it costs

A `def` or a `lambda` makes a function object each time it is run, though the loop changes nothing that the function
reads: about as much as a call of it.

# The cheaper form

Define the function once, before the loop.

# When it does not pay

When what is done with the function takes long, as a sort with it for a key: so nothing is said of a lambda that is
handed on where it stands.

# Fix safety

Safe when the function is only called, and its defaults are literals. Nothing is said where it reads what the loop sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import stands_in_each_round
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, can_move_out
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW206",
    name="lambda-in-loop",
    summary="A function that is the same each time is made in each round of a loop.",
    triggers=("lambda", "def"),
    severity="hint",
    bad=(
        Bad(
            code="""\
def doubled(numbers: list[int]) -> list[int]:
    found = []
    for number in numbers:
        double = lambda value: value * 2
        found.append(double(number))
    return found
""",
            better="""\
def doubled(numbers: list[int]) -> list[int]:
    found = []
    double = lambda value: value * 2
    for number in numbers:
        found.append(double(number))
    return found
""",
            call="doubled(list(range(4000)))",
        ),
        Bad(
            code="""\
def cleaned(words, marks):
    found = []
    for word in words:
        def clean(text):
            # Marks at either end.
            return text.strip(marks)

        found.append(clean(word))
    return found
""",
            better="""\
def cleaned(words, marks):
    found = []
    def clean(text):
        # Marks at either end.
        return text.strip(marks)
    for word in words:

        found.append(clean(word))
    return found
""",
            call='cleaned(["a."] * 4000, ".")',
        ),
        Bad(
            code="""\
def halves(numbers):
    return [(lambda value: value / 2)(number) for number in numbers]
""",
            better="""\
def halves(numbers):
    return [number / 2 for number in numbers]
""",
            call="halves(list(range(4000)))",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(xs):\n    out = []\n    for x in xs:\n        g = lambda: x\n        out.append(g)\n    return out\n",
            "Each function reads another x.",
        ),
        Good(
            "def f(rows):\n    return [sorted(row, key=lambda pair: pair[1]) for row in rows]\n",
            "The sort takes longer than making its key.",
        ),
        Good(
            "def f(bus, xs):\n    for x in xs:\n        def heard(event):\n            print(event)\n        bus.on(x, heard)\n",
            "Each round hands on a function of its own.",
        ),
        Good("def f(xs):\n    g = lambda x: x * 2\n    return [g(x) for x in xs]\n", "It is made once."),
    ),
)


_MULTILINE = re.compile("\"{3}|'{3}")  # In such a string the indentation counts.


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for stmt in facts.structure.all(n.FunctionDef):
        if not stmt.decorators and not stmt.is_async:
            yield from _found(facts, stmt, stmt, stmt.name, [p.default for p in stmt.params if p.default is not None])
    for assign in facts.structure.all(n.Assign):
        match assign:
            case n.Assign(targets=[n.Name(id=name)], value=n.Lambda(params=params) as made):
                yield from _found(facts, assign, made, name, [p.default for p in params if p.default is not None])
    for call in facts.structure.all(n.Call):
        if isinstance(call.func, n.Lambda) and _loops(facts, call, call.func):
            yield facts.finding(
                rule, call.func, "A function is made anew in each round, to be called once where it stands"
            )


def _found(
    facts: Facts, stmt: n.Stmt, made: n.FunctionDef | n.Lambda, name: str, defaults: list[n.Expr]
) -> Iterator[Finding]:
    loop = facts.place(stmt).loop
    if loop is None or not stands_in_each_round(facts, stmt, loop):
        return
    if not all(isinstance(default, n.Constant) for default in defaults) or not _is_only_called(facts, stmt, name):
        return
    loops = _loops(facts, stmt, made, name)
    if loops:
        message = f"`{name}` is made anew in each round, though the loop changes nothing that it reads"
        yield facts.finding(rule, stmt, message, fix=_fix(facts, stmt, name, loops))


def _loops(facts: Facts, node: n.Node, made: n.FunctionDef | n.Lambda, name: str = "") -> list[Loop]:
    """The loops in which the function is the same each time, innermost first."""
    loops: list[Loop] = []
    if not facts.is_repeated(node):
        return loops
    for loop in facts.structure.loops_around(node):
        if _is_endless(loop) or any(facts.varies(read, loop) for read in _reads(made) if read.id != name):
            break
        loops.append(loop)
    return loops


def _is_endless(loop: Loop) -> bool:
    """Whether it is a `while True`, whose rounds are mostly few, or wait for something."""
    return isinstance(loop.node, n.While) and isinstance(loop.node.test, n.Constant)


def _reads(made: n.FunctionDef | n.Lambda) -> Iterator[n.Name]:
    """The names inside of the function that are not its parameters."""
    own = {parameter.name for parameter in made.params}
    for node in n.descendants(made):
        if isinstance(node, n.Name) and node.id not in own:
            yield node


def _is_only_called(facts: Facts, stmt: n.Stmt, name: str) -> bool:
    uses = facts.place(stmt).scope.uses.get(name, ())
    return bool(uses) and all(
        isinstance(call := facts.structure.parent.get(use), n.Call) and call.func is use for use in uses
    )


def _fix(facts: Facts, stmt: n.Stmt, name: str, loops: list[Loop]) -> Fix | None:
    if not can_move_out(facts, stmt, name, loops):
        return None
    draft = Draft(facts)
    start = facts.positions.line_start(stmt.start)
    indent = facts.text[start : stmt.start]
    lines = facts.source(stmt).splitlines()
    if any(line.strip() and not line.startswith(indent) for line in lines[1:]) or _MULTILINE.search("".join(lines)):
        return None
    draft.remove(stmt)
    draft.before(loops[-1].stmt, *(line.removeprefix(indent) for line in lines))
    return draft.fix("safe", f"Define `{name}` before the loop")
