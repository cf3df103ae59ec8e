"""A module is imported anew in each round of a loop.

# What it costs

An import of a module that is there already still looks it up, under a lock, and `from m import name` looks the name up
in it as well: a fraction of a microsecond up to several, in every round.

# The cheaper form

Import before the loop, or at the top of the module.

# When it does not pay

Where the import stands in a branch that is seldom taken, so nothing is said there.

# Fix safety

Safe for modules of the standard library that do nothing when imported. Otherwise it is to be verified: the module would
be imported also where the loop makes no round.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import stands_in_each_round
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, can_move_out
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW207",
    name="import-in-loop",
    summary="A module is imported in each round of a loop.",
    triggers=("import",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def roots(numbers: list[int]) -> list[float]:
    found = []
    for number in numbers:
        from math import sqrt
        found.append(sqrt(number))
    return found
""",
            better="""\
def roots(numbers: list[int]) -> list[float]:
    found = []
    from math import sqrt
    for number in numbers:
        found.append(sqrt(number))
    return found
""",
            call="roots(list(range(3000)))",
        ),
        Bad(
            code="""\
def quoted(words):
    found = []
    for word in words:
        import shlex
        found.append(shlex.join([]) + word)
    return found
""",
            better="""\
def quoted(words):
    found = []
    import shlex
    for word in words:
        found.append(shlex.join([]) + word)
    return found
""",
            call='quoted(["a"] * 3000)',
            level="verify",
        ),
    ),
    good=(
        Good("def f(xs):\n    import math\n    return [math.sqrt(x) for x in xs]\n", "It is imported once."),
        Good(
            "def f(xs):\n    for x in xs:\n        if x < 0:\n            import cmath\n            print(cmath.sqrt(x))\n",
            "It may be that no round needs the module.",
        ),
        Good(
            "def f(xs):\n    for x in xs:\n        import math\n        return math.sqrt(x)\n", "The loop ends with it."
        ),
    ),
)

# What nobody can tell to have been imported.
_PLAIN = frozenset(
    [
        "bisect",
        "cmath",
        "collections",
        "copy",
        "datetime",
        "decimal",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "itertools",
        "json",
        "math",
        "operator",
        "os",
        "os.path",
        "random",
        "re",
        "statistics",
        "string",
        "struct",
        "sys",
        "textwrap",
        "time",
        "typing",
    ]
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    statements: list[n.Import | n.ImportFrom] = [*facts.structure.all(n.Import), *facts.structure.all(n.ImportFrom)]
    for stmt in statements:
        place = facts.place(stmt)
        loop = place.loop
        if loop is None or not stands_in_each_round(facts, stmt, loop) or not facts.is_repeated(stmt):
            continue
        message = f"`{facts.source(stmt)}` looks the module up in every round of the loop"
        yield facts.finding(rule, stmt, message, fix=_fix(facts, stmt))


def _fix(facts: Facts, stmt: n.Import | n.ImportFrom) -> Fix | None:
    loops = list(facts.structure.loops_around(stmt))
    if not all(can_move_out(facts, stmt, alias.asname or alias.name.split(".")[0], loops) for alias in stmt.names):
        return None
    draft = Draft(facts)
    draft.remove(stmt)
    draft.before(loops[-1].stmt, facts.source(stmt))
    modules = [stmt.module] if isinstance(stmt, n.ImportFrom) else [alias.name for alias in stmt.names]
    title = "Import before the loop"
    if not _PLAIN.issuperset(modules):
        return draft.fix("verify", title, "The module would be imported also where the loop makes no round.")
    return draft.fix("safe", title)
