"""A Python loop calculates with the elements of a NumPy array one by one.

# What it costs

Each element is made into a Python object, and each operation on it is looked up anew: some hundred times what the
processor needs for the sum itself.

# The cheaper form

The same formula on whole arrays: `a * b + 1`, `np.sqrt(a)`, `np.where(a > 0, a, 0)`, `(a * b).sum()`.

# When it does not pay

For arrays of a few elements, or where a round needs what the round before has found.

# Fix safety

Advice only: NumPy's integers wrap, its divisions by zero give infinity, and its sums are rounded in another order.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.array_loops import is_matrix, product_loops
from perfwise_analyzers.facts.arrays import ARRAYS, ELEMENTWISE
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW706",
    name="loop-over-array",
    summary="A loop calculates with the elements of an array one by one.",
    triggers=("for ",),
    bad=(
        Bad(
            code="""\
import numpy as np

def scaled(count: int):
    values = np.arange(count)
    out = np.zeros(count)
    for i in range(len(values)):
        out[i] = values[i] * 2.5 + 1.0
    return out.tolist()
""",
            better="""\
import numpy as np

def scaled(count: int):
    values = np.arange(count)
    out = values * 2.5 + 1.0
    return out.tolist()
""",
            call="scaled(10000)",
            level="advice",
        ),
        Bad(
            code="""\
import numpy as np

def energy(count: int):
    speeds = np.arange(count)
    total = 0
    for speed in speeds:
        if speed > 10:
            total += speed * speed
    return int(total)
""",
            better="""\
import numpy as np

def energy(count: int):
    speeds = np.arange(count)
    fast = speeds[speeds > 10]
    return int((fast * fast).sum())
""",
            call="energy(10000)",
            level="advice",
        ),
        Bad(
            code="""\
import numpy as np

def squares(count: int):
    values = np.arange(count)
    return int(sum(value * value for value in values))
""",
            better="""\
import numpy as np

def squares(count: int):
    values = np.arange(count)
    return int((values * values).sum())
""",
            call="squares(10000)",
            level="advice",
        ),
    ),
    good=(
        Good("def f(xs: list[int]):\n    return [x * 2 for x in xs]\n", "It is a list."),
        Good(
            "import numpy as np\n\ndef f(xs):\n    a = np.array(xs)\n    for i in range(1, len(a)):\n        a[i] = a[i - 1] * 0.5 + a[i]\n",
            "A round needs what the round before has found.",
        ),
        Good(
            "import numpy as np\n\ndef f(xs):\n    level = 0.0\n    out = []\n    for x in np.array(xs):\n        level = 0.9 * level + 0.1 * x\n        out.append(level)\n",
            "A round needs what the round before has found.",
        ),
        Good(
            "import numpy as np\n\ndef f(xs):\n    a = np.array(xs)\n    return [str(x) for x in a]\n",
            "NumPy has no quicker way to do it.",
        ),
        Good(
            "import numpy as np\n\ndef f(xs):\n    return [int(x) for x in np.array(xs)]\n",
            "The elements are taken out, not calculated with.",
        ),
        Good(
            "import numpy as np\n\ndef f(xs):\n    a = np.array(xs)\n    return [np.sum(a == x) for x in np.unique(a)]\n",
            "Each round works on a whole array.",
        ),
        Good(
            "import numpy as np\n\ndef f(n):\n    rows = np.zeros((n, 100))\n    return [row * 2 for row in rows]\n",
            "Each round works on a row.",
        ),
        Good(
            "import numpy as np\n\ndef f(xs):\n    for x in np.array(xs):\n        if x > 3:\n            return x\n",
            "The loop ends with the first.",
        ),
    ),
)

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_NUMERIC = frozenset(f"builtins.{name}" for name in ("abs", "min", "max", "pow"))


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.loops:
        if loop.kind not in ("for", "comprehension") or loop.target is None or facts.is_short(loop):
            continue
        if isinstance(loop.node, n.For) and any(product_loops(facts, stmt) for stmt in loop.node.body):
            continue  # All three loops are one product, which another rule tells of.
        items = _Items(facts, loop)
        array = items.array()
        if array is None or not facts.is_long(array) or _is_distinct(facts, array) or not items.calculates():
            continue
        message = (
            f"The loop calculates with the elements of `{facts.source(array)}` one by one; do it with whole arrays"
        )
        yield facts.finding(rule, loop.node, message)


def _is_distinct(facts: Facts, array: n.Expr) -> bool:
    """Whether these are the distinct values of an array, which are few."""
    return isinstance(array, n.Call) and facts.inference.callee(array) == "numpy.unique"


class _Items:
    """The elements of arrays that a loop goes through, by name or by index."""

    def __init__(self, facts: Facts, loop: Loop) -> None:
        self.facts = facts
        self.loop = loop
        self.names: set[str] = set()
        self.indexes = {
            each.target.id for each in (loop, *self._around()) if isinstance(each.target, n.Name) and self._counts(each)
        }
        self.used = False

    def _around(self) -> list[Loop]:
        found: list[Loop] = []
        loop = self.loop.parent
        while loop is not None:
            found.append(loop)
            loop = loop.parent
        return found

    def _counts(self, loop: Loop) -> bool:
        return isinstance(loop.iter, n.Call) and self.facts.inference.callee(loop.iter) == "builtins.range"

    def array(self) -> n.Expr | None:
        """The array whose elements the loop goes through."""
        match self.loop.target, self.loop.iter:
            case n.Name(id=name), n.Expr() as iterated if self._is_flat(iterated):
                self.names = {name}
                return iterated
            case n.Tuple(elts=[n.Name(id=index), n.Name(id=name)]), n.Call(args=[iterated]) as call:
                if self.facts.inference.callee(call) == "builtins.enumerate" and self._is_flat(iterated):
                    self.indexes.add(index)
                    self.names = {name}
                    return iterated
            case n.Tuple(elts=elts), n.Call(args=args) as call if len(elts) == len(args):
                if self.facts.inference.callee(call) == "builtins.zip" and all(map(self._is_flat, args)):
                    self.names = {elt.id for elt in elts if isinstance(elt, n.Name)}
                    return args[0]
            case n.Name(id=name), _ if name in self.indexes:
                for node in self._nodes():
                    if (
                        isinstance(node, n.Subscript)
                        and self._is_element(node)
                        and not self._is_target(node)
                        and name in self.facts.effects.names_in(node.index)
                    ):
                        return self._holder(node)
        return None

    def _nodes(self) -> Iterator[n.Node]:
        comprehension = self.facts.structure.parent.get(self.loop.node)
        if isinstance(comprehension, n.Comprehension):
            yield from n.descendants(comprehension.element)
        else:
            yield from self.facts.effects.inside(self.loop)

    def _is_flat(self, expr: n.Expr) -> bool:
        return self.facts.type_of(expr).name in ("ndarray", "Series") and not is_matrix(self.facts, expr)

    def _is_target(self, node: n.Node) -> bool:
        around = self.facts.structure.parent.get(node)
        return isinstance(around, n.Assign) and node in around.targets

    def _holder(self, node: n.Subscript) -> n.Expr:
        return node.value.value if isinstance(node.value, n.Subscript) else node.value

    def _is_element(self, node: n.Subscript) -> bool:
        """Whether this is `a[i]`, `a[i + 1]`, `a[i, j]` or `a[i][j]` of an array."""
        holder = self._holder(node)
        if self.facts.type_of(holder).name != "ndarray":
            return False
        parts = node.index.elts if isinstance(node.index, n.Tuple) else [node.index]
        if isinstance(node.value, n.Subscript):
            parts = [*parts, node.value.index]
        if len(parts) == 1 and is_matrix(self.facts, holder):
            return False
        return all(self._is_index(part) for part in parts)

    def _is_index(self, part: n.Expr) -> bool:
        match part:
            case n.Name(id=name):
                return name in self.indexes
            case n.BinOp(left=n.Name(id=name), op=("+" | "-"), right=n.Constant()):
                return name in self.indexes
        return False

    def calculates(self) -> bool:
        """Whether all the loop does is arithmetic on elements, none of it on what an earlier round has found."""
        match self.loop.node:
            case n.For(body=body, orelse=[]):
                return all(map(self._is_plain, body)) and self.used and not self._carries()
        comprehension = self.facts.structure.parent.get(self.loop.node)
        match comprehension:
            case n.Comprehension(kind=("list" | "generator"), element=element, generators=[n.Generator(ifs=ifs)]):
                return all(map(self._is_numeric, (element, *ifs))) and self.used
        return False

    def _is_plain(self, stmt: n.Stmt) -> bool:
        match stmt:
            case n.Assign(targets=[n.Name()], value=value):
                return self._is_numeric(value)
            case n.Assign(targets=[n.Subscript() as target], value=value):
                return self._is_slot(target) and self._is_numeric(value)
            case n.AugAssign(target=n.Name(), op=("+" | "-" | "*"), value=value):
                self.used = self.used or self._is_item(value)
                return self._is_numeric(value)
            case n.AugAssign(target=n.Subscript() as target, value=value):
                self.used = True
                return self._is_slot(target) and self._is_numeric(value)
            case n.ExprStmt(value=n.Call(func=n.Attribute(value=n.Name(), attr="append"), args=[item])):
                return self._is_numeric(item)
            case n.If(test=test, body=body, orelse=orelse):
                return self._is_numeric(test) and all(map(self._is_plain, (*body, *orelse)))
            case n.Pass() | n.Continue():
                return True
        return False

    def _is_slot(self, target: n.Subscript) -> bool:
        parts = target.index.elts if isinstance(target.index, n.Tuple) else [target.index]
        return isinstance(self._holder(target), (n.Name, n.Attribute)) and all(
            isinstance(part, n.Name) and part.id in self.indexes for part in parts
        )

    def _is_item(self, expr: n.Expr) -> bool:
        return (isinstance(expr, n.Name) and expr.id in self.names) or (
            isinstance(expr, n.Subscript) and self._is_element(expr)
        )

    def _is_numeric(self, expr: n.Expr) -> bool:
        match expr:
            case n.Constant(kind=kind):
                return kind in ("int", "float", "bool")
            case n.Name():
                return self.facts.type_of(expr).name not in ARRAYS
            case n.Attribute():
                return self.facts.type_of(expr).name in ("int", "float", "bool")
            case n.Subscript():
                return self._is_element(expr)
            case n.BinOp(left=left, right=right):
                parts = [left, right]
            case n.Compare(left=left, ops=ops, comparators=comparators) if _COMPARISONS.issuperset(ops):
                parts = [left, *comparators]
            case n.UnaryOp(operand=operand):
                parts = [operand]
            case n.BoolOp(values=values):
                return all(map(self._is_numeric, values))
            case n.IfExp(test=test, body=body, orelse=orelse):
                return all(map(self._is_numeric, (test, body, orelse)))
            case n.Call(args=args, keywords=[]) if args:
                callee = self.facts.inference.callee(expr)
                if not callee.startswith("math.") and callee not in ELEMENTWISE and callee not in _NUMERIC:
                    return False
                parts = args
            case _:
                return False
        self.used = self.used or any(map(self._is_item, parts))
        return all(map(self._is_numeric, parts))

    def _carries(self) -> bool:
        """Whether a round reads what an earlier one has bound or stored, other than to add to it."""
        stored: list[n.Subscript] = []
        for node in self._nodes():
            match node:
                case n.Assign(targets=[n.Subscript() as target]) | n.AugAssign(target=n.Subscript() as target):
                    stored.append(target)
        for node in self._nodes():
            if isinstance(node, n.Name) and any(node is use for use in self.loop.scope.uses.get(node.id, ())):
                for binding in self.facts.inference.bindings(node) or ():
                    if binding.kind != "loop" and self.loop.encloses(binding.node):
                        stmt = binding.place.stmt
                        if binding.kind == "augmented" or binding.node.start > node.start:
                            return True
                        if stmt is self.facts.place(node).stmt:
                            return True
            if isinstance(node, n.Subscript) and node not in stored:
                for target in stored:
                    holders = self._holder(target), self._holder(node)
                    if self.facts.effects.same(*holders) and not self.facts.effects.same(target, node):
                        return True
        return False
