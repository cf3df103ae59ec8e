"""A dict or set is grown in a loop by making a new one each time.

# What it costs

`d = {**d, key: value}` and `s = s | {x}` copy all that is in there for every addition: n additions are n * n / 2
copies.

# The cheaper form

`d[key] = value`, `d.update(more)` and `s.add(x)` add in place.

# When it does not pay

For a handful of additions.

# Fix safety

Safe when the dict was made in the function and nothing else holds it: whoever held the old one would see it grow.
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
    code="PW125",
    name="quadratic-dict-rebuild",
    summary="A dict or set is made anew in each round of a loop, with one addition.",
    triggers=("for", "while", "reduce"),
    bad=(
        Bad(
            code="""\
def by_name(people: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, name in enumerate(people):
        found = {**found, name: number}
    return found
""",
            better="""\
def by_name(people: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, name in enumerate(people):
        found[name] = number
    return found
""",
            call="by_name([str(n) for n in range(1000)])",
        ),
        Bad(
            code="""\
def vocabulary(lines: list[str]) -> set[str]:
    words: set[str] = set()
    for line in lines:
        words = words | set(line.split())
    return words
""",
            better="""\
def vocabulary(lines: list[str]) -> set[str]:
    words: set[str] = set()
    for line in lines:
        words.update(set(line.split()))
    return words
""",
            call='vocabulary([f"a{n} b{n} c{n}" for n in range(500)])',
        ),
    ),
    good=(
        Good(
            "def f(xs):\n    out = {}\n    for x in xs:\n        out |= {x: 1}\n    return out\n", "`|=` adds in place."
        ),
        Good(
            "def f(defaults, rows):\n    return [{**defaults, **row} for row in rows]\n", "Each round has its own dict."
        ),
        Good(
            "def f(found: dict[str, set[int]], names):\n    for name in names:\n        found[name] = found[name] | {1}\n",
            "Each round adds to another set.",
        ),
        Good(
            "def f(flags, xs):\n    for x in xs:\n        flags = flags | x.bit\n    return flags\n",
            "Bits are added to a number.",
        ),
        Good(
            "def f(rows):\n    for row in rows:\n        e = {}\n        e = {**e, **row}\n        print(e)\n",
            "The dict starts anew in each round.",
        ),
        Good(
            "def f(xs, states):\n    d = {}\n    for x in xs:\n        d = {**d, x: 1}\n        states.append(d)\n",
            "The dict of each round is kept.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("merge"):
        container = operation.container
        if operation.spelling == "reduce":
            if facts.is_long(container):
                size = facts.sizes.of(container)
                message = f"Each step copies all that was merged before: O({size}^2); updating one makes it O({size})"
                yield facts.finding(rule, operation.node, message, f"{size}^2", size)
            continue
        kind = _kind(facts, operation)
        loops = _loops(facts, operation) if kind else []
        if not loops or not facts.is_long(container) or is_kept(facts, container, loops[-1]):
            continue
        source = facts.source(container)
        rounds = facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(container))
        message = (
            f"Each round copies the {kind} `{source}` to add to it: O({cost}); adding in place makes it O({rounds})"
        )
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops, kind))


def _loops(facts: Facts, operation: Operation) -> list[Loop]:
    """The loops in which one and the same container grows, not that of another key in each round."""
    keys = facts.effects.names_in(operation.container)
    return [
        loop
        for loop in facts.growing_loops(operation)
        if loop.target is None or not keys & facts.effects.names_in(loop.target)
    ]


def _kind(facts: Facts, operation: Operation) -> str:
    """ "dict" or "set"; "" for all else that may be on the left of `|`."""
    known = facts.type_of(operation.container).name
    if known in ("dict", "set"):
        return known
    if known != "unknown":
        return ""
    match operation.spelling, operation.item:
        case (("dict" | "items"), _):
            return "dict"
        case "display", n.Dict():
            return "dict"
        case "display", _:
            return "set"
        case "or", n.Expr() as item if facts.type_of(item).name in ("dict", "set"):
            return facts.type_of(item).name
    return ""


def _fix(facts: Facts, operation: Operation, loops: list[Loop], kind: str) -> Fix | None:
    container, item = operation.container, operation.item
    if not isinstance(container, n.Name) or not is_own(facts, operation, loops[-1]) or not _is_plain(facts, container):
        return None
    added = ""
    match item:
        case n.Dict(keys=[None, n.Expr() as key], values=[_, value]):
            if not facts.effects.is_opaque(key) and not facts.effects.is_opaque(value):
                added = f"{container.id}[{facts.source(key)}] = {facts.source(value)}"
        case n.Dict(keys=[None, None], values=[_, more]) if facts.type_of(more).name == "dict":
            added = f"{container.id}.update({facts.source(more)})"
        case n.Set(elts=[one]) if operation.spelling in ("or", "union") and not isinstance(one, n.Starred):
            added = f"{container.id}.add({facts.source(one)})"
        case n.Expr() if operation.spelling in ("or", "union") and facts.type_of(item).name == kind:
            added = f"{container.id}.update({facts.source(item)})"
    if not added or item is None:
        return None
    read = [node for node in n.descendants(item) if isinstance(node, n.Name) and node.id == container.id]
    if any(node is not container for node in read):
        return None
    draft = Draft(facts)
    draft.replace(operation.node, added)
    return draft.fix("safe", f"Add to `{container.id}` in place")


def _is_plain(facts: Facts, container: n.Name) -> bool:
    """Whether the container is a dict or set and no Counter, whose `|` and `update` do other things."""
    for binding in facts.place(container).scope.bindings.get(container.id, ()):
        match binding.value:
            case n.Call() as call if facts.inference.callee(call) not in ("builtins.dict", "builtins.set"):
                if not (isinstance(call.func, n.Attribute) and call.func.attr == "union"):
                    return False
    return True
