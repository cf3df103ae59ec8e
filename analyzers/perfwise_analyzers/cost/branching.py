"""How many calls of itself one call of a function makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfwise_analyzers.cost.terms import ONE
from perfwise_analyzers.facts import nodes as n

if TYPE_CHECKING:
    from perfwise_analyzers.cost.recursion import Recursion

MANY_CALLS = 1_000_000  # Calls in a loop whose rounds are not fixed.


class Branching:
    def __init__(self, recursion: Recursion) -> None:
        self.recursion = recursion
        self.frame = recursion.frame
        self.facts = recursion.facts

    def most(self) -> int:
        """The most calls that one call makes, MANY_CALLS if that is not fixed."""
        return min(self._in_block(self.recursion.function.body, 0), MANY_CALLS)

    def _in_block(self, body: Sequence[n.Stmt], depth: int) -> int:
        if depth > 30:
            return MANY_CALLS
        count = 0
        best = 0
        for stmt in body:
            match stmt:
                case n.If(test=test, body=then, orelse=orelse):
                    count += self._in_expr(test)
                    first, second = self._in_block(then, depth + 1), self._in_block(orelse, depth + 1)
                    left = [_leaves(then), _leaves(orelse)]
                    if left[0]:
                        best = max(best, count + first)
                        first = 0
                    if left[1]:
                        best = max(best, count + second)
                        second = 0
                    count += max(first, second)
                case n.For(iter=iterated, body=inner) | n.While(test=iterated, body=inner):
                    calls = self._in_block(inner, depth + 1)
                    count += self._in_expr(iterated) + calls * (self._fixed_rounds(stmt) if calls else 0)
                case n.With(body=inner):
                    count += self._in_block(inner, depth + 1)
                case n.Try(body=inner, handlers=handlers, orelse=orelse, final=final):
                    count += self._in_block([*inner, *orelse, *final], depth + 1)
                    count += max((self._in_block(h.body, depth + 1) for h in handlers), default=0)
                case n.Match(cases=cases):
                    best = max([best, *(count + self._in_block(case.body, depth + 1) for case in cases)])
                case n.FunctionDef() | n.ClassDef():
                    pass
                case _:
                    count += self._in_expr(stmt)
            if isinstance(stmt, (n.Return, n.Raise)):
                break
        return max(best, count)

    def _in_expr(self, node: n.Node, depth: int = 0) -> int:
        inside = [call for call in self.recursion.calls if node.start <= call.start and call.end <= node.end]
        if not inside or depth > 60:
            return len(inside)
        match node:
            case n.IfExp(test=test, body=body, orelse=orelse):
                sides = (self._in_expr(body, depth + 1), self._in_expr(orelse, depth + 1))
                return self._in_expr(test, depth + 1) + max(sides)
        count = sum(self._in_expr(child, depth + 1) for child in n.children(node))
        if isinstance(node, n.Comprehension):
            return count * self._fixed_rounds(node)
        return count + (node in self.recursion.calls)

    def _fixed_rounds(self, loop: n.Node) -> int:
        iters = [loop.iter] if isinstance(loop, n.For) else []
        if isinstance(loop, n.Comprehension):
            iters = [clause.iter for clause in loop.generators]
        if not iters:
            return MANY_CALLS
        count = 1
        for iterated in iters:
            length = self.facts.type_of(iterated).length
            match iterated:
                case n.Call(args=[n.Constant(value=int(stop))]) if (
                    self.facts.inference.callee(iterated) == "builtins.range"
                ):
                    length = stop
            size = self.frame.sizes.length(iterated)
            count *= length if length and size == ONE else 4 if size == ONE else MANY_CALLS
        return count


def _leaves(body: Sequence[n.Stmt]) -> bool:
    return bool(body) and isinstance(body[-1], (n.Return, n.Raise, n.Continue, n.Break))
