"""A loop appends every item of one container to a list, as it is.

# What it costs

Each round runs some bytecode and a method call to copy one reference.

# The cheaper form

`out.extend(xs)` does the same in one call, 5 to 15 times faster.

# When it does not pay

For a handful of items.

# Fix safety

Safe when `out` is known to be a list, and what is copied is another container that no code of the user's goes through.
Otherwise it is to be verified: `extend` may be another class's method, or the iteration may look at the list meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.operations.copying import is_built_in
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW309",
    name="copy-loop",
    summary="A loop appends every item of a container to a list, one by one.",
    triggers=(".append(",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def gather(batches: list[list[int]]) -> list[int]:
    out = []
    for batch in batches:
        for number in batch:
            out.append(number)
    return out
""",
            better="""\
def gather(batches: list[list[int]]) -> list[int]:
    out = []
    for batch in batches:
        out.extend(batch)
    return out
""",
            call="gather([list(range(200))] * 100)",
        ),
        Bad(
            code="""\
def load(rows, out):
    out = list(out)
    for row in rows:
        out.append(row)
    return out
""",
            better="""\
def load(rows, out):
    out = list(out)
    out.extend(rows)
    return out
""",
            call="load(range(20000), [1])",
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(xs: list[int]):\n    out = []\n    for x in xs:\n        out.append(x + 1)\n", "Items are changed."
        ),
        Good(
            "def f(xs: list[int]):\n    out = []\n    for x in xs:\n        if x:\n            out.append(x)\n",
            "Some are left out.",
        ),
        Good("def f(xs, out):\n    for x in xs:\n        out.append(x)\n", "Nothing tells that `out` is a list."),
        Good("def f():\n    xs = [1]\n    for x in xs:\n        xs.append(x)\n", "The list is copied into itself."),
        Good(
            "def f(xs: list[int]):\n    out = []\n    for x in xs:\n        out.append(x)\n    return out, x\n",
            "The loop's variable is used after it.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("copy"):
        loop, copied = operation.node, operation.item
        if operation.spelling == "list-display":
            yield from _display(facts, operation)
        if operation.spelling != "append" or copied is None or not facts.is_list(operation.container):
            continue
        if not isinstance(loop, n.For) or not facts.is_long(copied):
            continue
        into, argument = facts.source(operation.container), facts.source(copied)
        if isinstance(copied, n.Tuple) and not argument.startswith("("):
            argument = f"({argument})"
        draft = Draft(facts)
        draft.replace(loop, f"{into}.extend({argument})")
        title = f"Extend `{into}` at once"
        if is_built_in(facts, copied):
            fix = draft.fix("safe", title)
        else:
            fix = draft.fix("verify", title, f"`{argument}` might look at `{into}` while it is gone through.")
        message = f"The loop appends each item to `{into}` as it is; `{into}.extend(...)` copies them in one call"
        yield facts.finding(rule, loop.body[0], message, fix=fix)


def _display(facts: Facts, operation: Operation) -> Iterator[Finding]:
    """`[x for x in xs]`, which is `list(xs)`."""
    copied = operation.container
    if not facts.is_repeated(operation.node) or not facts.is_long(copied):
        return
    source = facts.source(copied)
    draft = Draft(facts)
    draft.replace(operation.node, f"list({source})")
    title = f"Copy `{source}` with `list`"
    plain = facts.type_of(copied).name in ("list", "tuple", "set", "dict", "str", "range")
    fix = draft.fix("safe", title) if plain and facts.inference.is_built_in("list") else None
    yield facts.finding(
        rule, operation.node, f"The comprehension only copies `{source}`; `list` does so in one call", fix=fix
    )
