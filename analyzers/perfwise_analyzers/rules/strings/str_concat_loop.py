"""A loop that does nothing else adds strings to one.

# What it costs

Each round runs some bytecode to add one piece, and other Pythons than CPython, which grows a local string in place, copy
all of the text for it. `text = text + word + ", "` and `text = f"{text}{word}"` copy it everywhere: n rounds copy n * n / 2
pieces.

# The cheaper form

`"".join(words)` copies each piece once, in C.

# When it does not pay

For a handful of pieces. Where the loop does more, or makes each piece by a call or an f-string, collecting them in a
list costs as much as adding, and nothing is said but of texts that are copied.

# Fix safety

Safe when the pieces are known to be strings and no `try` is around the loop. Otherwise it is to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.accumulating import addition, at_once, starts_as
from perfwise_analyzers.fixing.collecting import first_of_each, grown_type
from perfwise_analyzers.fixing.draft import Draft, is_tried
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW506",
    name="str-concat-loop",
    summary="A loop that does nothing else adds strings to one.",
    triggers=("for", "while"),
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
        Bad(
            code="""\
def listed(names: list[str]) -> str:
    text = ""
    for name in names:
        if name:
            text = text + name + ", "
    return text
""",
            better="""\
def listed(names: list[str]) -> str:
    text = ""
    for name in names:
        if name:
            text += name + ", "
    return text
""",
            call='listed(["some", "names"] * 4000)',
        ),
        Bad(
            code="""\
def page(rows):
    html = "<table>"
    for row in rows:
        html = html + "<tr>" + row + "</tr>"
    return html
""",
            better="""\
def page(rows):
    html = "<table>"
    html += "".join(["<tr>" + row + "</tr>" for row in rows])
    return html
""",
            call='page(["some", "rows"] * 2000)',
            level="verify",
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
    for operation, loops in first_of_each(facts, filter(_copies, facts.operations("concatenation"))):
        if grown_type(facts, operation) != "str":
            continue
        source, rounds = facts.source(operation.container), facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(operation.container))
        message = f"Each round copies the text in `{source}` to add to it: O({cost}); joining the pieces once makes it O({rounds})"
        yield facts.finding(rule, operation.node, message, cost, rounds, _spared(facts, operation))


def _copies(operation: Operation) -> bool:
    """Whether all of a local text is copied: Python grows it in place only for `text + piece`."""
    is_longer = operation.spelling == "plus" and operation.item is None
    return isinstance(operation.container, n.Name) and (is_longer or operation.spelling == "format")


def _spared(facts: Facts, operation: Operation) -> Fix | None:
    """`text = text + a + b` becomes `text += a + b`, or a join where the loop does no more."""
    stmt, text = operation.node, operation.container
    if not isinstance(stmt, n.Assign) or not isinstance(stmt.value, n.BinOp) or not isinstance(text, n.Name):
        return None
    rest = facts.text[text.end : stmt.value.end].lstrip()
    added = rest[1:].lstrip()
    if not rest.startswith("+") or "(" in added or "\n" in added:
        return None
    loop = facts.structure.parent.get(stmt)
    match loop:
        case n.For(target=n.Name(id=item), body=[_], orelse=[], is_async=False):
            if item in facts.effects.names_in(stmt.value):
                pieces = f"[{added} for {item} in {facts.source(loop.iter)}]"
                return _fix(facts, loop, text, stmt.value, pieces)
    draft = Draft(facts)
    draft.replace(stmt, f"{text.id} += {added}")
    title = f"Write `{text.id} += {added}`"
    if not facts.type_of(stmt.value).is_sure("str"):
        return draft.fix("verify", title, "The pieces are not known to be strings.")
    return draft.fix("safe", title)


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
    if not facts.type_of(value).is_sure("str"):
        return draft.fix("verify", title, f"`{source}` is not known to give strings.")
    if is_tried(facts, loop) or facts.inference.is_shared(total) or facts.place(loop).scope.kind != "function":
        return draft.fix("verify", title, f"An exception would leave `{total.id}` as it was.")
    return draft.fix("safe", title)


def _is_empty(start: n.Expr) -> bool:
    return isinstance(start, n.Constant) and start.value == ""
