"""Lists are joined into one by adding them up.

# What it costs

`sum(lists, [])` makes a new list for every list it adds and copies into it all that came before: n lists of m items
are n * n * m / 2 copies. `functools.reduce` with `+` does the same.

# The cheaper form

`list(itertools.chain.from_iterable(lists))` copies each item once.

# When it does not pay

For two or three lists. Displays whose length the source fixes are never flagged.

# Fix safety

Safe when the parts are known to be lists. Otherwise it is to be verified: `sum` raises TypeError for a part that is
a tuple or a string, and `chain` takes its items.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.known import element_of
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW108",
    name="sum-of-lists",
    summary="Lists are added up one by one: every addition copies all that came before.",
    triggers=("sum(", "reduce("),
    bad=(
        Bad(
            code="""\
def flat(rows: list[list[int]]) -> list[int]:
    return sum(rows, [])
""",
            better="""\
from itertools import chain


def flat(rows: list[list[int]]) -> list[int]:
    return list(chain.from_iterable(rows))
""",
            call="flat([[n, n] for n in range(800)])",
        ),
        Bad(
            code="""\
from functools import reduce
from operator import add


def tags(posts):
    return reduce(add, [post["tags"] for post in posts], [])
""",
            better="""\
from functools import reduce
from operator import add
from itertools import chain


def tags(posts):
    return list(chain.from_iterable([post["tags"] for post in posts]))
""",
            call='tags([{"tags": [n, n]} for n in range(800)])',
            level="verify",
        ),
    ),
    good=(
        Good("def f(xs):\n    return sum(xs, 0)\n", "Numbers are added up."),
        Good("def f(xs):\n    return sum(xs)\n", "The sum starts from 0, so these are no lists."),
        Good("def f(a, b):\n    return sum([a, b], [])\n", "Two lists are copied once or twice."),
        Good("def f(xs, start):\n    return sum(xs, start)\n", "Nothing tells that the start is a list."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("flattening"):
        if not facts.is_long(operation.container) or not _are_lists(facts, operation):
            continue
        size = facts.sizes.of(operation.container)
        cost, better = f"{size}^2", size
        message = (
            f"Each addition copies the list so far: O({cost}) for lists of like length; `chain.from_iterable` copies each "
            f"item once: O({better})"
        )
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation))


def _are_lists(facts: Facts, operation: Operation) -> bool:
    start = operation.item
    if start is not None:
        return facts.type_of(start).name in ("list", "tuple")
    return element_of(facts.type_of(operation.container)).name == "list"


def _fix(facts: Facts, operation: Operation) -> Fix | None:
    match operation.item:
        case n.List(elts=[]):
            pass
        case _:
            return None
    container = operation.container
    draft = Draft(facts)
    chain = draft.imported("itertools", "chain")
    draft.replace(operation.node, f"list({chain}.from_iterable({facts.source(container)}))")
    title = "Chain the lists"
    if element_of(facts.type_of(container)).name != "list":
        return draft.fix("verify", title, "The parts are not known to be lists.")
    return draft.fix("safe", title)
