"""Membership in a list, asked once for each of many items, compares item after item.

# What it costs

`x in xs` on a list or tuple compares x with one element after the other. In a loop that is len(loop) * len(xs)
comparisons. The same question written as `any(x == y for y in xs)`, `xs.count(x) > 0`, an inner loop that stops at
the first equal element, or a helper function that does one of these, costs the same.

# The cheaper form

Build a set of the list once, before the loop, and ask the set: len(loop) + len(xs) steps.

# When it does not pay

For a handful of elements, or when the loop makes a round or two, building the set costs more than it saves. Lists
whose length the source fixes are never flagged.

# Fix safety

Safe when the elements and the value looked for are of built-in types that hash, and nothing in the loop can change
the list. Otherwise the fix is to be verified: an element that does not hash raises TypeError in a set, and an object
with an `__eq__` of its own may hash differently from what it equals.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.sizes import total
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import LINEAR, exact, hashable, unhashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import in_parentheses
from perfwise_analyzers.fixing.hoisting import hoisted, hoisting_fix
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW101",
    name="list-membership-in-loop",
    summary="Membership in a list is asked in a loop: each question looks through the list.",
    triggers=("for", "while", "map", "filter"),
    bad=(
        Bad(
            code="""\
def known(orders: list[int], users: list[int]) -> list[int]:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found
""",
            better="""\
def known(orders: list[int], users: list[int]) -> list[int]:
    found = []
    users_set = set(users)
    for order in orders:
        if order in users_set:
            found.append(order)
    return found
""",
            call="known(list(range(0, 2000, 2)), list(range(1000, 3000)))",
        ),
        Bad(
            code="""\
def missing(words, text):
    present = text.split()
    return [word for word in words if not any(word == other for other in present)]
""",
            better="""\
def missing(words, text):
    present = text.split()
    present_set = set(present)
    return [word for word in words if not (word in present_set)]
""",
            call='missing([str(n) for n in range(600)], " ".join(str(n) for n in range(300, 900)))',
            level="verify",
        ),
        Bad(
            code="""\
def is_known(user, users):
    return user in users


def is_valid(user, users):
    return is_known(user=user, users=users)


def valid(orders: list[int], users: list[int]) -> list[int]:
    return [order for order in orders if is_valid(order, users)]
""",
            better="""\
def valid(orders: list[int], users: list[int]) -> list[int]:
    known = set(users)
    return [order for order in orders if order in known]
""",
            call="valid(list(range(0, 2000, 2)), list(range(1000, 3000)))",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def ask(users, user, strict):\n    if strict:\n        return user in users\n    return True\n\n"
            "def f(orders, users: list[int]):\n    return [o for o in orders if ask(users, o, False)]\n",
            "The list may never be looked through.",
        ),
        Good("def f(xs, ys: set[int]):\n    return [x for x in xs if x in ys]\n", "A set answers at once."),
        Good("def f(xs, ys):\n    return [x for x in xs if x in ys]\n", "Nothing tells that ys is a list."),
        Good("def f(xs):\n    return [x for x in xs if x in ('a', 'b')]\n", "Two elements are no cost."),
        Good(
            "def f(xs, ys: list[int]):\n    for x in xs:\n        ys.append(x)\n        if x + 1 in ys:\n            break\n",
            "The list changes in the loop, so one set would not do.",
        ),
        Good(
            "def f(xs, text):\n    for x in xs:\n        parts = x.split()\n        if text in parts:\n            print(x)\n",
            "The list is another one in each round.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("membership"):
        container = operation.container
        kind = facts.type_of(container)
        if kind.name not in LINEAR or not facts.is_long(container):
            continue
        if any(unhashable(compared) for compared in facts.compared(operation)):
            continue
        loops = facts.repeats(container, operation.place)
        if not loops or facts.stable(container, loops) == "changed":
            continue
        size = facts.sizes.of(container)
        rounds = facts.cost(loops)
        cost, better = facts.cost(loops, size), total([rounds, size])
        name = facts.source(container) if not operation.helper else f"what `{operation.helper}` is given"
        subject = f"`{name}`" if not operation.helper else f"`{operation.helper}` looks through a {kind.name}: it"
        message = (
            f"{subject} is looked through {facts.each_round(loops)}: O({cost}); a set built once before the loop makes "
            f"it O({better})"
        )
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    container, item, node = operation.container, operation.item, operation.node
    started = hoisted(facts, container, loops, "set", lambda _, source: f"set({source})")
    if item is None or started is None:
        return None
    draft, name = started
    if operation.spelling == "in":
        draft.replace(container, name)
    elif operation.spelling == "scan" and isinstance(node, n.Call):
        operator = "not in" if facts.inference.callee(node) == "builtins.all" else "in"
        draft.replace(node, in_parentheses(facts, node, f"{facts.source(item)} {operator} {name}"))
    else:
        return None
    # `==` is asked of a NaN's twin where a set asks for the very object.
    proof = exact if operation.spelling == "scan" else hashable
    is_proved = proof(facts.type_of(container).element) and proof(facts.type_of(item))
    doubt = "" if is_proved else "The elements, or what is looked for, are not known to hash."
    return hoisting_fix(draft, container, loops, f"Build a set of `{facts.source(container)}` before the loop", doubt)
