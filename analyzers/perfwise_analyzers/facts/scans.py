"""Loops that look through a container for what equals a given value, however they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.effects import Effects
from perfwise_analyzers.facts.inference import Inference, is_int
from perfwise_analyzers.facts.structure import Loop, Place, own_nodes

Outcome = Literal["exists", "first", "index", "count", "collect"]


@dataclass(eq=False, slots=True)
class Equality:
    """A loop goes through `container` and does something where `key`, a part of the item, equals `probe`.

    `whole` says that the key is the item itself. `node` is the expression or the loop statement that does it all,
    `place` what is around it (for a clause of a
    comprehension, the clauses before it too), and `test` the comparison.
    """

    container: n.Expr
    loop: Loop
    key: n.Expr
    probe: n.Expr
    whole: bool
    outcome: Outcome
    node: n.Node
    place: Place
    test: n.Compare
    only: bool  # Whether the comparison is the whole condition.


class Scans:
    def __init__(self, inference: Inference, effects: Effects) -> None:
        self.inference = inference
        self.effects = effects
        self.structure = inference.structure

    def all(self) -> list[Equality]:
        return [scan for loop in self.structure.loops for scan in self._of(loop)]

    def _of(self, loop: Loop) -> Iterator[Equality]:
        item = self._item(loop)
        if item is None:
            return
        container, names, index = item
        condition = self._condition(loop)
        if condition is None:
            return
        tests, outcome, node = condition
        for test in tests:
            sides = self._sides(test, container, names, index)
            if sides is None:
                continue
            key, probe = sides
            whole = self._is_item(key, loop, container, index)
            around = self.structure.place[node]
            place = Place(around.scope, loop.parent, around.stmt, around.path)
            yield Equality(container, loop, key, probe, whole, outcome, node, place, test, len(tests) == 1)
            return

    def _item(self, loop: Loop) -> tuple[n.Expr, set[str], str] | None:
        """The container gone through, the names that stand for its item, and the name of an index into it."""
        if loop.iter is not None and loop.target is not None:
            names = self.effects.names_in(loop.target)
            match loop.iter:
                case n.Call(args=[n.Call(args=[container])]) if self.inference.callee(
                    loop.iter
                ) == "builtins.range" and isinstance(loop.target, n.Name):
                    if self._is_len(loop.iter.args[0]):
                        return container, set(), loop.target.id
                case n.Call(args=[container, *_]) if self.inference.callee(loop.iter) == "builtins.enumerate":
                    if isinstance(loop.target, n.Tuple) and len(loop.target.elts) == 2:
                        counter, inner = loop.target.elts
                        index = counter.id if isinstance(counter, n.Name) else ""
                        return container, self.effects.names_in(inner), index
            return loop.iter, names, ""
        if isinstance(loop.node, n.While):
            match loop.node.test:
                case n.Compare(left=n.Name(id=index), ops=["<"], comparators=[n.Call(args=[container]) as length]):
                    if self._is_len(length):
                        return container, set(), index
        return None

    def _is_len(self, expr: n.Expr) -> bool:
        return isinstance(expr, n.Call) and self.inference.callee(expr) == "builtins.len"

    def _is_item(self, key: n.Expr, loop: Loop, container: n.Expr, index: str) -> bool:
        match key:
            case n.Subscript(value=value, index=n.Name(id=name)):
                return bool(index) and name == index and self.effects.same(value, container)
            case n.Name(id=name):
                target: n.Expr | None = loop.target
                if isinstance(target, n.Tuple) and len(target.elts) == 2 and loop.iter is not container:
                    target = target.elts[1]
                return isinstance(target, n.Name) and target.id == name
        return False

    def _sides(self, test: n.Compare, container: n.Expr, names: set[str], index: str) -> tuple[n.Expr, n.Expr] | None:
        """The side that speaks of the item, and the other."""
        left, right = test.left, test.comparators[0]
        of_left, of_right = (self._mentions(side, container, names, index) for side in (left, right))
        if of_left and not of_right and not (index and index in self.effects.names_in(right)):
            return left, right
        if of_right and not of_left and not (index and index in self.effects.names_in(left)):
            return right, left
        return None

    def _mentions(self, expr: n.Expr, container: n.Expr, names: set[str], index: str) -> bool:
        if names & self.effects.names_in(expr):
            return True
        return bool(index) and any(
            isinstance(node, n.Subscript)
            and isinstance(node.index, n.Name)
            and node.index.id == index
            and self.effects.same(node.value, container)
            for node in n.descendants(expr)
        )

    def _condition(self, loop: Loop) -> tuple[list[n.Compare], Outcome, n.Node] | None:
        """The equalities all of which must hold, what then happens, and the whole node."""
        match loop.node:
            case n.Generator():
                return self._of_comprehension(loop.node)
            case n.Lambda(body=body):
                call = next(iter(self.structure.ancestors(loop.node)), None)
                if isinstance(call, n.Call) and self.inference.callee(call) == "builtins.filter":
                    return _equalities(body, "=="), "collect", self._consumer(call, "collect")[1]
            case n.For(body=body) | n.While(body=body):
                return self._of_statements(loop.node, body)
        return None

    def _of_comprehension(self, clause: n.Generator) -> tuple[list[n.Compare], Outcome, n.Node] | None:
        comprehension = self.structure.parent[clause]
        if not isinstance(comprehension, n.Comprehension) or comprehension.generators[-1] is not clause:
            return None
        outcome, node = self._consumer(comprehension, "collect")
        if clause.ifs:
            tests = [test for condition in clause.ifs for test in _equalities(condition, "==")]
            conditions = sum(len(_conjuncts(condition)) for condition in clause.ifs)
            if outcome == "exists" and not isinstance(comprehension.element, n.Constant):
                tests = []
            if outcome == "first" and self._counts(comprehension.element, clause):
                outcome = "index"
            return (tests if len(tests) == conditions else [*tests, *tests[:1]], outcome, node) if tests else None
        call = self.structure.parent.get(comprehension)
        callee = self.inference.callee(call) if isinstance(call, n.Call) else ""
        if callee == "builtins.any":
            return _equalities(comprehension.element, "=="), "exists", node
        if callee == "builtins.all":
            return _equalities(comprehension.element, "!="), "exists", node
        if callee == "builtins.sum":
            return _equalities(comprehension.element, "=="), "count", node
        return None

    def _counts(self, element: n.Expr, clause: n.Generator) -> bool:
        """Whether the element is the running number of the item."""
        match clause.target, element:
            case n.Tuple(elts=[n.Name(id=counter), _]), n.Name(id=name):
                return counter == name
            case n.Name(id=counter), n.Name(id=name):
                return counter == name and isinstance(clause.iter, n.Call) and self._ranges(clause.iter)
        return False

    def _ranges(self, call: n.Call) -> bool:
        return self.inference.callee(call) == "builtins.range"

    def _consumer(self, expr: n.Expr, outcome: Outcome) -> tuple[Outcome, n.Node]:
        """What is made of a comprehension's or filter's items, and the expression that makes it."""
        call = self.structure.parent.get(expr)
        if isinstance(call, n.Call) and call.args and call.args[0] is expr:
            match self.inference.callee(call):
                case "builtins.any" | "builtins.all":
                    return "exists", call
                case "builtins.next":
                    return "first", call
                case "builtins.sum" if isinstance(expr, n.Comprehension) and is_int(expr.element, 1):
                    return "count", call
                case "builtins.len":
                    return "count", call
                case "builtins.list" | "builtins.tuple":
                    return self._consumer(call, outcome)
        if isinstance(call, n.Subscript) and call.value is expr and is_int(call.index, 0):
            return "first", call
        return outcome, expr

    def _of_statements(
        self, loop: n.For | n.While, body: list[n.Stmt]
    ) -> tuple[list[n.Compare], Outcome, n.Node] | None:
        stmts = [stmt for stmt in body if not _advances(stmt, loop)]
        match stmts:
            case [n.If(test=test, body=then, orelse=[])]:
                tests = _equalities(test, "==")
                total = len(_conjuncts(test))
            case [n.If(test=test, body=[n.Continue()], orelse=[]), *then] if then:
                tests, total = _equalities(test, "!="), 1
            case _:
                return None
        if not tests:
            return None
        return (tests if len(tests) == total else [*tests, tests[0]]), _outcome(then), loop


def _advances(stmt: n.Stmt, loop: n.For | n.While) -> bool:
    """`i += 1` in a `while`: the step of the loop, not a part of what it does."""
    return isinstance(loop, n.While) and isinstance(stmt, n.AugAssign) and is_int(stmt.value, 1)


def _outcome(then: list[n.Stmt]) -> Outcome:
    match then:
        case [n.Return(value=n.Constant(kind="bool"))]:
            return "exists"
        case [n.Assign(value=n.Constant(kind="bool")), n.Break()]:
            return "exists"
        case [n.AugAssign(op="+", value=value)] if is_int(value, 1):
            return "count"
        case [*_, n.Return() | n.Break()]:
            return "first"
    for stmt in then:
        if any(isinstance(node, (n.Break, n.Return)) for node in own_nodes(stmt)):
            return "first"
    return "collect"


def _conjuncts(test: n.Expr) -> list[n.Expr]:
    return list(test.values) if isinstance(test, n.BoolOp) and test.op == "and" else [test]


def _equalities(test: n.Expr, op: str) -> list[n.Compare]:
    return [
        part
        for part in _conjuncts(test)
        if isinstance(part, n.Compare) and part.ops == [op] and len(part.comparators) == 1
    ]
