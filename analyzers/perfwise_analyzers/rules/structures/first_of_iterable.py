"""All items are copied into a list for the sake of the first.

# What it costs

`list(xs)[0]` goes through all of xs and makes a list of it: len(xs) steps and as much memory.

# The cheaper form

`next(iter(xs))` takes the first and stops.

# When it does not pay

For a handful of items.

# Fix safety

To be verified: of no items `next` raises StopIteration where `[0]` raised IndexError, and a generator is not run to
its end any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW302",
    name="first-of-iterable",
    summary="All items are copied into a list, and only the first is used.",
    triggers=("[0]",),
    bad=(
        Bad(
            code="""\
def any_name(ages: dict[str, int]) -> str:
    return list(ages)[0]
""",
            better="""\
def any_name(ages: dict[str, int]) -> str:
    return next(iter(ages))
""",
            call="any_name({str(n): n for n in range(5000)})",
            level="verify",
        ),
        Bad(
            code="""\
def first_long(words: list[str]) -> str:
    return [word for word in words if len(word) > 3][0]
""",
            better="""\
def first_long(words: list[str]) -> str:
    return next(word for word in words if len(word) > 3)
""",
            call='first_long(["some"] * 5000)',
            level="verify",
        ),
    ),
    good=(
        Good("def f(names: set, old):\n    return len(names) == 1 and list(names)[0] != old\n", "There is one item."),
        Good("def f(d: dict):\n    if len(d) == 1:\n        return list(d.keys())[0]\n", "There is one item."),
        Good("def f(xs: list[int]):\n    return xs[0]\n", "A list has its first item at hand."),
        Good("def f(xs: dict):\n    return list(xs)[1]\n", "It is not the first that is taken."),
        Good("def f(a):\n    return list(a)[0]\n", "Nothing tells what `a` is, and how long."),
        Good(
            "def f(ids: dict[str, int], wanted):\n    return [[k for k in ids if ids[k] == v][0] for v in wanted]\n",
            "A dict from values to keys saves the searches whole.",
        ),
        Good("def f():\n    return list('abc')[0]\n", "Three items are no cost."),
    ),
)

_LONG = frozenset({"list", "dict", "set", "frozenset", "keys", "values", "items", "tuple", "range", "str", "deque"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    # A search by value that a loop repeats is reverse-lookup's, which knows the better remedy.
    searches = [search for search in facts.operations("reverse-lookup") if facts.is_repeated(search.node)]
    for node in facts.structure.all(n.Subscript):
        if any(node.start <= search.node.start and search.node.end <= node.end for search in searches):
            continue
        if not is_int(node.index, 0) or not isinstance(facts.structure.parent.get(node), n.Node):
            continue
        match node.value:
            case n.Call(args=[items], keywords=[]) as call if facts.inference.callee(call) in (
                "builtins.list",
                "builtins.tuple",
            ):
                if isinstance(items, n.Starred) or facts.type_of(items).name not in _LONG:
                    continue
                first = f"next(iter({facts.source(items)}))"
            case n.Comprehension(kind="list", generators=[clause]) as items if not clause.is_async:
                first = f"next({facts.source(items)[1:-1].strip()})"
            case _:
                continue
        if not facts.is_long(items) or _is_target(facts, node):
            continue
        size = facts.sizes.of(items)
        draft = Draft(facts)
        draft.replace(node, first)
        message = f"All items are copied for the first: O({size}); `next` takes it and stops: O(1)"
        fix = draft.fix(
            "verify", "Take the first with `next`", "Of no items, `next` raises StopIteration, not IndexError."
        )
        yield facts.finding(rule, node, message, size, "1", fix)


def _is_target(facts: Facts, node: n.Subscript) -> bool:
    parent = facts.structure.parent.get(node)
    return isinstance(parent, (n.Assign, n.Delete)) and node in parent.targets
