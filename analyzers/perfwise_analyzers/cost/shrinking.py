"""How the arguments of a recursive call differ from what the function was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from perfwise_analyzers.cost.bindings import path_to
from perfwise_analyzers.cost.updates import halves, is_middle
from perfwise_analyzers.facts import nodes as n

if TYPE_CHECKING:
    from perfwise_analyzers.cost.recursion import Recursion

# What an argument is to its parameter. `part` is what a condition leaves of it, `child` something inside of it.
Change = Literal["same", "down", "up", "half", "middle", "remainder", "child", "part", "state", "other"]


class Shrinking:
    def __init__(self, recursion: Recursion) -> None:
        self.recursion = recursion
        self.frame = recursion.frame
        self.facts = recursion.facts

    def changes(self, call: n.Call) -> dict[str, Change]:
        changes: dict[str, Change] = {}
        for parameter, argument in self.pairs(call):
            changes[parameter.name] = self._change(parameter.name, argument, 0)
        if "other" in changes.values() and self._splits(call):
            for name, change in changes.items():
                if change == "other":
                    changes[name] = "part"
        return changes

    def pairs(self, call: n.Call) -> list[tuple[n.Parameter, n.Expr]]:
        pairs = list(zip(self.recursion.parameters, call.args, strict=False))
        by_name = {parameter.name: parameter for parameter in self.recursion.parameters}
        pairs += [(by_name[k.arg], k.value) for k in call.keywords if k.arg in by_name]
        if self.frame.is_method and isinstance(call.func, n.Attribute):
            owner = self.recursion.function.params[0]
            if not (isinstance(call.func.value, n.Name) and call.func.value.id == owner.name):
                pairs.insert(0, (owner, call.func.value))
        return pairs

    def _splits(self, call: n.Call) -> bool:
        """`sort(xs, low, pivot - 1)`: one end stays, the other comes to where something was found."""
        ends = [
            argument
            for parameter, argument in self.pairs(call)
            if isinstance(argument, n.BinOp) and argument.op in ("+", "-") and isinstance(argument.left, n.Name)
            and isinstance(argument.right, n.Constant) and argument.left.id != parameter.name
        ]  # fmt: skip
        return len(ends) == 1 and len(self.recursion.parameters) >= 2

    def _change(self, name: str, argument: n.Expr, depth: int) -> Change:
        if depth > 4:
            return "other"
        inference = self.facts.inference
        match argument:
            case n.Name(id=given) if given == name:
                return "same"
            case n.BinOp(left=left, op=op, right=right) if self._is_it(left, name):
                match op:
                    case "-":
                        return "half" if self._is_half_of(right, name) else "down"
                    case "+":
                        return "up"
                    case "//" | "/" | ">>":
                        return "half"
                    case "|" | "^":
                        return "state"
                    case "%":
                        return "remainder"
            case n.BinOp(left=left, op="-") if (
                isinstance(left, n.BinOp) and self._change(name, left, depth + 1) == "down"
            ):
                return "down"
            case n.BinOp(left=n.Constant(), op="+", right=right) if self._is_it(right, name):
                return "up"
            case n.BinOp(left=n.Name() as middle, op=("+" | "-"), right=n.Constant()) if is_middle(self.frame, middle):
                return "middle"
            case n.BinOp(left=n.Name() as index, op="+", right=n.Constant()) if self._starts_at(index, name):
                return "up"
            case n.BinOp(op="%", right=n.Name()) | n.BinOp(op="%", left=n.Name()):
                return "remainder"
            case n.Subscript(value=value, index=n.Slice() as part) if self._is_it(value, name):
                edges = [edge for edge in (part.lower, part.upper) if edge is not None]
                if any(self._is_half_edge(edge) for edge in edges) or part.step is not None:
                    return "half"
                return "down" if edges else "same"
            case n.BinOp(op="+", left=left, right=right):
                changes = {self._change(name, side, depth + 1) for side in (left, right)}
                if "down" in changes and not changes - {"down", "other", "half"}:
                    return "down"  # `xs[:i] + xs[i + 1:]`
                if halves(self.frame, argument):
                    return "middle"
            case n.Attribute(value=value) if (
                self._is_it(value, name) or self._change(name, value, depth + 1) == "child"
            ):
                return "child"
            case n.Subscript(value=value) if self._is_it(value, name):
                return "child"
            case n.Comprehension(generators=[clause, *_]) if self._is_it(clause.iter, name) or (
                isinstance(clause.iter, n.Subscript) and self._is_it(clause.iter.value, name)
            ):
                if clause.ifs:
                    return "part"
                return "down" if isinstance(clause.iter, n.Subscript) else "same"
            case n.Call(args=[inner, *_]) if inference.callee(argument) in (
                "builtins.list", "builtins.tuple", "builtins.int", "math.floor", "builtins.filter",
            ):  # fmt: skip
                return self._change(name, inner, depth + 1)
            case n.Call(func=n.Attribute(value=value, attr=("get" | "pop"))) if self._is_it(value, name):
                return "child"
            case n.Name():
                return self._change_of_name(name, argument, depth)
        return "other"

    def _change_of_name(self, name: str, argument: n.Name, depth: int) -> Change:
        if self._starts_at(argument, name):
            return "up"
        if self._is_below(argument, name):
            return "down"
        if is_middle(self.frame, argument):
            return "middle"
        bindings = self.facts.inference.bindings(argument)
        if not bindings:
            return "other"
        found: set[Change] = set()
        for binding in bindings:
            value = binding.value
            if binding.place.scope is not self.recursion.scope or not isinstance(value, n.Expr):
                return "other"
            if binding.kind == "loop":
                source = self.frame.sizes.items_of(value, path_to(binding.target, binding.node))
                inside = source[0] if source is not None else value
                found.add("child" if self._is_inside(inside, name) else "other")
                continue
            path = path_to(binding.target, binding.node)
            while path and isinstance(value, (n.Tuple, n.List)) and path[0] < len(value.elts):
                value, path = value.elts[path[0]], path[1:]
            if isinstance(value, (n.List, n.Call)) and not getattr(value, "elts", True):
                found.add("part" if self._takes_items_of(argument, name) else "other")
                continue
            if path and self._is_it(value, name) and isinstance(binding.target, (n.Tuple, n.List)):
                found.add("down" if any(isinstance(e, n.Starred) for e in binding.target.elts) else "child")
                continue
            found.add(self._change(name, value, depth + 1) if not path else "other")
        return found.pop() if len(found) == 1 else "other"

    def _starts_at(self, index: n.Name, name: str) -> bool:
        """`for index in range(name, ...)`."""
        bindings = self.facts.inference.bindings(index) or []
        for binding in bindings:
            match binding.value:
                case n.Call(args=[first, _, *_]) if binding.kind == "loop":
                    if self.facts.inference.callee(binding.value) == "builtins.range":
                        return name in self.facts.effects.names_in(first)
        return False

    def _is_below(self, index: n.Name, name: str) -> bool:
        """`for index in range(name)`."""
        for binding in self.facts.inference.bindings(index) or []:
            match binding.value:
                case n.Call(args=[n.Name(id=stop)] | [_, n.Name(id=stop)]) if binding.kind == "loop":
                    if self.facts.inference.callee(binding.value) == "builtins.range":
                        return stop == name
        return False

    def _is_inside(self, iterated: n.Expr, name: str) -> bool:
        root = iterated
        while isinstance(root, (n.Attribute, n.Call, n.Subscript)):
            root = root.func if isinstance(root, n.Call) else root.value
        return isinstance(root, n.Name) and root.id == name and not self._is_sequence_of_numbers(iterated)

    def _is_sequence_of_numbers(self, iterated: n.Expr) -> bool:
        element = self.facts.type_of(iterated).element
        return element is not None and element.name in ("int", "str", "float")

    def _takes_items_of(self, part: n.Name, name: str) -> bool:
        """Whether a list is filled with items of the parameter."""
        for loop in self.facts.structure.loops:
            if (
                loop.scope is not self.recursion.scope
                or loop.iter is None
                or name not in self.facts.effects.names_in(loop.iter)
            ):
                continue
            if any(self.frame.growth.adds(node, part) for node in self.facts.effects.inside(loop)):
                return True
        return False

    def _is_it(self, expr: n.Expr, name: str) -> bool:
        """Whether an expression is the parameter, or all of it in another order."""
        if not isinstance(expr, n.Name) or expr.id == name:
            return isinstance(expr, n.Name)
        bindings = self.facts.inference.bindings(expr) or []
        match [binding.value for binding in bindings]:
            case [n.Call(args=[n.Name(id=given), *_]) as call] if given == name:
                return self.facts.inference.callee(call) in ("builtins.sorted", "builtins.list", "builtins.tuple")
        return False

    def _is_half_of(self, expr: n.Expr, name: str) -> bool:
        return isinstance(expr, n.BinOp) and expr.op in ("//", ">>") and self._is_it(expr.left, name)

    def _is_half_edge(self, edge: n.Expr) -> bool:
        match edge:
            case n.BinOp(left=left, op=("+" | "-"), right=n.Constant()):
                return self._is_half_edge(left)
        return is_middle(self.frame, edge) or halves(self.frame, edge)
