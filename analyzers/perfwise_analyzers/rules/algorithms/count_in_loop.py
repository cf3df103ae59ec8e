"""How often an item occurs in a list is counted anew for each of many items.

# What it costs

`xs.count(x)` compares x with every element: in a loop, len(loop) * len(xs) comparisons. A sum over the elements that
equal x, or an inner loop with a counter, costs the same and more.

# The cheaper form

Count all elements once with `collections.Counter` and ask the counter, which gives 0 for what it never saw.

# When it does not pay

When the loop makes few rounds: a counter of n elements costs more than one `count`.

# Fix safety

Safe when the elements and what is counted are of built-in types that hash, and nothing in the loop can change the
list. Otherwise it is to be verified.
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
from perfwise_analyzers.fixing.hoisting import hoisted, hoisting_fix
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW105",
    name="count-in-loop",
    summary="Occurrences in a list are counted in a loop: each count goes through the list.",
    triggers=("for", "while", "map", "max", "min", "sort"),
    bad=(
        Bad(
            code="""\
def tally(words: list[str]) -> dict[str, int]:
    counts = {}
    for word in words:
        counts[word] = words.count(word)
    return counts
""",
            better="""\
from collections import Counter


def tally(words: list[str]) -> dict[str, int]:
    counts = {}
    words_counts = Counter(words)
    for word in words:
        counts[word] = words_counts[word]
    return counts
""",
            call="tally([str(n % 300) for n in range(1500)])",
        ),
        Bad(
            code="""\
def sales(products, orders):
    sold = list(orders)
    return [sum(1 for order in sold if order == product) for product in products]
""",
            better="""\
from collections import Counter


def sales(products, orders):
    sold = list(orders)
    sold_counts = Counter(sold)
    return [sold_counts[product] for product in products]
""",
            call="sales(list(range(300)), [n % 400 for n in range(1200)])",
            level="verify",
        ),
    ),
    good=(
        Good("def f(text: str, letters):\n    return [text.count(c) for c in letters]\n", "The text is a string."),
        Good("def f(xs: list[int]):\n    return xs.count(0)\n", "It is counted once."),
        Good(
            "def f(xs: list[int], ys):\n    for y in ys:\n        xs.append(y)\n        print(xs.count(y))\n",
            "The list changes between the counts.",
        ),
        Good(
            "def f(rows: list[list[int]]):\n    return [row.count(0) for row in rows]\n",
            "Each round counts in another list.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    asked = {operation.node for operation in facts.operations("membership")}
    for operation in facts.operations("count"):
        container = operation.container
        if operation.node in asked or facts.type_of(container).name not in LINEAR or not facts.is_long(container):
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
        what = f"`{operation.helper}` counts in a list" if operation.helper else f"`{source}` is counted through"
        message = f"{what} {facts.each_round(loops)}: O({cost}); counting once with a Counter makes it O({better})"
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    container, item = operation.container, operation.item
    if item is None or not isinstance(operation.node, n.Call):
        return None
    started = hoisted(
        facts, container, loops, "counts", lambda draft, source: f"{draft.imported('collections', 'Counter')}({source})"
    )
    if started is None:
        return None
    draft, name = started
    draft.replace(operation.node, f"{name}[{facts.source(item)}]")
    proof = exact if operation.spelling == "scan" else hashable
    is_proved = proof(facts.type_of(container).element) and proof(facts.type_of(item))
    doubt = "" if is_proved else "The elements, or what is counted, are not known to hash."
    return hoisting_fix(draft, container, loops, f"Count `{facts.source(container)}` once with a Counter", doubt)
