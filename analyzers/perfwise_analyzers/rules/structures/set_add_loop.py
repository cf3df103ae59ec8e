"""A loop adds every item of a container to a set, as it is.

# What it costs

Each round runs some bytecode and a method call to add one item.

# The cheaper form

`seen.update(xs)` does the same in one call.

# When it does not pay

For a handful of items.

# Fix safety

Safe when `seen` is known to be a set, and what is added comes from another built-in container. Otherwise it is to be
verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.draft import Draft, used_after
from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.rule import Bad, Finding, Fix, Good, Rule

rule = Rule(
    code="PW311",
    name="set-add-loop",
    summary="A loop adds every item of a container to a set, one by one.",
    triggers=(".add(",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def tags(posts: list[list[str]]) -> set[str]:
    found = set()
    for post in posts:
        for tag in post:
            found.add(tag)
    return found
""",
            better="""\
def tags(posts: list[list[str]]) -> set[str]:
    found = set()
    for post in posts:
        found.update(post)
    return found
""",
            call="tags([[str(n) for n in range(50)]] * 400)",
        ),
    ),
    good=(
        Good(
            "def f(xs: list[str]):\n    s = set()\n    for x in xs:\n        s.add(x.lower())\n", "Items are changed."
        ),
        Good("def f(xs: list[str], s):\n    for x in xs:\n        s.add(x)\n", "Nothing tells that `s` is a set."),
        Good(
            "def f(xs: list[str]):\n    s = set()\n    for x in xs:\n        s.add(x)\n        print(x)\n",
            "The loop does more.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.all(n.For):
        match loop:
            case n.For(
                target=n.Name(id=item),
                iter=copied,
                body=[
                    n.ExprStmt(
                        value=n.Call(func=n.Attribute(value=out, attr="add"), args=[n.Name(id=added)], keywords=[])
                    )
                ],
                orelse=[],
                is_async=False,
            ) if added == item and facts.type_of(out).name == "set" and facts.is_long(copied):
                pass
            case _:
                continue
        names = facts.effects.names_in(copied)
        if names & facts.effects.names_in(out) or item in facts.effects.names_in(out) or used_after(facts, item, loop):
            continue
        source = facts.source(out)
        message = f"The loop adds each item to `{source}` as it is; `{source}.update(...)` adds them in one call"
        yield facts.finding(rule, loop, message, fix=_fix(facts, loop, out, copied))


def _fix(facts: Facts, loop: n.For, out: n.Expr, copied: n.Expr) -> Fix | None:
    if isinstance(copied, n.Tuple):
        return None
    draft = Draft(facts)
    draft.replace(loop, f"{facts.source(out)}.update({facts.source(copied)})")
    title = f"Update `{facts.source(out)}` at once"
    if facts.type_of(copied).name not in (
        "list",
        "tuple",
        "str",
        "range",
        "set",
        "dict",
        "keys",
        "values",
        "items",
        "deque",
    ):
        return draft.fix("verify", title, f"`{facts.source(copied)}` might look at the set while it is gone through.")
    return draft.fix("safe", title)
