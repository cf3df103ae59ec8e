"""Every item is compared with every other to find those that are equal.

# What it costs

Two loops over the same items make len(xs) * len(xs) / 2 comparisons when there is no duplicate, or when all are
looked for.

# The cheaper form

`len(set(xs)) != len(xs)` tells whether there are duplicates; a set of what was seen finds the first, and a dict by
what is compared brings equals together. Each looks at every item once.

# When it does not pay

For a dozen items, and where the very first items are nearly always equal.

# Fix safety

Safe when the loops do nothing but ask whether there are duplicates and the items are of a built-in type that hashes
as it compares. Otherwise it is to be verified: an item may not hash, and a NaN is unequal to itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.pairs import Pair, equal_pairs
from perfwise_analyzers.facts.structure import own_nodes
from perfwise_analyzers.facts.types import exact, unhashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, in_parentheses, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW120",
    name="pairwise-duplicate-check",
    summary="Duplicates are looked for by comparing every item with every other.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
def has_duplicate(names: list[str]) -> bool:
    for i in range(len(names)):
        for j in range(i + 1, len(names)):
            if names[i] == names[j]:
                return True
    return False
""",
            better="""\
def has_duplicate(names: list[str]) -> bool:
    if len(set(names)) != len(names):
        return True
    return False
""",
            call="has_duplicate([str(n) for n in range(600)])",
        ),
        Bad(
            code="""\
from itertools import combinations

def clash(bookings):
    return any(a["room"] == b["room"] for a, b in combinations(bookings, 2))
""",
            better="""\
from itertools import combinations

def clash(bookings):
    return len({a["room"] for a in bookings}) != len(bookings)
""",
            call='clash([{"room": n} for n in range(600)])',
            level="verify",
        ),
        Bad(
            code="""\
def repeated(words):
    found = []
    for i, word in enumerate(words):
        if word in words[:i]:
            found.append(word)
    return found
""",
            better="""\
def repeated(words):
    found = []
    seen = set()
    for word in words:
        if word in seen:
            found.append(word)
        seen.add(word)
    return found
""",
            call="repeated([str(n % 900) for n in range(1000)])",
            level="advice",
        ),
    ),
    good=(
        Good("def f(xs):\n    return len(set(xs)) != len(xs)\n", "Each item is looked at once."),
        Good(
            "def f(xs):\n    for i in range(len(xs)):\n        for j in range(i):\n            print(xs[i], xs[j])\n",
            "All pairs are wanted.",
        ),
        Good(
            "def f(xs):\n    for i in range(len(xs) - 1):\n        if xs[i] == xs[i + 1]:\n            return True\n",
            "Only neighbours are compared.",
        ),
        Good(
            "def f(xs, ys):\n    return any(xs[i] == ys[j] for i in range(len(xs)) for j in range(i))\n",
            "The items are of two lists.",
        ),
        Good(
            "def f(xs):\n    return any(xs[i] < xs[j] for i in range(len(xs)) for j in range(i))\n",
            "They are compared for order.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for pair in equal_pairs(facts):
        if not facts.is_long(pair.container) or any(facts.is_short(loop) for loop in (pair.outer, pair.inner)):
            continue
        if not _looks_for_duplicates(facts, pair) or unhashable(facts.type_of(pair.key)):
            continue
        if facts.stable(pair.container, [pair.outer]) == "changed":
            continue
        source, size = facts.source(pair.container), facts.sizes.of(pair.container)
        message = f"Every item of `{source}` is compared with every other: O({size}^2); a set makes it O({size})"
        yield facts.finding(rule, pair.test, message, f"{size}^2", size, _fix(facts, pair))


def _looks_for_duplicates(facts: Facts, pair: Pair) -> bool:
    """Whether what is done for equal items is to say so, to count or to collect them."""
    whole = _whole(facts, pair.test)
    around = facts.structure.parent.get(whole)
    positive = pair.test.ops[0] in ("==", "in")
    match around:
        case n.Comprehension(generators=generators):
            call = facts.structure.parent.get(around)
            callee = facts.inference.callee(call) if isinstance(call, n.Call) else ""
            wanted = ("builtins.any", "builtins.sum") if positive else ("builtins.all",)
            return callee in wanted and bool(generators)
        case n.Generator():
            return positive
        case n.If(test=test, body=body) if test is whole:
            if not positive:
                return isinstance(body[0], n.Continue) and pair.test.ops[0] == "!="
            return all(map(_tells, body))
    return False


def _tells(stmt: n.Stmt) -> bool:
    match stmt:
        case n.Return() | n.Break() | n.Raise() | n.Continue() | n.Pass():
            return True
        case n.Assign(value=n.Constant()):
            return True
        case n.AugAssign(op="+", value=n.Constant()):
            return True
        case n.ExprStmt(value=n.Call(func=n.Attribute(attr=("append" | "add")))):
            return True
    return False


def _whole(facts: Facts, test: n.Expr) -> n.Expr:
    """The condition that the comparison is a part of."""
    around = facts.structure.parent.get(test)
    return around if isinstance(around, n.BoolOp) and around.op == "and" else test


def _fix(facts: Facts, pair: Pair) -> Fix | None:
    if not pair.complete or not isinstance(pair.container, (n.Name, n.Attribute)):
        return None
    source, whole = facts.source(pair.container), _whole(facts, pair.test)
    if isinstance(whole, n.BoolOp) and len(whole.values) != 2:
        return None
    if pair.key is pair.item:
        keys = f"set({source})"
    elif isinstance(pair.item, n.Name) and not facts.effects.is_opaque(pair.key):
        keys = f"{{{facts.source(pair.key)} for {pair.item.id} in {source}}}"
    else:
        return None
    draft = Draft(facts)
    around = facts.structure.parent.get(whole)
    match around:
        case n.Comprehension(element=element, generators=generators) if element is whole:
            call = facts.structure.parent.get(around)
            last = [pair.outer.node] if pair.outer is pair.inner else [pair.outer.node, pair.inner.node]
            if not isinstance(call, n.Call) or generators != last or any(clause.ifs for clause in generators):
                return None
            differ = {"builtins.any": "!=", "builtins.all": "=="}.get(facts.inference.callee(call))
            if differ is None:
                return None
            draft.replace(call, in_parentheses(facts, call, f"len({keys}) {differ} len({source})"))
        case n.If(body=[n.Return(value=n.Constant() as value)], orelse=[]):
            loops = [pair.outer.node] if pair.outer is pair.inner else [pair.outer.node, pair.inner.node]
            inside: n.Node = around
            for loop in reversed(loops):
                if not isinstance(loop, n.For) or loop.body != [inside] or loop.orelse:
                    return None
                inside = loop
            if any(_is_read_after(facts, loop) for loop in loops):
                return None
            indent, step = facts.positions.indent(inside.start), "    "
            draft.replace(inside, f"if len({keys}) != len({source}):\n{indent}{step}return {facts.source(value)}")
        case _:
            return None
    title = f"Compare the length of `{source}` with that of a set of it"
    kind = facts.type_of(pair.container)
    key = kind.element if pair.key is pair.item else facts.type_of(pair.key)
    if kind.name not in ("list", "tuple") or not exact(key):
        return draft.fix("verify", title, "The items are not known to hash.")
    return draft.fix("safe", title)


def _is_read_after(facts: Facts, loop: n.Node) -> bool:
    assert isinstance(loop, n.For)
    return any(isinstance(node, n.Name) and used_after(facts, node.id, loop) for node in own_nodes(loop.target))
