"""Dates in ISO format are parsed in a loop by a format that is interpreted anew for each.

# What it costs

`datetime.strptime(text, "%Y-%m-%d")` is Python code that matches a regular expression: some microseconds a date.

# The cheaper form

`datetime.fromisoformat(text)` reads the same dates in C, twenty times faster and more.

# When it does not pay

For a handful of dates.

# Fix safety

To be verified: `fromisoformat` accepts other ISO dates as well, where `strptime` would raise ValueError, and wants all
digits that the format may lack (`2024-1-2`). Before Python 3.11 it takes fractions of 3 or 6 digits only.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW509",
    name="strptime-iso",
    summary="ISO dates are parsed in a loop with `strptime`.",
    triggers=("strptime",),
    severity="hint",
    bad=(
        Bad(
            code="""\
from datetime import datetime


def days(lines: list[str]) -> list[datetime]:
    return [datetime.strptime(line[:10], "%Y-%m-%d") for line in lines]
""",
            better="""\
from datetime import datetime


def days(lines: list[str]) -> list[datetime]:
    return [datetime.fromisoformat(line[:10]) for line in lines]
""",
            call='days(["2024-01-02 some words"] * 1000)',
            level="verify",
        ),
        Bad(
            code="""\
import datetime as dt


def latest(stamps):
    last = None
    for stamp in stamps:
        moment = dt.datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S")
        if last is None or moment > last:
            last = moment
    return last
""",
            better="""\
import datetime as dt


def latest(stamps):
    last = None
    for stamp in stamps:
        moment = dt.datetime.fromisoformat(stamp)
        if last is None or moment > last:
            last = moment
    return last
""",
            call='latest([f"2024-01-02T03:04:{n % 60:02}" for n in range(1000)])',
            level="verify",
        ),
        Bad(
            code="""\
from datetime import datetime


def parsed(text):
    return datetime.strptime(text, "%Y-%m-%d")


def days(lines):
    return list(map(parsed, lines))
""",
            better="""\
from datetime import datetime


def parsed(text):
    return datetime.fromisoformat(text)


def days(lines):
    return list(map(parsed, lines))
""",
            call='days(["2024-01-02"] * 1000)',
            level="verify",
        ),
    ),
    good=(
        Good(
            "from datetime import datetime\n\ndef parsed(x):\n    return datetime.strptime(x, '%Y-%m-%d')\n\n"
            "def f(x):\n    return parsed(x)\n",
            "No loop calls the function.",
        ),
        Good(
            "from datetime import datetime\n\ndef f(xs):\n    return [datetime.strptime(x, '%d.%m.%Y') for x in xs]\n",
            "The format is not ISO.",
        ),
        Good(
            "from datetime import datetime\n\ndef f(x):\n    return datetime.strptime(x, '%Y-%m-%d')\n",
            "One date costs nothing worth a word.",
        ),
        Good(
            "import time\n\ndef f(xs):\n    return [time.strptime(x, '%Y-%m-%d') for x in xs]\n",
            "`time` has no parser of ISO dates.",
        ),
    ),
)

_DATE = "%Y-%m-%d"
_TIMES = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%H:%M:%S%z", "%H:%M:%S.%f%z", "%X")
_FORMATS = frozenset({_DATE, "%F", *(f"{_DATE}{between}{time}" for between in "T " for time in _TIMES)})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) != "datetime.datetime.strptime" or not facts.is_repeated(call):
            continue
        match call:
            case n.Call(func=n.Attribute(value=class_), args=[text, form], keywords=[]) if _is_iso(facts, form):
                pass
            case _:
                continue
        better = f"{facts.source(class_)}.fromisoformat"
        draft = Draft(facts)
        draft.replace(call, f"{better}({facts.source(text)})")
        reason = "`fromisoformat` accepts other ISO dates too, and none that lack digits."
        fix = draft.fix("verify", f"Parse with `{better}`", reason)
        message = f"`strptime` interprets its format for each date; `{better}` reads ISO dates in C"
        yield facts.finding(rule, call, message, fix=fix)


def _is_iso(facts: Facts, form: n.Expr) -> bool:
    if isinstance(form, n.Constant):
        return form.value in _FORMATS
    bindings = facts.inference.bindings(form) if isinstance(form, n.Name) else None
    return bool(bindings) and all(
        binding.kind == "assign" and isinstance(binding.value, n.Constant) and binding.value.value in _FORMATS
        for binding in bindings or ()
    )
