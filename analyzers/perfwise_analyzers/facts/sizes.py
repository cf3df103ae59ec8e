"""How often a loop runs and how long a container is, in the function's own names."""

from __future__ import annotations

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import Inference
from perfwise_analyzers.facts.known import MUTATING
from perfwise_analyzers.facts.structure import Binding, Loop, ScopeInfo

# What hands on the items of its first argument, one for one or fewer.
_VIEWS = frozenset(
    f"builtins.{name}" for name in ("enumerate", "reversed", "sorted", "list", "tuple", "iter", "set", "filter")
)
_VIEW_METHODS = frozenset({"items", "keys", "values", "copy", "splitlines", "readlines", "split"})
# Methods that change a container and leave it no longer than it was.
_SHORTENING = frozenset({"pop", "popleft", "popitem", "remove", "discard", "clear", "sort", "reverse", "rotate"})
# What stands for a size that has no short name.
ITEMS = "items"
ROUNDS = "rounds"
# Beyond this a term is no longer read as a name, and says less than the word "items".
_LONGEST = 28


class Sizes:
    """Terms such as "len(orders)", "n" or "len(self.users)". "1" is a constant."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self._asked: set[Binding] = set()  # Their size is being worked out; what rests on itself gets no longer by it.

    def of(self, container: n.Expr) -> str:
        """How many items a container has."""
        inference = self.inference
        if self.constant(container):
            return "1"
        match container:
            case n.Call(func=func, args=args):
                callee = inference.callee(container)
                if callee == "builtins.range":
                    return self._range(args)
                if callee == "builtins.zip" and args:
                    return self.of(args[0])
                if callee == "builtins.map" and len(args) > 1:
                    return self.of(args[1])
                if callee == "builtins.filter" and len(args) > 1:
                    return self.of(args[1])
                if callee in _VIEWS and args:
                    return self.of(args[0])
                if isinstance(func, n.Attribute) and func.attr in _VIEW_METHODS and not inference.origin(func):
                    return self.of(func.value)
            case n.Subscript(value=value, index=n.Slice()):
                return self.of(value)
            case n.Comprehension(generators=generators) if generators:
                return product([self.of(clause.iter) for clause in generators])
            case n.NamedExpr(target=target):
                return self._len(target)
        return self._len(container)

    def _len(self, expr: n.Expr) -> str:
        source = " ".join(self.inference.structure.source(expr).split())
        return f"len({source})" if len(source) <= _LONGEST else ITEMS

    def _range(self, args: list[n.Expr]) -> str:
        counts_down = len(args) == 3 and isinstance(args[2], n.UnaryOp) and args[2].op == "-"
        stop = args[0] if len(args) == 1 or counts_down else args[1] if len(args) > 1 else None
        return self.value(stop) if stop is not None else ROUNDS

    def value(self, expr: n.Expr) -> str:
        """The size of a number: how many steps it takes to count to it."""
        match expr:
            case n.Constant(kind="int"):
                return "1"
            case n.Call(args=[argument]) if self.inference.callee(expr) == "builtins.len":
                return self.of(argument)
            case n.BinOp(left=left, op=("+" | "-" | "//"), right=n.Constant(kind="int")):
                return self.value(left)
            case n.BinOp(left=n.Constant(kind="int"), op="+", right=right):
                return self.value(right)
            case n.UnaryOp(operand=operand):
                return self.value(operand)
        source = " ".join(self.inference.structure.source(expr).split())
        return source if len(source) <= _LONGEST else ROUNDS

    def constant(self, container: n.Expr) -> bool:
        """Whether the container's length is fixed by the source: a literal that nothing makes grow, or range(3)."""
        if isinstance(container, n.Call):
            callee = self.inference.callee(container)
            if callee == "builtins.range":
                return bool(container.args) and all(isinstance(arg, n.Constant) for arg in container.args)
            if callee in ("builtins.filter", "builtins.map"):
                return len(container.args) > 1 and self.constant(container.args[1])
            if callee in _VIEWS or callee == "builtins.zip":
                return bool(container.args) and self.constant(container.args[0])
            if isinstance(container.func, n.Attribute) and container.func.attr in ("items", "keys", "values"):
                return self.constant(container.func.value)
            return False
        if isinstance(container, n.Subscript) and isinstance(container.index, n.Slice):
            return _is_bounded(container.index) or self.constant(container.value)
        if isinstance(container, n.Comprehension):
            return all(self.constant(clause.iter) for clause in container.generators)
        kind = self.inference.type_of(container)
        if isinstance(container, (n.List, n.Tuple, n.Set, n.Dict, n.Constant)):
            return kind.length is not None or isinstance(container, n.Constant)
        return (bool(kind.length) or self._is_bound_to_constants(container)) and not self._grows(container)

    def _is_bound_to_constants(self, container: n.Expr) -> bool:
        bindings = self.inference.bindings(container) if isinstance(container, n.Name) else None
        return bool(bindings) and all(map(self._gives_constant, bindings or ()))

    def _gives_constant(self, binding: Binding) -> bool:
        if binding in self._asked:
            return True
        if binding.kind != "assign" or binding.target is not None or not isinstance(binding.value, n.Expr):
            return False
        self._asked.add(binding)
        try:
            # An empty one is there to be filled, by whatever way.
            return self.constant(binding.value) and self.inference.type_of(binding.value).length != 0
        finally:
            self._asked.discard(binding)

    def _grows(self, container: n.Expr) -> bool:
        """Whether something makes a named container longer, in this segment or elsewhere in the module.

        What a function adds to its own once, outside of loops, does not count.
        """
        inference = self.inference
        if isinstance(container, n.Name):
            bindings = inference.bindings(container)
            if bindings is not None:
                scope = bindings[0].place.scope
                uses = scope.uses.get(container.id, ())
                return any(
                    changes(inference, use) and not self._shortens(use) and not self._adds_once(use, scope)
                    for use in uses
                )
            summary = inference.environment.lookup(container.id)
            return summary is not None and summary.mutated
        key = inference.attribute_key(container)
        if key:
            summary = inference.environment.lookup(key)
            return summary is not None and summary.mutated
        return False

    def _shortens(self, use: n.Expr) -> bool:
        """Whether a change takes items away, or only moves them."""
        around = self.inference.structure.parent.get(use)
        if isinstance(around, n.Subscript):
            return isinstance(self.inference.structure.parent.get(around), n.Delete)
        return isinstance(around, n.Attribute) and around.attr in _SHORTENING

    def _adds_once(self, use: n.Expr, scope: ScopeInfo) -> bool:
        place = self.inference.structure.place[use]
        around = self.inference.structure.parent.get(use)
        once = scope.kind == "function" and place.scope is scope and place.loop is None
        return once and isinstance(around, n.Attribute) and around.attr in ("add", "append", "insert")

    def loop(self, loop: Loop) -> str:
        """How many times a loop's body runs."""
        if loop.iter is not None:
            return self.of(loop.iter)
        if isinstance(loop.node, n.While):
            return self._while(loop.node.test)
        return ROUNDS

    def _while(self, test: n.Expr) -> str:
        match test:
            case n.Name() | n.Attribute() if self.inference.type_of(test).name in ("list", "deque", "dict", "set"):
                return self._len(test)
            case n.Compare(left=left, ops=[("<" | "<=")], comparators=[right]):
                return self.value(right) if isinstance(left, n.Name) else ROUNDS
            case n.Compare(left=left, ops=[(">" | ">=" | "!=")], comparators=[right]):
                if isinstance(right, n.Constant):
                    is_asked = isinstance(left, n.Call) and self.inference.callee(left) != "builtins.len"
                    return ROUNDS if is_asked or isinstance(left, n.NamedExpr) else self.value(left)
                return self.value(left) if isinstance(right, n.Name) else ROUNDS
            case n.BoolOp(values=[first, *_]):
                return self._while(first)
            case n.NamedExpr(value=value):
                return self._while(value)
        return ROUNDS


def changes(inference: Inference, use: n.Expr) -> bool:
    """Whether this use of a name or attribute changes the value it stands for, in place."""
    around = inference.structure.parent.get(use)
    if isinstance(around, n.Attribute) and around.value is use:
        call = inference.structure.parent.get(around)
        return around.attr in MUTATING and isinstance(call, n.Call) and call.func is around
    if isinstance(around, n.Subscript) and around.value is use:
        holder = inference.structure.parent.get(around)
        return (
            (isinstance(holder, n.Assign) and around in holder.targets)
            or (isinstance(holder, (n.AugAssign, n.AnnAssign)) and holder.target is around)
            or isinstance(holder, n.Delete)
            or (isinstance(holder, (n.Tuple, n.List, n.Starred, n.For)) and not _is_read(inference, around))
        )
    return isinstance(around, n.AugAssign) and around.target is use


def _is_read(inference: Inference, node: n.Node) -> bool:
    """Whether a node inside a tuple is part of a value rather than of a target."""
    child: n.Node = node
    for around in inference.structure.ancestors(node):
        if isinstance(around, n.Assign):
            return around.value is child
        if isinstance(around, (n.For, n.Generator)):
            return around.target is not child
        if isinstance(around, n.Stmt):
            return True
        child = around
    return True


def _is_bounded(part: n.Slice) -> bool:
    """Whether a slice takes a number of items that the source tells: `xs[:3]`, `xs[-2:]`."""
    match part:
        case n.Slice(lower=(None | n.Constant()), upper=n.Constant(value=int())):
            return True
        case n.Slice(lower=(None | n.Constant()), upper=n.IfExp(body=n.Constant(), orelse=n.Constant())):
            return True
        case n.Slice(lower=n.UnaryOp(op="-", operand=n.Constant(value=int())), upper=None):
            return True
    return False


def product(terms: list[str]) -> str:
    """Terms multiplied: constants vanish, and what is a sum is put in parentheses."""
    factors = [f"({term})" if _is_sum(term) else term for term in terms if term != "1"]
    return " * ".join(factors) or "1"


def total(terms: list[str]) -> str:
    """Terms added: each once, constants only if there is nothing else."""
    return " + ".join(dict.fromkeys(term for term in terms if term != "1")) or "1"


def big_o(term: str) -> str:
    return f"O({term})"


def _is_sum(term: str) -> bool:
    depth = 0
    for char in term:
        depth += (char in "([{") - (char in ")]}")
        if char in "+-" and depth == 0:
            return True
    return False
