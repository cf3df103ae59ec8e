"""A text is put together by `str.format`.

# What it costs

`"{} {}".format(a, b)` reads the format and calls a method each time.

# The cheaper form

`f"{a} {b}"` is read when the code is compiled, and takes about half the time.

# When it does not pay

Anywhere but on lines that a profile found hot; nothing is said elsewhere. The `%` operator is as fast as an f-string
from Python 3.11 on, and is not told of.

# Fix safety

Safe: both call `format` on the same values in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW503",
    name="format-call",
    summary="A text is put together by `str.format`.",
    triggers=(".format(",),
    severity="hint",
    micro=True,
    bad=(
        Bad(
            code="""\
def lines(names: list[str]) -> list[str]:
    return ["{}: {}".format(name, name) for name in names]
""",
            better="""\
def lines(names: list[str]) -> list[str]:
    return [f"{name}: {name}" for name in names]
""",
            call='lines(["some", "names"] * 2000)',
        ),
        Bad(
            code="""\
def lines(names: list[str]) -> list[str]:
    return ["name " "{}: {}".format(name, name) for name in names]
""",
            better="""\
def lines(names: list[str]) -> list[str]:
    return [f"name {name}: {name}" for name in names]
""",
            call='lines(["some", "names"] * 2000)',
            level="advice",
        ),
    ),
    good=(
        Good("def f(form, x):\n    return form.format(x)\n", "The format is not known."),
        Good("def f(row):\n    return '{a} {b}'.format(**row)\n", "The values come from a dict."),
        Good("FORM = '{}'\n\ndef f(x):\n    return f'{x}'\n", "It is an f-string."),
    ),
)

_FIELD = re.compile(r"\{([^{}]*)\}")
_LITERAL = re.compile(r"""("{3}|'{3}|"|')(?:(?!\1)(?:\\.|[^\\]))*\1""", re.DOTALL)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        match call:
            case n.Call(func=n.Attribute(value=n.Constant(kind="str", value=str()) as form, attr="format")):
                if _are_listed(call):
                    message = "An f-string is put together without a call"
                    yield facts.finding(rule, call, message, fix=_fix(facts, call, form))


def _are_listed(call: n.Call) -> bool:
    """Whether all values stand in the call itself, rather than coming out of a sequence or a dict."""
    given = [*call.args, *call.keywords]
    return bool(given) and not any(
        isinstance(part, n.Starred) or (isinstance(part, n.Keyword) and not part.arg) for part in given
    )


def _fix(facts: Facts, call: n.Call, form: n.Constant) -> Fix | None:
    if call.keywords:
        return None
    source = facts.source(form)
    fields = _FIELD.findall(source)
    # Of several literals one after the other, the `f` would be that of the first.
    if not _LITERAL.fullmatch(source) or source.count("{") != len(fields) or [field for field in fields if field]:
        return None
    values = [facts.source(argument) for argument in call.args]
    # Before Python 3.12 no quote of the string's own, no backslash and no comment may stand in a field.
    if len(values) != len(fields) or any(set(value) & set("\"'\\#{}:!\n=") for value in values):
        return None
    if any(isinstance(argument, (n.Lambda, n.Yield, n.Await, n.NamedExpr)) for argument in call.args):
        return None
    draft = Draft(facts)
    left = iter(values)
    draft.replace(call, "f" + _FIELD.sub(lambda _: f"{{{next(left)}}}", source))
    return draft.fix("safe", "Write an f-string")
