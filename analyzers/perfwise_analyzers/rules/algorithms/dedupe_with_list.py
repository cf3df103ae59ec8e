"""A list that is searched before each item is added to it, so that nothing is added twice.

# What it costs

`if x not in out: out.append(x)` compares x with all that was kept so far: for n items that is n * n / 2 comparisons
when they are distinct.

# The cheaper form

`list(dict.fromkeys(xs))` keeps the first of each and their order in one pass. Where the loop does more, keep a set of
what was seen beside the list.

# When it does not pay

When few distinct items are kept, however many come by.

# Fix safety

Safe when the items are of built-in types that hash. Otherwise it is to be verified: an item that does not hash raises
TypeError, and one with an `__eq__` of its own may hash differently from what it equals.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.effects import Stability
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import LINEAR, hashable, unhashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, is_tried, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW103",
    name="dedupe-with-list",
    summary="A list is searched for each item before the item is added to it.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
def unique(names: list[str]) -> list[str]:
    out = []
    for name in names:
        if name not in out:
            out.append(name)
    return out
""",
            better="""\
def unique(names: list[str]) -> list[str]:
    out = list(dict.fromkeys(names))
    return out
""",
            call="unique([str(n) for n in range(1500)])",
        ),
        Bad(
            code="""\
def first_words(lines: list[str]) -> list[str]:
    words = []
    for line in lines:
        word = line.strip().lower()
        if word in words:
            continue
        words.append(word)
    return words
""",
            better="""\
def first_words(lines: list[str]) -> list[str]:
    words = []
    words_set = set(words)
    for line in lines:
        word = line.strip().lower()
        if word in words_set:
            continue
        words.append(word)
        words_set.add(word)
    return words
""",
            call="first_words([str(n) for n in range(1500)])",
        ),
    ),
    good=(
        Good(
            "def f(xs):\n    seen = set()\n    for x in xs:\n        if x not in seen:\n            seen.add(x)\n",
            "What was seen is in a set.",
        ),
        Good(
            "def f(xs, old: list[int]):\n    new = []\n    for x in xs:\n        if x not in old:\n            new.append(x)\n",
            "One list is searched and another grows: that is another pattern.",
        ),
        Good(
            "def f(rows):\n    for row in rows:\n        out = []\n        if row not in out:\n            out.append(row)\n",
            "The list starts empty in each round.",
        ),
        Good(
            "def f(pairs):\n    out = []\n    for pair in pairs:\n        item = {'pair': pair}\n"
            "        if item not in out:\n            out.append(item)\n    return out\n",
            "Dictionaries do not hash, so a set cannot take the list's place.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("distinct-addition"):
        container = operation.container
        if operation.helper and facts.type_of(container).name in LINEAR:
            loops = facts.repeats(container, operation.place)
            if loops:
                yield _found(facts, operation, loops, None)
    for operation in facts.operations("membership"):
        container, item = operation.container, operation.item
        if item is None or facts.type_of(container).name not in LINEAR or not facts.is_long(container):
            continue
        if unhashable(facts.type_of(item)):
            continue
        grown = _growth(facts, operation)
        if grown is None:
            continue
        loops, additions = grown
        fix = _whole(facts, operation, loops, additions) or _beside(facts, operation, loops, additions)
        yield _found(facts, operation, loops, fix)


def _found(facts: Facts, operation: Operation, loops: list[Loop], fix: Fix | None) -> Finding:
    source = facts.source(operation.container)
    rounds = facts.cost(loops)
    cost = facts.cost(loops, facts.sizes.of(operation.container))
    message = (
        f"`{source}` is searched for each item before it is added: O({cost}); a set, or the keys of a dict, makes it "
        f"O({rounds})"
    )
    return facts.finding(rule, operation.node, message, cost, rounds, fix)


def _growth(facts: Facts, operation: Operation) -> tuple[list[Loop], list[n.Node]] | None:
    """The loops in which the container only grows, by what is looked for; and the nodes that add it."""
    container, item = operation.container, operation.item
    if item is None:
        return None
    loops: list[Loop] = []
    additions: list[n.Node] = []
    for loop in _loops_kept(facts, operation):
        added = _additions(facts, container, item, loop)
        if len(added) != len(_changes(facts, container, loop)):
            break
        if added:
            loops.append(loop)
            additions = added
    return (loops, additions) if loops else None


def _loops_kept(facts: Facts, operation: Operation) -> Iterator[Loop]:
    """The loops in which the container is not replaced, but by itself with more at its end."""
    grows = [
        op.node for op in facts.operations("concatenation") if facts.effects.same(op.container, operation.container)
    ]
    loop = operation.place.loop
    while loop is not None:
        for node in facts.effects.inside(loop):
            if isinstance(node, (n.Assign, n.AnnAssign, n.For)) and node not in grows:
                targets = node.targets if isinstance(node, n.Assign) else [node.target]
                if any(_binds(facts, target, operation.container) for target in targets):
                    return
        if facts.effects.rebound_in(operation.container, loop) and not grows:
            return
        if not facts.is_short(loop) and not facts.runs_once(operation.place, loop):
            yield loop
        loop = loop.parent


def _binds(facts: Facts, target: n.Expr, container: n.Expr) -> bool:
    if isinstance(target, (n.Tuple, n.List)):
        return any(_binds(facts, elt, container) for elt in target.elts)
    root: n.Expr = container
    while isinstance(root, (n.Attribute, n.Subscript)):
        if facts.effects.same(target, root):
            return True
        root = root.value
    return facts.effects.same(target, root)


def _changes(facts: Facts, container: n.Expr, loop: Loop) -> list[n.Node]:
    grown = [
        op.node
        for op in facts.operations("concatenation")
        if facts.effects.same(op.container, container) and loop.encloses(op.node) and op.spelling != "augmented"
    ]
    return [*facts.effects.changes_in(container, loop), *grown]


def _additions(facts: Facts, container: n.Expr, item: n.Expr, loop: Loop) -> list[n.Node]:
    """The places in a loop where the very item that is looked for is added to the container."""
    found: list[n.Node] = []
    for use in facts.effects.changes_in(container, loop):
        around = facts.structure.parent.get(use)
        call = facts.structure.parent.get(around) if around is not None else None
        match call:
            case n.Call(func=n.Attribute(attr="append"), args=[added]) if facts.effects.same(added, item):
                found.append(call)
    for operation in facts.operations("concatenation"):
        if facts.effects.same(operation.container, container) and loop.encloses(operation.node):
            match operation.item:
                case n.List(elts=[added]) | n.Tuple(elts=[added]) if facts.effects.same(added, item):
                    found.append(operation.node)
                case n.Expr() as added if operation.spelling == "display" and facts.effects.same(added, item):
                    found.append(operation.node)
    return found


def _whole(facts: Facts, operation: Operation, loops: list[Loop], additions: list[n.Node]) -> Fix | None:
    """`out = list(dict.fromkeys(xs))` in place of a loop that does nothing else."""
    container, loop = operation.container, loops[-1]
    if len(loops) != 1 or not isinstance(container, n.Name):
        return None
    match loop.node:
        case n.For(
            target=n.Name(id=target),
            iter=iterated,
            body=[n.If(test=test, body=[n.ExprStmt(value=call)], orelse=[])],
            orelse=[],
            is_async=False,
        ) if test is operation.node and call in additions and operation.negated and operation.spelling == "in":
            pass
        case _:
            return None
    item = operation.item
    if not isinstance(item, n.Name) or item.id != target or used_after(facts, target, loop.stmt):
        return None
    start = _empty_before(facts, container, loop.stmt)
    if start is None or container.id in facts.effects.names_in(iterated):
        return None
    draft = Draft(facts)
    draft.remove(start)
    draft.replace(loop.stmt, f"{container.id} = list(dict.fromkeys({facts.source(iterated)}))")
    return _judged(facts, operation, draft, f"Take the keys of a dict of `{facts.source(iterated)}`", "proved")


def _empty_before(facts: Facts, container: n.Name, stmt: n.Stmt) -> n.Stmt | None:
    """The statement just before that makes the container an empty list."""
    block, index = facts.place(stmt).path[-1]
    if index == 0:
        return None
    previous = facts.structure.blocks[block][index - 1]
    match previous:
        case n.Assign(targets=[n.Name(id=name)], value=n.List(elts=[])) if name == container.id:
            return previous
    return None


def _beside(facts: Facts, operation: Operation, loops: list[Loop], additions: list[n.Node]) -> Fix | None:
    """A set kept beside the list."""
    container, outer = operation.container, loops[-1]
    if operation.spelling != "in" or operation.item is None or not isinstance(container, (n.Name, n.Attribute)):
        return None
    statements = [facts.structure.parent.get(node) for node in additions]
    if len(statements) != 1 or not isinstance(statements[0], n.ExprStmt):
        return None
    draft = Draft(facts)
    name = draft.fresh(f"{base_name(container)}_set")
    draft.before(outer.stmt, f"{name} = set({facts.source(container)})")
    draft.replace(container, name)
    draft.after(statements[0], f"{name}.add({facts.source(operation.item)})")
    private = isinstance(container, n.Name) and facts.effects.is_private(container, outer)
    stability: Stability = "proved" if private or not facts.effects.opaque(outer) else "likely"
    return _judged(facts, operation, draft, f"Keep a set of what is in `{facts.source(container)}`", stability)


def _judged(facts: Facts, operation: Operation, draft: Draft, title: str, stability: Stability) -> Fix | None:
    item = operation.item
    assert item is not None
    if not hashable(facts.type_of(item)):
        return draft.fix("verify", title, f"`{facts.source(item)}` is not known to hash.")
    if stability != "proved" or is_tried(facts, operation.node):
        return draft.fix(
            "verify", title, f"Something else might change `{facts.source(operation.container)}` meanwhile."
        )
    return draft.fix("safe", title)
