"""The position of an item is looked up in a list, for each of many items.

# What it costs

`xs.index(x)` compares x with one element after the other until it finds it: in a loop, len(loop) * len(xs)
comparisons.

# The cheaper form

Make a dict of each element's first position once, and look there. In a loop over the list itself, `enumerate` gives
the position for nothing, if the elements are distinct.

# When it does not pay

When the loop makes few rounds, or always looks for what stands near the front.

# Fix safety

Safe in a loop over the list itself, where what is looked for is sure to be found, when the elements are of built-in
types that hash. Elsewhere it is to be verified: a missing item raises KeyError where `index` raised ValueError.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.sizes import total
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import LINEAR, hashable, unhashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.fixing.hoisting import hoisted, hoisting_fix
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW104",
    name="index-in-loop",
    summary="The position of an item in a list is looked up in a loop: each look-up goes through the list.",
    triggers=("for", "while", "map", "sort"),
    bad=(
        Bad(
            code="""\
def ranks(scores: list[int]) -> list[int]:
    best = sorted(scores, reverse=True)
    places = []
    for score in best:
        places.append(best.index(score) + 1)
    return places
""",
            better="""\
def ranks(scores: list[int]) -> list[int]:
    best = sorted(scores, reverse=True)
    places = []
    best_index = {value: place for place, value in reversed(list(enumerate(best)))}
    for score in best:
        places.append(best_index[score] + 1)
    return places
""",
            call="ranks(list(range(1500)))",
        ),
        Bad(
            code="""\
def columns(wanted: list[str], header: list[str]) -> list[int]:
    return [header.index(name) for name in wanted]
""",
            better="""\
def columns(wanted: list[str], header: list[str]) -> list[int]:
    header_index = {value: place for place, value in reversed(list(enumerate(header)))}
    return [header_index[name] for name in wanted]
""",
            call="columns([str(n) for n in range(1200)], [str(n) for n in range(1200)])",
            level="verify",
        ),
    ),
    good=(
        Good("def f(text: str, parts):\n    return [text.index(part) for part in parts]\n", "The text is a string."),
        Good("def f(xs: list[int], ys):\n    return xs.index(min(xs))\n", "It is looked up once."),
        Good(
            "def f(xs: list[int]):\n    at = 0\n    while True:\n        at = xs.index(1, at + 1)\n        print(at)\n",
            "Each search starts where the last one ended.",
        ),
        Good(
            "def f(xs: list[int], ys):\n    for y in ys:\n        if y > 3:\n            return xs.index(y)\n    return -1\n",
            "The loop ends with the first look-up.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    reversing = {operation.call for operation in facts.operations("reverse-lookup")}
    for operation in facts.operations("index"):
        if operation.node in reversing:
            continue
        container = operation.container
        if facts.type_of(container).name not in LINEAR or not facts.is_long(container):
            continue
        if any(unhashable(kind) for kind in facts.compared(operation)):
            continue
        loops = facts.repeats(container, operation.place)
        if not loops or facts.stable(container, loops) == "changed":
            continue
        if operation.item is not None and not any(facts.varies(operation.item, loop) for loop in loops):
            continue
        source, size = facts.source(container), facts.sizes.of(container)
        rounds = facts.cost(loops)
        cost, better = facts.cost(loops, size), total([rounds, size])
        what = (
            f"`{operation.helper}` looks up a position"
            if operation.helper
            else f"A position in `{source}` is looked up"
        )
        message = f"{what} {facts.each_round(loops)}: O({cost}); a dict of the positions makes it O({better})"
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    container, item = operation.container, operation.item
    if item is None or operation.spelling != "index":
        return None
    if isinstance(facts.structure.parent.get(operation.node), n.ExprStmt):
        return None
    started = hoisted(facts, container, loops, "index", _positions)
    if started is None:
        return None
    draft, name = started
    draft.replace(operation.node, f"{name}[{facts.source(item)}]")
    doubt = ""
    if not (hashable(facts.type_of(container).element) and hashable(facts.type_of(item))):
        doubt = "The elements, or what is looked for, are not known to hash."
    elif not _is_from(facts, item, container, loops):
        doubt = "A missing item would raise KeyError instead of ValueError."
    title = f"Make a dict of the positions in `{facts.source(container)}` before the loop"
    return hoisting_fix(draft, container, loops, title, doubt)


def _positions(draft: Draft, source: str) -> str:
    value, place = draft.fresh("value"), draft.fresh("place")
    return f"{{{value}: {place} for {place}, {value} in reversed(list(enumerate({source})))}}"


def _is_from(facts: Facts, item: n.Expr, container: n.Expr, loops: list[Loop]) -> bool:
    """Whether what is looked for is sure to be an element of the list: the variable of a loop over it."""
    if not isinstance(item, n.Name):
        return False
    bindings = facts.inference.bindings(item)
    if not bindings or len(bindings) != 1 or bindings[0].loop not in loops:
        return False
    loop = bindings[0].loop
    return (
        loop is not None
        and loop.iter is not None
        and isinstance(loop.target, n.Name)
        and facts.effects.same(loop.iter, container)
    )
