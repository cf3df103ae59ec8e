"""A loop goes through a data frame with `iterrows`.

# What it costs

Each round makes a Series of the row, with an index and a common type for all columns: some 20 to 50 microseconds.

# The cheaper form

A formula on whole columns, `frame["price"] * frame["count"]`. Where each row has to be seen, `frame.itertuples()` gives
plain tuples, some ten times faster.

# When it does not pay

For a few rows, or where what is done with a row takes far longer.

# Fix safety

To be verified: `iterrows` gives all values of a row a common type, so that an integer beside a float comes as a float.
"""

from __future__ import annotations

from collections.abc import Iterator
from keyword import iskeyword

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.awaits import waits
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW701",
    name="iterrows",
    summary="A loop makes a Series of each row of a data frame.",
    triggers=("iterrows(",),
    bad=(
        Bad(
            code="""\
import pandas as pd

def total(count):
    frame = pd.DataFrame({"price": [5] * count, "amount": [2] * count})
    paid = 0
    for _, row in frame.iterrows():
        paid += row["price"] * row["amount"]
    return int(paid)
""",
            better="""\
import pandas as pd

def total(count):
    frame = pd.DataFrame({"price": [5] * count, "amount": [2] * count})
    paid = 0
    for row in frame.itertuples(index=False):
        paid += row.price * row.amount
    return int(paid)
""",
            call="total(2000)",
            level="verify",
        ),
        Bad(
            code="""\
import pandas as pd

def names(count):
    frame = pd.DataFrame({"first": ["Ada"] * count, "last": ["Byron"] * count})
    return [str(i) + row["first"] + row["last"] for i, row in frame.iterrows()]
""",
            better="""\
import pandas as pd

def names(count):
    frame = pd.DataFrame({"first": ["Ada"] * count, "last": ["Byron"] * count})
    return [str(row.Index) + row.first + row.last for row in frame.itertuples()]
""",
            call="names(2000)",
            level="verify",
        ),
        Bad(
            code="""\
import pandas as pd

def dicts(count):
    frame = pd.DataFrame({"price": ["5"] * count, "amount": ["2"] * count})
    return [dict(row) for _, row in frame.iterrows()]
""",
            better="""\
import pandas as pd

def dicts(count):
    frame = pd.DataFrame({"price": ["5"] * count, "amount": ["2"] * count})
    return frame.to_dict("records")
""",
            call="dicts(1000)",
            level="advice",
        ),
    ),
    good=(
        Good("def f(frame):\n    return [row.a for row in frame.itertuples()]\n", "The rows are plain tuples."),
        Good("def f(frame):\n    for name, column in frame.T.iterrows():\n        print(column)\n", "Columns are few."),
        Good(
            "def f(frame):\n    for _, row in frame.head(9).iterrows():\n        print(row)\n",
            "They are the first nine.",
        ),
        Good(
            "import requests\n\ndef f(frame, url):\n    for _, row in frame.iterrows():\n        requests.post(url, row)\n",
            "Each row waits for another machine.",
        ),
        Good("def f(frame):\n    _, row = next(frame.iterrows())\n    return row\n", "One row is taken."),
        Good(
            "def f(frame):\n    for _, row in frame.iterrows():\n        return row\n", "The loop ends with the first."
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.loops:
        call = _rows(facts, loop)
        if call is None or _leaves_at_once(facts, loop) or not _are_many(facts, call) or waits(facts, loop):
            continue
        message = f"`{facts.source(call)}` makes a Series of each row: work on whole columns, or take the rows from `itertuples`"
        yield facts.finding(rule, call, message, fix=_fix(facts, loop, call))


def _rows(facts: Facts, loop: Loop) -> n.Call | None:
    match loop.iter:
        case n.Call(func=n.Attribute(attr="iterrows"), args=[], keywords=[]) as call:
            return call
        case n.Call(args=[n.Call(func=n.Attribute(attr="iterrows"), args=[], keywords=[]) as call, *_]) as outer:
            if facts.inference.callee(outer) in ("builtins.enumerate", "builtins.zip"):
                return call
    return None


def _are_many(facts: Facts, call: n.Call) -> bool:
    """Whether these may be many rows of a frame: not those of `frame.T`, few as columns are, nor of its head."""
    match call.func:
        case n.Attribute(value=n.Attribute(attr="T")):
            return False
        case n.Attribute(value=n.Call(func=n.Attribute(attr=("head" | "tail")), args=([] | [n.Constant()]))):
            return False
        case n.Attribute(value=frame):
            return facts.type_of(frame).name in ("unknown", "DataFrame")
    return False


def _leaves_at_once(facts: Facts, loop: Loop) -> bool:
    if loop.body_block < 0:
        return False
    body = facts.structure.blocks[loop.body_block]
    return bool(body) and facts.runs_once(facts.place(body[0]), loop)


def _fix(facts: Facts, loop: Loop, call: n.Call) -> Fix | None:
    match loop.target:
        case n.Tuple(elts=[n.Name(id=index), n.Name(id=row)]) as target if loop.iter is call and index != row:
            pass
        case _:
            return None
    assert isinstance(call.func, n.Attribute)
    draft = Draft(facts)
    indexes, rows = (_uses(facts, loop, name) for name in (index, row))
    if indexes is None or rows is None:
        return None
    for use in rows:
        taken = facts.structure.parent.get(use)
        match taken:
            case n.Subscript(value=value, index=n.Constant(kind="str", value=str(column))) if value is use:
                if not column.isidentifier() or iskeyword(column) or column.startswith("_"):
                    return None
                draft.replace(taken, f"{row}.{column}")
            case _:
                return None
        if isinstance(facts.structure.parent.get(taken), (n.Assign, n.AugAssign, n.Delete)) and _is_target(
            facts, taken
        ):
            return None
    for use in indexes:
        draft.replace(use, f"{row}.Index")
    draft.replace(target, row)
    draft.replace(call, f"{facts.source(call.func.value)}.itertuples({'' if indexes else 'index=False'})")
    reason = "`iterrows` gives the values of a row a common type, which may differ from that of a column."
    return draft.fix("verify", "Take the rows from `itertuples`", reason)


def _is_target(facts: Facts, node: n.Expr) -> bool:
    around = facts.structure.parent.get(node)
    return not (isinstance(around, (n.Assign, n.AugAssign)) and around.value is node)


def _uses(facts: Facts, loop: Loop, name: str) -> list[n.Name] | None:
    """Where the loop reads a name that it sets; None where others set or read it as well."""
    inside: list[n.Name] = []
    for use in loop.scope.uses.get(name, ()):
        bindings = facts.inference.bindings(use) or []
        if any(binding.loop is loop for binding in bindings):
            if len(bindings) != 1:
                return None
            inside.append(use)
    if loop.kind == "for" and used_after(facts, name, loop.stmt):
        return None
    return inside
