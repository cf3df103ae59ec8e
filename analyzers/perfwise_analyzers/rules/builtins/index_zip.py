"""Sequences are gone through side by side by an index.

# What it costs

`a[i]` looks the index up in each sequence, in each round.

# The cheaper form

`for x, y in zip(a, b)` hands the items over.

# When it does not pay

For short sequences, and where the loop does much else.

# Fix safety

To be verified: where another sequence is shorter than the one that is measured, `zip` stops, and an index raises
IndexError. `zip(..., strict=True)` tells of sequences of different lengths.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW402",
    name="index-zip",
    summary="Sequences are gone through side by side by an index.",
    triggers=("range(",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def distance(old: str, new: str, weights: list[int]) -> int:
    found = 0
    for i in range(len(old)):
        if old[i] != new[i]:
            found += weights[i]
    return found
""",
            better="""\
def distance(old: str, new: str, weights: list[int]) -> int:
    found = 0
    for old_item, new_item, weight in zip(old, new, weights):
        if old_item != new_item:
            found += weight
    return found
""",
            call='distance("some words" * 200, "same word!" * 200, [1, 2, 3, 4] * 500)',
            level="verify",
        ),
        Bad(
            code="""\
def rises(old, new):
    return [new[i] - old[i] for i in range(len(old)) if new[i] > old[i]]
""",
            better="""\
def rises(old, new):
    return [new_item - old_item for new_item, old_item in zip(new, old) if new_item > old_item]
""",
            call="rises([1, 2, 3, 4] * 1000, [4, 3, 2, 5] * 1000)",
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(kinds: list[str], rows: list[int], out):\n    for i in range(len(kinds)):\n        if kinds[i] != 'x':\n            continue\n        out.append(rows[i])\n",
            "The second is looked into now and then.",
        ),
        Good(
            "def f(names: list[str], ages: list[int]):\n    for i in range(len(names)):\n        if names[i]:\n            return ages[i]\n",
            "The second is looked into once.",
        ),
        Good("def f(a):\n    return [a[i] for i in range(len(a))]\n", "There is one sequence."),
        Good("def f(a, b):\n    return [a[i] + b[i + 1] for i in range(len(a))]\n", "The indexes differ."),
        Good("def f(a, b):\n    for i in range(len(a)):\n        a[i] += b[i]\n", "The items are replaced."),
        Good(
            "def f(a, b, send):\n    for i in range(len(a)):\n        send(a[i], b[i])\n",
            "The call costs far more than the index.",
        ),
        Good("def f(a, b):\n    return [(i, a[i], b[i]) for i in range(len(a))]\n", "The index itself is wanted."),
        Good(
            "def f(a, b: list):\n    for i in range(len(a)):\n        b.append(a[i] + b[i])\n",
            "One of them grows.",
        ),
    ),
)

_INDEXED = frozenset({"list", "tuple", "str", "bytes", "sequence", "unknown"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.loops:
        read = _read(facts, loop)
        if not read:
            continue
        containers: list[n.Expr] = []
        for item in read:
            if not any(facts.effects.same(item.value, container) for container in containers):
                containers.append(item.value)
        if sum(_is_read_each_round(facts, loop, read, container) for container in containers) < 2:
            continue
        if len(containers) < 2 or facts.is_short(loop) or not _are_kept(facts, containers, loop):
            continue
        if facts.effects.opaque(loop) or _makes_text(
            facts, loop
        ):  # Next to what it calls, the index costs nothing worth a word.
            continue
        sources = ", ".join(map(facts.source, containers))
        message = f"Each round looks its index up in {len(containers)} sequences; `zip({sources})` hands the items over"
        shown = loop.node if isinstance(loop.node, n.For) else loop.iter
        assert shown is not None
        yield facts.finding(rule, shown, message, fix=_fix(facts, loop, read, containers))


def _is_read_each_round(facts: Facts, loop: Loop, read: list[n.Subscript], container: n.Expr) -> bool:
    """Whether no condition, other than the loop's own, stands before a look into the sequence."""
    for item in read:
        if not facts.effects.same(item.value, container) or _is_second(facts, item):
            continue
        if not isinstance(loop.node, n.For):
            return True
        block, index = facts.place(item).path[-1]
        if block != loop.body_block:
            continue
        before = facts.structure.blocks[block][:index]
        if not any(isinstance(node, (n.Continue, n.Break)) for stmt in before for node in n.descendants(stmt)):
            return True
    return False


def _is_second(facts: Facts, item: n.Expr) -> bool:
    """Whether an item is only asked for after another condition: the `b` of `a and b`."""
    inner: n.Node = item
    for around in facts.structure.ancestors(item):
        if isinstance(around, n.BoolOp) and inner is not around.values[0]:
            return True
        if isinstance(around, n.IfExp) and inner is not around.test:
            return True
        inner = around
    return False


def _makes_text(facts: Facts, loop: Loop) -> bool:
    """Whether a round formats or searches a text, beside which an index costs little."""
    return any(
        isinstance(node, n.JoinedStr)
        or (isinstance(node, n.Call) and facts.inference.callee(node).startswith(("re.", "json.")))
        for node in facts.effects.inside(loop)
    )


def _read(facts: Facts, loop: Loop) -> list[n.Subscript]:
    """The items that a loop over `range(len(xs))` reads by its index, where it uses the index for nothing else."""
    match loop.target, loop.iter:
        case n.Name(id=index), n.Call(args=[n.Call(args=[measured]) as length]) as counted:
            if (
                facts.inference.callee(counted) != "builtins.range" or facts.inference.callee(length) != "builtins.len"
            ) or counted.keywords:
                return []
        case _:
            return []
    if isinstance(loop.node, n.For) and used_after(facts, index, loop.node):
        return []
    found: list[n.Subscript] = []
    for node in _uses(loop, index):
        around = facts.structure.parent.get(node)
        if not isinstance(around, n.Subscript) or around.index is not node or _is_target(facts, around):
            return []
        if not isinstance(around.value, (n.Name, n.Attribute)) or index in facts.effects.names_in(around.value):
            return []
        found.append(around)
    return found if any(facts.effects.same(item.value, measured) for item in found) else []


def _uses(loop: Loop, index: str) -> list[n.Name]:
    return [
        use for use in loop.scope.uses.get(index, ()) if loop.start <= use.start < loop.end and use is not loop.target
    ]


def _is_target(facts: Facts, item: n.Subscript) -> bool:
    match facts.structure.parent.get(item):
        case n.Assign(targets=targets):
            return item in targets
        case n.AugAssign(target=target) | n.AnnAssign(target=target) | n.For(target=target):
            return item is target
        case n.Delete() | n.Tuple() | n.List() | n.Starred():
            return not _is_loaded(facts, item)
    return False


def _is_loaded(facts: Facts, item: n.Expr) -> bool:
    """Whether a display that an item stands in is read, and not bound."""
    inner: n.Node = item
    for around in facts.structure.ancestors(item):
        match around:
            case n.Tuple() | n.List() | n.Starred():
                inner = around
            case n.Assign(targets=targets):
                return inner not in targets
            case n.For(target=target) | n.Generator(target=target):
                return inner is not target
            case _:
                return not isinstance(around, n.Delete)
    return True


def _are_kept(facts: Facts, containers: list[n.Expr], loop: Loop) -> bool:
    return all(
        facts.type_of(container).name in _INDEXED and facts.effects.stable(container, loop) != "changed"
        for container in containers
    )


def _fix(facts: Facts, loop: Loop, read: list[n.Subscript], containers: list[n.Expr]) -> Fix | None:
    draft = Draft(facts)
    names: list[str] = []
    for container in containers:
        base = base_name(container)
        name = base.removesuffix("s") if base.endswith("s") and len(base) > 3 else f"{base}_item"
        name = draft.fresh(name)
        if name in names:
            return None
        names.append(name)
    assert loop.target is not None
    assert loop.iter is not None
    draft.replace(loop.target, ", ".join(names))
    draft.replace(loop.iter, f"zip({', '.join(map(facts.source, containers))})")
    for item in read:
        name = next(name for name, c in zip(names, containers, strict=True) if facts.effects.same(item.value, c))
        draft.replace(item, name)
    return draft.fix("verify", "Go through them with `zip`", "A shorter one would end the loop, where an index raises.")
