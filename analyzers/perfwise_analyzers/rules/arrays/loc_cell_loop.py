"""A loop reads or sets the cells of a data frame one by one.

# What it costs

`frame.loc[i, "price"]` finds row and column anew each time, some 10 microseconds a cell, and more to set one.

# The cheaper form

A formula on whole columns, `frame["total"] = frame["price"] * 2`, with `numpy.where` for conditions. Where each row
needs the one before, take the columns out with `tolist()`, calculate, and set the column once.

# When it does not pay

For a few cells.

# Fix safety

Advice only: what a round sets may be read by the next, and missing values behave otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.array_loops import is_light
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW704",
    name="loc-cell-loop",
    summary="A loop reads or sets the cells of a data frame one by one.",
    triggers=(".loc[", ".iloc[", ".at[", ".iat[", "]["),
    bad=(
        Bad(
            code="""\
import pandas as pd

def doubled(count):
    frame = pd.DataFrame({"price": [5] * count, "total": [0] * count})
    for i in range(len(frame)):
        frame.loc[i, "total"] = frame.loc[i, "price"] * 2
    return frame["total"].tolist()
""",
            better="""\
import pandas as pd

def doubled(count):
    frame = pd.DataFrame({"price": [5] * count, "total": [0] * count})
    frame["total"] = frame["price"] * 2
    return frame["total"].tolist()
""",
            call="doubled(300)",
            level="advice",
        ),
        Bad(
            code="""\
import pandas as pd

def total(count):
    frame = pd.DataFrame({"price": [5] * count})
    return int(sum(frame.iloc[i]["price"] for i in range(len(frame))))
""",
            better="""\
import pandas as pd

def total(count):
    frame = pd.DataFrame({"price": [5] * count})
    return int(frame["price"].sum())
""",
            call="total(300)",
            level="advice",
        ),
    ),
    good=(
        Good("def f(frame, i):\n    return frame.loc[i, 'price']\n", "One cell is read."),
        Good("def f(frame):\n    frame.loc[frame['a'] > 1, 'b'] = 0\n", "Many cells are set at once."),
        Good(
            "def f(frame, columns):\n    for column in columns:\n        frame.loc[:, column] = 0\n",
            "Each round sets a column.",
        ),
        Good(
            "def f(frame, columns):\n    for column in columns:\n        frame.loc[frame['a'] > 1, column] = 0\n",
            "Each round sets many cells.",
        ),
        Good(
            "def f(frame, models):\n    for i in range(len(frame)):\n        models.fit(frame.loc[i, 'a'])\n",
            "What is done with the cell takes far longer.",
        ),
        Good(
            "def f(frame):\n    for day in range(7):\n        print(frame.loc[day, 'sold'])\n",
            "There are seven days.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[Loop] = set()
    for cell in facts.structure.all(n.Subscript):
        match cell:
            case n.Subscript(value=n.Attribute(value=frame, attr=("loc" | "iloc" | "at" | "iat") as attr), index=index):
                accessor, loop = str(attr), facts.place(cell).loop
            case n.Subscript(value=n.Subscript(value=frame) as column, index=(n.Name() | n.BinOp()) as index) if (
                facts.type_of(column).name == "Series" and facts.type_of(frame).name == "DataFrame"
            ):
                accessor, loop = "", facts.place(cell).loop
            case _:
                continue
        if loop is None or loop in told or facts.is_short(loop) or facts.runs_once(facts.place(cell), loop):
            continue
        if not _is_set(facts, cell) and not is_light(facts, loop):
            continue
        is_cell = _is_cell(facts, cell, index, loop) if accessor else _is_counted(facts, index, loop)
        if is_cell and not facts.varies(frame, loop):
            told.add(loop)
            source = facts.source(frame)
            finder = f"{source}.{accessor}" if accessor else facts.source(cell)
            message = f"`{finder}` finds one cell of `{source}` in each round: work on whole columns"
            yield facts.finding(rule, cell, message)


def _is_set(facts: Facts, cell: n.Subscript) -> bool:
    around = facts.structure.parent.get(cell)
    return (isinstance(around, n.Assign) and cell in around.targets) or (
        isinstance(around, n.AugAssign) and around.target is cell
    )


def _is_cell(facts: Facts, cell: n.Subscript, index: n.Expr, loop: Loop) -> bool:
    """Whether the row is one that the loop counts out, and the column is named."""
    match index:
        case n.Tuple(elts=[row, column]):
            named = not isinstance(column, n.Slice) and not facts.varies(column, loop)
        case _:
            row = index
            around = facts.structure.parent.get(cell)
            named = isinstance(around, n.Subscript) and isinstance(around.index, n.Constant)
    return named and _is_counted(facts, row, loop)


def _is_counted(facts: Facts, row: n.Expr, loop: Loop) -> bool:
    """Whether a row's number or label goes through all rows: `i`, `i - 1`, of a range or of the frame's index."""
    match row:
        case n.BinOp(left=n.Name() as name, op=("+" | "-"), right=n.Constant()):
            pass
        case n.Name() as name:
            pass
        case _:
            return False
    bindings = facts.inference.bindings(name) or []
    if len(bindings) != 1 or bindings[0].loop is not loop:
        return False
    match loop.iter:
        case n.Call() as call if facts.inference.callee(call) in ("builtins.range", "builtins.enumerate"):
            return True
        case n.Attribute(attr="index"):
            return True
    return False
