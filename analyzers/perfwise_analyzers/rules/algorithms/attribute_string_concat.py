"""A string held by an attribute is grown piece by piece.

# What it costs

`self.text += piece` copies all of the text for every piece: n pieces of m characters are n * n * m / 2 copies. (For
a local variable CPython can grow the string in place; for an attribute it cannot.)

# The cheaper form

Collect the pieces in a local list and join them once after the loop.

# When it does not pay

For a few pieces, or a text of some hundred characters.

# Fix safety

To be verified: while the loop runs the attribute would hold the old text, which code called in the loop, or an
exception out of it, would show.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, leaves
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW111",
    name="attribute-string-concat",
    summary="A string in an attribute is grown in a loop: every addition copies the text.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
class Report:
    def __init__(self) -> None:
        self.text = ""

    def add(self, lines: list[str]) -> None:
        for line in lines:
            self.text += line
""",
            better="""\
class Report:
    def __init__(self) -> None:
        self.text = ""

    def add(self, lines: list[str]) -> None:
        text_parts = [self.text]
        for line in lines:
            text_parts.append(line)
        self.text = "".join(text_parts)
""",
            call='Report().add(["some words of a line, and some more"] * 6000)',
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(xs):\n    text = ''\n    for x in xs:\n        text += x\n    return text\n",
            "CPython grows a local string in place.",
        ),
        Good(
            "class A:\n    def __init__(self):\n        self.n = 0\n\n    def f(self, xs):\n        for x in xs:\n            self.n += x\n",
            "A number is added to.",
        ),
        Good(
            "class A:\n    def __init__(self):\n        self.text = ''\n\n    def f(self, x):\n        self.text += x\n",
            "One addition.",
        ),
        Good(
            "def f(nodes):\n    for node in nodes:\n        node.name += '!'\n",
            "Each round adds to another object's string.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("concatenation"):
        container = operation.container
        if not isinstance(container, n.Attribute) or not _is_text(facts, operation):
            continue
        loops = facts.growing_loops(operation)
        if not loops:
            continue
        source = facts.source(container)
        rounds = facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(container))
        message = (
            f"Each round copies the text in `{source}` to add to it: O({cost}); joining a list of the pieces once makes it "
            f"O({rounds})"
        )
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops))


def _is_text(facts: Facts, operation: Operation) -> bool:
    kind = facts.type_of(operation.container)
    if kind.known:
        return kind.name == "str"
    if operation.spelling in ("format", "join"):
        return operation.spelling == "format"
    return operation.item is not None and facts.type_of(operation.item).name == "str"


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    container, item, outer, stmt = operation.container, operation.item, loops[-1], operation.node
    if item is None or operation.spelling not in ("augmented", "plus") or not isinstance(outer.node, (n.For, n.While)):
        return None
    assert isinstance(container, n.Attribute)
    others = [node for node in facts.effects.inside(outer) if _is_same(facts, node, container)]
    written = [node for node in facts.effects.inside(outer) if node is stmt]
    if (
        leaves(outer)
        or outer.node.orelse
        or len(written) != 1
        or len(others) > (1 if operation.spelling == "augmented" else 2)
    ):
        return None
    draft = Draft(facts)
    source = facts.source(container)
    parts = draft.fresh(f"{container.attr.strip('_') or 'text'}_parts")
    draft.before(outer.stmt, f"{parts} = [{source}]")
    draft.replace(stmt, f"{parts}.append({facts.source(item)})")
    draft.after(outer.stmt, f'{source} = "".join({parts})')
    reason = f"Until the loop ends, `{source}` would hold its old text."
    return draft.fix("verify", f"Collect the pieces of `{source}` and join them after the loop", reason)


def _is_same(facts: Facts, node: n.Node, container: n.Attribute) -> bool:
    return isinstance(node, n.Attribute) and facts.effects.same(node, container)
