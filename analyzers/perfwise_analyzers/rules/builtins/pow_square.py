"""A number is squared with the power operator.

# What it costs

`x ** 2` is worked out as any power, some ten nanoseconds more than a product.

# The cheaper form

`x * x`.

# When it does not pay

Anywhere but on lines that a profile found hot; nothing is said elsewhere.

# Fix safety

Safe for ints. For floats it is to be verified: a square that is too large raises OverflowError, and the product is
infinite; and the last digit may differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft, in_parentheses
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW409",
    name="pow-square",
    summary="A number is squared with the power operator.",
    triggers=("**",),
    severity="hint",
    micro=True,
    bad=(
        Bad(
            code="""\
def squares(numbers: list[int]) -> list[int]:
    return [number ** 2 for number in numbers]
""",
            better="""\
def squares(numbers: list[int]) -> list[int]:
    return [number * number for number in numbers]
""",
            call="squares(list(range(5000)))",
        ),
        Bad(
            code="""\
def lengths(points: list[tuple[float, float]]) -> list[float]:
    return [1 / x**2 for x, _ in points]
""",
            better="""\
def lengths(points: list[tuple[float, float]]) -> list[float]:
    return [1 / (x * x) for x, _ in points]
""",
            call="lengths([(n / 4, 1.0) for n in range(1, 5000)])",
            level="verify",
        ),
    ),
    good=(
        Good("def f(x: int):\n    return x**3\n", "A cube takes two products."),
        Good("def f(x):\n    return x**2\n", "It may be an array, or a matrix."),
        Good("def f(xs: list[int]):\n    return xs.pop() ** 2\n", "The number would be taken twice."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for power in facts.structure.all(n.BinOp):
        base = power.left
        if power.op != "**" or not is_int(power.right, 2) or not isinstance(base, n.Name):
            continue
        kind = facts.type_of(base).name
        if kind not in ("int", "float", "bool"):
            continue
        better = f"{base.id} * {base.id}"
        draft = Draft(facts)
        draft.replace(power, in_parentheses(facts, power, better))
        title = f"Write `{better}`"
        reason = "" if kind != "float" else "A square that is too large would be infinite, and not raise OverflowError."
        fix = draft.fix("verify" if reason else "safe", title, reason)
        yield facts.finding(rule, power, f"`{better}` is cheaper than a power", fix=fix)
