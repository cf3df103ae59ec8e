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

from perfwise_analyzers.draft import Draft, used_after
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
    for loop in facts.structure.all(n.For):
        match loop:
            case n.For(
                target=n.Tuple(elts=[n.Name(id=key), n.Name(id=value)]),
                iter=n.Call(func=n.Attribute(value=source, attr="items"), args=[], keywords=[]),
                body=[n.Assign(targets=[n.Subscript(value=out, index=n.Name(id=at))], value=n.Name(id=put))],
                orelse=[],
                is_async=False,
            ) if (at, put) == (key, value) and facts.type_of(source).name == facts.type_of(out).name == "dict":
                pass
            case _:
                continue
        if facts.effects.same(source, out) or used_after(facts, key, loop) or used_after(facts, value, loop):
            continue
        if {key, value} & (facts.effects.names_in(out) | facts.effects.names_in(source)):
            continue
        into, copied = facts.source(out), facts.source(source)
        draft = Draft(facts)
        draft.replace(loop, f"{into}.update({copied})")
        message = f"The loop copies each entry of `{copied}`; `{into}.update({copied})` copies them in one call"
        if _is_plain(facts, out) and _is_plain(facts, source):
            fix = draft.fix("safe", f"Update `{into}` at once")
        else:
            fix = draft.fix(
                "verify", f"Update `{into}` at once", "A dict of a class of its own may set items its own way."
            )
        yield facts.finding(rule, loop, message, fix=fix)


def _is_plain(facts: Facts, expr: n.Expr) -> bool:
    """Whether the dict's keys and values are known, as of a built-in dict, or it was made here."""
    kind = facts.type_of(expr)
    return not kind.declared or kind.element is not None
