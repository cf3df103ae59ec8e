"""Three loops within each other multiply matrices, one product of two numbers at a time.

# What it costs

Each of the n * n * n products takes several look-ups in Python.

# The cheaper form

`a @ b` of NumPy arrays, which is some thousand times faster; for lists `np.array(a) @ np.array(b)`.

# When it does not pay

For matrices of a few rows.

# Fix safety

Advice only: NumPy's integers wrap, sums of floats are rounded in another order, and rows must all be of one length.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.array_loops import product_loops
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW710",
    name="matmul-triple-loop",
    summary="Three loops within each other multiply matrices.",
    triggers=("for ",),
    bad=(
        Bad(
            code="""\
def product(a, b):
    size = len(a)
    out = [[0] * size for _ in range(size)]
    for i in range(size):
        for j in range(size):
            for k in range(size):
                out[i][j] += a[i][k] * b[k][j]
    return out
""",
            better="""\
import numpy as np

def product(a, b):
    return (np.array(a) @ np.array(b)).tolist()
""",
            call="product([list(range(40))] * 40, [list(range(40))] * 40)",
            level="advice",
        ),
        Bad(
            code="""\
import numpy as np

def product(size: int):
    a = np.ones((size, size))
    b = np.ones((size, size))
    out = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            total = 0.0
            for k in range(size):
                total += a[i, k] * b[k, j]
            out[i, j] = total
    return out.tolist()
""",
            better="""\
import numpy as np

def product(size: int):
    a = np.ones((size, size))
    b = np.ones((size, size))
    return (a @ b).tolist()
""",
            call="product(20)",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(a, b, n):\n    total = 0\n    for i in range(n):\n        for k in range(n):\n            total += a[i][k] * b[k]\n    return total\n",
            "There are two loops.",
        ),
        Good(
            "def f(a, n):\n    for k in range(n):\n        for i in range(n):\n            for j in range(n):\n                a[i][j] = min(a[i][j], a[i][k] + a[k][j])\n",
            "Shortest paths are no product.",
        ),
        Good(
            "def f(a, x):\n    return [sum(p * q for p, q in zip(row, x)) for row in a]\n",
            "A matrix and a vector take two loops.",
        ),
        Good(
            "def f(a, b):\n    out = 0\n    for i in range(3):\n        for j in range(3):\n            for k in range(3):\n                out += a[i][k] * b[k][j]\n    return out\n",
            "The matrices are small.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for node in (*facts.structure.all(n.AugAssign), *facts.structure.all(n.Assign), *facts.structure.all(n.Call)):
        loops = product_loops(facts, node)
        if loops:
            cost = facts.cost(loops)
            message = (
                f"Three loops multiply matrices in O({cost}) steps of Python: `a @ b` of NumPy does it in one call"
            )
            yield facts.finding(rule, node, message)
