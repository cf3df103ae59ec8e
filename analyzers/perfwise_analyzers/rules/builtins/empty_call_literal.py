"""An empty container is made by a call.

# What it costs

`list()` looks the name up and calls it, some ten nanoseconds more than `[]`.

# The cheaper form

`[]`, `{}` and `()`.

# When it does not pay

Anywhere but on lines that a profile found hot; nothing is said elsewhere.

# Fix safety

Safe: nothing else is called `list`, `dict` or `tuple` there.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW408",
    name="empty-call-literal",
    summary="An empty container is made by a call.",
    triggers=("list()", "dict()", "tuple()"),
    severity="hint",
    micro=True,
    bad=(
        Bad(
            code="""\
def last(rows):
    found = None
    for row in rows:
        found = row or list()
    return found
""",
            better="""\
def last(rows):
    found = None
    for row in rows:
        found = row or []
    return found
""",
            call="last([None] * 5000)",
        ),
    ),
    good=(
        Good("def f(xs):\n    return list(xs)\n", "A copy is made."),
        Good("def f():\n    return set()\n", "There is no literal of an empty set."),
        Good("from mine import list\n\ndef f():\n    return list()\n", "`list` is another's."),
    ),
)

_LITERALS = {"builtins.list": "[]", "builtins.dict": "{}", "builtins.tuple": "()"}


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        literal = None if call.args or call.keywords else _LITERALS.get(facts.inference.callee(call))
        if literal is not None:
            draft = Draft(facts)
            draft.replace(call, literal)
            fix = draft.fix("safe", f"Write `{literal}`")
            yield facts.finding(rule, call, f"`{literal}` makes the same without a call", fix=fix)
