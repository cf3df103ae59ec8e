"""An array grows in a loop, by a new and longer one in each round.

# What it costs

`np.append`, `np.insert`, `np.concatenate`, `np.vstack` and `np.hstack` copy the whole array to add something to it: n rounds copy
n * n / 2 elements.

# The cheaper form

Collect the parts in a list, and make the array once after the loop; or make it in its full size with `np.empty` and
fill it.

# When it does not pay

For a few parts.

# Fix safety

To be verified: the parts decide on the type of the elements, and until the loop ends the array is not there.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.array_growth import collected, growing_loops
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW705",
    name="append-array-in-loop",
    summary="An array is copied in each round of a loop to add something to it.",
    triggers=("append(", "insert(", "concatenate(", "concat(", "stack(", "r_[", "c_["),
    bad=(
        Bad(
            code="""\
import numpy as np

def squares(count):
    found = np.array([])
    for number in range(count):
        found = np.append(found, number * number)
    return found.tolist()
""",
            better="""\
import numpy as np

def squares(count):
    found = np.array([])
    found_parts = [found]
    for number in range(count):
        found_parts.append(number * number)
    found = np.concatenate(found_parts, axis=None)
    return found.tolist()
""",
            call="squares(3000)",
            level="verify",
        ),
        Bad(
            code="""\
import numpy as np

def table(rows):
    grid = np.empty((0, 50))
    for row in rows:
        grid = np.vstack([grid, np.asarray(row)])
    return grid.tolist()
""",
            better="""\
import numpy as np

def table(rows):
    grid = np.empty((0, 50))
    grid_parts = [grid]
    for row in rows:
        grid_parts.append(np.asarray(row))
    grid = np.vstack(grid_parts)
    return grid.tolist()
""",
            call="table([list(range(50))] * 800)",
            level="verify",
        ),
    ),
    good=(
        Good("import numpy as np\n\ndef f(a, x):\n    return np.append(a, x)\n", "The array is copied once."),
        Good(
            "import numpy as np\n\ndef f(rows):\n    out = []\n    for a, b in rows:\n        c = np.concatenate((a, b))\n        out.append(c)\n",
            "Each round makes an array of its own.",
        ),
        Good(
            "import numpy as np\n\ndef f(rows):\n    for row in rows:\n        row = np.append(row, 1)\n        yield row\n",
            "Each round adds to another array.",
        ),
        Good(
            "import numpy as np\n\ndef f(points):\n    a = np.array([0.0])\n    for x in points:\n        if not np.any(a > x):\n            a = np.append(a, x)\n    return a\n",
            "Each round needs the array.",
        ),
        Good(
            "import numpy as np\n\ndef f(a):\n    for _ in range(2):\n        a = np.append(a, 0)\n    return a\n",
            "There are two rounds.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("array-growth"):
        if not operation.spelling.startswith("numpy."):
            continue
        loops = growing_loops(facts, operation)
        if not loops:
            continue
        source = facts.source(operation.container)
        rounds = facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(operation.container))
        message = (
            f"Each round copies all of `{source}` to add to it: O({cost}); joining a list of the parts once makes it "
            f"O({rounds})"
        )
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    call = operation.call
    if call is None or not isinstance(call.func, n.Attribute) or operation.spelling == "numpy.insert":
        return None
    module = facts.source(call.func.value)
    if operation.spelling != "numpy.append":
        rest = [facts.source(argument) for argument in (*call.args[1:], *call.keywords)]
        return collected(facts, operation, loops, facts.source(call.func), *rest)
    if len(call.args) > 2 or call.keywords:
        axis = [facts.source(argument) for argument in (*call.args[2:], *call.keywords)]
        return collected(facts, operation, loops, f"{module}.concatenate", *axis)
    return collected(facts, operation, loops, f"{module}.concatenate", "axis=None")
