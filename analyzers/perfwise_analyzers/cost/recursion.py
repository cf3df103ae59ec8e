"""Functions that call themselves: of which kind they are, and what their calls come to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, TypeVar

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.branching import MANY_CALLS, Branching
from perfwise_analyzers.cost.guards import guard_of, holds_once
from perfwise_analyzers.cost.shrinking import Change, Shrinking
from perfwise_analyzers.cost.terms import ONE, Atom, Term
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Loop, ScopeInfo

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame

Kind = Literal["visits", "memoised", "children", "halves", "parts", "steps", "unknown"]

N = TypeVar("N", bound=n.Node)

_CACHES = frozenset({"functools.cache", "functools.lru_cache"})


class Recursion:
    """`calls` are those of the function itself, in its own body."""

    def __init__(self, frame: Frame, function: n.FunctionDef, scope: ScopeInfo, calls: list[n.Call]) -> None:
        self.frame = frame
        self.facts = frame.facts
        self.function = function
        self.scope = scope
        self.calls = calls
        self.parameters = [p for p in function.params if p.kind in ("positional", "keyword")]
        if frame.is_method and self.parameters:
            self.parameters = self.parameters[1:]
        self.shrinking = Shrinking(self)
        self.changes = [self.shrinking.changes(call) for call in calls]
        self.kind: Kind = self._kind()
        self.call_loops = self._call_loops()

    # What it is

    def _kind(self) -> Kind:
        if any(inner is not call and call.start <= inner.start and inner.end <= call.end
               for call in self.calls for inner in self.calls):  # fmt: skip
            return "unknown"
        if self._is_memoised():
            return "memoised"
        kinds = [set(changes.values()) for changes in self.changes]
        if self._visits() and not all("child" in found for found in kinds):
            return "visits"
        if all("child" in found for found in kinds):
            return "children"
        if all(found & {"half", "middle", "remainder"} for found in kinds):
            return "halves"
        if all(found & {"half", "middle", "down"} for found in kinds) and any(found & {"half"} for found in kinds):
            return "halves" if self._by_parity() else "unknown"
        if all(found & {"part", "half", "middle"} for found in kinds):
            return "parts"
        if all(found & {"down", "up"} for found in kinds):
            return "steps"
        if self._visits():
            return "visits"
        return "steps" if self._backtracks() is not None else "unknown"

    def _backtracks(self) -> Term | None:
        """How far something grows that is added to before the calls and taken from after them."""
        for node in self._own(n.Compare):
            match node:
                case n.Compare(left=n.Call(args=[n.Name() as chosen]) as length, comparators=[limit]):
                    if self.facts.inference.callee(length) != "builtins.len":
                        continue
                    around = self._own(n.Call)
                    is_added_to = any(self.frame.growth.adds(call, chosen) for call in around)
                    if is_added_to and any(self.frame.growth.removes(call, chosen) for call in around):
                        return self.frame.sizes.value(limit)
        return None

    def _by_parity(self) -> bool:
        """Whether an odd number is made even first: every second call halves it."""
        return any(
            isinstance(node, n.BinOp) and node.op in ("%", "&") and isinstance(node.right, n.Constant)
            for node in self.facts.structure.all(n.BinOp)
            if self.facts.structure.place[node].scope is self.scope
        )

    def _is_memoised(self) -> bool:
        for decorator in self.function.decorators:
            func = decorator.func if isinstance(decorator, n.Call) else decorator
            if self.facts.inference.origin(func) in _CACHES:
                return True
        names = {parameter.name for parameter in self.parameters}
        for stmt in self.function.body[:6]:
            if isinstance(stmt, n.If) and stmt.body and isinstance(stmt.body[-1], n.Return):
                read = stmt.body[-1].value
                match read:
                    case n.Subscript(value=store, index=key):
                        pass
                    case _:
                        continue
                root = store
                while isinstance(root, n.Subscript):
                    root = root.value
                mentioned = self.facts.effects.names_in(read) & names
                tested = self.facts.effects.names_in(stmt.test)
                if mentioned and isinstance(root, (n.Name, n.Attribute)) and self.facts.effects.names_in(root) & tested:
                    return self._writes(root) and not isinstance(key, n.Constant)
        return False

    def _writes(self, store: n.Expr) -> bool:
        for node in self.facts.structure.all(n.Assign):
            if self.facts.structure.place[node].scope is self.scope:
                for target in node.targets:
                    root: n.Expr = target
                    while isinstance(root, n.Subscript):
                        root = root.value
                    if root is not target and self.facts.effects.same(root, store):
                        return True
        return False

    def _visits(self) -> bool:
        """Whether each thing is visited once: it is marked before the calls, and not unmarked after them."""
        marks = [node for node in self._own(n.Call) if _is_call(node, ("add",)) and self._of_parameter(node)]
        assigned = [
            node
            for node in self._own(n.Assign)
            if any(isinstance(t, n.Subscript) and self._of_parameter(t) for t in node.targets)
        ]
        if not marks and not assigned:
            return False
        if any(_is_call(node, ("remove", "discard")) for node in self._own(n.Call)):
            return False
        last = max(call.end for call in self.calls)
        marked = [target for node in assigned for target in node.targets]
        if any(
            node.start > last and any(self._same_base(target, other) for target in node.targets for other in marked)
            and any(node is not first for first in assigned[:1])
            and self._overwrites(node)
            for node in assigned
        ):  # fmt: skip
            return False
        if all(guard_of(self.facts, call, self.function) == "once" for call in self.calls):
            return True
        return any(
            isinstance(stmt, n.If) and stmt.body and isinstance(stmt.body[-1], n.Return) and self._turns_back(stmt.test)
            for stmt in self.function.body
        )

    def _overwrites(self, node: n.Assign) -> bool:
        """Whether a mark set before the calls is taken back, rather than advanced."""
        value = node.value
        if isinstance(value, n.Constant):
            return (value.kind == "bool" and value.value is False) or value.value in (0, "", ".")
        return isinstance(value, n.Name)

    def _turns_back(self, test: n.Expr) -> bool:
        negated = n.UnaryOp(test.start, test.end, "not", test)
        return holds_once(self.facts, negated)

    def _same_base(self, a: n.Expr, b: n.Expr) -> bool:
        return isinstance(a, n.Subscript) and isinstance(b, n.Subscript) and self.facts.effects.same(a.value, b.value)

    def _of_parameter(self, node: n.Node) -> bool:
        names = {parameter.name for parameter in self.parameters}
        return bool(self.facts.effects.names_in(node) & names)

    def _own(self, kind: type[N]) -> list[N]:
        return [node for node in self.facts.structure.all(kind) if self.facts.structure.place[node].scope is self.scope]

    def _call_loops(self) -> frozenset[Loop]:
        """The loops that hold calls of the function: what they cost beyond the calls is counted with these."""
        return frozenset(loop for call in self.calls for loop in self.facts.structure.loops_around(call))

    def branching(self) -> int:
        """The most calls that one call makes, MANY_CALLS if that is not fixed."""
        return Branching(self).most()

    # What it comes to

    def free_loops(self) -> frozenset[Loop]:
        """The loops over what a call's things lead to: together they make as many rounds as there are."""
        if self.kind == "children":
            return self.call_loops
        if self.kind == "visits":
            return frozenset(
                loop for loop in self.call_loops if loop.iter is not None and self._graph_in(loop.iter) is not None
            )
        return frozenset()

    def _graph_in(self, iterated: n.Expr) -> n.Expr | None:
        names = {parameter.name for parameter in self.parameters}
        for node in n.descendants(iterated):
            match node:
                case n.Subscript(value=graph, index=index) if self.facts.effects.names_in(index) & names:
                    return graph if not isinstance(index, n.Slice) else None
                case n.Call(func=n.Attribute(value=graph), args=[argument, *_]) if (
                    self.facts.effects.names_in(argument) & names
                ):
                    return graph
        return None

    def solved(self, work: Term) -> Term | None:
        """The cost of all calls together, where each does `work` beyond its calls; None where that is not known."""
        match self.kind:
            case "children":
                return terms.of(Atom("nodes", self._owner())) * work
            case "visits":
                places = self._places()
                return None if places is None else places * work
            case "memoised":
                states = self._states()
                return None if states is None else states * work
            case "halves":
                return self._divided(work)
            case "parts":
                measure = self._measure()
                return None if measure is None or self.branching() > 2 else measure * work
            case "steps":
                return self._stepped(work)
        return None

    def _owner(self) -> str:
        for changes in self.changes:
            for name, change in changes.items():
                if change == "child":
                    return name
        return "root"

    def _places(self) -> Term | None:
        """What there is to be visited: the vertices and edges of a graph, or the cells of a grid."""
        for loop in self.call_loops:
            graph = self._graph_in(loop.iter) if loop.iter is not None else None
            if isinstance(graph, (n.Name, n.Attribute)):
                source = self.facts.source(graph)
                return terms.length(source) + terms.of(Atom("total", source))
        names = {parameter.name for parameter in self.parameters}
        vector: n.Expr | None = None
        for node in self._own(n.Subscript):
            match node:
                case n.Subscript(value=n.Subscript(value=n.Name() | n.Attribute() as base)):
                    if len(self.facts.effects.names_in(node) & names) >= 2:
                        rows, columns = self.frame.sizes.length(base), self.frame.sizes.length(base, 1)
                        return None if rows is None or columns is None else rows * columns
                    vector = vector or base
                case n.Subscript(value=n.Name() | n.Attribute() as base, index=n.Name(id=index)) if index in names:
                    vector = vector or base
        if vector is not None:
            return self.frame.sizes.length(vector)
        return terms.other("states")

    def _states(self) -> Term | None:
        """How many different arguments there can be."""
        states = ONE
        for parameter in self.parameters:
            changes = {found.get(parameter.name, "same") for found in self.changes}
            if changes <= {"same"}:
                continue
            size = self._range_of(parameter, changes)
            if size is None:
                return None
            states *= size
        return states

    def _range_of(self, parameter: n.Parameter, changes: set[Change]) -> Term | None:
        kind = self.facts.type_of_parameter(parameter).name
        if kind == "bool":
            return ONE
        if changes & {"up", "state"}:
            return self._limit(parameter.name)
        if changes <= {"same", "down", "half"}:
            size = self._size_of(parameter)
            return terms.log(size) if size is not None and "half" in changes and "down" not in changes else size
        return self._limit(parameter.name) if changes & {"other", "middle", "part"} else None

    def _limit(self, name: str) -> Term | None:
        """What the function compares a parameter with."""
        for node in self._own(n.Compare):
            match node:
                case n.Compare(left=left, ops=[op], comparators=[right]) if op in ("==", ">=", ">", "<", "<=", "!="):
                    for side, other in ((left, right), (right, left)):
                        fixed = isinstance(other, n.Constant) or name in self.facts.effects.names_in(other)
                        if name in self.facts.effects.names_in(side) and not fixed:
                            return self.frame.sizes.value(other)
        for loop in self.facts.structure.loops:
            match loop.iter:
                case n.Call(args=[start, stop, *_]) if loop.scope is self.scope:
                    is_range = self.facts.inference.callee(loop.iter) == "builtins.range"
                    if is_range and name in self.facts.effects.names_in(start):
                        return self.frame.sizes.value(stop)
        for part in self._own(n.Subscript):
            lower = part.index.lower if isinstance(part.index, n.Slice) else None
            if lower is not None and name in self.facts.effects.names_in(lower):
                return self.frame.sizes.length(part.value)
        return None

    def _size_of(self, parameter: n.Parameter) -> Term | None:
        kind = self.facts.type_of_parameter(parameter).name
        if kind in ("list", "str", "tuple", "sequence", "bytes", "dict", "set") or self._is_sliced(parameter.name):
            return terms.length(parameter.name)
        return terms.value(parameter.name)

    def _is_sliced(self, name: str) -> bool:
        for use in self.scope.uses.get(name, ()):
            around = self.facts.structure.parent.get(use)
            match around:
                case n.Subscript(value=value) if value is use:
                    return True
                case n.For(iter=iterated) | n.Generator(iter=iterated) if iterated is use:
                    return True
                case n.Call() if self.facts.inference.callee(around) == "builtins.len":
                    return True
        return False

    def _measure(self) -> Term | None:
        """The size that gets smaller from call to call."""
        moving: dict[str, set[Change]] = {}
        for changes in self.changes:
            for name, change in changes.items():
                moving.setdefault(name, set()).add(change)
        by_name = {parameter.name: parameter for parameter in self.parameters}
        for wanted in ({"half"}, {"part", "down"}, {"down"}, {"middle", "part"}, {"remainder"}):
            for name in reversed(list(moving)) if wanted & {"middle", "remainder"} else list(moving):
                if moving[name] & wanted and not moving[name] & {"up", "child"} and name in by_name:
                    return self._size_of(by_name[name])
        for name, found in moving.items():
            if "up" in found:
                return self._limit(name)
        return None

    def _stepped(self, work: Term) -> Term | None:
        calls = self.branching()
        if calls == 1:
            measure = self._measure()
            return None if measure is None else measure * work
        sizes: list[Term] = []
        by_name = {parameter.name: parameter for parameter in self.parameters}
        for name in dict.fromkeys(name for changes in self.changes for name in changes):
            found = {changes.get(name, "same") for changes in self.changes}
            if found & {"down", "up"} and name in by_name:
                size = self._limit(name) if "up" in found else self._size_of(by_name[name])
                if size is not None:
                    sizes.append(size)
        if not sizes:
            limit = self._backtracks()
            if limit is None:
                return None
            sizes.append(limit)
        grown = terms.exponential(terms.total(sizes[:1] if len(sizes) > 1 and calls < MANY_CALLS else sizes))
        return grown if grown.constant else grown * work

    def _divided(self, work: Term) -> Term | None:
        """The master theorem."""
        measure, calls = self._measure(), self.branching()
        if measure is None or calls >= MANY_CALLS:
            return None
        if calls <= 1:
            return work * terms.log(measure) if work.constant else self._dominated(work, measure, 0)
        return self._dominated(work, measure, math.log(calls, self._divisor()))

    def _dominated(self, work: Term, measure: Term, critical: float) -> Term:
        degree = max((sum(f.power for f in monomial.values()) for monomial in work.monomials), default=0)
        if abs(degree - critical) < 0.01:
            return work * terms.log(measure)
        return work if degree > critical else terms.power(measure, critical)

    def _divisor(self) -> int:
        for node in self._own(n.BinOp):
            match node:
                case n.BinOp(op=("//" | "/"), right=n.Constant(value=int(divisor))) if divisor >= 2:
                    return divisor
        return 2

    def result_length(self, call: n.Call, depth: int) -> Term | None:
        """How long what a call of the function within itself gives is, at most as long as what it is given."""
        match self.kind:
            case "children" | "visits" | "memoised":
                return ONE
            case "halves" | "parts":
                for parameter, argument in self.shrinking.pairs(call):
                    if self._is_sliced(parameter.name):
                        return self.frame.sizes.length(argument, depth)
                return ONE
            case "steps":
                return self._extended()
        return None

    def _extended(self) -> Term | None:
        """Where each call adds a fixed number of items to the result of the next, it is as long as what is given; where
        it makes several items of each, it doubles from call to call."""
        measure = self._measure()
        if measure is None:
            return None
        if self.branching() > 1:
            return terms.exponential(measure)
        held = {
            binding.name
            for bindings in self.scope.bindings.values()
            for binding in bindings
            if binding.kind == "assign" and isinstance(binding.value, n.Expr) and binding.value in self.calls
        }
        for node in self._own(n.Return):
            value = node.value
            uses = [] if value is None else [
                inner
                for inner in n.descendants(value)
                if inner in self.calls or (isinstance(inner, n.Name) and inner.id in held)
            ]  # fmt: skip
            if len(uses) > 1:
                return terms.exponential(measure)
            if uses and value is not None and not self._adds_little(value, uses[0]):
                return terms.exponential(measure) if self._multiplies(uses[0]) else None
        for loop in self.facts.structure.loops:
            if loop.scope is self.scope and loop.iter in self.calls and loop.kind == "for":
                inside = self.facts.effects.inside(loop)
                made = sum(isinstance(node, n.Yield) or _is_call(node, ("append", "add")) for node in inside)
                nested = loop.parent is not None or any(isinstance(node, (n.For, n.While)) for node in inside)
                return terms.exponential(measure) if made > 1 or nested else measure
        return measure

    def _multiplies(self, use: n.Node) -> bool:
        """Whether for each item of a result several are made."""
        return any(
            isinstance(around, n.Comprehension) and len(around.generators) > 1
            for around in self.facts.structure.ancestors(use)
        )

    def _adds_little(self, value: n.Expr, use: n.Node) -> bool:
        parts: list[n.Expr] = [value]
        while parts:
            part = parts.pop()
            if isinstance(part, n.BinOp) and part.op == "+":
                parts += [part.left, part.right]
            elif isinstance(part, (n.List, n.Tuple)):
                parts += [elt.value for elt in part.elts if isinstance(elt, n.Starred)]
            elif part is use or (isinstance(part, n.Comprehension) and len(part.generators) == 1):
                continue
            elif use in n.descendants(part) or self.frame.sizes.length(part) != ONE:
                return False
        return True


def _is_call(node: n.Node, methods: tuple[str, ...]) -> bool:
    return isinstance(node, n.Call) and isinstance(node.func, n.Attribute) and node.func.attr in methods
