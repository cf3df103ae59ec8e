"""A loop takes pairs of a dict apart and uses only the values.

# What it costs

`d.items()` makes a tuple for every entry, and the loop unpacks it, for a name nobody reads.

# The cheaper form

`d.values()` gives what is used.

# When it does not pay

In a loop whose body takes much longer than unpacking a pair. Where only the keys are used, going through `d` itself
gains too little to be told of.

# Fix safety

Safe when the dict is known to be one and the name is read nowhere. Where the type is not known nothing is said: other
classes have an `items` too.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW305",
    name="unused-dict-item",
    summary="A loop over `items()` uses only the values.",
    triggers=(".items()",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def counts(stock: dict[str, int]) -> list[int]:
    return [count for _, count in stock.items()]
""",
            better="""\
def counts(stock: dict[str, int]) -> list[int]:
    return [count for count in stock.values()]
""",
            call="counts({str(n): n % 7 for n in range(20000)})",
        ),
    ),
    good=(
        Good("def f(d: dict):\n    for k, v in d.items():\n        print(k, v)\n", "Both are used."),
        Good(
            "def f(d: dict):\n    for k, _ in d.items():\n        print(k)\n",
            "Going through the keys gains too little.",
        ),
        Good("def f(d):\n    for _, v in d.items():\n        print(v)\n", "Nothing tells that d is a dict."),
        Good(
            "def f(d: dict):\n    for _, v in d.items():\n        print(v)\n    return _\n",
            "The name is read after the loop.",
        ),
        Good("def f(d: dict):\n    for k, (a, b) in d.items():\n        print(a, b, k)\n", "Both are used."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    loops: list[n.For | n.Generator] = [*facts.structure.all(n.For)]
    loops += [clause for comp in facts.structure.all(n.Comprehension) for clause in comp.generators]
    for loop in loops:
        match loop:
            case (
                n.For(
                    target=n.Tuple(elts=[key, value]),
                    iter=n.Call(func=n.Attribute(value=held, attr="items"), args=[]) as call,
                )
                | n.Generator(
                    target=n.Tuple(elts=[key, value]),
                    iter=n.Call(func=n.Attribute(value=held, attr="items"), args=[]) as call,
                )
            ) if facts.type_of(held).name == "dict" and facts.is_long(held):
                pass
            case _:
                continue
        if not _is_unused(facts, key):
            continue
        source = facts.source(held)
        draft = Draft(facts)
        draft.replace(loop.target, facts.source(value))
        draft.replace(call, f"{source}.values()")
        message = f"The keys of `{source}` are taken out and not used; `{source}.values()` leaves them where they are"
        yield facts.finding(rule, call, message, fix=draft.fix("safe", f"Go through `{source}.values()`"))


def _is_unused(facts: Facts, target: n.Expr) -> bool:
    if not isinstance(target, n.Name):
        return False
    scope = facts.place(target).scope
    if scope.kind != "function" or target.id in scope.globals or target.id in scope.nonlocals:
        return False
    return not any(target.id in other.uses for other in facts.structure.scopes)
