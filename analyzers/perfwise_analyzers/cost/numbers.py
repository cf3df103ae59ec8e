"""How great a number can be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.bindings import MOST_BINDINGS, path_to
from perfwise_analyzers.cost.frame import callee_of
from perfwise_analyzers.cost.terms import ONE, Term
from perfwise_analyzers.cost.views import VIEWS
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.structure import Binding

if TYPE_CHECKING:
    from perfwise_analyzers.cost.sizes import Sizes

_GROWS_VALUE = frozenset({"*", "**", "<<"})


class Numbers:
    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.frame = sizes.frame
        self.facts = sizes.facts
        self.inference = sizes.inference

    def of(self, expr: n.Expr, depth: int) -> Term | None:
        if depth:
            return self._value_of_items(expr, depth)
        match expr:
            case n.Constant() | n.Compare() | n.JoinedStr():
                return ONE
            case n.Name():
                return self._value_of_name(expr)
            case n.Attribute(attr=attr):
                if attr.isupper():
                    return ONE
                if attr == "size":
                    return self.sizes.length(expr.value)
                return self.sizes.lengths.path(expr, "value", 0)
            case n.UnaryOp(operand=operand):
                return self.sizes.value(operand)
            case n.NamedExpr(value=value) | n.Await(value=value):
                return self.sizes.value(value)
            case n.IfExp(body=body, orelse=orelse):
                return terms.known([self.sizes.value(body), self.sizes.value(orelse)])
            case n.BoolOp(values=values):
                return terms.known(self.sizes.value(value) for value in values)
            case n.BinOp(left=left, op=op, right=right):
                return self._value_of_operation(left, op, right)
            case n.Subscript(value=n.Attribute(value=array, attr="shape"), index=index):
                return self.sizes.length(array, 1 if is_int(index, 1) else 0)
            case n.Subscript(value=value, index=index) if not isinstance(index, n.Slice):
                return self._value_of_items(value, len(index.elts) if isinstance(index, n.Tuple) else 1)
            case n.Call():
                return self._value_of_call(expr)
        return None

    def _value_of_items(self, expr: n.Expr, depth: int) -> Term | None:
        match expr:
            case n.Call(args=[first, *_]) if self.inference.callee(expr) in VIEWS:
                return self._value_of_items(first, depth)
            case n.Call(args=args) if self.inference.callee(expr) == "builtins.range":
                return terms.known(self.sizes.value(argument) for argument in args)
            case n.Subscript(value=value, index=index):
                return self._value_of_items(value, depth if isinstance(index, n.Slice) else depth + 1)
            case n.List(elts=elts) | n.Tuple(elts=elts) | n.Set(elts=elts):
                return terms.known(self.sizes.value(elt, depth - 1) for elt in elts[:50])
            case n.BinOp(left=n.List() as left, op="*"):
                return self._value_of_items(left, depth)
            case n.Name():
                bindings = self.inference.bindings(expr)
                scope = self.frame.scope_of(expr)
                if bindings is not None and len(bindings) == 1 and bindings[0].place.scope is scope:
                    binding = bindings[0]
                    if binding.kind == "loop" and isinstance(binding.value, n.Expr) and binding.target is None:
                        return self.sizes.value(binding.value, depth + 1)
                return terms.value(expr.id, depth)
            case n.Attribute():
                return self.sizes.lengths.path(expr, "value", depth)
        return terms.other(f"max({self.sizes.short(expr)})")

    def _value_of_operation(self, left: n.Expr, op: str, right: n.Expr) -> Term | None:
        match op:
            case "+" | "|" | "^":
                return terms.known([self.sizes.value(left), self.sizes.value(right)])
            case "-":
                first = self.sizes.value(left)
                return self.sizes.value(right) if first == ONE else first
            case "*":
                return terms.both(self.sizes.value(left), self.sizes.value(right))
            case "//" | "/":
                size, divisor = self.sizes.value(left), self.sizes.value(right)
                if size is None or divisor is None or divisor.constant:
                    return size
                return divisor if divisor == terms.power(size, 0.5) else size
            case ">>":
                return self.sizes.value(left)
            case "%":
                size = self.sizes.value(right)
                return self.sizes.value(left) if size is None else size
            case "&":
                return self.sizes.lengths.least(self.sizes.value(left), self.sizes.value(right))
            case "**":
                return self._power(left, right)
            case "<<":
                count = self.sizes.value(right)
                base = self.sizes.value(left)
                return None if count is None or base is None else base * terms.exponential(count)
        return None

    def _power(self, base: n.Expr, exponent: n.Expr) -> Term | None:
        match exponent:
            case n.Constant(value=int(k) | float(k)):
                size = self.sizes.value(base)
                return None if size is None else terms.power(size, k)
            case n.BinOp(left=n.Constant(value=int(a)), op="/", right=n.Constant(value=int(b))) if b:
                size = self.sizes.value(base)
                return None if size is None else terms.power(size, a / b)
        count = self.sizes.value(exponent)
        return None if count is None else terms.exponential(count)

    def _value_of_call(self, call: n.Call) -> Term | None:
        callee, args = self.inference.callee(call), call.args
        if callee == "builtins.len" and args:
            return self.sizes.length(args[0])
        if callee == "builtins.min" and args:
            if len(args) == 1:
                return self.sizes.value(args[0], 1)
            sizes = [size for size in map(self.sizes.value, args) if size is not None]
            return next((size for size in sizes if size.constant), sizes[0] if sizes else None)
        if callee == "builtins.max" and args:
            return self.sizes.value(args[0], 1) if len(args) == 1 else terms.known(self.sizes.value(a) for a in args)
        if callee == "builtins.sum" and args:
            if isinstance(args[0], n.Comprehension):
                return terms.both(self.sizes.length(args[0]), self.sizes.value(args[0].element))
            return terms.other(f"sum({self.sizes.short(args[0])})")
        if (
            callee in ("builtins.abs", "builtins.int", "builtins.round", "builtins.float", "math.ceil", "math.floor")
            and args
        ):
            return self.sizes.value(args[0])
        if callee in ("math.sqrt", "math.isqrt") and args:
            size = self.sizes.value(args[0])
            return None if size is None else terms.power(size, 0.5)
        if callee in ("math.log", "math.log2", "math.log10") and args:
            size = self.sizes.value(args[0])
            return None if size is None else terms.log(size)
        if callee in ("random.randint", "random.randrange"):
            return terms.known(self.sizes.value(argument) for argument in args)
        if callee == "math.gcd" and args:
            return self.sizes.value(args[0])
        if callee == "builtins.ord":
            return ONE
        if callee == "builtins.next" and args:
            return self.sizes.value(args[0], 1)
        key = callee_of(self.facts, call)
        if key:
            return self.sizes.result(call, key, "value")
        match call.func:
            case n.Attribute(value=receiver, attr="bit_length"):
                size = self.sizes.value(receiver)
                return None if size is None else terms.log(size)
            case n.Attribute(value=receiver, attr=("count" | "index" | "find" | "rfind")):
                return self.sizes.length(receiver)
            case n.Attribute(value=receiver, attr=("pop" | "popleft" | "get")):
                return self.sizes.value(receiver, 1)
        return terms.other(self.sizes.short(call))

    def _value_of_name(self, name: n.Name) -> Term | None:
        bindings = self.inference.bindings(name)
        if bindings is None:
            summary = self.facts.environment.lookup(name.id)
            if name.id.isupper() and (summary is None or summary.type.name in ("int", "float", "unknown")):
                return ONE
            return terms.value(name.id)
        scope = self.frame.scope_of(name)
        if any(binding.place.scope is not scope for binding in bindings):
            return terms.value(name.id)
        return self.number(bindings)

    def number(self, bindings: list[Binding]) -> Term | None:
        """The greatest value that these bindings of one name give it."""
        if len(bindings) > MOST_BINDINGS:
            return None
        found = [
            self.sizes.once(binding, partial(self._value_bound, binding, bindings))
            for binding in bindings
            if binding.kind != "delete" and (binding.kind != "augmented" or len(bindings) > 1)
        ]
        return terms.known(found) if found else terms.value(bindings[0].name)

    def _value_bound(self, binding: Binding, bindings: list[Binding]) -> Term | None:
        name = binding.name
        if binding.kind == "parameter":
            return terms.value(name) if binding.region is None else terms.other(name)
        value = binding.value
        if not isinstance(value, n.Expr):
            return terms.other(name)
        if binding.kind == "augmented":
            stmt = binding.place.stmt
            if not isinstance(stmt, n.AugAssign) or stmt.op in _GROWS_VALUE:
                return None
            return self._added(binding, bindings, stmt.value) if stmt.op in ("+", "|") else ONE
        path = path_to(binding.target, binding.node)
        if binding.kind == "loop":
            return self._value_of_loop(value, path)
        while path and isinstance(value, (n.Tuple, n.List)) and path[0] < len(value.elts):
            value, path = value.elts[path[0]], path[1:]
        if path:
            if isinstance(value, n.Attribute) and value.attr == "shape":
                return self.sizes.length(value.value, path[0])
            if isinstance(value, n.Call) and self.inference.callee(value) == "builtins.divmod" and value.args:
                return self.sizes.value(value.args[0])
            return self.sizes.value(value, 1)
        if binding.place.loop is not None:
            match value:
                case n.BinOp(left=left, op=op, right=right) if name in self.facts.effects.names_in(value):
                    if op == "+" and isinstance(left, n.Name) and left.id == name:
                        return self._added(binding, bindings, right)
                    if op in _GROWS_VALUE and any(
                        isinstance(side, n.Name) and side.id == name for side in (left, right)
                    ):
                        return None
        return self.sizes.value(value)

    def _added(self, binding: Binding, bindings: list[Binding], added: n.Expr) -> Term | None:
        times = self.frame.rounds.times(binding.place, self.frame.home(bindings, binding.place))
        return terms.both(times, self.sizes.value(added))

    def _value_of_loop(self, iterated: n.Expr, path: list[int]) -> Term | None:
        match iterated:
            case n.Call(args=[first, *_] as args):
                callee = self.inference.callee(iterated)
                if callee == "builtins.range":
                    return terms.known(self.sizes.value(argument) for argument in args[:2])
                if callee == "builtins.enumerate" and path:
                    return self.sizes.length(first) if path[0] == 0 else self._value_of_loop(first, path[1:])
                if callee == "builtins.zip" and path:
                    return self._value_of_loop(args[min(path[0], len(args) - 1)], path[1:])
                if callee in ("builtins.reversed", "builtins.sorted", "builtins.list"):
                    return self._value_of_loop(first, path)
        return self.sizes.value(iterated, 1 + len(path))
