"""A loop sets items of a list one by one to the same value, or to those of another.

# What it costs

Each round runs some bytecode to store one reference.

# The cheaper form

`xs[a:b:c] = [value] * len(range(a, b, c))`, or `xs[a:b] = ys[a:b]`, stores all of them in C, ten times faster and more.

# When it does not pay

For a handful of items.

# Fix safety

Safe for the whole of a list. For a part of it the fix is to be verified: beyond its end a loop raises IndexError where a
slice makes the list longer or raises ValueError.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW314",
    name="fill-loop",
    summary="A loop sets items of a list one by one to the same value, or to those of another.",
    triggers=("range(",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def primes(limit: int) -> list[int]:
    is_prime = [True] * limit
    for i in range(2, int(limit**0.5) + 1):
        if is_prime[i]:
            for j in range(i * i, limit, i):
                is_prime[j] = False
    return [i for i in range(2, limit) if is_prime[i]]
""",
            better="""\
def primes(limit: int) -> list[int]:
    is_prime = [True] * limit
    for i in range(2, int(limit**0.5) + 1):
        if is_prime[i]:
            is_prime[i * i:limit:i] = [False] * len(range(i * i, limit, i))
    return [i for i in range(2, limit) if is_prime[i]]
""",
            call="primes(30000)",
            level="verify",
        ),
        Bad(
            code="""\
def cleared(counts: list[int]) -> list[int]:
    for i in range(len(counts)):
        counts[i] = 0
    return counts
""",
            better="""\
def cleared(counts: list[int]) -> list[int]:
    counts[:] = [0] * len(counts)
    return counts
""",
            call="cleared(list(range(10000)))",
        ),
        Bad(
            code="""\
def restore(values: list[int], saved: list[int], n: int) -> list[int]:
    for i in range(n):
        values[i] = saved[i]
    return values
""",
            better="""\
def restore(values: list[int], saved: list[int], n: int) -> list[int]:
    values[:n] = saved[:n]
    return values
""",
            call="restore([0] * 10000, list(range(10000)), 9000)",
            level="verify",
        ),
    ),
    good=(
        Good("def f(d: dict, n):\n    for i in range(n):\n        d[i] = 0\n", "A dict has no slices."),
        Good("def f(xs, n):\n    for i in range(n):\n        xs[i] = 0\n", "It may be a dict or an array."),
        Good("def f(xs: list[int]):\n    for i in range(3):\n        xs[i] = 0\n", "There are three."),
        Good("def f(xs: list, n):\n    for i in range(n):\n        xs[i] = []\n", "Each item gets a list of its own."),
        Good(
            "def f(xs: list, n):\n    for i in range(n):\n        xs[i] = xs[i + 1]\n", "Items are moved within a list."
        ),
        Good(
            "def f(xs: list, n):\n    for i in range(n):\n        xs[i] = 0\n    return i\n", "The index is used later."
        ),
        Good("def f(xs: list[int], n):\n    for i in range(n):\n        xs[i] = i\n", "Each value is another one."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.all(n.For):
        match loop:
            case n.For(
                target=n.Name(id=counter),
                iter=n.Call(args=[_, *_] as args, keywords=[]) as counted,
                body=[n.Assign(targets=[n.Subscript(value=held, index=n.Name(id=index))], value=value)],
                orelse=[],
                is_async=False,
            ) if index == counter and facts.inference.callee(counted) == "builtins.range":
                pass
            case _:
                continue
        if not facts.is_list(held) or not facts.is_long(loop.iter) or counter in facts.effects.names_in(held):
            continue
        if used_after(facts, counter, loop) or any(isinstance(arg, n.UnaryOp) for arg in args):
            continue
        stored = _stored(facts, held, value, counter)
        if stored is None:
            continue
        bounds = _bounds(facts, held, args)
        into = f"{facts.source(held)}[{bounds}]"
        values = f"{stored}[{bounds}]" if stored != f"[{facts.source(value)}]" else stored
        if values == stored:
            values = f"{stored} * {_count(facts, args)}"
        message = f"Each item is set by itself; `{into} = {values}` sets all in one go"
        yield facts.finding(rule, loop, message, fix=_fix(facts, loop, value, f"{into} = {values}", bounds == ":"))


def _stored(facts: Facts, held: n.Expr, value: n.Expr, counter: str) -> str | None:
    """The list of the one value that is stored, or the sequence whose items at the same places are."""
    match value:
        case n.Constant() | n.UnaryOp(operand=n.Constant()):
            return f"[{facts.source(value)}]"
        case n.Name(id=name) if name != counter:
            return f"[{name}]"
        case n.Subscript(value=n.Name() | n.Attribute() as other, index=n.Name(id=index)) if index == counter:
            is_plain = facts.type_of(other).name in ("list", "tuple") and not facts.type_of(other).grown
            return facts.source(other) if is_plain and not facts.effects.same(other, held) else None
    return None


def _bounds(facts: Facts, held: n.Expr, args: list[n.Expr]) -> str:
    start, stop, step = (None, args[0], None) if len(args) == 1 else (args[0], args[1], [*args, None][2])
    lower = "" if start is None or is_int(start, 0) else facts.source(start)
    upper = "" if _is_length(facts, stop, held) else facts.source(stop)
    return f"{lower}:{upper}" + (f":{facts.source(step)}" if step is not None else "")


def _count(facts: Facts, args: list[n.Expr]) -> str:
    if len(args) == 1:
        return (
            facts.source(args[0])
            if isinstance(args[0], (n.Name, n.Call, n.Attribute))
            else f"({facts.source(args[0])})"
        )
    return f"len(range({', '.join(facts.source(arg) for arg in args)}))"


def _is_length(facts: Facts, expr: n.Expr, held: n.Expr) -> bool:
    match expr:
        case n.Call(args=[measured]):
            return facts.inference.callee(expr) == "builtins.len" and facts.effects.same(measured, held)
    return False


def _fix(facts: Facts, loop: n.For, value: n.Expr, stmt: str, is_whole: bool) -> Fix | None:
    draft = Draft(facts)
    draft.replace(loop, stmt)
    title = "Set all the items at once"
    if not is_whole:
        return draft.fix(
            "verify", title, "Beyond the end of the list an index means something else than a slice's bound."
        )
    if isinstance(value, n.Subscript):
        return draft.fix("verify", title, "The two may not be of the same length.")
    return draft.fix("safe", title)
