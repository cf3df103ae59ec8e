"""Membership in the values of a dict, asked once for each of many items, compares value after value.

# What it costs

`x in d` is found at once, but `x in d.values()` compares x with one value after the other: in a loop,
len(loop) * len(d) comparisons.

# The cheaper form

Build a set of the values once, before the loop, and ask the set.

# When it does not pay

For a dict of a handful of values, or when the loop makes a round or two.

# Fix safety

Safe when the values and what is looked for are of built-in types that hash, and nothing in the loop can change the
dict. Otherwise it is to be verified: a list among the values raises TypeError in a set.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.sizes import total
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import hashable, unhashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.hoisting import hoisted, hoisting_fix
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW121",
    name="values-scan",
    summary="Membership in the values of a dict is asked in a loop: each question looks through them.",
    triggers=("for", "while", "map", "filter"),
    bad=(
        Bad(
            code="""\
def unused(codes: list[str], chosen: dict[str, str]) -> list[str]:
    return [code for code in codes if code not in chosen.values()]
""",
            better="""\
def unused(codes: list[str], chosen: dict[str, str]) -> list[str]:
    chosen_values = set(chosen.values())
    return [code for code in codes if code not in chosen_values]
""",
            call="unused([str(n) for n in range(600)], {str(n): str(n + 300) for n in range(600)})",
        ),
        Bad(
            code="""\
def taken(rooms, plan):
    found = 0
    for room in rooms:
        if room in plan.values():
            found += 1
    return found
""",
            better="""\
def taken(rooms, plan):
    found = 0
    plan_values = set(plan.values())
    for room in rooms:
        if room in plan_values:
            found += 1
    return found
""",
            call="taken(list(range(600)), {n: n + 300 for n in range(600)})",
            level="verify",
        ),
    ),
    good=(
        Good("def f(xs, d):\n    return [x for x in xs if x in d]\n", "A key is found at once."),
        Good("def f(x, d):\n    return x in d.values()\n", "It is asked once."),
        Good(
            "def f(xs, d):\n    for x in xs:\n        if x not in d.values():\n            d[x] = x\n",
            "The dict changes in the loop, so one set would not do.",
        ),
        Good("def f(dicts):\n    return [d for d in dicts if 1 in d.values()]\n", "Each round asks another dict."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("value-membership"):
        holder = operation.container
        if not facts.is_long(holder) or _is_written_out(facts, holder):
            continue
        value = facts.type_of(holder).value
        if unhashable(value) or (operation.item is not None and unhashable(facts.type_of(operation.item))):
            continue
        loops = facts.repeats(holder, operation.place)
        if not loops or facts.stable(holder, loops) == "changed":
            continue
        source, size = facts.source(holder), facts.sizes.of(holder)
        rounds = facts.cost(loops)
        cost, better = facts.cost(loops, size), total([rounds, size])
        remedy = f"a set of them built once makes it O({better})"
        who = f" by `{operation.helper}`" if operation.helper else ""
        message = f"The values of `{source}` are looked through{who} {facts.each_round(loops)}: O({cost}); {remedy}"
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loops))


def _is_written_out(facts: Facts, holder: n.Expr) -> bool:
    """Whether the dict holds the keyword arguments of a call, which are few."""
    bindings = facts.inference.bindings(holder) if isinstance(holder, n.Name) else None
    return any(
        isinstance(binding.node, n.Parameter) and binding.node.kind == "double_star" for binding in bindings or ()
    )


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    holder, view = operation.container, operation.call
    started = hoisted(facts, holder, loops, "values", lambda _, source: f"set({source}.values())")
    if operation.spelling != "in" or view is None or started is None:
        return None
    draft, name = started
    draft.replace(view, name)
    asked = facts.type_of(operation.item) if operation.item is not None else None
    is_proved = hashable(facts.type_of(holder).value) and hashable(asked)
    doubt = "" if is_proved else "The values, or what is looked for, are not known to hash."
    title = f"Build a set of the values of `{facts.source(holder)}` before the loop"
    return hoisting_fix(draft, holder, loops, title, doubt)
