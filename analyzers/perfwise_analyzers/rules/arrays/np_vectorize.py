"""`numpy.vectorize` stands for a loop in Python.

# What it costs

It calls the function once for each element, as a loop does; nothing of it runs in C.

# The cheaper form

The same formula on whole arrays, `a * a + 1`, with `np.where(a > 0, a, 0)` or `np.select` for conditions.

# When it does not pay

For functions that NumPy has nothing for, and for arrays of a few elements.

# Fix safety

Advice only: all branches of a condition are calculated, NumPy's integers wrap, and its divisions by zero give infinity.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import own_nodes
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW708",
    name="np-vectorize",
    summary="A formula is put in `numpy.vectorize`, which calls it for each element.",
    triggers=("vectorize",),
    bad=(
        Bad(
            code="""\
import numpy as np

def clipped(count: int):
    values = np.arange(count)
    clip = np.vectorize(lambda value: value * 2 if value > 10 else 0)
    return clip(values).tolist()
""",
            better="""\
import numpy as np

def clipped(count: int):
    values = np.arange(count)
    return np.where(values > 10, values * 2, 0).tolist()
""",
            call="clipped(5000)",
            level="advice",
        ),
        Bad(
            code="""\
import numpy as np

@np.vectorize
def grown(value):
    if value < 0:
        return 0.0
    return value * 1.5 + 1

def all_grown(count):
    return grown(np.arange(count)).tolist()
""",
            better="""\
import numpy as np

def grown(values):
    return np.where(values < 0, 0.0, values * 1.5 + 1)

def all_grown(count):
    return grown(np.arange(count)).tolist()
""",
            call="all_grown(5000)",
            level="advice",
        ),
    ),
    good=(
        Good("import numpy as np\n\nupper = np.vectorize(str.upper)\n", "NumPy has nothing quicker for strings."),
        Good(
            "import numpy as np\n\nread = np.vectorize(lambda path: open(path).read())\n",
            "It is no formula.",
        ),
        Good("import numpy as np\n\ndef f(a):\n    return np.where(a > 0, a, 0)\n", "It works on whole arrays."),
    ),
)

_NUMERIC = frozenset(f"builtins.{name}" for name in ("abs", "min", "max", "pow", "int", "float", "round"))


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) == "numpy.vectorize" and call.args and _is_formula(facts, call.args[0]):
            yield _finding(facts, call)
    for function in facts.structure.all(n.FunctionDef):
        for decorator in function.decorators:
            if facts.inference.origin(decorator) == "numpy.vectorize" and _is_calculating(facts, function):
                yield _finding(facts, decorator)


def _finding(facts: Facts, node: n.Node) -> Finding:
    return facts.finding(
        rule, node, "`numpy.vectorize` calls the function for each element: calculate with whole arrays"
    )


def _is_formula(facts: Facts, function: n.Expr) -> bool:
    match function:
        case n.Lambda(body=body):
            return _is_numeric(facts, body)
        case n.Name():
            bindings = facts.inference.bindings(function) or []
            return (
                len(bindings) == 1
                and isinstance(bindings[0].value, n.FunctionDef)
                and _is_calculating(facts, bindings[0].value)
            )
    return False


def _is_calculating(facts: Facts, function: n.FunctionDef) -> bool:
    """Whether a function does nothing but arithmetic."""
    body = [stmt for stmt in function.body if not (isinstance(stmt, n.ExprStmt) and isinstance(stmt.value, n.Constant))]
    return bool(body) and all(_is_plain(facts, stmt) for stmt in body)


def _is_plain(facts: Facts, stmt: n.Stmt) -> bool:
    match stmt:
        case n.If(test=test, body=body, orelse=orelse):
            return _is_numeric(facts, test) and all(_is_plain(facts, each) for each in (*body, *orelse))
        case n.Return(value=n.Expr() as value) | n.Assign(targets=[n.Name()], value=value):
            return _is_numeric(facts, value)
        case n.AugAssign(target=n.Name(), value=value):
            return _is_numeric(facts, value)
    return False


def _is_numeric(facts: Facts, expr: n.Expr) -> bool:
    for node in own_nodes(expr):
        match node:
            case n.Name() | n.BinOp() | n.UnaryOp() | n.Compare() | n.BoolOp() | n.IfExp():
                pass
            case n.Constant(kind=("int" | "float" | "bool")):
                pass
            case n.Attribute():
                is_number = facts.type_of(node).name in ("int", "float", "bool")
                if not is_number and not facts.inference.origin(node).startswith(("math.", "numpy.")):
                    return False
            case n.Call():
                callee = facts.inference.callee(node)
                if not callee.startswith(("math.", "numpy.")) and callee not in _NUMERIC:
                    return False
            case _:
                return False
    return True
