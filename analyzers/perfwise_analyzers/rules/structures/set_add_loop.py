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

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations.copying import is_built_in
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

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
    for operation in facts.operations("copy"):
        copied = operation.item
        if operation.spelling != "add" or copied is None or facts.type_of(operation.container).name != "set":
            continue
        loop = operation.node
        if not isinstance(loop, n.For) or isinstance(copied, n.Tuple) or not facts.is_long(copied):
            continue
        into = facts.source(operation.container)
        draft = Draft(facts)
        draft.replace(loop, f"{into}.update({facts.source(copied)})")
        title = f"Update `{into}` at once"
        if is_built_in(facts, copied):
            fix = draft.fix("safe", title)
        else:
            fix = draft.fix("verify", title, "What is added might look at the set while it is gone through.")
        message = f"The loop adds each item to `{into}` as it is; `{into}.update(...)` adds them in one call"
        yield facts.finding(rule, loop.body[0], message, fix=fix)
