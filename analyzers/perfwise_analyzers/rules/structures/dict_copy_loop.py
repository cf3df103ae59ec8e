"""A loop copies every entry of one dict into another.

# What it costs

Each round runs some bytecode, unpacks a pair and looks the key up.

# The cheaper form

`b.update(a)` copies the entries in one call, some ten times faster.

# When it does not pay

For a handful of entries.

# Fix safety

Safe when both are known to be dicts of the built-in kind, and different ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.draft import Draft
from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.rule import Bad, Finding, Good, Rule

rule = Rule(
    code="PW310",
    name="dict-copy-loop",
    summary="A loop copies every entry of a dict into another, one by one.",
    triggers=(".items()",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def merged(layers: list[dict[str, int]]) -> dict[str, int]:
    result = {}
    for layer in layers:
        for key, value in layer.items():
            result[key] = value
    return result
""",
            better="""\
def merged(layers: list[dict[str, int]]) -> dict[str, int]:
    result = {}
    for layer in layers:
        result.update(layer)
    return result
""",
            call="merged([{str(n): n for n in range(300)}] * 60)",
        ),
    ),
    good=(
        Good("def f(a: dict, b: dict):\n    for k, v in a.items():\n        b[k] = v + 1\n", "Values are changed."),
        Good("def f(a: dict, b: dict):\n    for k, v in a.items():\n        b[v] = k\n", "The dict is turned round."),
        Good("def f(a, b):\n    for k, v in a.items():\n        b[k] = v\n", "Nothing tells that these are dicts."),
        Good(
            "def f(a: dict, b: dict):\n    for k, v in a.items():\n        if k not in b:\n            b[k] = v\n",
            "Entries that are there are kept.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("copy"):
        out, copied = operation.container, operation.item
        if operation.spelling != "entries" or copied is None:
            continue
        if facts.type_of(copied).name != "dict" or facts.type_of(out).name != "dict":
            continue
        into, source = facts.source(out), facts.source(copied)
        draft = Draft(facts)
        draft.replace(operation.node, f"{into}.update({source})")
        title = f"Update `{into}` at once"
        if _is_plain(facts, out) and _is_plain(facts, copied):
            fix = draft.fix("safe", title)
        else:
            fix = draft.fix("verify", title, "A dict of a class of its own may set items its own way.")
        message = f"The loop copies each entry of `{source}`; `{into}.update({source})` copies them in one call"
        yield facts.finding(rule, operation.node, message, fix=fix)


def _is_plain(facts: Facts, expr: n.Expr) -> bool:
    """Whether the dict's keys and values are known, as of a built-in dict, or it was made here."""
    kind = facts.type_of(expr)
    return not kind.declared or kind.element is not None
