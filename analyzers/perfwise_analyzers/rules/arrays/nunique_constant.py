"""The distinct values of a column are counted to see whether there is more than one.

# What it costs

`nunique` puts every value in a hash table to count those that differ.

# The cheaper form

Compare the values with the first: `values = column.to_numpy()` and `(values == values[0]).all()`.

# When it does not pay

For a short column, or one of strings most of which are equal.

# Fix safety

Advice only: `nunique` leaves missing values out, and knows an empty column.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Binding
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW711",
    name="nunique-constant",
    summary="Distinct values are counted to see whether there is more than one.",
    triggers=("unique(", "set("),
    severity="hint",
    bad=(
        Bad(
            code="""\
import pandas as pd

def is_constant(count):
    frame = pd.DataFrame({"price": range(count)})
    return frame["price"].nunique() == 1
""",
            better="""\
import pandas as pd

def is_constant(count):
    frame = pd.DataFrame({"price": range(count)})
    prices = frame["price"].to_numpy()
    return bool((prices == prices[0]).all())
""",
            call="is_constant(100_000)",
            level="advice",
        ),
    ),
    good=(
        Good("def f(frame):\n    return frame['a'].nunique() == 3\n", "The number of them is wanted."),
        Good("def f(frame):\n    return frame.columns[frame.nunique() == 1]\n", "It is asked of each column."),
        Good("def f(frame):\n    return frame['a'].nunique()\n", "The number of them is wanted."),
    ),
)

# What is compared with, by operator.
_ONE = {"==": 1, "!=": 1, ">": 1, "<=": 1, "<": 2, ">=": 2}


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for test in facts.structure.all(n.Compare):
        match test:
            case n.Compare(left=count, ops=[op], comparators=[n.Constant(kind="int", value=bound)]) if (
                _ONE.get(op) == bound
            ):
                column = _counted(facts, count)
            case _:
                continue
        if column is not None and _is_column(facts, column):
            message = (
                f"All distinct values of `{facts.source(column)}` are counted: comparing them with the first is cheaper"
            )
            yield facts.finding(rule, test, message)


def _counted(facts: Facts, count: n.Expr) -> n.Expr | None:
    """The column whose distinct values are counted: `column.nunique()` or `len(column.unique())`."""
    match count:
        case n.Call(func=n.Attribute(value=column, attr="nunique"), args=[]):
            return column
        case n.Call(args=[n.Call(func=n.Attribute(value=column, attr="unique"), args=[], keywords=[])]) as call:
            return column if facts.inference.callee(call) == "builtins.len" else None
        case n.Call(args=[n.Call(args=[column], keywords=[]) as made]) as call:
            is_set = facts.inference.callee(made) == "builtins.set" and facts.type_of(column).name == "Series"
            return column if is_set and facts.inference.callee(call) == "builtins.len" else None
    return None


def _is_column(facts: Facts, expr: n.Expr) -> bool:
    match expr:
        case n.Subscript(index=n.Constant(kind="str")):
            return True
        case n.Subscript(value=frame, index=n.Name() as name):
            return any(_is_of_columns(facts, frame, binding) for binding in facts.inference.bindings(name) or ())
        case n.Attribute(value=frame):
            return facts.type_of(frame).name == "DataFrame" or facts.type_of(expr).name == "Series"
    return facts.type_of(expr).name == "Series"


def _is_of_columns(facts: Facts, frame: n.Expr, binding: Binding) -> bool:
    """Whether a loop binds the name of one column after the other."""
    match binding.value:
        case n.Attribute(value=value, attr="columns"):
            return binding.kind == "loop" and facts.effects.same(value, frame)
    return False
