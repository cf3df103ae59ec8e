"""How long a container is and how great a number can be, as terms over what the function is given.

`length(expr, 1)` is the length of the container's items. A number's size is its greatest value. None is a size that
nothing bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.frame import FunctionCost, arguments_of
from perfwise_analyzers.cost.lengths import Lengths
from perfwise_analyzers.cost.numbers import Numbers
from perfwise_analyzers.cost.terms import ONE, Atom, Term
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Binding

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame

_LONGEST = 32


class Sizes:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.facts = frame.facts
        self.inference = frame.facts.inference
        self._busy: set[Binding] = set()
        self.lengths = Lengths(self)
        self.numbers = Numbers(self)
        self._nothing: Term | None = ONE

    def length(self, expr: n.Expr, depth: int = 0) -> Term | None:
        return self._asked(expr, "length", depth)

    def value(self, expr: n.Expr, depth: int = 0) -> Term | None:
        return self._asked(expr, "value", depth)

    def _asked(self, expr: n.Expr, what: str, depth: int) -> Term | None:
        def answer() -> Term | None:
            return self.lengths.of(expr, depth) if what == "length" else self.numbers.of(expr, depth)

        if what == "length" and isinstance(expr, n.Name) and self.frame.questions.is_open((expr, what, depth)):
            self.frame.growth.led_back(expr.id, depth)
        # Asked for while it is being worked out, it adds nothing to itself.
        return self.frame.questions.ask((expr, what, depth), answer, self._nothing)

    def once(self, binding: Binding, size: Callable[[], Term | None]) -> Term | None:
        """What a binding gives its name; one where that is asked for while it is being worked out."""
        if binding in self._busy:
            self.frame.questions.cut()
            return ONE
        self._busy.add(binding)
        try:
            return size()
        finally:
            self._busy.discard(binding)

    def items_of(self, iterated: n.Expr, path: list[int]) -> tuple[n.Expr, list[int]] | None:
        """The container whose items a loop's name stands for, and the way into them; None for a count or a key."""
        match iterated:
            case n.Call(args=[first, *_]):
                callee = self.inference.callee(iterated)
                if callee == "builtins.enumerate" and path:
                    return self.items_of(first, path[1:]) if path[0] == 1 else None
                if callee == "builtins.zip" and path:
                    return self.items_of(iterated.args[min(path[0], len(iterated.args) - 1)], path[1:])
                if callee == "itertools.groupby" and path:
                    return None  # The groups together are as long as what is grouped.
                if callee in (
                    "builtins.reversed",
                    "builtins.sorted",
                    "builtins.list",
                    "builtins.iter",
                    "builtins.tuple",
                ):
                    return self.items_of(first, path)
                if callee == "builtins.range":
                    return None
            case n.Call(func=n.Attribute(value=receiver, attr="items")) if path:
                return (receiver, path[1:]) if path[0] == 1 else None
            case n.Call(func=n.Attribute(value=receiver, attr="values")):
                return receiver, path
            case n.Call(func=n.Attribute(attr="keys")):
                return None
            case n.Name() | n.Attribute() if self.inference.type_of(iterated).name == "dict":
                return None
        return iterated, path

    def short(self, expr: n.Expr) -> str:
        source = " ".join(self.facts.source(expr).split())
        return source if len(source) <= _LONGEST else "items"

    def range(self, args: list[n.Expr]) -> Term | None:
        """How many numbers `range` gives."""
        if not args:
            return ONE
        if len(args) == 1:
            return self.value(args[0])
        start, stop = args[0], args[1]
        if len(args) > 2 and _is_negative(args[2]):
            start, stop = stop, start
        effects = self.facts.effects
        match stop:
            case n.BinOp(left=left, op="+", right=width) if effects.same(left, start):
                return self.value(width)
            case n.Call(args=[n.BinOp(left=left, op="+", right=width), *_]) if self.inference.callee(
                stop
            ) == "builtins.min" and effects.same(left, start):
                return self.value(width)
        match start:
            case n.BinOp(left=left, op="-", right=width) if effects.same(left, stop):
                return self.value(width)
        count = self.value(stop)
        step = self.value(args[2]) if len(args) > 2 else ONE
        # A step of sqrt(n) leaves sqrt(n) rounds.
        if count is not None and step is not None and step == terms.power(count, 0.5) and not step.constant:
            return step
        return count

    def result(self, call: n.Call, key: str, what: str) -> Term | None:
        if key == self.frame.current and self.frame.recursion is not None and what != "value":
            return self.frame.recursion.result_length(call, int(what != "length"))
        function = self.frame.results(key)
        if function is None or function.cost is None or key == self.frame.current:
            return terms.other(f"len({self.short(call)})" if what != "value" else self.short(call))
        found: Term | None = getattr(function, what)
        return self.substituted(call, function, found)

    def substituted(self, call: n.Call, function: FunctionCost, term: Term | None) -> Term | None:
        """A term over a function's parameters, over what a call gives for them."""
        if term is None or term.constant:
            return term
        arguments = arguments_of(self.facts, call, function)
        if arguments is None:
            return None
        nested = self.frame.scope_of(call).bindings

        def size_of(atom: Atom) -> Term | None:
            if atom.kind == "other":
                return terms.of(atom)
            base, dot, rest = atom.root.partition(".")
            if base not in arguments:
                if base in nested and not dot and function.name.startswith(self.frame.current + "."):
                    bindings = nested[base]
                    if atom.kind == "len":
                        return self.lengths.named(bindings, atom.depth)
                    if atom.kind == "value" and not atom.depth:
                        return self.numbers.number(bindings)
                return terms.of(atom)
            argument = arguments[base]
            if argument is None:
                return terms.of(atom) if base == "self" else ONE
            if dot or atom.kind in ("nodes", "total"):
                if atom.kind == "total":
                    inner = self.frame.growth.inner_total(argument)
                    if inner is not None:
                        return inner
                return terms.of(Atom(atom.kind, self.short(argument) + dot + rest, atom.depth))
            return self.length(argument, atom.depth) if atom.kind == "len" else self.value(argument, atom.depth)

        return terms.substitute(term, size_of)


def _is_negative(expr: n.Expr) -> bool:
    return isinstance(expr, n.UnaryOp) and expr.op == "-"
