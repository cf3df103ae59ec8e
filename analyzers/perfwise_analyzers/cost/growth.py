"""What is added to a container after it is made: as often as the loops run that add to it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.frame import FunctionCost, arguments_of, callee_of
from perfwise_analyzers.cost.terms import ONE, Atom, Term
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Binding, Loop, Place, ScopeInfo

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame

ADDS_ONE = frozenset({"append", "add", "appendleft", "insert", "setdefault", "put"})
ADDS_MANY = frozenset({"extend", "update", "extendleft", "union_update"})
_PUSHES = frozenset({"heapq.heappush", "bisect.insort", "bisect.insort_left", "bisect.insort_right"})
_REMOVES = frozenset({"pop", "popleft", "popitem", "remove"})
_GRAPH = re.compile(r"(?i)(graph|adj|neighbo|edges|tree|links|dependenc|children|succ|pred|outgoing|incoming)")


@dataclass(frozen=True, slots=True)
class Addition:
    """Something adds to a container, or with a depth of 1 to its items: one item, or all of `many`."""

    node: n.Node
    place: Place
    depth: int
    item: n.Expr | None
    many: n.Expr | None = None
    is_text: bool = False
    replaces: bool = False  # An item that was there before.


class Growth:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.facts = frame.facts
        self._additions: dict[Hashable, list[Addition]] = {}
        self._reaching: dict[n.Name, list[Binding]] = {}
        self._used: dict[Hashable, list[n.Expr]] = {}
        self._growing: set[tuple[str, int]] = set()
        self._by_itself: set[tuple[str, int]] = set()

    def grown(self, held: list[Binding] | n.Attribute, base: Term, depth: int) -> Term | None:
        """The length of a container that is `base` when it is made; None where something adds to it without bound."""
        capped = self._cap(held) if depth == 0 else None
        if capped is not None:
            return capped
        name = held[0].name if isinstance(held, list) else self.facts.source(held)
        if self.led_back(name, depth):
            self.frame.questions.cut()
            return base
        self._growing.add((name, depth))
        try:
            others = self._by_others(held) if depth == 0 and isinstance(held, list) and base.constant else ()
            return terms.known([base, *self._added(held, name, depth), *others])
        finally:
            self._growing.discard((name, depth))

    def led_back(self, name: str, depth: int) -> bool:
        """Notes that a container grows by its own length, if its growth is what is being asked."""
        if (name, depth) not in self._growing:
            return False
        self._by_itself.add((name, depth))
        return True

    def _added(self, held: list[Binding] | n.Attribute, name: str, depth: int) -> Iterator[Term | None]:
        for addition in self.additions(held):
            if addition.depth > depth:
                continue
            self._by_itself.discard((name, depth))
            home = self.frame.home(held, addition.place) if isinstance(held, list) else None
            if addition.depth == depth:
                if addition.replaces:
                    continue
                times = self.frame.rounds.times(addition.place, home)
                many = self._many(addition)
                grows = (name, depth) in self._by_itself
                if times is None or many is None or (grows and times.constant and addition.place.loop is not None):
                    yield None
                else:
                    yield terms.exponential(times) if grows else times * many
            elif addition.many is not None:
                yield self.frame.sizes.length(addition.many, depth - addition.depth)
            elif addition.item is not None:
                size = self.frame.sizes.length(addition.item, depth - addition.depth - 1)
                if (name, depth) in self._by_itself and isinstance(addition.item, n.BinOp) and not addition.replaces:
                    # Each item is longer than the one before by what is added to it.
                    times = self.frame.rounds.times(addition.place, home)
                    yield None if size is None or times is None else size + times
                else:
                    yield size

    def _by_others(self, held: list[Binding]) -> Iterator[Term | None]:
        """What functions of the module add to a list that they are given, or that is around them: at most one item for
        each step they take."""
        name, scope = held[0].name, held[0].place.scope
        inner = [
            self.facts.qualified(other.node)
            for other in self.facts.structure.scopes
            if other.parent is scope and isinstance(other.node, n.FunctionDef) and self._adds_inside(other, name)
        ]
        for call in self.facts.structure.all(n.Call):
            place = self.facts.structure.place[call]
            if place.scope is not scope:
                continue
            key = callee_of(self.facts, call)
            if not key or key == self.frame.current:
                continue
            function = self.frame.results(key)
            given = [a for a in call.args if isinstance(a, n.Name) and a.id == name]
            if key in inner or (given and function is not None and self._grows_parameter(call, function, name)):
                each = None if function is None else self.frame.sizes.substituted(call, function, function.cost)
                times = self.frame.rounds.times(place)
                yield None if each is None or times is None else each * times

    def _adds_inside(self, scope: ScopeInfo, name: str) -> bool:
        return name not in scope.bindings and any(any(self._addition(use)) for use in scope.uses.get(name, ()))

    def _grows_parameter(self, call: n.Call, function: FunctionCost, name: str) -> bool:
        arguments = arguments_of(self.facts, call, function) or {}
        return any(
            isinstance(argument, n.Name) and argument.id == name and parameter in function.grows
            for parameter, argument in arguments.items()
        )

    def own_growth(self) -> tuple[str, ...]:
        """The parameters that the function adds to."""
        found = []
        for parameter in self.frame.function.params:
            bindings = [b for b in self.frame.scope.bindings.get(parameter.name, ()) if b.kind == "parameter"]
            if bindings and any(self.additions(bindings)):
                found.append(parameter.name)
        return tuple(found)

    def _many(self, addition: Addition) -> Term | None:
        if addition.many is None:
            return ONE
        return (
            self.frame.operations.piece(addition.many) if addition.is_text else self.frame.sizes.length(addition.many)
        )

    def inner_total(self, container: n.Expr) -> Term | None:
        """The number of all items of a container's items, where that is less than their longest times their number."""
        if isinstance(container, n.Name):
            bindings = self.facts.inference.bindings(container)
            scope = self.frame.scope_of(container)
            if bindings and all(b.place.scope is scope and b.kind != "parameter" for b in bindings):
                nested = [addition for addition in self.additions(bindings) if addition.depth == 1]
                if not nested:
                    return self._made_elsewhere(container, bindings)
                found: list[Term | None] = []
                for addition in nested:
                    times = self.frame.rounds.times(addition.place, self.frame.home(bindings, addition.place))
                    many = self._many(addition)
                    found.append(None if times is None or many is None else times * many)
                return terms.known(found)
        if isinstance(container, n.Call) and container.args and not isinstance(container.func, n.Attribute):
            return self.inner_total(container.args[0])  # `dict(groups)`
        if not isinstance(container, (n.Name, n.Attribute)):
            return None
        source = self.facts.source(container)
        return terms.of(Atom("total", source)) if _GRAPH.search(source) else None

    def _made_elsewhere(self, container: n.Name, bindings: list[Binding]) -> Term | None:
        for binding in bindings:
            if isinstance(binding.value, n.Call) and len(bindings) == 1 and binding.target is None:
                key = callee_of(self.facts, binding.value)
                function = self.frame.results(key) if key else None
                if function is not None and function.inner_total is not None:
                    return self.frame.sizes.substituted(binding.value, function, function.inner_total)
        made = all(isinstance(b.value, n.Call) and b.kind == "assign" and b.target is None for b in bindings)
        return terms.of(Atom("total", container.id)) if made and _GRAPH.search(container.id) else None

    def additions(self, held: list[Binding] | n.Attribute) -> list[Addition]:
        key = tuple(held) if isinstance(held, list) else held
        known = self._additions.get(key)
        if known is None:
            known = self._additions[key] = list(self._find_additions(held))
        return known

    def _find_additions(self, held: list[Binding] | n.Attribute) -> Iterator[Addition]:
        for use in self._uses(held):
            yield from self._addition(use)
        if isinstance(held, list):
            for binding in held:
                stmt = binding.place.stmt
                if binding.kind == "augmented" and isinstance(stmt, n.AugAssign) and stmt.op in ("+", "|"):
                    yield Addition(stmt, binding.place, 0, None, stmt.value, self._is_text(held))
                match binding.value:
                    case n.BinOp(left=n.Name(id=name), op="+", right=right) if name == binding.name:
                        yield Addition(stmt, binding.place, 0, None, right)
                    case n.BinOp(left=left, op="+", right=n.Name(id=name)) if name == binding.name:
                        yield Addition(stmt, binding.place, 0, None, left)

    def _bindings_of(self, use: n.Name) -> list[Binding]:
        known = self._reaching.get(use)
        if known is None:
            known = self._reaching[use] = self.facts.inference.bindings(use) or []
        return known

    def _is_text(self, bindings: list[Binding]) -> bool:
        assigned = [binding for binding in bindings if binding.kind == "assign"]
        return bool(assigned) and self.facts.inference.bound_type(assigned).name in ("str", "bytes")

    def _uses(self, held: list[Binding] | n.Attribute) -> list[n.Expr]:
        key = tuple(held) if isinstance(held, list) else held
        known = self._used.get(key)
        if known is None:
            known = self._used[key] = self._find_uses(held)
        return known

    def _find_uses(self, held: list[Binding] | n.Attribute) -> list[n.Expr]:
        if isinstance(held, list):
            bindings = self._bindings_of
            uses = held[0].place.scope.uses.get(held[0].name, ())
            return [use for use in uses if not (found := bindings(use)) or any(binding in held for binding in found)]
        scope = self.frame.scope_of(held)
        return [
            node
            for node in self.facts.structure.all(n.Attribute)
            if node.attr == held.attr
            and self.facts.structure.place[node].scope is scope
            and self.facts.effects.same(node, held)
        ]

    def _addition(self, use: n.Expr) -> Iterator[Addition]:
        structure = self.facts.structure
        around = structure.parent.get(use)
        match around:
            case n.Attribute(attr=attr):
                call = structure.parent.get(around)
                if isinstance(call, n.Call) and call.func is around:
                    yield from self._by_call(call, attr, 0)
            case n.Subscript(value=value, index=index) if value is use:
                yield from self._by_item(around, index)
            case n.Call(func=func, args=[first, item, *_]) if first is use and not isinstance(func, n.Call):
                if self.facts.inference.callee(around) in _PUSHES:
                    yield Addition(around, structure.place[around], 0, item)
            case n.AugAssign(target=target, op=("+" | "|"), value=value) if target is use:
                text = self.facts.type_of(use).name in ("str", "bytes")
                yield Addition(around, structure.place[around], 0, None, value, text)

    def _by_call(self, call: n.Call, attr: str, depth: int) -> Iterator[Addition]:
        place = self.facts.structure.place[call]
        if attr in ADDS_ONE:
            yield Addition(call, place, depth, call.args[-1] if call.args else None)
            outer = self.facts.structure.parent.get(call)
            if attr == "setdefault" and isinstance(outer, n.Attribute):
                further = self.facts.structure.parent.get(outer)
                if isinstance(further, n.Call) and further.func is outer:
                    yield from self._by_call(further, outer.attr, depth + 1)
        elif attr in ADDS_MANY and call.args:
            yield Addition(call, place, depth, None, call.args[0])

    def _by_item(self, item: n.Subscript, index: n.Expr) -> Iterator[Addition]:
        """`x[k] = v`, `x[k] += v` and `x[k].append(v)`."""
        structure = self.facts.structure
        holder = structure.parent.get(item)
        place = structure.place[item]
        keyed = self.facts.type_of(item.value).name not in ("list", "ndarray", "str", "bytearray", "deque")
        match holder:
            case n.Assign(targets=targets, value=value) if item in targets:
                if isinstance(index, n.Slice):
                    yield Addition(item, place, 0, None, value)
                elif keyed and self.facts.type_of(item.value).name == "dict":
                    yield Addition(item, place, 0, value)
                else:
                    yield Addition(item, place, 0, value, replaces=True)
            case n.AugAssign(target=target, value=value) if target is item:
                if self.facts.type_of(item.value).name == "dict":
                    yield Addition(item, place, 0, None)
                if self.facts.type_of(value).name in ("list", "str", "set"):
                    yield Addition(item, place, 1, None, value)
            case n.Attribute(attr=attr):
                call = structure.parent.get(holder)
                if isinstance(call, n.Call) and call.func is holder:
                    if attr in ADDS_ONE | ADDS_MANY and self.facts.type_of(item.value).name == "dict":
                        yield Addition(item, place, 0, None)
                    yield from self._by_call(call, attr, 1)

    def _cap(self, held: list[Binding] | n.Attribute) -> Term | None:
        """The size below which the function holds the container: `if len(heap) > k: heappop(heap)`."""
        structure = self.facts.structure
        for use in self._uses(held):
            length = structure.parent.get(use)
            test = structure.parent.get(length) if length is not None else None
            match test:
                case n.Compare(left=left, ops=[(">" | ">=" | "==")], comparators=[limit]) if left is length:
                    branch = structure.parent.get(test)
                    if not (isinstance(length, n.Call) and self.facts.inference.callee(length) == "builtins.len"):
                        continue
                    if isinstance(branch, (n.If, n.While)) and any(
                        self.removes(node, use) for stmt in branch.body for node in n.descendants(stmt)
                    ):
                        loop = structure.place[use].loop
                        if loop is not None and (isinstance(branch, n.If) or loop.parent is not None):
                            return self.frame.sizes.value(limit)
        return None

    def removes(self, node: n.Node, container: n.Expr) -> bool:
        """Whether the node takes an item out of the container."""
        same = self.facts.effects.same
        match node:
            case n.Call(func=n.Attribute(value=value, attr=attr)) if attr in _REMOVES:
                return same(value, container)
            case n.Call(args=[first, *_]):
                return self.facts.inference.callee(node) in (
                    "heapq.heappop", "heapq.heapreplace", "heapq.heappushpop",
                ) and same(first, container)  # fmt: skip
            case n.Delete(targets=[n.Subscript(value=value)]):
                return same(value, container)
        return False

    def adds(self, node: n.Node, container: n.Expr) -> bool:
        """Whether the node puts something into the container."""
        same = self.facts.effects.same
        match node:
            case n.Call(func=n.Attribute(value=value, attr=attr)) if attr in ADDS_ONE | ADDS_MANY:
                return same(value, container)
            case n.Call(args=[first, _, *_]):
                return self.facts.inference.callee(node) == "heapq.heappush" and same(first, container)
            case n.AugAssign(target=target, op="+"):
                return same(target, container)
        return False


def outermost(loop: Loop) -> Loop:
    while loop.parent is not None:
        loop = loop.parent
    return loop
