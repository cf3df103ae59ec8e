"""What a piece of code may change: whether a container stays the same while a loop runs, and who else holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import Inference
from perfwise_analyzers.facts.known import PURE, PURE_METHODS
from perfwise_analyzers.facts.sizes import changes
from perfwise_analyzers.facts.structure import Loop, own_nodes

Stability = Literal["proved", "likely", "changed"]

_BUILT_IN = frozenset({"list", "dict", "set", "str", "int", "tuple", "deque", "float", "bytes", "bool"})


class Effects:
    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.structure = inference.structure

    def same(self, a: n.Expr, b: n.Expr) -> bool:
        """Whether two expressions are the same name, attribute path, or literal-indexed part, as written."""
        match a, b:
            case n.NamedExpr(target=target), _:
                return self.same(target, b)
            case _, n.NamedExpr(target=target):
                return self.same(a, target)
            case n.Name(id=x), n.Name(id=y):
                return x == y
            case n.Attribute(value=v, attr=x), n.Attribute(value=w, attr=y):
                return x == y and self.same(v, w)
            case n.Subscript(value=v, index=i), n.Subscript(value=w, index=j):
                return self.same(v, w) and self.same(i, j)
            case n.Constant(kind=k, value=x), n.Constant(kind=m, value=y):
                return k == m and x == y and self.structure.source(a) == self.structure.source(b)
            case n.Call(), n.Call():
                return not a.keywords and not b.keywords and self._same_all([a.func, *a.args], [b.func, *b.args])
            case n.Tuple(elts=x), n.Tuple(elts=y):
                return self._same_all(x, y)
            case n.BinOp(left=l1, op=o1, right=r1), n.BinOp(left=l2, op=o2, right=r2):
                return o1 == o2 and self.same(l1, l2) and self.same(r1, r2)
        return False

    def _same_all(self, a: list[n.Expr], b: list[n.Expr]) -> bool:
        return len(a) == len(b) and all(self.same(x, y) for x, y in zip(a, b, strict=True))

    def names_in(self, expr: n.Node) -> set[str]:
        """The names an expression reads."""
        return {node.id for node in n.descendants(expr) if isinstance(node, n.Name)}

    def occurrences(self, expr: n.Expr, within: n.Node) -> Iterator[n.Expr]:
        """Where the same name or attribute path stands inside a node."""
        for node in n.descendants(within):
            if isinstance(node, type(expr)) and node is not within and self.same(expr, node):
                yield node

    def rebound_in(self, expr: n.Expr, loop: Loop) -> bool:
        """Whether the loop gives the expression, or a name in it, another value."""
        names = self.names_in(expr)
        for scope in self.structure.scopes:
            for name in names & scope.bindings.keys():
                for binding in scope.bindings[name]:
                    # `xs += [x]` changes a list in place; of a number or a string it makes another value.
                    if binding.kind == "augmented" and isinstance(expr, n.Name) and self._is_changeable(expr):
                        continue
                    if binding.loop is loop or (
                        scope is loop.scope
                        and binding.region is None
                        and loop.start <= binding.node.start < loop.end
                        and binding.kind != "parameter"
                    ):
                        return True
        if isinstance(expr, (n.Attribute, n.Subscript)):
            for node in self._assigned(loop):
                is_added_to = isinstance(self.structure.parent.get(node), n.AugAssign)
                if self.same(expr, node) and not (is_added_to and self._is_changeable(expr)):
                    return True
            if isinstance(expr.value, (n.Attribute, n.Subscript)):
                return self.rebound_in(expr.value, loop)
        return False

    def _is_changeable(self, expr: n.Expr) -> bool:
        return self.inference.type_of(expr).name in ("list", "deque", "set", "dict", "bytearray")

    def _assigned(self, loop: Loop) -> Iterator[n.Expr]:
        for node in self._inside(loop):
            if isinstance(node, n.Assign):
                yield from node.targets
            elif isinstance(node, (n.AnnAssign, n.AugAssign)):
                yield node.target

    def _inside(self, loop: Loop) -> Iterator[n.Node]:
        """What runs in a loop: for a comprehension the whole of it, which at worst says too much."""
        match loop.node:
            case n.For(body=body) | n.While(body=body):
                if isinstance(loop.node, n.While):
                    yield from own_nodes(loop.node.test)
                for stmt in body:
                    yield from own_nodes(stmt)
            case n.Lambda(body=inner):
                yield from own_nodes(inner)
            case _:
                comprehension = self.structure.parent.get(loop.node)
                if comprehension is not None:
                    yield from own_nodes(comprehension)

    def inside(self, loop: Loop) -> list[n.Node]:
        """The nodes that run in a loop, nested functions apart."""
        return list(self._inside(loop))

    def changes_in(self, expr: n.Expr, loop: Loop) -> list[n.Expr]:
        """The uses of the container in the loop that change it in place."""
        return [
            node
            for node in self._inside(loop)
            if isinstance(node, type(expr)) and self.same(expr, node) and changes(self.inference, node)
        ]

    def stable(self, expr: n.Expr, loop: Loop) -> Stability:
        """Whether a container stays as it is while the loop runs."""
        if self.rebound_in(expr, loop) or self.changes_in(expr, loop):
            return "changed"
        if isinstance(expr, n.Name) and self.is_private(expr, loop):
            return "proved"
        return "likely" if self.opaque(loop) or self.changes_others(loop) else "proved"

    def changes_others(self, loop: Loop) -> bool:
        """Whether the loop changes some container in place that is not sure to be another than any given one."""
        for node in self._inside(loop):
            if isinstance(node, (n.Name, n.Attribute, n.Subscript)) and changes(self.inference, node):
                if isinstance(node, n.Name) and self.is_private(node, loop):
                    continue
                if self.inference.type_of(node).name in ("str", "int", "float", "dict", "set"):
                    continue
                return True
        return False

    def opaque(self, loop: Loop) -> bool:
        """Whether the loop calls code that might change anything: whatever is not known to be harmless."""
        return any(self.is_opaque(node) for node in self._inside(loop))

    def is_opaque(self, node: n.Node) -> bool:
        """Whether running this node may run code we cannot see."""
        match node:
            case n.Yield() | n.Await() | n.With():
                return True
            case n.Call(func=func):
                callee = self.inference.callee(node)
                if callee:
                    return callee not in PURE
                if isinstance(func, n.Attribute):
                    kind = self.inference.type_of(func.value)
                    return kind.name not in _BUILT_IN and func.attr not in PURE_METHODS
                return True
        return False

    def is_private(self, name: n.Name, until: Loop | None = None) -> bool:
        """Whether a local name holds a fresh object of this function that nothing else holds, up to the loop's end."""
        bindings = self.inference.bindings(name)
        if not bindings or any(binding.kind not in ("assign", "augmented") for binding in bindings):
            return False
        scope = bindings[0].place.scope
        if scope.kind != "function":
            return False
        for binding in scope.bindings[name.id]:
            if binding.kind == "augmented":
                continue
            if binding.kind != "assign" or not isinstance(binding.value, n.Expr) or not self.is_fresh(binding.value):
                return False
        uses = [use for use in scope.uses.get(name.id, ()) if until is None or use.start < until.end]
        inner = any(
            other is not scope and (name.id in other.uses) and name.id not in other.bindings
            for other in self.structure.scopes
        )
        return not inner and not any(self.escapes(use) for use in uses)

    def is_fresh(self, expr: n.Expr) -> bool:
        """Whether evaluating the expression makes an object that nothing else holds."""
        match expr:
            case n.List() | n.Dict() | n.Set() | n.Comprehension() | n.JoinedStr():
                return True
            case n.Call(func=func):
                callee = self.inference.callee(expr)
                if callee in (
                    "builtins.list",
                    "builtins.sorted",
                    "builtins.dict",
                    "builtins.set",
                    "builtins.tuple",
                    "collections.deque",
                    "collections.Counter",
                ):
                    return True
                return isinstance(func, n.Attribute) and func.attr in (
                    "split",
                    "rsplit",
                    "splitlines",
                    "readlines",
                    "copy",
                )
            case n.BinOp(op=("+" | "*")):
                return self.inference.type_of(expr).name in ("list", "str")
            case n.Subscript(index=n.Slice()):
                return self.inference.type_of(expr).name == "list"
        return False

    def escapes(self, use: n.Expr) -> bool:
        """Whether this use of a name hands its object on to something that may keep or change it."""
        around = self.structure.parent.get(use)
        match around:
            case n.Attribute():
                call = self.structure.parent.get(around)
                return not (isinstance(call, n.Call) and call.func is around)
            case n.Subscript(value=value) if value is use:
                return False
            case n.Compare() | n.BoolOp() | n.UnaryOp() | n.BinOp() | n.JoinedStr() | n.ExprStmt():
                # `a or b` gives one of the two on.
                return isinstance(around, n.BoolOp) and not isinstance(
                    self.structure.parent.get(around), (n.If, n.While, n.Assert, n.IfExp)
                )
            case n.If() | n.While() | n.Assert() | n.AugAssign() | n.Delete():
                return False
            case n.For(iter=iterated) | n.Generator(iter=iterated):
                return iterated is not use
            case n.Starred():
                return False
            case n.Call():
                return self.inference.callee(around) not in PURE
            case n.IfExp(test=test):
                return test is not use
            case n.Assign(targets=targets):
                return use not in targets
            case n.AnnAssign(target=target):
                return target is not use
        return True
