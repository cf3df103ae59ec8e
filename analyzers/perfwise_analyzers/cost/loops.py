"""How often a loop's body runs: per run of the loop, and over the whole call of the function.

The second is less than the product of the nested loops where an inner loop goes on from where it stopped, or goes
through the items of what the outer one goes through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.bindings import path_to
from perfwise_analyzers.cost.terms import ONE, Term
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Loop, Place

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame


class Rounds:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.facts = frame.facts
        self.free: frozenset[Loop] = frozenset()  # Whose rounds are counted elsewhere.

    def times(self, place: Place, within: Loop | None = None) -> Term | None:
        """How often what stands at a place runs: per call of the function, or in one round of a loop around it."""
        loop = place.loop
        while loop is not None and loop is not within and self.facts.runs_once(place, loop):
            loop = loop.parent
        return ONE if loop is None or loop is within else self.total(loop, within)

    def total(self, loop: Loop, within: Loop | None = None) -> Term | None:
        """How often a loop's body runs, per call of the function or in one round of `within`."""
        return self.frame.questions.ask((loop, within), lambda: self._total(loop, within), None)

    def _total(self, loop: Loop, within: Loop | None) -> Term | None:
        if isinstance(loop.node, n.While) and loop not in self.free:
            return self._of_while(loop, within)
        shared = self._shared(loop, within)
        if shared is not None:
            return shared
        trips = self.trips(loop)
        outer = self.before(loop, within)
        return None if trips is None or outer is None else outer * trips

    def before(self, loop: Loop, within: Loop | None = None) -> Term | None:
        """How often a loop is started."""
        if loop.kind in ("for", "while"):
            return self.times(self.facts.structure.place[loop.stmt], within)
        return ONE if loop.parent is None or loop.parent is within else self.total(loop.parent, within)

    def trips(self, loop: Loop) -> Term | None:
        """How many rounds one run of the loop makes."""
        if loop in self.free:
            return ONE
        if isinstance(loop.node, n.While):
            progress = self.frame.whiles.progress(loop)
            return None if progress is None else progress.bound
        if isinstance(loop.node, n.For) and self._leaves_at_once(loop):
            return ONE
        return None if loop.iter is None else self.frame.sizes.length(loop.iter)

    def _leaves_at_once(self, loop: Loop) -> bool:
        block = self.facts.structure.blocks[loop.body_block]
        return bool(block) and self.facts.runs_once(self.facts.structure.place[block[0]], loop)

    def _of_while(self, loop: Loop, within: Loop | None) -> Term | None:
        progress = self.frame.whiles.progress(loop)
        if progress is None:
            return None
        anchor = loop
        while anchor.parent is not None and anchor.parent is not within and progress.goes_on(anchor.parent):
            anchor = anchor.parent
        outer = self.before(anchor, within)
        return None if outer is None else progress.bound * outer

    def _shared(self, loop: Loop, within: Loop | None) -> Term | None:
        """The rounds of a loop that over all rounds of an outer one make less than the product."""
        if loop.iter is None:
            return None
        return self._of_level(loop, within) or self._harmonic(loop, within) or self._of_items(loop, within)

    def _of_level(self, loop: Loop, within: Loop | None) -> Term | None:
        """`for _ in range(len(queue)): queue.popleft()` inside of `while queue`: each item is taken once."""
        outer = loop.parent
        if not isinstance(loop.node, n.For) or outer is None or outer is within or not isinstance(outer.node, n.While):
            return None
        progress = self.frame.whiles.progress(outer)
        if progress is None or progress.container is None:
            return None
        container = progress.container
        if any(self.frame.growth.removes(node, container) for node in self.facts.effects.inside(loop)):
            return self.total(outer, within)
        return None

    def _harmonic(self, loop: Loop, within: Loop | None) -> Term | None:
        """`range(i, n, i)` for each i: n / 1 + n / 2 + ... is n log n."""
        match loop.iter:
            case n.Call(args=[_, _, n.Name(id=step)]) if self.facts.inference.callee(loop.iter) == "builtins.range":
                outer = loop.parent
                while outer is not None and outer is not within:
                    if isinstance(outer.target, n.Name) and outer.target.id == step:
                        rounds, before = self.trips(outer), self.before(outer, within)
                        count = self.frame.sizes.range(loop.iter.args[:2])
                        if rounds is None or before is None or count is None:
                            return None
                        return before * count * terms.log(rounds)
                    outer = outer.parent
        return None

    def _of_items(self, loop: Loop, within: Loop | None) -> Term | None:
        """The loop goes through one item of a container, and an outer loop through all of them."""
        assert loop.iter is not None
        found = self._item(loop.iter, loop)
        if found is None:
            return None
        container, outer = found
        if outer is within or not self._is_around(outer, loop):
            return None
        if isinstance(outer.node, n.While):
            inner = self.frame.whiles.worklists.reached_through(outer, container)
        else:
            inner = self.frame.growth.inner_total(container)
        if inner is None:
            return None
        started, rounds = self.before(outer, within), self.total(outer, within)
        if started is None or rounds is None:
            return None
        product = started * inner + rounds
        between = loop.parent
        while between is not None and between is not outer:
            trips = self.trips(between)
            if trips is None:
                return None
            product *= trips
            between = between.parent
        return product

    @staticmethod
    def _is_around(outer: Loop, loop: Loop) -> bool:
        around = loop.parent
        while around is not None and around is not outer:
            around = around.parent
        return around is outer

    def _item(self, expr: n.Expr, loop: Loop) -> tuple[n.Expr, Loop] | None:
        """The container whose item is gone through, and the loop that comes by each of its items once."""
        inference = self.facts.inference
        match expr:
            case n.Subscript(value=container, index=n.Name() as index):
                return self._by_key(container, index, loop)
            case n.Call(
                func=n.Attribute(value=container, attr=("get" | "pop" | "neighbors" | "successors")),
                args=[n.Name() as index, *_],
            ):
                return self._by_key(container, index, loop)
            case n.Call(func=n.Attribute(value=inner, attr=("items" | "keys" | "values"))):
                return self._item(inner, loop)
            case n.Call(args=[inner, *_]) if inference.callee(expr) in (
                "builtins.enumerate", "builtins.reversed", "builtins.list", "builtins.sorted", "builtins.set",
            ):  # fmt: skip
                return self._item(inner, loop)
            case n.Attribute(value=n.Name() as owner):
                outer = self._popper(owner, loop)
                return (expr, outer) if outer is not None else None
            case n.Name():
                bindings = inference.bindings(expr)
                if bindings is not None and len(bindings) == 1:
                    binding = bindings[0]
                    if binding.kind == "loop" and binding.loop is not None and isinstance(binding.value, n.Expr):
                        source = self.frame.sizes.items_of(binding.value, path_to(binding.target, binding.node))
                        if source is not None and not source[1] and isinstance(source[0], (n.Name, n.Attribute)):
                            return source[0], binding.loop
                    if binding.kind == "assign" and binding.target is None and isinstance(binding.value, n.Subscript):
                        return self._item(binding.value, loop)
        return None

    def _by_key(self, container: n.Expr, index: n.Name, loop: Loop) -> tuple[n.Expr, Loop] | None:
        popper = self._popper(index, loop)
        if popper is not None:
            return container, popper
        bindings = self.facts.inference.bindings(index)
        if bindings is None or len(bindings) != 1 or bindings[0].loop is None or bindings[0].kind != "loop":
            return None
        outer = bindings[0].loop
        if isinstance(outer.iter, n.Call) and self.facts.inference.callee(outer.iter) == "builtins.range":
            # Numbered items: a grid's rows are long each, what was filled item by item is not.
            local = self.facts.inference.bindings(container) if isinstance(container, n.Name) else None
            if local is None or any(b.kind == "parameter" for b in local):
                source = self.facts.source(container)
                return (container, outer) if source.lower().startswith(("graph", "adj", "neighb")) else None
        return container, outer

    def _popper(self, name: n.Name, loop: Loop) -> Loop | None:
        """The loop around that takes what the name stands for out of a worklist."""
        outer = loop.parent
        while outer is not None:
            if isinstance(outer.node, n.While) and name.id in self.frame.whiles.worklists.popped(outer):
                return outer
            outer = outer.parent
        return None
