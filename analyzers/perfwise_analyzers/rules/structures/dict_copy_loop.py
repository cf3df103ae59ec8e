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

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW310",
    name="dict-copy-loop",
    summary="A loop copies every entry of a dict into another, one by one.",
    triggers=("for",),
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


_PAIRS = frozenset({"list", "tuple", "iterator", "items", "unknown", "set", "sequence", "iterable"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("copy"):
        out, copied, loop = operation.container, operation.item, operation.node
        if operation.spelling == "dict-display":
            yield from _display(facts, operation)
        if operation.spelling != "entries" or copied is None or not isinstance(loop, n.For):
            continue
        kind = facts.type_of(copied).name
        if facts.type_of(out).name != "dict" or not (kind == "dict" or (kind in _PAIRS and copied is loop.iter)):
            continue
        if not facts.is_long(copied):
            continue
        into, source = facts.source(out), facts.source(copied)
        draft = Draft(facts)
        draft.replace(loop, f"{into}.update({source})")
        title = f"Update `{into}` at once"
        if kind == "dict" and _is_plain(facts, out) and _is_plain(facts, copied):
            fix = draft.fix("safe", title)
        else:
            fix = draft.fix("verify", title, "A dict of a class of its own, or what is no dict, may behave otherwise.")
        message = f"The loop sets each entry of `{source}` as it is; `{into}.update(...)` sets them in one call"
        yield facts.finding(rule, loop.body[0], message, fix=fix)


def _display(facts: Facts, operation: Operation) -> Iterator[Finding]:
    """`{k: v for k, v in d.items()}`, which is `dict(d)`."""
    held = operation.container
    if facts.type_of(held).name != "dict" or not facts.is_repeated(operation.node):
        return
    source = facts.source(held)
    draft = Draft(facts)
    draft.replace(operation.node, f"dict({source})")
    plain = _is_plain(facts, held) and facts.inference.is_built_in("dict")
    fix = draft.fix("safe", f"Copy `{source}` with `dict`") if plain else None
    yield facts.finding(
        rule, operation.node, f"The comprehension only copies `{source}`; `dict` does so in one call", fix=fix
    )


def _is_plain(facts: Facts, expr: n.Expr) -> bool:
    """Whether the dict's keys and values are known, as of a built-in dict, or it was made here."""
    kind = facts.type_of(expr)
    return not kind.declared or kind.element is not None
