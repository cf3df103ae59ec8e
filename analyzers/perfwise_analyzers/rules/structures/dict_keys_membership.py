"""Membership is asked of a dict's keys instead of the dict.

# What it costs

`k in d.keys()` looks up a method, calls it and makes a view, to ask what `k in d` asks.

# The cheaper form

`k in d`, about twice as fast.

# When it does not pay

Outside of loops the difference is not felt, so nothing is said there.

# Fix safety

Safe, since it is only told of where the type is known to be a dict.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW304",
    name="dict-keys-membership",
    summary="Membership is asked of `d.keys()` in a loop, where `d` would do.",
    triggers=(".keys()",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def known(names: list[str], ages: dict[str, int]) -> int:
    count = 0
    for name in names:
        if name in ages.keys():
            count += 1
    return count
""",
            better="""\
def known(names: list[str], ages: dict[str, int]) -> int:
    count = 0
    for name in names:
        if name in ages:
            count += 1
    return count
""",
            call='known(["a", "b"] * 5000, {"a": 1})',
        ),
    ),
    good=(
        Good("def f(k, d: dict):\n    return k in d.keys()\n", "It is asked once."),
        Good("def f(ks, d):\n    return [k for k in ks if k in d.keys()]\n", "Nothing tells that d is a dict."),
        Good(
            "def f(ks: list, d: dict):\n    return [k for k in ks if k in d.values()]\n", "Values are another question."
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("membership"):
        match operation.container:
            case n.Call(func=n.Attribute(value=held, attr="keys"), args=[], keywords=[]) as call:
                if facts.type_of(held).name != "dict" or not facts.is_repeated(call):
                    continue
            case _:
                continue
        source = facts.source(held)
        draft = Draft(facts)
        draft.replace(call, source)
        message = f"`{facts.source(call)}` makes a view for each question that `{source}` itself answers"
        yield facts.finding(rule, operation.node, message, fix=draft.fix("safe", f"Ask `{source}` itself"))
