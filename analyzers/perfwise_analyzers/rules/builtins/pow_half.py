"""A square root is taken with the power operator.

# What it costs

`x ** 0.5` is worked out as any power, some twenty nanoseconds more than a root.

# The cheaper form

`math.sqrt(x)`, as `sqrt(x)` where it is imported by its name.

# When it does not pay

Anywhere but on lines that a profile found hot; nothing is said elsewhere. Before Python 3.11 it gains nothing.

# Fix safety

To be verified: of a negative number the power is complex, and `sqrt` raises ValueError; and the last digit may
differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW410",
    name="pow-half",
    summary="A square root is taken with the power operator.",
    triggers=("**",),
    severity="hint",
    micro=True,
    bad=(
        Bad(
            code="""\
def roots(numbers: list[float]) -> list[float]:
    return [number**0.5 for number in numbers]
""",
            better="""\
from math import sqrt


def roots(numbers: list[float]) -> list[float]:
    return [sqrt(number) for number in numbers]
""",
            call="roots([n * n / 4 for n in range(5000)])",
            level="verify",
        ),
    ),
    good=(
        Good("def f(x: float):\n    return x**1.5\n", "It is no square root."),
        Good("def f(x):\n    return x**0.5\n", "It may be an array."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for power in facts.structure.all(n.BinOp):
        match power:
            case n.BinOp(left=base, op="**", right=n.Constant(kind="float", value=0.5)):
                pass
            case n.BinOp(
                left=base, op="**", right=n.BinOp(left=n.Constant(value=1), op="/", right=n.Constant(value=2))
            ):
                pass
            case _:
                continue
        if facts.type_of(base).name not in ("int", "float", "bool"):
            continue
        draft = Draft(facts)
        better = f"{draft.imported('math', 'sqrt')}({facts.source(base)})"
        draft.replace(power, better)
        fix = draft.fix("verify", f"Write `{better}`", "Of a negative number the power is complex.")
        yield facts.finding(rule, power, f"`{better}` is cheaper than a power", fix=fix)
