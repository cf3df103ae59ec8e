"""`while` loops that are sure to end: what moves in each round, and towards what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.bindings import visible
from perfwise_analyzers.cost.progress import Progress
from perfwise_analyzers.cost.terms import ONE, Atom, Term
from perfwise_analyzers.cost.updates import DOWNWARD, GEOMETRIC, UPWARD, Update, update_of
from perfwise_analyzers.cost.worklists import Worklists
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Binding, Loop

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame

_NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "is": "is not", "is not": "is",
            "in": "not in", "not in": "in"}  # fmt: skip


class Whiles:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.facts = frame.facts
        self.worklists = Worklists(self)

    def progress(self, loop: Loop) -> Progress | None:
        return self.frame.questions.ask(("progress", loop), lambda: self._progress(loop), None)

    def _progress(self, loop: Loop) -> Progress | None:
        node = loop.node
        assert isinstance(node, n.While)
        found = [p for condition in self._conditions(node) if (p := self._of_condition(condition, loop)) is not None]
        sure = [progress for progress in found if self._always(node.body, progress.made)]
        scan = self._index_scan(loop, node)
        if scan is not None:
            sure.append(scan)
        if sure:
            return min(sure, key=lambda progress: (*terms.growth_of(progress.bound), not self._goes_on(progress)))
        if found and self._always(node.body, [stmt for progress in found for stmt in progress.made]):
            joined = Progress(terms.total(progress.bound for progress in found), self.frame, loop)
            for progress in found:
                joined.counters |= progress.counters
                joined.made += progress.made
            return joined if all(progress.container is None for progress in found) else None
        return self._sorting(loop, node)

    def _goes_on(self, progress: Progress) -> bool:
        outer = progress.loop.parent
        return outer is not None and progress.goes_on(outer)

    # Conditions under which the loop goes on, each of which must hold

    def _conditions(self, node: n.While) -> Iterator[n.Expr]:
        yield from self._conjuncts(node.test)
        for stmt in node.body:
            if (
                isinstance(stmt, n.If)
                and stmt.body
                and isinstance(stmt.body[-1], (n.Break, n.Return))
                and not stmt.orelse
            ):
                for part in (
                    stmt.test.values if isinstance(stmt.test, n.BoolOp) and stmt.test.op == "or" else [stmt.test]
                ):
                    negated = self._negated(part)
                    if negated is not None:
                        yield negated

    def _conjuncts(self, test: n.Expr) -> Iterator[n.Expr]:
        match test:
            case n.BoolOp(op="and", values=values):
                for value in values:
                    yield from self._conjuncts(value)
            case n.BoolOp(op="or", values=values):
                yield test
            case n.Compare(left=left, ops=ops, comparators=comparators) if len(ops) > 1:
                for op, a, b in zip(ops, [left, *comparators], comparators, strict=False):
                    yield n.Compare(a.start, b.end, a, [op], [b])
            case n.UnaryOp(op="not", operand=operand):
                negated = self._negated(operand)
                if negated is not None:
                    yield negated
            case _:
                yield test

    def _negated(self, test: n.Expr) -> n.Expr | None:
        match test:
            case n.UnaryOp(op="not", operand=operand):
                return operand
            case n.Compare(left=left, ops=[op], comparators=comparators):
                return n.Compare(test.start, test.end, left, [_NEGATED[op]], comparators) if op in _NEGATED else None
        return None

    def _of_condition(self, test: n.Expr, loop: Loop) -> Progress | None:
        match test:
            case n.BoolOp(values=values):  # `or`: it goes on as long as one of them holds.
                parts = [self._of_condition(value, loop) for value in values]
                if any(part is None for part in parts):
                    return None
                joined = Progress(terms.total(part.bound for part in parts if part), self.frame, loop)
                for part in parts:
                    if part is not None:
                        joined.counters |= part.counters
                        joined.made += part.made
                        joined.container = joined.container or part.container
                return joined
            case n.Compare(left=left, ops=[op], comparators=[right]):
                return self._of_comparison(left, op, right, loop)
            case n.Call(args=[measured]) if self.facts.inference.callee(test) == "builtins.len":
                return self.worklists.drained(measured, loop)
            case n.Name() | n.Attribute():
                return self.worklists.drained(test, loop) or self._linked(test, loop) or self._counted(None, test, loop)
            case n.BinOp(left=left, op=("%" | "&"), right=right):  # `while n % width: width -= 1`
                return self._counted(None, right, loop) or self._counted(None, left, loop)
            case n.Call(func=n.Attribute(value=receiver, attr=attr)) if attr in ("empty", "qsize"):
                return self.worklists.drained(receiver, loop)
        return None

    def _of_comparison(self, left: n.Expr, op: str, right: n.Expr, loop: Loop) -> Progress | None:
        if op in ("is not", "!="):
            linked = self._linked(left, loop) or self._linked(right, loop)
            if linked is not None:
                return linked
        if op == "!=" and isinstance(right, (n.List, n.Tuple)) and not right.elts:
            return self.worklists.drained(left, loop)
        if op == "in":
            return self._linked(left, loop)
        for side in (left, right):
            if isinstance(side, n.Subscript) and not isinstance(side.index, n.Name):
                drained = self.worklists.drained(side.value, loop)
                if drained is not None:
                    return drained
        measured = self._measured(left) or self._measured(right)
        if measured is not None and op in (">", ">=", "!=", "<", "<="):
            drained = self.worklists.drained(measured, loop)
            if drained is not None:
                return drained
        if op in ("<", "<="):
            return self._counted(left, right, loop)
        if op in (">", ">="):
            return self._counted(right, left, loop)
        if op == "==":  # `while n % p == 0: n //= p`
            match left:
                case n.BinOp(left=n.Name() as divided, op=("%" | "&")):
                    return self._counted(None, divided, loop)
        if op == "!=":
            return self._counted(left, right, loop) or self._counted(right, left, loop)
        return None

    def _measured(self, expr: n.Expr) -> n.Expr | None:
        match expr:
            case n.Call(args=[measured]) if self.facts.inference.callee(expr) == "builtins.len":
                return measured
        return None

    # Numbers

    def _counted(self, low: n.Expr | None, high: n.Expr, loop: Loop) -> Progress | None:
        """`low < high`, where what is low goes up or what is high goes down. A low of None is zero."""
        progress = Progress(ONE, self.frame, loop)
        if low is not None and (halved := self._both_halve(low, high, loop)) is not None:
            return halved
        kinds: set[Update] = set()
        degree = 1
        for side, allowed in ((low, UPWARD), (high, DOWNWARD)):
            if side is None:
                continue
            names, power, grows = self._parts(side)
            for name in names:
                bindings = self.bound_in(name, loop)
                updates = {update_of(self.frame, binding, loop) for binding in bindings} - {"same"}
                if not updates:
                    continue
                if not updates <= allowed:
                    return None
                kinds |= updates
                progress.counters[name] = allowed
                progress.made += [binding.place.stmt for binding in bindings]
                if side is low:
                    degree = max(degree, power)
            if grows is not None and side is low:
                added = [node for node in self.facts.effects.inside(loop) if self.frame.growth.adds(node, grows)]
                if added and not any(
                    self.frame.growth.removes(node, grows) for node in self.facts.effects.inside(loop)
                ):
                    progress.container = grows
                    progress.made += [self.facts.structure.place[node].stmt for node in added]
                    kinds.add("up")
        if not kinds:
            return None
        bound = self._bound(low, high)
        if bound is None:
            return None
        if kinds <= GEOMETRIC:
            bound = terms.log(bound)
        elif self._strides(progress, loop, bound):
            bound = terms.power(bound, 0.5)
        progress.bound = terms.power(bound, 1 / degree)
        return progress

    def _both_halve(self, low: n.Expr, high: n.Expr, loop: Loop) -> Progress | None:
        """Both ends are halved in each round, whatever else moves them."""
        if not (isinstance(low, n.Name) and isinstance(high, n.Name) and isinstance(loop.node, n.While)):
            return None
        made: list[n.Node] = []
        for name in (low.id, high.id):
            halved = [b.place.stmt for b in self.bound_in(name, loop) if update_of(self.frame, b, loop) == "halve"]
            if not any(stmt in loop.node.body for stmt in halved):
                return None
            made += halved
        size = self.frame.sizes.value(high)
        return None if size is None else Progress(terms.log(size), self.frame, loop, {}, None, made)

    def _strides(self, progress: Progress, loop: Loop, bound: Term) -> bool:
        """Whether the steps are as long as the root of the way."""
        for name in progress.counters:
            for binding in self.bound_in(name, loop):
                stmt = binding.place.stmt
                if not isinstance(stmt, n.AugAssign) or self.frame.sizes.value(stmt.value) != terms.power(bound, 0.5):
                    return False
        return not bound.constant and bool(progress.counters)

    def _bound(self, low: n.Expr | None, high: n.Expr) -> Term | None:
        """The distance, as far as it has a bound: what is high, before the loop moves it."""
        match high:
            case n.Subscript(index=index) if not isinstance(index, n.Slice):
                return self.frame.sizes.value(high)
        if isinstance(high, n.Constant) and low is not None and not isinstance(low, n.Constant):
            match high:
                case n.Constant(value=int(limit)) if limit > 1:
                    return ONE
            return self.frame.sizes.value(low)
        return self.frame.sizes.value(high)

    def _parts(self, side: n.Expr) -> tuple[list[str], int, n.Expr | None]:
        """The names that a side of a comparison consists of, the power of the first, and the container it measures."""
        match side:
            case n.Name(id=name):
                return [name], 1, None
            case n.BinOp(left=n.Name(id=a), op="*", right=n.Name(id=b)) if a == b:
                return [a], 2, None
            case n.BinOp(left=n.Name(id=a), op="**", right=n.Constant(value=int(k))) if k > 0:
                return [a], k, None
            case n.BinOp(left=left, op=("+" | "-" | "*") as op, right=right):
                names, power, measured = self._parts(left)
                more, other, _ = self._parts(right)
                both = power + other if op == "*" and names and names == more else max(power, other)
                return names + more, both, measured
            case n.BinOp(left=left, op=("//" | ">>"), right=n.Constant()):
                return self._parts(left)
            case n.Call(args=[measured]) if self.facts.inference.callee(side) == "builtins.len":
                return [], 1, measured
            case n.Call(args=[inner]) if self.facts.inference.callee(side) == "builtins.abs":
                return self._parts(inner)
        return [], 1, None

    def bound_in(self, name: str, loop: Loop) -> list[Binding]:
        return [
            binding
            for binding in visible(loop.scope, name)
            if loop.start <= binding.node.start < loop.end and binding.kind != "parameter"
        ]

    # Chains

    def _linked(self, test: n.Expr, loop: Loop) -> Progress | None:
        """`while node: node = node.next`, and the parents of a forest kept in a list or dict."""
        root = test
        while isinstance(root, (n.Attribute, n.Subscript)):
            root = root.value if isinstance(root, n.Attribute) else root.index
        if not isinstance(root, n.Name):
            return None
        bindings = self.bound_in(root.id, loop)
        updates = {update_of(self.frame, binding, loop) for binding in bindings} - {"same"}
        if updates != {"link"}:
            return None
        values = [binding.value for binding in bindings]
        for value in values:
            if isinstance(value, n.Subscript) and isinstance(value.index, (n.Name, n.Subscript)):
                size = self.frame.sizes.length(value.value)
                if size is None:
                    return None
                return self._chain(
                    terms.log(size) if self._compresses(value.value, loop) else size, root.id, bindings, loop
                )
        return self._chain(terms.of(Atom("nodes", self._start(root))), root.id, bindings, loop)

    def _chain(self, bound: Term, name: str, bindings: Sequence[Binding], loop: Loop) -> Progress:
        made: list[n.Node] = [binding.place.stmt for binding in bindings]
        return Progress(bound, self.frame, loop, {name: frozenset({"link"})}, None, made)

    def _compresses(self, parents: n.Expr, loop: Loop) -> bool:
        return any(
            isinstance(node, n.Assign)
            and any(isinstance(t, n.Subscript) and self.facts.effects.same(t.value, parents) for t in node.targets)
            for node in self.facts.effects.inside(loop)
        )

    def _start(self, name: n.Name) -> str:
        """What a chain's name stands for before the loop."""
        for binding in visible(self.frame.scope_of(name), name.id):
            if isinstance(binding.value, (n.Name, n.Attribute)) and binding.kind == "assign":
                source = self.facts.source(binding.value)
                if not source.startswith(f"{name.id}."):
                    return source
        return name.id

    # Containers

    # What no condition tells

    def _index_scan(self, loop: Loop, node: n.While) -> Progress | None:
        """A number that goes up in each round and is an index: it stays below the length."""
        for subscript in self.facts.effects.inside(loop):
            match subscript:
                case n.Subscript(value=value, index=n.Name(id=name)) if self.facts.type_of(value).name != "dict":
                    bindings = self.bound_in(name, loop)
                    updates = {update_of(self.frame, binding, loop) for binding in bindings}
                    made: list[n.Node] = [binding.place.stmt for binding in bindings]
                    if updates in ({"up"}, {"down"}, {"double"}) and self._always(node.body, made):
                        size = self.frame.sizes.length(value)
                        if size is not None:
                            size = terms.log(size) if updates == {"double"} else size
                            return Progress(size, self.frame, loop, {name: frozenset(updates)}, None, made)
        return None

    def _sorting(self, loop: Loop, node: n.While) -> Progress | None:
        """Goes on as long as a pass swaps neighbours: at most as many passes as items."""
        flags = {name.id for name in n.descendants(node.test) if isinstance(name, n.Name)}
        for swap in self.facts.effects.inside(loop):
            match swap:
                case n.Assign(targets=[n.Tuple(elts=[n.Subscript(value=a), n.Subscript(value=b)])], value=n.Tuple()):
                    if not self.facts.effects.same(a, b):
                        continue
                    block = self.facts.structure.parent[swap]
                    sets = any(
                        isinstance(other, n.Assign)
                        and any(isinstance(t, n.Name) and (t.id in flags or _is_true(node.test)) for t in other.targets)
                        for other in getattr(block, "body", ())
                    )
                    size = self.frame.sizes.length(a)
                    if sets and size is not None:
                        return Progress(size, self.frame, loop)
        return None

    def _always(self, body: Sequence[n.Stmt], made: Sequence[n.Node]) -> bool:
        """Whether every way through the body comes by one of the statements, or leaves the loop."""
        wanted = {id(stmt) for stmt in made}
        return bool(wanted) and _comes_by(body, wanted, 0)


def _comes_by(body: Sequence[n.Stmt], wanted: set[int], depth: int) -> bool:
    if depth > 30:
        return False
    for stmt in body:
        if id(stmt) in wanted or isinstance(stmt, (n.Return, n.Raise, n.Break)):
            return True
        match stmt:
            case n.If(body=then, orelse=orelse):
                first, second = _comes_by(then, wanted, depth + 1), _comes_by(orelse, wanted, depth + 1)
                if first and second:
                    return True
                if (not first and _continues(then)) or (not second and _continues(orelse)):
                    return False
            case n.With(body=inner) | n.Try(body=inner) | n.For(body=inner) | n.While(body=inner):
                if _comes_by(inner, wanted, depth + 1):
                    return True
            case n.Match(cases=cases):
                if cases and all(_comes_by(case.body, wanted, depth + 1) for case in cases):
                    return True
            case n.Continue():
                return False
    return False


def _continues(body: Sequence[n.Stmt]) -> bool:
    return bool(body) and isinstance(body[-1], n.Continue)


def _is_true(test: n.Expr) -> bool:
    return isinstance(test, n.Constant) and bool(test.value)
