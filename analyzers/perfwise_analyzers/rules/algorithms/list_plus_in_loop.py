"""A list or tuple is grown in a loop by making a new one each time.

# What it costs

`out = out + [x]` and `out = [*out, x]` copy all that is in `out` for every item: n items are n * n / 2 copies. A
tuple has no other way to grow, so `t += (x,)` costs the same.

# The cheaper form

`out.append(x)` and `out.extend(xs)` add in place. Collect what is to be a tuple in a list, and make the tuple after
the loop.

# When it does not pay

For a handful of items.

# Fix safety

Safe when the list was made in the function and nothing else holds it: whoever held the old list would see it grow.
Otherwise there is no fix.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.growth import is_kept, is_own
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW109",
    name="list-plus-in-loop",
    summary="A list is grown in a loop by `+`: every addition copies the list.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
def evens(numbers: list[int]) -> list[int]:
    out = []
    for number in numbers:
        if number % 2 == 0:
            out = out + [number]
    return out
""",
            better="""\
def evens(numbers: list[int]) -> list[int]:
    out = []
    for number in numbers:
        if number % 2 == 0:
            out.append(number)
    return out
""",
            call="evens(list(range(6000)))",
        ),
        Bad(
            code="""\
def words(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        found = [*found, *line.split()]
    return found
""",
            better="""\
def words(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        found.extend(line.split())
    return found
""",
            call='words(["a b c"] * 1500)',
        ),
        Bad(
            code="""\
def added(items: list, item) -> list:
    return [*items, item]


def squares(numbers):
    found = []
    for number in numbers:
        found = added(found, number * number)
    return found
""",
            better="""\
def squares(numbers):
    found = []
    for number in numbers:
        found.append(number * number)
    return found
""",
            call="squares(list(range(2000)))",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def added(items: list, item):\n    return items + [item]\n\n"
            "def f(rows):\n    for row in rows:\n        row = added(row, 1)\n        print(row)\n",
            "Another list grows in each round.",
        ),
        Good(
            "def f(rows: list[tuple[int, ...]], more):\n    for i, item in enumerate(more):\n        rows[i] += (item,)\n",
            "Each round adds to another tuple.",
        ),
        Good("def f(xs):\n    out = []\n    for x in xs:\n        out += [x]\n    return out\n", "`+=` adds in place."),
        Good("def f(xs):\n    total = 0\n    for x in xs:\n        total = total + x\n", "Numbers are added."),
        Good(
            "def f(xs):\n    text = ''\n    for x in xs:\n        text = text + x\n",
            "CPython appends to a local string in place.",
        ),
        Good(
            "def f(rows):\n    for row in rows:\n        cells = []\n        cells = cells + [row]\n        print(cells)\n",
            "The list starts anew in each round.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("concatenation"):
        container = operation.container
        kind = facts.type_of(container).name
        if kind not in ("list", "tuple") or (operation.spelling == "augmented" and kind == "list"):
            continue
        if any(other.node is operation.node for other in facts.operations("put-front")):
            continue  # Another rule tells of it.
        loops = facts.growing_loops(operation)
        if not loops or not facts.is_long(container) or is_kept(facts, container, loops[-1]):
            continue
        source = facts.source(container)
        rounds = facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(container))
        remedy = "adding to it in place" if kind == "list" else "a list that becomes a tuple after the loop"
        if operation.spelling.startswith("prefix"):
            remedy = "a deque, or a list with its end in front,"
        message = f"Each round copies `{source}` to add to it: O({cost}); {remedy} makes it O({rounds})"
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    container, item = operation.container, operation.item
    if not isinstance(container, n.Name) or item is None or operation.spelling not in ("plus", "display"):
        return None
    if facts.type_of(container).name != "list" or not is_own(facts, operation, loops[-1]):
        return None
    match item:
        case n.List(elts=[one]) if operation.spelling == "plus" and not isinstance(one, n.Starred):
            added = f"append({facts.source(one)})"
        case n.Starred(value=many):
            added = f"extend({facts.source(many)})"
        case _ if operation.spelling == "display":
            added = f"append({facts.source(item)})"
        case _ if facts.type_of(item).name == "list":
            added = f"extend({facts.source(item)})"
        case _:
            return None
    if container.id in facts.effects.names_in(item):
        return None
    draft = Draft(facts)
    draft.replace(operation.node, f"{container.id}.{added}")
    title = f"Add to `{container.id}` in place"
    if added.startswith("extend") and facts.type_of(item).declared:
        return draft.fix("verify", title, f"`{facts.source(item)}` is not known to be a list.")
    return draft.fix("safe", title)
