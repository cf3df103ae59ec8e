"""A dict is searched for the key of a value, once for each of many values.

# What it costs

A dict finds a value by its key at once. The key of a value is found by going through all items: in a loop,
len(loop) * len(d) comparisons.

# The cheaper form

Turn the dict round once, before the loop: `{value: key for key, value in reversed(d.items())}`, so that the first key
of a value wins. Where the dict changes as it is used, keep a second one beside it.

# When it does not pay

For a dict of a handful of items, or when the loop makes a round or two.

# Fix safety

Safe when the values and what is looked for are of built-in types that hash as they compare, a default is given, and
nothing in the loop can change the dict. Otherwise it is to be verified: of a value that is not there the turned dict
raises KeyError, where `next` raises StopIteration.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.sizes import changes, total
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import exact, unhashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, can_hoist
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW122",
    name="reverse-lookup",
    summary="Keys are looked for by their values in a loop: each search goes through the dict.",
    triggers=("for", "while", "map", "filter"),
    bad=(
        Bad(
            code="""\
def names(numbers: dict[str, int], asked: list[int]) -> list[str]:
    return [next((name for name, number in numbers.items() if number == each), "") for each in asked]
""",
            better="""\
def names(numbers: dict[str, int], asked: list[int]) -> list[str]:
    numbers_keys = {number: name for name, number in reversed(numbers.items())}
    return [numbers_keys.get(each, "") for each in asked]
""",
            call="names({str(n): n for n in range(600)}, list(range(300, 900)))",
        ),
        Bad(
            code="""\
def owners(cars, plates):
    found = []
    for plate in plates:
        for owner in cars:
            if cars[owner] == plate:
                found.append(owner)
                break
    return found
""",
            better="""\
def owners(cars, plates):
    by_plate = {}
    for owner, plate in cars.items():
        by_plate.setdefault(plate, owner)
    return [by_plate[plate] for plate in plates if plate in by_plate]
""",
            call="owners({n: str(n) for n in range(600)}, [str(n) for n in range(300, 900)])",
            level="advice",
        ),
    ),
    good=(
        Good("def f(d, xs):\n    return [d[x] for x in xs]\n", "A value is found by its key."),
        Good("def f(d, x):\n    return next(k for k, v in d.items() if v == x)\n", "It is looked for once."),
        Good(
            "def f(dicts, x):\n    return [[k for k, v in d.items() if v == x] for d in dicts]\n",
            "Each round searches another dict.",
        ),
        Good(
            "def f(d, xs):\n    return [[k for k, v in d.items() if v > x] for x in xs]\n",
            "It is no search for equal values.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("reverse-lookup"):
        holder, item = operation.container, operation.item
        if not facts.is_long(holder) or unhashable(facts.type_of(holder).value):
            continue
        if facts.type_of(holder).name not in ("dict", "unknown"):
            continue
        loops = facts.repeats(holder, operation.place)
        if item is not None:
            asked = [loop for loop in loops if facts.varies(item, loop)]
            loops = loops[: loops.index(asked[-1]) + 1] if asked else []
        if not loops or facts.stable(holder, loops) == "changed":
            continue
        source, size = facts.source(holder), facts.sizes.of(holder)
        rounds = facts.cost(loops)
        cost, better = facts.cost(loops, size), total([rounds, size])
        what = f"`{operation.helper}` searches `{source}`" if operation.helper else f"`{source}` is searched"
        remedy = f"a dict from values to keys makes it O({better})"
        message = f"{what} for the key of a value {facts.each_round(loops)}: O({cost}); {remedy}"
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    """`next((k for k, v in d.items() if v == x), default)` becomes a look-up."""
    scan, holder, node, outer = operation.scan, operation.container, operation.node, loops[-1]
    if scan is None or operation.item is None or not scan.only or not can_hoist(facts, holder, outer):
        return None
    match node, scan.loop.target, scan.loop.node:
        case (
            n.Call(args=[n.Comprehension(element=n.Name(id=given), generators=[_]), *default]),
            n.Tuple(elts=[n.Name(id=key), n.Name(id=value)]),
            n.Generator(ifs=[only]),
        ) if given == key and only is scan.test and facts.inference.callee(node) == "builtins.next":
            pass
        case _:
            return None
    draft = Draft(facts)
    source = facts.source(holder)
    name = draft.fresh(f"{base_name(holder)}_keys")
    draft.before(outer.stmt, f"{name} = {{{value}: {key} for {key}, {value} in reversed({source}.items())}}")
    probe = facts.source(operation.item)
    draft.replace(node, f"{name}.get({probe}, {facts.source(default[0])})" if default else f"{name}[{probe}]")
    title = f"Turn `{source}` round before the loop"
    kind = facts.type_of(holder)
    if not default or not isinstance(default[0], (n.Constant, n.Name)):
        return draft.fix("verify", title, "Of a value that is not there, KeyError is raised, and not StopIteration.")
    if kind.name != "dict" or not exact(kind.value) or not exact(facts.type_of(operation.item)):
        return draft.fix("verify", title, "The values, or what is looked for, are not known to hash.")
    if not all(_is_quiet(facts, loop, node) for loop in loops):
        return draft.fix("verify", title, f"Code called in the loop might change `{source}`.")
    return draft.fix("safe", title)


def _is_quiet(facts: Facts, loop: Loop, search: n.Node) -> bool:
    """Whether the loop, the search apart, neither changes anything in place nor calls what we cannot see."""
    return not any(
        (facts.effects.is_opaque(node) and node is not search)
        or (isinstance(node, (n.Name, n.Attribute, n.Subscript)) and changes(facts.inference, node))
        for node in facts.effects.inside(loop)
    )
