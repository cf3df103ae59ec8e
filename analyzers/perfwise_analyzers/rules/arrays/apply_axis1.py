"""`apply` with `axis=1` calls a Python function for each row of a data frame.

# What it costs

For each row pandas makes a Series and calls the function with it.

# The cheaper form

The same formula on whole columns: `frame["price"] * frame["count"]`, with `numpy.where` for conditions; or a list
comprehension over the columns that the function needs, `[f(a, b) for a, b in zip(frame["a"], frame["b"])]`.

# When it does not pay

For a few rows, or where the function takes far longer than a row's making.

# Fix safety

To be verified: missing values, and columns of objects, behave in another way.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW702",
    name="apply-axis1",
    summary="A Python function is called for each row of a data frame.",
    triggers=("apply(",),
    bad=(
        Bad(
            code="""\
import pandas as pd

def totals(count):
    frame = pd.DataFrame({"price": [5] * count, "amount": [2] * count})
    frame["total"] = frame.apply(lambda row: row["price"] * row["amount"] + 1, axis=1)
    return frame["total"].tolist()
""",
            better="""\
import pandas as pd

def totals(count):
    frame = pd.DataFrame({"price": [5] * count, "amount": [2] * count})
    frame["total"] = frame["price"] * frame["amount"] + 1
    return frame["total"].tolist()
""",
            call="totals(2000)",
            level="verify",
        ),
        Bad(
            code="""\
import pandas as pd

def label(row):
    return row["name"].upper() if row["amount"] > 1 else row["name"]

def labels(count):
    frame = pd.DataFrame({"name": ["pear"] * count, "amount": [2] * count})
    return frame.apply(label, axis=1).tolist()
""",
            better="""\
import pandas as pd

def labels(count):
    frame = pd.DataFrame({"name": ["pear"] * count, "amount": [2] * count})
    return [name.upper() if amount > 1 else name for name, amount in zip(frame["name"], frame["amount"])]
""",
            call="labels(2000)",
            level="advice",
        ),
    ),
    good=(
        Good("def f(frame):\n    return frame.apply(sum)\n", "It is called for each column."),
        Good("def f(frame):\n    return frame.apply(sum, axis=1, raw=True)\n", "The rows are plain arrays."),
        Good("def f(frame, best):\n    return frame.style.apply(best, axis=1)\n", "It styles a table."),
        Good("def f(frame):\n    return frame['a'].apply(lambda x: x + 1)\n", "There are no rows."),
    ),
)

_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "%", "**"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        match call:
            case n.Call(func=n.Attribute(value=frame, attr="apply"), args=[function, *rest], keywords=keywords):
                given = {keyword.arg: keyword.value for keyword in keywords}
            case _:
                continue
        axis = rest[0] if rest else given.get("axis")
        match axis:
            case n.Constant(value=(1 | "columns")):
                pass
            case _:
                continue
        if given.keys() - {"axis"} or not _is_frame(facts, frame):
            continue
        message = f"`{facts.source(frame)}.apply` makes a Series of each row and calls a function with it: work on whole columns"
        yield facts.finding(rule, call, message, fix=_fix(facts, call, frame, function))


def _is_frame(facts: Facts, expr: n.Expr) -> bool:
    """Whether it may be a data frame: not a module, and not the style of one, whose `apply` is another."""
    if facts.type_of(expr).name not in ("unknown", "DataFrame") or facts.inference.origin(expr):
        return False
    bindings = facts.inference.bindings(expr) if isinstance(expr, n.Name) else None
    values = [expr, *(binding.value for binding in bindings or ())]
    return not any(
        isinstance(node, n.Attribute) and node.attr == "style"
        for value in values
        if value is not None
        for node in n.descendants(value)
    )


def _fix(facts: Facts, call: n.Call, frame: n.Expr, function: n.Expr) -> Fix | None:
    match function:
        case n.Lambda(params=[row], body=n.BinOp() as body) if isinstance(frame, n.Name) and row.kind == "positional":
            pass
        case _:
            return None
    columns: list[n.Name] = []
    if not _is_formula(body, row.name, columns) or not columns or frame.id == row.name:
        return None
    text, start = facts.source(body), body.start
    for name in sorted(columns, key=lambda name: name.start, reverse=True):
        text = f"{text[: name.start - start]}{frame.id}{text[name.end - start :]}"
    if "\n" in text:
        return None
    around = facts.structure.parent.get(call)
    draft = Draft(facts)
    plain = isinstance(around, (n.Assign, n.Return, n.AnnAssign))
    draft.replace(call, text if plain else f"({text})")
    return draft.fix(
        "verify", "Calculate with whole columns", "Missing values and columns of objects behave otherwise."
    )


def _is_formula(expr: n.Expr, row: str, columns: list[n.Name]) -> bool:
    """Whether an expression is arithmetic on the row's columns and numbers; effect: collects where the row stands."""
    match expr:
        case n.Constant(kind=("int" | "float")):
            return True
        case n.Subscript(value=n.Name(id=name) as holder, index=n.Constant(kind="str")) if name == row:
            columns.append(holder)
            return True
        case n.BinOp(left=left, op=op, right=right):
            return op in _ARITHMETIC and _is_formula(left, row, columns) and _is_formula(right, row, columns)
        case n.UnaryOp(op="-", operand=operand):
            return _is_formula(operand, row, columns)
    return False
