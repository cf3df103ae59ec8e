"""Items are taken one by one by indexes that go up in equal steps.

# What it costs

`[xs[i] for i in range(len(xs)) if i % 2 == 0]` runs bytecode for each index, and tests those it leaves out as well.

# The cheaper form

`xs[::2]` copies the items in C, ten times faster and more.

# When it does not pay

For a handful of items.

# Fix safety

Safe for a list, a tuple or a string up to its own length. Up to another bound it is to be verified: beyond the end an
index raises an exception where a slice ends, and a negative index means another item.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW313",
    name="index-comprehension",
    summary="Items are taken one by one by indexes that go up in equal steps.",
    triggers=("range(", "enumerate("),
    severity="hint",
    bad=(
        Bad(
            code="""\
def even_places(values: list[int]) -> list[int]:
    return [values[i] for i in range(len(values)) if i % 2 == 0]
""",
            better="""\
def even_places(values: list[int]) -> list[int]:
    return values[::2]
""",
            call="even_places(list(range(5000)))",
        ),
        Bad(
            code="""\
def every_third(text: str, start: int) -> str:
    return "".join([text[i] for i in range(start, len(text), 3)])
""",
            better="""\
def every_third(text: str, start: int) -> str:
    return "".join(list(text[start::3]))
""",
            call='every_third("some text or other " * 300, 2)',
            level="verify",
        ),
        Bad(
            code="""\
def odd_rows(table):
    rows = list(table)
    return [row for i, row in enumerate(rows) if i % 2]
""",
            better="""\
def odd_rows(table):
    rows = list(table)
    return rows[1::2]
""",
            call="odd_rows(range(5000))",
        ),
    ),
    good=(
        Good("def f(d: dict, m):\n    return [d[i] for i in range(len(m))]\n", "A dict has no slices."),
        Good("def f(xs: list[int]):\n    return [xs[i] + i for i in range(len(xs))]\n", "More is done with the items."),
        Good("def f(xs: list[int], n):\n    return [xs[i * i] for i in range(n)]\n", "The steps are not equal."),
        Good("def f(xs):\n    return [x for i, x in enumerate(xs) if i % 2]\n", "It may be a generator."),
        Good("def f(xs: list[int]):\n    return [xs[i] for i in range(3)]\n", "There are three."),
        Good("def f(xs: list[int]):\n    return [xs[i] for i in range(len(xs)) if xs[i] % 2]\n", "The items decide."),
        Good(
            "def f(rows: list[list[int]], n):\n    return [rows[i] for i in range(n) for row in rows]\n",
            "Each is taken many times.",
        ),
    ),
)


class _Taken(NamedTuple):
    """What is cut, from where to where in which step, and whether no index is beyond the ends."""

    sequence: n.Expr
    lower: str
    upper: str
    step: str
    is_inside: bool


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for comprehension in facts.structure.all(n.Comprehension):
        taken = _taken(facts, comprehension)
        if taken is None or taken.step.startswith("-"):
            continue
        kind = facts.type_of(taken.sequence)
        if kind.name not in ("list", "tuple", "str") or kind.grown or not facts.is_long(taken.sequence):
            continue
        if not facts.is_long(comprehension.generators[0].iter):
            continue
        step = f":{taken.step}" if taken.step != "1" else ""
        slice_ = f"{facts.source(taken.sequence)}[{taken.lower}:{taken.upper}{step}]"
        message = f"Each item is taken by its index; the slice `{slice_}` takes all in one go"
        yield facts.finding(rule, comprehension, message, fix=_fix(facts, comprehension, taken, kind.name, slice_))


def _fix(facts: Facts, comprehension: n.Comprehension, taken: _Taken, kind: str, slice_: str) -> Fix | None:
    if comprehension.kind != "list" or not facts.inference.is_built_in("list"):
        return None
    draft = Draft(facts)
    draft.replace(comprehension, slice_ if kind == "list" else f"list({slice_})")
    title = f"Take the slice `{slice_}`"
    if not taken.is_inside:
        return draft.fix("verify", title, "Beyond the ends an index means something else than a slice's bound.")
    return draft.fix("safe", title)


def _taken(facts: Facts, comprehension: n.Comprehension) -> _Taken | None:
    match comprehension:
        case n.Comprehension(
            kind=("list" | "generator"),
            element=n.Subscript(value=n.Name() | n.Attribute() as sequence, index=n.Name(id=index)),
            generators=[n.Generator(target=n.Name(id=counter), iter=n.Call() as counted, ifs=ifs, is_async=False)],
        ) if index == counter and facts.inference.callee(counted) == "builtins.range":
            bounds = _bounds(facts, counted.args, sequence)
            if bounds is None or not ifs:
                return bounds
            steps = _steps(ifs, counter)
            is_whole = (bounds.lower, bounds.upper, bounds.step) == ("", "", "1")
            return _Taken(sequence, *steps, is_inside=True) if steps and is_whole else None
        case n.Comprehension(
            kind=("list" | "generator"),
            element=n.Name(id=element),
            generators=[
                n.Generator(
                    target=n.Tuple(elts=[n.Name(id=counter), n.Name(id=item)]),
                    iter=n.Call(args=[n.Name() | n.Attribute() as sequence], keywords=[]) as counted,
                    ifs=ifs,
                    is_async=False,
                )
            ],
        ) if element == item != counter and facts.inference.callee(counted) == "builtins.enumerate":
            steps = _steps(ifs, counter)
            return _Taken(sequence, *steps, is_inside=True) if steps else None
    return None


def _bounds(facts: Facts, args: list[n.Expr], sequence: n.Expr) -> _Taken | None:
    match args:
        case [stop]:
            start: n.Expr | None = None
            step: n.Expr | None = None
        case [start, stop]:
            step = None
        case [start, stop, step]:
            pass
        case _:
            return None
    if step is not None and not (isinstance(step, n.Constant) and isinstance(step.value, int) and step.value > 0):
        return None
    if any(isinstance(part, n.UnaryOp) for part in (start, stop)):
        return None
    is_length = (
        isinstance(stop, n.Call)
        and facts.inference.callee(stop) == "builtins.len"
        and len(stop.args) == 1
        and facts.effects.same(stop.args[0], sequence)
    )
    is_counted = start is None or (isinstance(start, n.Constant) and start.kind == "int")
    lower = "" if start is None or is_int(start, 0) else facts.source(start)
    upper = "" if is_length else facts.source(stop)
    return _Taken(sequence, lower, upper, facts.source(step) if step else "1", is_length and is_counted)


def _steps(ifs: list[n.Expr], counter: str) -> tuple[str, str, str] | None:
    """The slice's parts for `i % 2 == 0`, `i % 2` and `not i % 2`."""
    match ifs:
        case [n.Compare(left=left, ops=["=="], comparators=[n.Constant(kind="int", value=int(rest))])]:
            divisor = _divisor(left, counter)
        case [n.UnaryOp(op="not", operand=operand)]:
            divisor, rest = _divisor(operand, counter), 0
        case [n.BinOp() as left]:
            divisor, rest = _divisor(left, counter), 1
            divisor = divisor if divisor == 2 else 0
        case _:
            return None
    return (str(rest) if rest else "", "", str(divisor)) if 0 <= rest < divisor and divisor > 1 else None


def _divisor(expr: n.Expr, counter: str) -> int:
    match expr:
        case n.BinOp(left=n.Name(id=name), op="%", right=n.Constant(kind="int", value=int(divisor))) if name == counter:
            return divisor
        case n.BinOp(left=n.Name(id=name), op="&", right=n.Constant(kind="int", value=1)) if name == counter:
            return 2
    return 0
