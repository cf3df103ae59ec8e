"""Two lists are joined by comparing each item of one with each item of the other.

# What it costs

A loop over `orders` with a loop over `users` inside it that acts where `user.id == order.user_id` makes
len(orders) * len(users) comparisons. The same search written as `next(...)`, `[u for u in users if ...]` or `filter`
in a loop, in a comprehension with two `for`s, or in a helper function, costs the same.

# The cheaper form

Make a dict of the inner list once, from the key to the items that have it, and look each outer item up:
len(orders) + len(users) steps.

# When it does not pay

When one of the two is a handful of items.

# Fix safety

Safe when both keys are ints or strings by their types and nothing in the loop changes the inner list. Otherwise it is
to be verified: keys must hash, and equal keys must have equal hashes, which NaN and objects with an `__eq__` of
their own need not.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.sizes import total
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import exact, unhashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, can_hoist
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW102",
    name="nested-loop-join",
    summary="Each item of one list is compared with each item of another to find those that belong together.",
    triggers=("for", "filter"),
    bad=(
        Bad(
            code="""\
def pair(orders: list[tuple[int, str]], users: list[tuple[int, str]]) -> list[str]:
    lines = []
    for order in orders:
        for user in users:
            if user[0] == order[0]:
                lines.append(user[1] + order[1])
    return lines
""",
            better="""\
def pair(orders: list[tuple[int, str]], users: list[tuple[int, str]]) -> list[str]:
    lines = []
    users_by_key = {}
    for user in users:
        users_by_key.setdefault(user[0], []).append(user)
    for order in orders:
        for user in users_by_key.get(order[0], ()):
            lines.append(user[1] + order[1])
    return lines
""",
            call='pair([(n, "o") for n in range(400)], [(n, "u") for n in range(400)])',
        ),
        Bad(
            code="""\
def names(orders, users):
    return [(order["item"], user["name"]) for order in orders for user in users if user["id"] == order["user"]]
""",
            better="""\
def names(orders, users):
    users_by_id = {}
    for user in users:
        users_by_id.setdefault(user["id"], []).append(user)
    return [(order["item"], user["name"]) for order in orders for user in users_by_id.get(order["user"], ())]
""",
            call='names([{"item": n, "user": n} for n in range(400)], [{"name": n, "id": n} for n in range(400)])',
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(orders, kinds):\n    for order in orders:\n        for kind in kinds:\n            print(order, kind)\n",
            "Every pair is wanted.",
        ),
        Good(
            "def f(rows):\n    for row in rows:\n        for cell in row:\n            if cell == row[0]:\n                print(cell)\n",
            "Each round goes through another container.",
        ),
        Good(
            "def f(users, admin_id):\n    return [user for user in users if user.id == admin_id]\n",
            "One look through the list.",
        ),
        Good(
            "def f(xs, users):\n    for x in xs:\n        for user in users:\n            if user.role == 'admin':\n                print(x, user)\n",
            "What is compared with is the same for all items.",
        ),
        Good(
            "def f(xs):\n    for i in range(len(xs)):\n        for j in range(i + 1, len(xs)):\n            if xs[i].key == xs[j].key:\n                print(i, j)\n",
            "Each pair is met once, which one look-up would not give.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    seen: set[n.Node] = {operation.node for operation in facts.operations("reverse-lookup")}
    for operation in facts.operations("lookup"):
        container = operation.container
        if operation.node in seen or not _is_searchable(facts, container):
            continue
        loops = _joined(facts, operation)
        if not loops or facts.stable(container, loops) == "changed":
            continue
        seen.add(operation.node)
        source, size = facts.source(container), facts.sizes.of(container)
        rounds = facts.cost(loops)
        cost, better = facts.cost(loops, size), total([rounds, size])
        what = f"`{operation.helper}` searches a list" if operation.helper else f"`{source}` is searched for a match"
        message = f"{what} {facts.each_round(loops)}: O({cost}); a dict by the key makes it O({better})"
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loops))


def _is_searchable(facts: Facts, container: n.Expr) -> bool:
    """Whether going through the container again and again is the cost of a search: not for a range, nor a short literal."""
    if not facts.is_long(container) or facts.type_of(container).name in ("range", "str", "iterator"):
        return False
    if isinstance(container, n.Call):
        return facts.inference.callee(container) in ("builtins.list", "builtins.sorted", "builtins.reversed") or (
            isinstance(container.func, n.Attribute) and container.func.attr in ("values", "items", "keys")
        )
    return True


def _joined(facts: Facts, operation: Operation) -> list[Loop]:
    """The loops around the search that look for something else each time."""
    loops = facts.repeats(operation.container, operation.place)
    scan = operation.scan
    if scan is None:
        return loops if operation.helper else []
    own = facts.effects.names_in(scan.key)
    if any(loop.target is not None and own & facts.effects.names_in(loop.target) for loop in loops) or unhashable(
        facts.type_of(scan.probe)
    ):
        return []
    varying = [loop for loop in loops if facts.varies(scan.probe, loop)]
    return loops[: loops.index(varying[-1]) + 1] if varying else []


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    scan, outer = operation.scan, loops[-1]
    container = operation.container
    if scan is None or not can_hoist(facts, container, outer) or scan.loop.iter is not container:
        return None
    target = scan.loop.target
    if not isinstance(target, n.Name) or facts.effects.names_in(scan.key) != {target.id} or _calls(scan.key):
        return None
    draft = Draft(facts)
    index = draft.fresh(f"{base_name(container)}_by_{_key_name(scan.key)}")
    found = f"{index}.get({facts.source(scan.probe)}, ())"
    match scan.loop.node:
        case n.For() as inner:
            if not _rewrite_loop(facts, draft, inner, scan.test, target, found):
                return None
        case n.Generator(iter=iterated, ifs=[only]) as clause if only is scan.test:
            draft.edit(iterated.start, clause.end, found)
        case _:
            return None
    draft.before(
        outer.stmt,
        f"{index} = {{}}",
        f"for {target.id} in {facts.source(container)}:",
        f"    {index}.setdefault({facts.source(scan.key)}, []).append({target.id})",
    )
    title = f"Make a dict of `{facts.source(container)}` by `{facts.source(scan.key)}`"
    if not (exact(facts.type_of(scan.key)) and exact(facts.type_of(scan.probe))):
        return draft.fix("verify", title, "The keys are not known to hash.")
    if facts.stable(container, loops) != "proved" or _is_seen(facts, target, outer):
        return draft.fix("verify", title, f"Code in the loop might change `{facts.source(container)}`.")
    return draft.fix("safe", title)


def _calls(key: n.Expr) -> bool:
    return any(isinstance(node, (n.Call, n.Await)) for node in n.descendants(key))


def _key_name(key: n.Expr) -> str:
    match key:
        case n.Attribute(attr=name):
            return name.strip("_") or "key"
        case n.Subscript(index=n.Constant(kind="str", value=str(name))) if name.isidentifier():
            return name
    return "key"


def _is_seen(facts: Facts, target: n.Name, outer: Loop) -> bool:
    """Whether the inner loop's variable is read outside of the loops, where it would now hold another item."""
    scope = facts.place(outer.stmt).scope
    return any(not outer.encloses(use) for use in scope.uses.get(target.id, ())) and outer.kind in ("for", "while")


def _rewrite_loop(facts: Facts, draft: Draft, inner: n.For, test: n.Compare, target: n.Name, found: str) -> bool:
    """`for user in users: if test: ...` becomes a loop over what was found. False if its text does not allow that."""
    match inner:
        case n.For(body=[n.If(test=condition, body=[first, *_], orelse=[]) as branch], orelse=[], is_async=False):
            if condition is not test:
                return False
        case _:
            return False
    text, positions = facts.text, facts.positions
    body = text[positions.line_start(first.start) : inner.end]
    outer_indent, inner_indent = positions.indent(branch.start), positions.indent(first.start)
    between = text[inner.iter.end : first.start]
    if (
        "#" in between
        or positions.line_start(first.start) <= branch.start
        or '"""' in body
        or "'''" in body
        or "\\\n" in body
    ):
        return False
    deeper = inner_indent.removeprefix(outer_indent)
    lines = body.splitlines(keepends=True)
    if not inner_indent.startswith(outer_indent) or any(
        line.strip() and not line.startswith(inner_indent) for line in lines
    ):
        return False
    dedented = "".join(
        outer_indent + line[len(outer_indent) + len(deeper) :] if line.strip() else line for line in lines
    )
    draft.edit(inner.start, inner.end, f"for {target.id} in {found}:\n{dedented}")
    return True
