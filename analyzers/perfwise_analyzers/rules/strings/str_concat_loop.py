"""A loop that does nothing else adds strings to one.

# What it costs

Each round runs some bytecode to add one piece, and other Pythons than CPython, which grows a local string in place, copy
all of the text for it.

# The cheaper form

`"".join(words)` copies each piece once, in C.

# When it does not pay

For a handful of pieces. Where the loop does more, or makes each piece by a call or an f-string, collecting them in a
list costs as much as adding, and nothing is said.

# Fix safety

Safe when the pieces are known to be strings and no `try` is around the loop. Otherwise it is to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.accumulating import addition, at_once, starts_as
from perfwise_analyzers.fixing.draft import is_tried
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW506",
    name="str-concat-loop",
    summary="A loop that does nothing else adds strings to one.",
    triggers=("for",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def joined(words: list[str]) -> str:
    text = ""
    for word in words:
        text += word
    return text
""",
            better="""\
def joined(words: list[str]) -> str:
    text = "".join(words)
    return text
""",
            call='joined(["some", "words"] * 1000)',
        ),
        Bad(
            code="""\
def numbered(text: str, lines):
    for line in lines:
        text = text + line
    return text
""",
            better="""\
def numbered(text: str, lines):
    text += "".join(lines)
    return text
""",
            call='numbered("These are ", ["some", "words"] * 1000)',
            level="verify",
        ),
        Bad(
            code="""\
def lines(words: list[str]) -> str:
    text = ""
    for word in words:
        text += word + "\\n"
    return text
""",
            better="""\
def lines(words: list[str]) -> str:
    text = "".join([word + "\\n" for word in words])
    return text
""",
            call='lines(["some", "words"] * 1000)',
        ),
    ),
    good=(
        Good(
            "def f(xs: list[int]):\n    total = 0\n    for x in xs:\n        total += x\n    return total\n",
            "Numbers are added up.",
        ),
        Good(
            "def f(xs: list[int]):\n    text = ''\n    for x in xs:\n        text += f'{x}, '\n    return text\n",
            "Making the pieces costs more than adding them.",
        ),
        Good(
            "def f(words: list[str]):\n    text = ''\n    for word in words:\n        text += word\n        print(text)\n",
            "The text is read in each round.",
        ),
        Good(
            "def f(text, words):\n    for word in words:\n        text += word\n    return text\n", "They may be lists."
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.all(n.For):
        found = addition(facts, loop)
        if found is None or not facts.is_long(loop.iter):
            continue
        total, value = found
        if not isinstance(total, n.Name) or not isinstance(loop.target, n.Name) or starts_as(facts, total) != {"str"}:
            continue
        pieces = _pieces(facts, loop, value)
        if pieces is not None:
            message = f'The loop adds piece by piece to `{total.id}`; `"".join(...)` copies each piece once'
            yield facts.finding(rule, loop, message, fix=_fix(facts, loop, total, value, pieces))


def _pieces(facts: Facts, loop: n.For, value: n.Expr) -> str | None:
    """What `join` would be given: the items as they are, or with other text beside them."""
    source = facts.source(loop.iter)
    match loop.target, value:
        case n.Name(id=item), n.Name(id=added) if item == added:
            return source
        case n.Name(id=item), n.BinOp() if item in facts.effects.names_in(value):
            parts = list(n.descendants(value))
            if all(isinstance(part, (n.Name, n.Constant)) or getattr(part, "op", "") == "+" for part in parts):
                return f"[{facts.source(value)} for {item} in {source}]"
    return None


def _fix(facts: Facts, loop: n.For, total: n.Name, value: n.Expr, pieces: str) -> Fix | None:
    source = facts.source(loop.iter)
    draft = at_once(facts, loop, total, f'"".join({pieces})', _is_empty)
    if draft is None:
        return None
    title = f'Write `"".join({pieces})`'
    if facts.type_of(value).name != "str":
        return draft.fix("verify", title, f"`{source}` is not known to give strings.")
    if is_tried(facts, loop) or facts.inference.is_shared(total) or facts.place(loop).scope.kind != "function":
        return draft.fix("verify", title, f"An exception would leave `{total.id}` as it was.")
    return draft.fix("safe", title)


def _is_empty(start: n.Expr) -> bool:
    return isinstance(start, n.Constant) and start.value == ""
