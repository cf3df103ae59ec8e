"""A string is grown at its front, piece by piece.

# What it costs

`text = piece + text` copies all of the text for every piece: n pieces of m characters are n * n * m / 2 copies.
CPython can grow a string in place at its end, but not at its front.

# The cheaper form

Collect the pieces in a list, and join the list from its last piece on, once after the loop.

# When it does not pay

For a few pieces, or a text of some hundred characters: the digits of a number, or the parts of a path.

# Fix safety

Safe when the pieces are known to be strings, the text is a local variable that only this addition uses in the loop,
and no `try` is around the loop. Otherwise it is to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.collecting import collected, first_of_each, grown_type, why_seen
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW501",
    name="str-prepend-loop",
    summary="A string is grown at its front in a loop: every addition copies the text.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
def newest_first(lines: list[str]) -> str:
    text = ""
    for line in lines:
        text = line + "\\n" + text
    return text
""",
            better="""\
def newest_first(lines: list[str]) -> str:
    text = ""
    text_parts = [text]
    for line in lines:
        text_parts.append(line + "\\n")
    text = "".join(reversed(text_parts))
    return text
""",
            call='newest_first(["some words of a line, and some more"] * 3000)',
        ),
        Bad(
            code="""\
def turned(words):
    out = ""
    for word in words:
        out = f"{word}, {out}"
    return out
""",
            better="""\
def turned(words):
    parts = [f"{word}, " for word in words]
    parts.reverse()
    return "".join(parts)
""",
            call='turned(["some words of a line, and some more"] * 3000)',
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(lines: list[str]):\n    s = ''\n    for line in lines:\n        s = s + line\n    return s\n",
            "CPython grows a local string in place at its end.",
        ),
        Good(
            "def f(n: int):\n    digits = ''\n    while n:\n        n, digit = divmod(n, 2)\n"
            "        digits = str(digit) + digits\n    return digits\n",
            "A number has few digits.",
        ),
        Good(
            "def f(node):\n    path = ''\n    while node is not None:\n        path = node.name + '/' + path\n"
            "        node = node.parent\n    return path\n",
            "A tree is not deep.",
        ),
        Good(
            "def f(lines: list[str]):\n    out = []\n    for line in lines:\n        line = '> ' + line\n"
            "        out.append(line)\n    return out\n",
            "Each round has a string of its own.",
        ),
        Good("def f(xs):\n    n = 0\n    for x in xs:\n        n = x + n\n    return n\n", "Numbers are added up."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation, growing in first_of_each(facts, facts.operations("concatenation")):
        container = operation.container
        if operation.spelling not in ("prefix", "prefix-format") or isinstance(container, n.Attribute):
            continue
        loops = [loop for loop in growing if not _follows_links(loop)]
        if not loops or grown_type(facts, operation) != "str":
            continue
        source, rounds = facts.source(container), facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(container))
        message = (
            f"Each round copies the text in `{source}` to put a piece before it: O({cost}); joining the pieces once, "
            f"the last one first, makes it O({rounds})"
        )
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops))


def _follows_links(loop: Loop) -> bool:
    """Whether the loop goes up a tree or along a list of links, or takes a number or a path apart."""
    if not isinstance(loop.node, n.While):
        return False
    for stmt in loop.node.body:
        match stmt:
            case n.Assign(targets=[n.Name(id=name)], value=n.Attribute(value=n.Name(id=base))) if base == name:
                return True
            case n.Assign(targets=[n.Tuple(elts=names)], value=n.Call(args=args)):
                bound = {name.id for name in names if isinstance(name, n.Name)}
                if any(isinstance(argument, n.Name) and argument.id in bound for argument in args):
                    return True
    return False


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    draft = collected(facts, operation, loops, '""')
    if draft is None or operation.item is None:
        return None
    title = f"Collect the pieces of `{facts.source(operation.container)}` and join them after the loop"
    if not facts.type_of(operation.item).is_sure("str"):
        return draft.fix("verify", title, "The pieces are not known to be strings.")
    reason = why_seen(facts, operation)
    return draft.fix("verify" if reason else "safe", title, reason)
