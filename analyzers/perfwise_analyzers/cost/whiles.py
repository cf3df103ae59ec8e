"""`while` loops that are sure to end: what moves in each round, and towards what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.bindings import visible
from perfwise_analyzers.cost.guards import guard_of, holds_once
from perfwise_analyzers.cost.terms import ONE, Atom, Term
from perfwise_analyzers.cost.updates import DOWNWARD, GEOMETRIC, UPWARD, Update, update_of
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Binding, Loop, own_nodes

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame

_NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "is": "is not", "is not": "is",
            "in": "not in", "not in": "in"}  # fmt: skip


@dataclass(eq=False)
class Progress:
    """A loop makes at most `bound` rounds, each of which moves one of the `counters` or takes from the `container`.

    `made` are the statements that do it.
    """

    bound: Term
    frame: Frame
    loop: Loop
    counters: dict[str, frozenset[str]] = field(default_factory=dict)  # With the updates that move them on.
    container: n.Expr | None = None
    made: list[n.Node] = field(default_factory=list)

    def goes_on(self, outer: Loop) -> bool:
        """Whether in an outer loop's next round it goes on where it stopped, so that the bound is for all rounds."""
        if self.container is not None and self.frame.facts.effects.rebound_in(self.container, outer):
            return False
        if not self.counters and self.container is None:
            return False
        for name, allowed in self.counters.items():
            for binding in visible(self.loop.scope, name):
                inside = outer.start <= binding.node.start < outer.end and binding.kind != "parameter"
                if inside and update_of(self.frame, binding, outer) not in allowed:
                    return False
        return True


class Whiles:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.facts = frame.facts
        self._popped: dict[Loop, frozenset[str]] = {}

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
                return self._drained(measured, loop)
            case n.Name() | n.Attribute():
                return self._drained(test, loop) or self._linked(test, loop) or self._counted(None, test, loop)
            case n.BinOp(left=left, op=("%" | "&"), right=right):  # `while n % width: width -= 1`
                return self._counted(None, right, loop) or self._counted(None, left, loop)
            case n.Call(func=n.Attribute(value=receiver, attr=attr)) if attr in ("empty", "qsize"):
                return self._drained(receiver, loop)
        return None

    def _of_comparison(self, left: n.Expr, op: str, right: n.Expr, loop: Loop) -> Progress | None:
        if op in ("is not", "!="):
            linked = self._linked(left, loop) or self._linked(right, loop)
            if linked is not None:
                return linked
        if op == "!=" and isinstance(right, (n.List, n.Tuple)) and not right.elts:
            return self._drained(left, loop)
        if op == "in":
            return self._linked(left, loop)
        for side in (left, right):
            if isinstance(side, n.Subscript) and not isinstance(side.index, n.Name):
                drained = self._drained(side.value, loop)
                if drained is not None:
                    return drained
        measured = self._measured(left) or self._measured(right)
        if measured is not None and op in (">", ">=", "!=", "<", "<="):
            drained = self._drained(measured, loop)
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
                bindings = self._bound_in(name, loop)
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
            halved = [b.place.stmt for b in self._bound_in(name, loop) if update_of(self.frame, b, loop) == "halve"]
            if not any(stmt in loop.node.body for stmt in halved):
                return None
            made += halved
        size = self.frame.sizes.value(high)
        return None if size is None else Progress(terms.log(size), self.frame, loop, {}, None, made)

    def _strides(self, progress: Progress, loop: Loop, bound: Term) -> bool:
        """Whether the steps are as long as the root of the way."""
        for name in progress.counters:
            for binding in self._bound_in(name, loop):
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

    def _bound_in(self, name: str, loop: Loop) -> list[Binding]:
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
        bindings = self._bound_in(root.id, loop)
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

    def _drained(self, container: n.Expr, loop: Loop) -> Progress | None:
        if not isinstance(container, (n.Name, n.Attribute)):
            return None
        inside = self.facts.effects.inside(loop)
        pops = [node for node in inside if self.frame.growth.removes(node, container)]
        pushes = [node for node in inside if self.frame.growth.adds(node, container)]
        made: list[n.Node] = [self.facts.structure.place[node].stmt for node in pops]
        if isinstance(container, n.Name):
            for binding in self._bound_in(container.id, loop):
                match update_of(self.frame, binding, loop):
                    case "less" if not pushes:
                        made.append(binding.place.stmt)
                    case "half" if not pushes:
                        size = self.frame.sizes.length(container)
                        if size is None:
                            return None
                        return Progress(
                            terms.log(size),
                            self.frame,
                            loop,
                            {container.id: frozenset({"half"})},
                            None,
                            [binding.place.stmt],
                        )
                    case _:
                        return self._levels(container, loop)
        if not made:
            return None
        if pushes:
            bound = self._with_pushes(container, loop, pops, pushes)
        else:
            bound = self.frame.sizes.length(container)
            anchor = self._anchor(container, loop)
            if anchor is not None:  # Made anew in each round of an outer loop.
                bound = self.frame.sizes.length(container)
        if bound is None:
            return None
        counters = {container.id: frozenset({"less"})} if isinstance(container, n.Name) and not pops else {}
        return Progress(bound, self.frame, loop, counters, container if not counters else None, made)

    def _anchor(self, container: n.Expr, loop: Loop) -> Loop | None:
        outer = loop.parent
        while outer is not None and not self.facts.effects.rebound_in(container, outer):
            outer = outer.parent
        return outer

    def _with_pushes(self, container: n.Expr, loop: Loop, pops: list[n.Node], pushes: list[n.Node]) -> Term | None:
        structure = self.facts.structure
        returned = [push for push in pushes if any(pop is not push and _holds(push, pop) for pop in pops)]
        others = [push for push in pushes if push not in returned]
        straight = [
            pop for pop in pops if structure.place[pop].loop is loop and not any(_holds(push, pop) for push in returned)
        ]
        if all(structure.place[push].loop is loop for push in others) and len(straight) > len(others):
            return self._initial(container)
        kinds = {self._kind_of_push(push, loop) for push in others}
        if "" in kinds or not others:
            return self._checked_on_arrival(loop)
        if kinds == {"structural"}:
            return terms.of(Atom("nodes", self._seed(container)))
        states = self._states(loop)
        if "better" in kinds:
            edges = self._edges(loop)
            return states if states is None or edges is None else states + edges
        return states

    def _initial(self, container: n.Expr) -> Term | None:
        if not isinstance(container, n.Name):
            return terms.length(self.facts.source(container))
        bindings = visible(self.frame.scope_of(container), container.id)
        size = self.frame.sizes.lengths.named(bindings, 0, grows=False) if bindings else None
        if size is None and bindings:
            sizes = [
                self.frame.sizes.length(binding.value)
                for binding in bindings
                if isinstance(binding.value, n.Expr) and binding.kind == "assign"
            ]
            size = terms.known(sizes) if sizes else terms.length(container.id)
        return size

    def _kind_of_push(self, push: n.Node, loop: Loop) -> str:
        """Why it is pushed at most once: a guard, or because it is a child of what was popped."""
        guard = guard_of(self.facts, push, loop.node)
        if guard == "once":
            return "once"
        pushed = (
            push.args[-1]
            if isinstance(push, n.Call) and push.args
            else push.value
            if isinstance(push, n.AugAssign)
            else None
        )
        if pushed is not None and self._is_child(pushed, loop):
            return "structural"
        return guard

    def _is_child(self, pushed: n.Expr, loop: Loop) -> bool:
        return self.frame.questions.ask(("child", pushed, loop), lambda: self._comes_from_popped(pushed, loop), False)

    def _comes_from_popped(self, pushed: n.Expr, loop: Loop) -> bool:
        popped = self.popped(loop)
        match pushed:
            case n.Tuple(elts=elts) | n.List(elts=elts):
                return any(self._is_child(elt, loop) for elt in elts)
            case n.Attribute(value=n.Name(id=owner)):
                return owner in popped
            case n.Call(args=[inner, *_]):
                return self._is_child(inner, loop)
            case n.Call(func=n.Attribute(value=n.Name(id=owner)), args=[]):
                return owner in popped
            case n.Comprehension(generators=[first, *_]):
                return self._is_child(first.iter, loop)
            case n.Subscript(value=inner):
                return self._is_child(inner, loop)
            case n.Name():
                bindings = self.facts.inference.bindings(pushed) or []
                return any(
                    isinstance(b.value, n.Expr) and b.kind in ("loop", "assign") and b.value is not pushed
                    and isinstance(b.value, (n.Attribute, n.Call)) and self._is_child(b.value, loop)
                    for b in bindings
                )  # fmt: skip
        return False

    def _checked_on_arrival(self, loop: Loop) -> Term | None:
        """What is popped is skipped if it was visited: pushes are as many as there are edges."""
        assert isinstance(loop.node, n.While)
        for stmt in loop.node.body:
            if isinstance(stmt, n.If) and self._skips(stmt):
                states, edges = self._states(loop), self._edges(loop)
                return states if states is None or edges is None else states + edges
        return None

    def _skips(self, stmt: n.If) -> bool:
        """`if node in visited: continue`, or the rest of the body under `if node not in visited`."""
        if stmt.body and isinstance(stmt.body[-1], n.Continue):
            return holds_once(self.facts, n.UnaryOp(stmt.test.start, stmt.test.end, "not", stmt.test))
        return holds_once(self.facts, stmt.test)

    def _edges(self, loop: Loop) -> Term | None:
        """The edges of the graph whose neighbours of what was popped are gone through."""
        popped = self.popped(loop)
        for inner in self.facts.structure.loops:
            if inner.iter is None or not loop.encloses(inner.stmt if inner.kind == "for" else inner.node):
                continue
            for node in n.descendants(inner.iter):
                match node:
                    case n.Subscript(value=graph, index=n.Name(id=key)) if key in popped:
                        return self.reached_through(loop, graph)
                    case n.Call(func=n.Attribute(value=graph), args=[n.Name(id=key), *_]) if key in popped:
                        return self.reached_through(loop, graph)
        return None

    def reached_through(self, loop: Loop, graph: n.Expr) -> Term | None:
        """All items of items of a container, each of which a worklist comes by once."""
        if isinstance(graph, n.Attribute) and isinstance(graph.value, n.Name) and graph.value.id in self.popped(loop):
            progress = self.progress(loop)
            return None if progress is None else progress.bound
        total = self.frame.growth.inner_total(graph)
        if total is not None:
            return total
        if self.facts.type_of(graph).name in ("dict", "unknown") and isinstance(graph, (n.Name, n.Attribute)):
            return terms.of(Atom("total", self.facts.source(graph)))
        return None

    def _states(self, loop: Loop) -> Term | None:
        """How many things there are to be visited."""
        popped = self.popped(loop)
        grid: n.Expr | None = None
        marked: n.Expr | None = None
        for node in self.facts.effects.inside(loop):
            match node:
                case n.Subscript(value=n.Subscript(value=base), index=index) if not isinstance(index, n.Slice):
                    if isinstance(base, (n.Name, n.Attribute)):
                        grid = grid or base
                case n.Subscript(value=graph, index=n.Name(id=key)) if key in popped:
                    if isinstance(self.facts.structure.parent.get(node), n.Subscript) and len(popped) >= 2:
                        continue
                    if isinstance(graph, (n.Name, n.Attribute)):
                        return self._vertices(graph)
                case n.Call(func=n.Attribute(value=graph, attr="get"), args=[n.Name(id=key), *_]) if key in popped:
                    if isinstance(graph, (n.Name, n.Attribute)):
                        return self._vertices(graph)
                case n.Subscript(value=n.Name() as base):
                    marked = marked or (base if self.facts.type_of(base).name == "list" else None)
        if grid is not None and len(popped) >= 2:
            rows, columns = self.frame.sizes.length(grid), self.frame.sizes.length(grid, 1)
            return None if rows is None or columns is None else rows * columns
        if marked is not None:
            return self.frame.sizes.length(marked)
        return terms.other("states")

    def _vertices(self, graph: n.Expr) -> Term | None:
        """A graph has as many vertices as its container items, where that was made of a size."""
        size = self.frame.sizes.length(graph)
        return terms.length(self.facts.source(graph)) if size is None or size.constant else size

    def _seed(self, container: n.Expr) -> str:
        if isinstance(container, n.Name):
            for binding in visible(self.frame.scope_of(container), container.id):
                match binding.value:
                    case n.List(elts=[first, *_]) | n.Call(args=[n.List(elts=[first, *_]), *_]):
                        inner = first.elts[0] if isinstance(first, n.Tuple) and first.elts else first
                        return self.facts.source(inner)
        return "root"

    def popped(self, loop: Loop) -> frozenset[str]:
        """The names that stand for what the loop takes out of a worklist."""
        known = self._popped.get(loop)
        if known is None:
            known = self._popped[loop] = frozenset(self._find_popped(loop))
        return known

    def _find_popped(self, loop: Loop) -> Iterator[str]:
        names: set[str] = set()
        inside = self.facts.effects.inside(loop)
        levels = self._level_names(loop)
        for node in inside:
            if isinstance(node, n.Assign) and any(
                _takes(self.facts.inference.callee(c), c) for c in own_nodes(node.value) if isinstance(c, n.Call)
            ):
                for target in node.targets:
                    names |= {t.id for t in n.descendants(target) if isinstance(t, n.Name)}
            elif isinstance(node, n.For) and isinstance(node.iter, n.Name) and node.iter.id in levels:
                names |= {t.id for t in n.descendants(node.target) if isinstance(t, n.Name)}
        for node in inside:  # `x, y = item`, where the item was popped
            if isinstance(node, n.Assign) and isinstance(node.value, n.Name) and node.value.id in names:
                for target in node.targets:
                    names |= {t.id for t in n.descendants(target) if isinstance(t, n.Name)}
        yield from sorted(names)

    def _level_names(self, loop: Loop) -> set[str]:
        """What the loop's test watches and its body replaces."""
        if not isinstance(loop.node, n.While):
            return set()
        names = {node.id for node in n.descendants(loop.node.test) if isinstance(node, n.Name)}
        return {name for name in names if any(b.kind == "assign" for b in self._bound_in(name, loop))}

    def _levels(self, frontier: n.Name, loop: Loop) -> Progress | None:
        """`while frontier: ... frontier = following`: each thing is in one frontier."""
        if frontier.id not in self._level_names(loop):
            return None
        successors = {
            node.value.id
            for node in self.facts.effects.inside(loop)
            if isinstance(node, n.Assign) and isinstance(node.value, n.Name)
            and any(isinstance(t, n.Name) and t.id == frontier.id for t in node.targets)
        }  # fmt: skip
        if len(successors) != 1:
            return None
        following = n.Name(frontier.start, frontier.end, successors.pop())
        pushes = [node for node in self.facts.effects.inside(loop) if self.frame.growth.adds(node, following)]
        kinds = {self._kind_of_push(push, loop) for push in pushes}
        if not pushes or not kinds <= {"once", "structural"}:
            return None
        bound = terms.of(Atom("nodes", self._seed(frontier))) if kinds == {"structural"} else self._states(loop)
        if bound is None:
            return None
        made: list[n.Node] = [b.place.stmt for b in self._bound_in(frontier.id, loop)]
        return Progress(bound, self.frame, loop, {}, None, made)

    # What no condition tells

    def _index_scan(self, loop: Loop, node: n.While) -> Progress | None:
        """A number that goes up in each round and is an index: it stays below the length."""
        for subscript in self.facts.effects.inside(loop):
            match subscript:
                case n.Subscript(value=value, index=n.Name(id=name)) if self.facts.type_of(value).name != "dict":
                    bindings = self._bound_in(name, loop)
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


def _holds(outer: n.Node, inner: n.Node) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _takes(callee: str, call: n.Call) -> bool:
    if callee == "heapq.heappop":
        return True
    return isinstance(call.func, n.Attribute) and call.func.attr in ("pop", "popleft", "popitem", "get", "get_nowait")


def _is_true(test: n.Expr) -> bool:
    return isinstance(test, n.Constant) and bool(test.value)
