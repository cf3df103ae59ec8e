"""Occurrences are counted by hand into a dict.

# What it costs

`counts[x] = counts.get(x, 0) + 1`, or the same with `if x in counts`, looks each item up twice or more
in bytecode.

# The cheaper form

`collections.Counter(xs)` counts in C, about twice as fast.

# When it does not pay

For a handful of items, or when the loop does much else.

# Fix safety

There is no automatic fix: a Counter gives 0 for what it never saw, where a dict raises KeyError.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.sizes import changes
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW307",
    name="count-dict",
    summary="A loop that does nothing else counts occurrences into a dict.",
    triggers=("for",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def tally(words: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        if word not in counts:
            counts[word] = 0
        counts[word] += 1
    return counts
""",
            better="""\
from collections import Counter


def tally(words: list[str]) -> dict[str, int]:
    return dict(Counter(words))
""",
            call="tally([str(n % 50) for n in range(20000)])",
            level="advice",
        ),
        Bad(
            code="""\
def letters(text: str) -> dict[str, int]:
    counts = {}
    for letter in text:
        if letter in counts:
            counts[letter] += 1
        else:
            counts[letter] = 1
    return counts
""",
            better="""\
from collections import Counter


def letters(text: str) -> dict[str, int]:
    return dict(Counter(text))
""",
            call='letters("abcdefghij" * 2000)',
            level="advice",
        ),
        Bad(
            code="""\
def votes(ballots):
    counts = {name: 0 for name in ballots}
    for name in ballots:
        counts[name] += 1
    return counts
""",
            better="""\
from collections import Counter


def votes(ballots):
    return dict(Counter(ballots))
""",
            call="votes([n % 50 for n in range(20000)])",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(rows):\n    sums = {}\n    for k, v in rows:\n        sums[k] = sums.get(k, 0) + v\n",
            "Values are added up.",
        ),
        Good(
            "def f(xs):\n    counts = [0] * 10\n    for x in xs:\n        counts[x] += 1\n", "The counts are in a list."
        ),
        Good(
            "def f(xs):\n    c = {}\n    for x in xs:\n        c[x] = c.get(x, 0) + 1\n        print(x)\n",
            "The loop does more than count.",
        ),
        Good(
            "def f(xs, ys):\n    c = {x: 0 for x in xs}\n    for y in ys:\n        c[y] += 1\n    return c\n",
            "What is not among `xs` must raise KeyError, and what is not among `ys` counts 0.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.all(n.For):
        if loop.orelse or loop.is_async or not facts.is_long(loop.iter):
            continue
        counted = _counted(facts, loop)
        if counted is None or not _is_made_for(facts, counted.value, loop):
            continue
        source = facts.source(counted.value)
        message = f"The loop counts into `{source}` by hand; `collections.Counter` counts in one call"
        yield facts.finding(rule, loop.body[0] if not isinstance(loop.body[0], (n.If, n.Try)) else counted, message)


def _counted(facts: Facts, loop: n.For) -> n.Subscript | None:
    """The entry that the whole body counts up by one, or makes one."""
    match loop.body:
        case [n.Assign(targets=[n.Subscript() as entry], value=n.BinOp(left=n.Call() as got, op="+", right=one))]:
            return entry if is_int(one, 1) and _is_default(facts, got, entry, "get") else None
        case [n.AugAssign(target=n.Subscript() as entry, op="+", value=one)]:
            starts_at_zero = _is_defaultdict(facts, entry.value) or _is_zero_for_each(facts, entry.value, loop.iter)
            return entry if is_int(one, 1) and starts_at_zero else None
        case [n.ExprStmt(value=n.Call() as got), n.AugAssign(target=n.Subscript() as entry, op="+", value=one)]:
            return entry if is_int(one, 1) and _is_default(facts, got, entry, "setdefault") else None
        case [
            n.Try(
                body=[n.AugAssign(target=n.Subscript() as entry, op="+", value=one)],
                handlers=[n.Handler(body=[n.Assign(targets=[n.Subscript() as made], value=first)])],
                orelse=[],
                final=[],
            )
        ]:
            return entry if is_int(one, 1) and is_int(first, 1) and facts.effects.same(entry, made) else None
        case [n.If(test=n.Compare(left=key, ops=[op], comparators=[held]), body=then, orelse=otherwise), *rest]:
            there, missing = (then, otherwise) if op == "in" else (otherwise, then)
            match missing, [*there, *rest]:
                case (
                    [n.Assign(targets=[n.Subscript() as made], value=first)],
                    [n.AugAssign(target=n.Subscript() as entry, op="+", value=one)],
                ) if op in ("in", "not in") and is_int(one, 1) and is_int(first, 0 if rest else 1):
                    same = facts.effects.same(entry, made) and facts.effects.same(entry.value, held)
                    return entry if same and facts.effects.same(entry.index, key) else None
    return None


def _is_defaultdict(facts: Facts, held: n.Expr) -> bool:
    """Whether a dict is a `defaultdict(int)`."""
    bindings = facts.inference.bindings(held) if isinstance(held, n.Name) else None
    match bindings[0].value if bindings and len(bindings) == 1 else None:
        case n.Call(args=[n.Name(id="int")]) as made:
            return facts.inference.callee(made) == "collections.defaultdict"
    return False


def _is_zero_for_each(facts: Facts, held: n.Expr, counted: n.Expr) -> bool:
    """Whether a dict starts with 0 for each of the items that are counted."""
    bindings = facts.inference.bindings(held) if isinstance(held, n.Name) else None
    match bindings[0].value if bindings and len(bindings) == 1 else None:
        case n.Comprehension(
            kind="dict",
            element=n.Name(id=key),
            value=zero,
            generators=[n.Generator(target=n.Name(id=item), iter=items, ifs=[])],
        ):
            pass
        case (
            n.Call(
                args=[
                    n.Comprehension(
                        element=n.Tuple(elts=[n.Name(id=key), zero]),
                        generators=[n.Generator(target=n.Name(id=item), iter=items, ifs=[])],
                    )
                ]
            ) as made
        ) if facts.inference.callee(made) == "builtins.dict":
            pass
        case n.Call(func=n.Attribute(value=n.Name() as maker, attr="fromkeys"), args=[items, zero]):
            return (
                facts.inference.origin(maker) == "builtins.dict"
                and is_int(zero, 0)
                and facts.effects.same(items, counted)
            )
        case _:
            return False
    return key == item and is_int(zero, 0) and facts.effects.same(items, counted)


def _is_made_for(facts: Facts, held: n.Expr, loop: n.For) -> bool:
    """Whether a dict starts empty and nothing but the loop puts anything into it."""
    bindings = facts.inference.bindings(held) if isinstance(held, n.Name) else None
    if not bindings or len(bindings) != 1 or bindings[0].kind != "assign" or not isinstance(held, n.Name):
        return False
    if facts.type_of(held).name != "dict":
        return False
    uses = bindings[0].place.scope.uses.get(held.id, ())
    return all(loop.start <= use.start < loop.end for use in uses if changes(facts.inference, use))


def _is_default(facts: Facts, got: n.Call, entry: n.Subscript, method: str) -> bool:
    """`counts.get(key, 0)`, or the same with `setdefault`, for the entry `counts[key]`."""
    match got:
        case n.Call(func=n.Attribute(value=held, attr=name), args=[key, otherwise]):
            same = facts.effects.same(held, entry.value) and facts.effects.same(key, entry.index)
            return same and name == method and is_int(otherwise, 0)
    return False
