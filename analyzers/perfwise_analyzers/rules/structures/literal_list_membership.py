"""Each round of a loop looks through a tuple or list of several constants.

# What it costs

`x in (1, 3, 5, 7, 9)` compares x with one constant after the other.

# The cheaper form

`x in {1, 3, 5, 7, 9}` asks once: Python folds a set of constants that stands after `in` into one constant. A name for
the set does as well, bound before the loop.

# When it does not pay

For fewer than five constants, and beside calls that cost more; there nothing is said. A set of what is not constant is
built anew each time, and is slower.

# Fix safety

Safe when what is looked for is known to hash. Otherwise it is to be verified, since a list raises TypeError in a set.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.types import hashable, unhashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW301",
    name="literal-list-membership",
    summary="Each round of a loop looks through a tuple or list of several constants.",
    triggers=("in (", "in [", "= (", "= ["),
    severity="hint",
    bad=(
        Bad(
            code="""\
def small_primes(numbers: list[int]) -> int:
    count = 0
    for number in numbers:
        if number in (2, 3, 5, 7, 11, 13, 17):
            count += 1
    return count
""",
            better="""\
def small_primes(numbers: list[int]) -> int:
    count = 0
    for number in numbers:
        if number in {2, 3, 5, 7, 11, 13, 17}:
            count += 1
    return count
""",
            call="small_primes(list(range(20)) * 500)",
        ),
        Bad(
            code="""\
def weekdays(names):
    free = ["saturday", "sunday", "new year", "easter", "christmas"]
    return [name for name in names if name not in free]
""",
            better="""\
def weekdays(names):
    free = {"saturday", "sunday", "new year", "easter", "christmas"}
    return [name for name in names if name not in free]
""",
            call='weekdays(["monday", "tuesday", "christmas"] * 2000)',
            level="verify",
        ),
    ),
    good=(
        Good("def f(xs):\n    return [x for x in xs if x in (1, 2, 3)]\n", "Three are quickly compared."),
        Good("def f(x: int):\n    return x in (1, 2, 3, 4, 5, 6)\n", "It is asked once."),
        Good(
            "def f(xs, a, b, c, d, e):\n    return [x for x in xs if x in (a, b, c, d, e)]\n", "They are no constants."
        ),
        Good("def f(xs, g):\n    return [g(x) for x in xs if x in (1, 2, 3, 4, 5)]\n", "What is called costs more."),
        Good(
            "def f(xs: list[list[int]]):\n    return [x for x in xs if x in (1, 2, 3, 4, 5)]\n", "A list does not hash."
        ),
        Good("def f(xs):\n    return [x for x in xs if x in {1, 2, 3, 4, 5}]\n", "It is a set."),
    ),
)

_LEAST = 5


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[n.Expr] = set()
    for operation in facts.operations("membership"):
        display = _display(facts, operation.container)
        loop = operation.place.loop
        if display is None or display in told or loop is None or operation.spelling != "in" or operation.item is None:
            continue
        if not facts.is_repeated(operation.node) or facts.effects.opaque(loop):
            continue
        if unhashable(facts.type_of(operation.item)):
            continue
        told.add(display)
        where = "" if display is operation.container else " bound before the loop"
        message = (
            f"Each round compares with {len(display.elts)} constants one after the other; a set{where} is asked once"
        )
        yield facts.finding(rule, operation.node, message, fix=_fix(facts, operation, display))


def _display(facts: Facts, container: n.Expr) -> n.Tuple | n.List | None:
    """The tuple or list of constants that is looked through, as it stands there or by its name."""
    display: n.Node | None = container
    if isinstance(container, n.Name):
        bindings = facts.inference.bindings(container) or []
        display = bindings[0].value if len(bindings) == 1 and bindings[0].kind == "assign" else None
        scope = facts.place(container).scope
        if scope.kind != "function" or any(facts.effects.escapes(use) for use in scope.uses.get(container.id, ())):
            return None
        if facts.sizes.of(container) != "1":
            return None
    match display:
        case n.Tuple(elts=elts) | n.List(elts=elts) if len(elts) >= _LEAST:
            if all(isinstance(elt, n.Constant) and elt.kind in ("int", "str", "bytes") for elt in elts):
                return display
    return None


def _fix(facts: Facts, operation: Operation, display: n.Tuple | n.List) -> Fix | None:
    if isinstance(operation.container, n.Name):
        name = operation.container
        uses = facts.place(name).scope.uses.get(name.id, ())
        asked = {other.container for other in facts.operations("membership")}
        if facts.place(display).loop is not None or any(use not in asked for use in uses):
            return None
    source = facts.source(display)
    inner = source[1:-1] if source[:1] in ("(", "[") else source
    draft = Draft(facts)
    draft.replace(display, f"{{{inner.strip().rstrip(',')}}}")
    assert operation.item is not None
    if hashable(facts.type_of(operation.item)):
        return draft.fix("safe", "Ask a set")
    return draft.fix("verify", "Ask a set", "What is looked for is not known to hash.")
