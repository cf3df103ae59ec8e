"""A NumPy function is called on a single Python number, again and again.

# What it costs

NumPy's functions are made for arrays: for one number they set up the same machinery, which takes some thirty times as
long as the function itself.

# The cheaper form

`math.sqrt(x)` and its like for single numbers; or one call of NumPy's function on an array of all of them.

# When it does not pay

Where the call is made a few times.

# Fix safety

To be verified: where NumPy warns and gives NaN, as for the square root of a negative number, `math` raises ValueError;
and the result is a float in place of a NumPy number.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.array_loops import is_light
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW709",
    name="scalar-numpy-math",
    summary="A function of NumPy is called on one number at a time.",
    triggers=("np.", "numpy", "sqrt(", "exp(", "log", "sin(", "cos(", "tan", "hypot(", "floor(", "ceil(", "isnan("),
    severity="hint",
    bad=(
        Bad(
            code="""\
import math

import numpy as np

def lengths(points: list[tuple[float, float]]) -> float:
    total = 0.0
    for x, y in points:
        total += np.sqrt(x * x + y * y)
    return float(total)
""",
            better="""\
import math

import numpy as np

def lengths(points: list[tuple[float, float]]) -> float:
    total = 0.0
    for x, y in points:
        total += math.sqrt(x * x + y * y)
    return float(total)
""",
            call="lengths([(3.0, 4.0), (1.0, 2.0)] * 2000)",
            level="verify",
        ),
    ),
    good=(
        Good(
            "import numpy as np\n\ndef f(x: float):\n    return np.sqrt(x)\n",
            "It is called once.",
        ),
        Good(
            "import numpy as np\n\ndef f(rows, d: int):\n    return [row * np.sqrt(d) for row in rows]\n",
            "It is the same number in each round.",
        ),
        Good("import numpy as np\n\ndef f(rows):\n    return [np.sqrt(row) for row in rows]\n", "These may be arrays."),
        Good(
            "import numpy as np\n\ndef f(n: int):\n    return [np.sqrt(np.arange(i)) for i in range(n)]\n",
            "These are arrays.",
        ),
    ),
)

# What `math`, or Python itself, calls the function.
_NAMES = {
    **{name: f"math.{name}" for name in ("sqrt", "exp", "log", "log2", "log10", "log1p", "expm1", "sin", "cos", "tan")},
    **{
        name: f"math.{name}"
        for name in ("sinh", "cosh", "tanh", "hypot", "fabs", "floor", "ceil", "isnan", "isinf", "isfinite", "radians")
    },
    "degrees": "math.degrees",
    "deg2rad": "math.radians",
    "rad2deg": "math.degrees",
    "arcsin": "math.asin",
    "arccos": "math.acos",
    "arctan": "math.atan",
    "arctan2": "math.atan2",
    "abs": "abs",
    "absolute": "abs",
    "maximum": "max",
    "minimum": "min",
}
_BINARY = frozenset({"hypot", "arctan2", "maximum", "minimum"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        module, _, name = facts.inference.callee(call).rpartition(".")
        better = _NAMES.get(name) if module == "numpy" else None
        if better is None or call.keywords or len(call.args) != 1 + (name in _BINARY):
            continue
        loop = facts.place(call).loop
        if loop is None or not any(facts.varies(argument, loop) for argument in call.args) or not is_light(facts, loop):
            continue
        if all(facts.type_of(argument).name in ("int", "float") for argument in call.args) and facts.is_repeated(call):
            message = f"`{facts.source(call.func)}` is made for arrays: for one number `{better}` takes a small part of the time"
            yield facts.finding(rule, call, message, fix=_fix(facts, call, better))


def _fix(facts: Facts, call: n.Call, better: str) -> Fix | None:
    draft = Draft(facts)
    module, _, name = better.rpartition(".")
    draft.replace(call.func, draft.imported(module, name) if module else name)
    reason = "Where NumPy gives NaN, `math` raises an exception, and the result is of another type."
    return draft.fix("verify", f"Use `{better}`", reason)
