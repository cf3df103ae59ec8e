"""Python's `sum`, `max`, `min`, `any` or `all` goes through a NumPy array.

# What it costs

The built-in functions take the array apart into one Python object for each element.

# The cheaper form

The array's own method, `values.sum()`, which does the same in C on the numbers as they lie there.

# When it does not pay

For arrays of a few elements.

# Fix safety

To be verified: a method goes over all axes, sums of floats are rounded in another order, and NaN is treated otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.array_loops import is_matrix
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW707",
    name="builtin-on-array",
    summary="A built-in function takes an array apart to go through it.",
    triggers=("sum(", "max(", "min(", "any(", "all("),
    severity="hint",
    bad=(
        Bad(
            code="""\
import numpy as np

def total(count: int):
    values = np.arange(count)
    return sum(values)
""",
            better="""\
import numpy as np

def total(count: int):
    values = np.arange(count)
    return values.sum()
""",
            call="total(20000)",
            level="verify",
        ),
        Bad(
            code="""\
import numpy as np

def has_negative(count: int):
    values = np.ones(count)
    return bool(any(values < 0))
""",
            better="""\
import numpy as np

def has_negative(count: int):
    values = np.ones(count)
    return bool((values < 0).any())
""",
            call="has_negative(20000)",
            level="verify",
        ),
    ),
    good=(
        Good("import numpy as np\n\ndef f(a):\n    return min(np.array(a.shape))\n", "Axes are few."),
        Good("def f(xs: list[int]):\n    return sum(xs)\n", "It is a list."),
        Good("import numpy as np\n\ndef f(xs):\n    a = np.array(xs)\n    return max(a, key=abs)\n", "There is a key."),
        Good(
            "import numpy as np\n\ndef f(n):\n    rows = np.zeros((n, 3))\n    return sum(rows)\n",
            "Rows are added to each other.",
        ),
        Good("import numpy as np\n\ndef f(xs):\n    assert all(np.array(xs) > 0)\n", "It is a check."),
        Good("import numpy as np\n\ndef f(a, b):\n    x = np.array(a)\n    return max(x, b)\n", "Two are compared."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        module, _, name = facts.inference.callee(call).rpartition(".")
        if module != "builtins" or name not in ("sum", "max", "min", "any", "all") or call.keywords:
            continue
        match call.args:
            case [n.Expr() as array] if facts.type_of(array).name in ("ndarray", "Series"):
                pass
            case _:
                continue
        if (
            not facts.is_long(array)
            or _is_shape(array)
            or is_matrix(facts, array)
            or isinstance(facts.place(call).stmt, n.Assert)
        ):
            continue
        message = (
            f"`{name}` makes a Python object of each element of `{facts.source(array)}`; its method `{name}()` does not"
        )
        yield facts.finding(rule, call, message, fix=_fix(facts, call, array, name))


def _is_shape(array: n.Expr) -> bool:
    """Whether the array holds the few lengths of another's axes."""
    return any(isinstance(node, n.Attribute) and node.attr == "shape" for node in n.descendants(array))


def _fix(facts: Facts, call: n.Call, array: n.Expr, name: str) -> Fix | None:
    draft = Draft(facts)
    source = facts.source(array)
    if not isinstance(array, (n.Name, n.Attribute, n.Call, n.Subscript)):
        source = f"({source})"
    draft.replace(call, f"{source}.{name}()")
    return draft.fix(
        "verify", f"Call the array's `{name}`", "Rounding, NaN and further axes are treated in another way."
    )
