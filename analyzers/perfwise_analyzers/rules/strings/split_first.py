"""A line is split into all of its fields, and only the first or the last is used.

# What it costs

`line.split(",")[0]` finds every comma and makes a string of every field, to keep one.

# The cheaper form

`line.split(",", 1)[0]` stops at the first comma, and `line.rsplit(",", 1)[-1]` at the last.

# When it does not pay

For lines of two or three fields. Only separators that are used for long rows (commas, semicolons, tabs, bars, white
space) are told of, and only in loops.

# Fix safety

Safe when the receiver is known to be a string or bytes. Otherwise it is to be verified: other things have a `split`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations.searching import method_calls
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW505",
    name="split-first",
    summary="Lines are split into all of their fields for the sake of the first or the last.",
    triggers=("split(",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def keys(lines: list[str]) -> list[str]:
    return [line.split(",")[0] for line in lines]
""",
            better="""\
def keys(lines: list[str]) -> list[str]:
    return [line.split(",", 1)[0] for line in lines]
""",
            call='keys(["one,two,three,four,five,six,seven,eight,nine,ten"] * 2000)',
        ),
        Bad(
            code="""\
def last_words(lines):
    found = set()
    for line in lines:
        words = line.split()
        if words:
            found.add(words[-1])
    return found
""",
            better="""\
def last_words(lines):
    found = set()
    for line in lines:
        words = line.rsplit(None, 1)
        if words:
            found.add(words[-1])
    return found
""",
            call='last_words(["one two three four five six seven eight nine ten"] * 2000)',
            level="verify",
        ),
    ),
    good=(
        Good("def f(lines: list[str]):\n    return [line.split(',')[1] for line in lines]\n", "The second is used."),
        Good("def f(line: str):\n    return line.split(',')[0]\n", "One line costs nothing worth a word."),
        Good("def f(names: list[str]):\n    return [name.split('.')[0] for name in names]\n", "A name has few parts."),
        Good(
            "def f(lines: list[str]):\n    for line in lines:\n        cells = line.split(',')\n"
            "        print(cells[0], len(cells))\n",
            "The number of fields is wanted as well.",
        ),
        Good(
            "import re\n\nCOMMA = re.compile(',')\n\ndef f(lines):\n    return [COMMA.split(line)[0] for line in lines]\n",
            "A pattern splits.",
        ),
    ),
)

_FIELDS = frozenset({",", ";", "\t", "|", " ", "\n", ", ", b",", b";", b"\t", b"|", b" ", b"\n"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call, receiver in method_calls(facts, "split", "rsplit"):
        if not _separates_fields(call) or not facts.is_repeated(call):
            continue
        if facts.type_of(receiver).name not in ("str", "bytes", "unknown"):
            continue
        if isinstance(receiver, n.Attribute) and receiver.attr == "str":  # The strings of a pandas series.
            continue
        ends = {_end(index) for index in _read(facts, call)}
        if len(ends) != 1 or (end := ends.pop()) is None:
            continue
        separator = facts.source(call.args[0]) if call.args else "None"
        method = "split" if end == "first" else "rsplit"
        message = f"All fields are split off for the {end} one; `{method}({separator}, 1)` stops there"
        yield facts.finding(rule, call, message, fix=_fix(facts, call, receiver, f"{method}({separator}, 1)"))


def _separates_fields(call: n.Call) -> bool:
    match call:
        case n.Call(args=[], keywords=[]) | n.Call(args=[n.Constant(kind="None")], keywords=[]):
            return True
        case n.Call(args=[n.Constant(kind=("str" | "bytes"), value=separator)], keywords=[]):
            return separator in _FIELDS
    return False


def _end(index: n.Expr | None) -> str | None:
    return None if index is None else "first" if is_int(index, 0) else "last" if is_int(index, -1) else None


def _read(facts: Facts, call: n.Call) -> Sequence[n.Expr | None]:
    """The indexes at which the fields are read; None stands for any other use of them."""
    match facts.structure.parent.get(call):
        case n.Subscript(value=value, index=index) if value is call:
            return [index]
        case n.Assign(targets=[n.Name(id=name) as target]):
            scope = facts.place(call).scope
            if scope.kind != "function" or len(scope.bindings[name]) != 1 or facts.inference.is_shared(target):
                return [None]
            if any(name in other.uses for other in facts.structure.scopes if other is not scope):
                return [None]
            uses = [facts.structure.parent.get(use) for use in scope.uses.get(name, ())]
            read = [use for use in uses if not isinstance(use, (n.If, n.UnaryOp))]
            return [use.index if isinstance(use, n.Subscript) else None for use in read]
    return [None]


def _fix(facts: Facts, call: n.Call, receiver: n.Expr, better: str) -> Fix | None:
    assert isinstance(call.func, n.Attribute)
    draft = Draft(facts)
    start = call.func.end - len(call.func.attr)
    if "#" in facts.text[start : call.end]:
        return None
    draft.edit(start, call.end, better)
    title = f"Stop at one separator with `{better}`"
    if facts.type_of(receiver).name == "unknown":
        return draft.fix("verify", title, f"`{facts.source(receiver)}` is not known to be a string.")
    return draft.fix("safe", title)
