"""A power is worked out in full before its remainder is taken.

# What it costs

`a ** b % m` first makes a number of b times as many digits as a has, to throw nearly all of them away: for b of some
thousands, thousands of times the work.

# The cheaper form

`pow(a, b, m)` keeps only remainders on the way.

# When it does not pay

For exponents below a dozen or so. Exponents that the source shows to be so small are never flagged.

# Fix safety

Safe when all three are ints, the exponent is not negative and the modulus is a literal. Otherwise it is to be
verified: `pow(a, -1, m)` is an inverse where `a ** -1 % m` is a fraction, and a float cannot be given to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations.numbers import ModularPower, modular_powers
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW123",
    name="pow-mod",
    summary="A power is worked out in full though only its remainder is used.",
    triggers=("%", "divmod", "mod("),
    bad=(
        Bad(
            code="""\
def residues(numbers: list[int], message: bytes) -> list[int]:
    return [number ** len(message) % 1_000_003 for number in numbers]
""",
            better="""\
def residues(numbers: list[int], message: bytes) -> list[int]:
    return [pow(number, len(message), 1_000_003) for number in numbers]
""",
            call="residues(list(range(1000, 1020)), b'x' * 5000)",
        ),
        Bad(
            code="""\
def encrypt(message, exponent, modulus):
    return pow(message, exponent) % modulus
""",
            better="""\
def encrypt(message, exponent, modulus):
    return pow(message, exponent, modulus)
""",
            call="encrypt(123456789, 65537, 3233 * 10007)",
            level="verify",
        ),
    ),
    good=(
        Good("def f(x, m):\n    return x ** 2 % m\n", "A square has at most twice the digits."),
        Good("def f(x: float, y, m):\n    return x ** y % m\n", "A float has no more digits than before."),
        Good("def f(a, b, m):\n    return pow(a, b, m)\n", "Only remainders are kept."),
        Good("def f(a, b):\n    return '%d' % (a ** b)\n", "The percent sign formats a string."),
    ),
)


# Below this the remainder costs more than the digits it saves.
_LEAST_EXPONENT = 32


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for power in modular_powers(facts):
        kinds = [facts.type_of(part).name for part in (power.base, power.exponent, power.modulus)]
        if any(kind not in ("int", "bool", "unknown") for kind in kinds) or _is_small(facts, power):
            continue
        source = facts.source(power.exponent)
        how = "factor by factor" if isinstance(power.node, n.For) else "in full"
        message = (
            f"The power is worked out {how}, for a remainder: O({source}) digits or steps; `pow` with a modulus makes "
            f"it O(log({source}))"
        )
        yield facts.finding(rule, power.node, message, source, f"log({source})", _fix(facts, power))


def _is_small(facts: Facts, power: ModularPower) -> bool:
    """Whether the source shows an exponent too small to pay, or a part that is no int."""
    for part in (power.exponent, power.modulus, power.base):
        if any(isinstance(node, n.Constant) and node.kind in ("float", "complex") for node in n.descendants(part)):
            return True
    match power.exponent:
        case n.Constant(value=int(value)):
            return value < _LEAST_EXPONENT
        case n.UnaryOp():
            return True
        case n.Name():
            bindings = facts.inference.bindings(power.exponent) or ()
            return any(_is_short_loop(facts, binding.loop) for binding in bindings)
    return False


def _is_short_loop(facts: Facts, loop: Loop | None) -> bool:
    return loop is not None and facts.is_short(loop)


def _fix(facts: Facts, power: ModularPower) -> Fix | None:
    node = power.node
    if not isinstance(node, n.BinOp) or isinstance(node.left, n.Name):
        return None
    draft = Draft(facts)
    parts = ", ".join(map(facts.source, (power.base, power.exponent, power.modulus)))
    draft.replace(node, f"pow({parts})")
    title = "Give `pow` the modulus"
    is_whole = all(facts.type_of(part).is_sure("int") for part in (power.base, power.exponent))
    match power.modulus:
        case n.Constant(kind="int", value=int(value)) if value > 0 and is_whole and _is_natural(facts, power.exponent):
            return draft.fix("safe", title)
    return draft.fix("verify", title, "The exponent might be negative, or one of the three no int.")


def _is_natural(facts: Facts, exponent: n.Expr) -> bool:
    match exponent:
        case n.Constant(value=int(value)):
            return value >= 0
        case n.Call():
            return facts.inference.callee(exponent) in ("builtins.len", "builtins.ord")
    return False
