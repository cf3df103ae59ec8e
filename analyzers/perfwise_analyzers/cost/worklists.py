"""Loops that drain a container: queues, stacks, heaps and levels of a graph, with what is put back in between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.bindings import visible
from perfwise_analyzers.cost.guards import guard_of, holds_once
from perfwise_analyzers.cost.progress import Progress
from perfwise_analyzers.cost.terms import Atom, Term
from perfwise_analyzers.cost.updates import update_of
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Loop, own_nodes

if TYPE_CHECKING:
    from perfwise_analyzers.cost.whiles import Whiles


class Worklists:
    def __init__(self, whiles: Whiles) -> None:
        self.whiles = whiles
        self.frame = whiles.frame
        self.facts = whiles.facts
        self._popped: dict[Loop, frozenset[str]] = {}

    def drained(self, container: n.Expr, loop: Loop) -> Progress | None:
        if not isinstance(container, (n.Name, n.Attribute)):
            return None
        inside = self.facts.effects.inside(loop)
        pops = [node for node in inside if self.frame.growth.removes(node, container)]
        pushes = [node for node in inside if self.frame.growth.adds(node, container)]
        made: list[n.Node] = [self.facts.structure.place[node].stmt for node in pops]
        if isinstance(container, n.Name):
            for binding in self.whiles.bound_in(container.id, loop):
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
                        return self.levels(container, loop)
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
            progress = self.whiles.progress(loop)
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
        return {name for name in names if any(b.kind == "assign" for b in self.whiles.bound_in(name, loop))}

    def levels(self, frontier: n.Name, loop: Loop) -> Progress | None:
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
        made: list[n.Node] = [b.place.stmt for b in self.whiles.bound_in(frontier.id, loop)]
        return Progress(bound, self.frame, loop, {}, None, made)


def _holds(outer: n.Node, inner: n.Node) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _takes(callee: str, call: n.Call) -> bool:
    if callee == "heapq.heappop":
        return True
    return isinstance(call.func, n.Attribute) and call.func.attr in ("pop", "popleft", "popitem", "get", "get_nowait")
