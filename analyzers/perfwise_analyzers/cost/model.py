"""The cost of one function, with its derivation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.frame import FunctionCost, Results, Step, callee_of, class_of_call
from perfwise_analyzers.cost.growth import Growth
from perfwise_analyzers.cost.guards import guard_of
from perfwise_analyzers.cost.loops import Rounds
from perfwise_analyzers.cost.operations import Operations
from perfwise_analyzers.cost.questions import Questions
from perfwise_analyzers.cost.recursion import Recursion
from perfwise_analyzers.cost.sizes import Sizes
from perfwise_analyzers.cost.terms import ONE, Term
from perfwise_analyzers.cost.whiles import Whiles
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.facts import Facts
from perfwise_analyzers.facts.structure import Binding, Loop, Place, ScopeInfo
from perfwise_analyzers.finding import Position

_COSTLY: tuple[type[n.Node], ...] = (
    n.Call, n.Compare, n.Subscript, n.BinOp, n.AugAssign, n.List, n.Tuple, n.Set, n.Dict, n.JoinedStr, n.Delete,
    n.Yield,
)  # fmt: skip
N = TypeVar("N", bound=n.Node)

_SHOWN = 8
_EXCERPT = 60


class Frame:
    """What the parts of the model share while they look at one function."""

    def __init__(self, facts: Facts, function: n.FunctionDef, results: Results) -> None:
        self.facts = facts
        self.function = function
        self.results = results
        self.current = facts.qualified(function)
        self.scope = facts.structure.scope_of[function]
        self.is_method = is_method(facts, function, self.scope)
        self.loop_of: dict[n.Node, Loop] = {loop.node: loop for loop in facts.structure.loops}
        self.questions = Questions()
        self.has_arrays = any(
            (summary := facts.environment.lookup(name)) is not None and summary.origin in ("numpy", "pandas")
            for name in ("np", "pd", "numpy", "pandas")
        )
        self.sizes = Sizes(self)
        self.growth = Growth(self)
        self.rounds = Rounds(self)
        self.whiles = Whiles(self)
        self.operations = Operations(self)
        calls = [call for call in self.own(n.Call) if callee_of(facts, call) == self.current]
        self.recursion = Recursion(self, function, self.scope, calls) if calls else None

    def own(self, kind: type[N]) -> Iterator[N]:
        """The nodes of a kind in the function's own scope."""
        place = self.facts.structure.place
        return (node for node in self.facts.structure.all(kind) if place[node].scope is self.scope)

    def scope_of(self, node: n.Node) -> ScopeInfo:
        place = self.facts.structure.place.get(node)
        return self.scope if place is None else place.scope

    def home(self, bindings: list[Binding], place: Place) -> Loop | None:
        """The innermost loop around a place in each round of which the name is bound anew."""
        fresh = {binding.loop or binding.place.loop for binding in bindings if _is_fresh(binding)}
        loop = place.loop
        while loop is not None and loop not in fresh:
            loop = loop.parent
        return loop

    def visits(self, call: n.Call) -> bool:
        """Whether a call comes by what no call before came by: together they cost as much as one."""
        key = callee_of(self.facts, call)
        function = self.results(key) if key and key != self.current else None
        if function is None or not function.marks or guard_of(self.facts, call, self.function) != "once":
            return False
        names = {name for argument in call.args for name in self.facts.effects.names_in(argument)}
        return not any(
            binding.kind == "assign"
            and binding.place.loop is not None
            and isinstance(binding.value, (n.Call, n.BinOp, n.List))
            for name in names
            for binding in self.scope.bindings.get(name, ())
        )

    def called(self, call: n.Call) -> Term | None:
        """What a call of one of the module's functions costs; the function's calls of itself are counted apart."""
        key = callee_of(self.facts, call)
        if key == self.current:
            return ONE
        if class_of_call(self.facts, call):
            key += ".__init__"
            if self.facts.environment.lookup(key) is None:
                return ONE
        function = self.results(key)
        return None if function is None else self.sizes.substituted(call, function, function.cost)


def callees(facts: Facts, function: n.FunctionDef) -> list[str]:
    """The qualified names of what a function calls of the module, itself apart."""
    scope = facts.structure.scope_of[function]
    found: dict[str, None] = {}
    for call in facts.structure.all(n.Call):
        if facts.structure.place[call].scope is scope:
            key = callee_of(facts, call)
            if key and class_of_call(facts, call):
                key += ".__init__"
            if key:
                found[key] = None
    for name in facts.structure.all(n.Name):  # Handed over, as in `map(clean, lines)`.
        if facts.structure.place[name].scope is scope and facts.inference.is_free(name):
            summary = facts.environment.lookup(name.id)
            if summary is not None and summary.kind == "function":
                found[name.id] = None
    found.pop(facts.qualified(function), None)
    return list(found)


def function_cost(facts: Facts, function: n.FunctionDef, results: Results) -> FunctionCost:
    """The cost of a call. A function too deep or too long to follow has none that is known."""
    try:
        return _function_cost(facts, function, results)
    except RecursionError:
        return FunctionCost(facts.qualified(function), *_name_position(facts, function), None, ())


def _function_cost(facts: Facts, function: n.FunctionDef, results: Results) -> FunctionCost:
    frame = Frame(facts, function, results)
    recursion = frame.recursion
    if recursion is not None:
        frame.rounds.free = recursion.free_loops()
    steps = list(_steps(frame))
    cost = terms.known(step.cost for step in steps)
    if recursion is not None:
        cost = None if cost is None else recursion.solved(cost)
        steps.append(_recursive_step(frame, recursion, cost))
    if frame.questions.exhausted or facts.structure.suite.broken:
        cost = None
    if cost is None or recursion is not None:
        length = inner = value = _opaque(frame)
    else:
        length, inner, value = (_result(frame, what) for what in ("length", "inner", "value"))
    return FunctionCost(
        frame.current,
        *_name_position(facts, function),
        cost,
        _ordered(steps),
        tuple(function.params),
        frame.is_method,
        length,
        inner,
        value,
        _inner_total(frame) if recursion is None else None,
        frame.growth.own_growth(),
        recursion is not None and recursion.kind == "visits",
    )


def _opaque(frame: Frame) -> Term | None:
    """The size of a result that is not followed."""
    return terms.other(f"len({frame.current}(...))")


def is_method(facts: Facts, function: n.FunctionDef, scope: ScopeInfo) -> bool:
    parent = scope.parent
    inside = parent is not None and (parent.kind == "class" or (parent.kind == "module" and bool(facts.owner)))
    return inside and not any(isinstance(d, n.Name) and d.id == "staticmethod" for d in function.decorators)


def _steps(frame: Frame) -> Iterator[Step]:
    """Every part of the function's cost that grows, or is not known."""
    facts = frame.facts
    place = facts.structure.place
    for loop in facts.structure.loops:
        if loop.scope is frame.scope and loop not in frame.rounds.free:
            total = frame.rounds.total(loop)
            if total is None or not total.constant:
                node = loop.stmt if loop.kind in ("for", "while") else facts.structure.parent.get(loop.node, loop.node)
                yield Step(facts.positions.at(node.start).line, _excerpt(facts, node), ONE, total, total)
    skipped = [
        (node.start, node.end)
        for node in (*frame.own(n.Raise), *(lam for lam in frame.own(n.Lambda) if lam not in frame.loop_of))
    ]
    for node in (node for kind in _COSTLY for node in frame.own(kind)):
        if any(start <= node.start and node.end <= end for start, end in skipped):
            continue
        each = frame.operations.cost(node)
        if each is not None and each.constant:
            continue
        times = ONE if isinstance(node, n.Call) and frame.visits(node) else frame.rounds.times(place[node])
        cost = None if each is None or times is None else each * times
        yield Step(facts.positions.at(node.start).line, _excerpt(facts, node), each, times, cost)


def _recursive_step(frame: Frame, recursion: Recursion, cost: Term | None) -> Step:
    call = recursion.calls[0]
    line = frame.facts.positions.at(call.start).line
    source = _excerpt(frame.facts, call)
    how = {
        "visits": "comes by each thing once",
        "memoised": "is worked out once for each argument",
        "children": "comes by each node",
        "halves": f"calls itself {_often(recursion.branching())} with a part half as long",
        "parts": "calls itself with parts, at worst one item shorter",
        "steps": f"calls itself {_often(recursion.branching())} with something smaller by a step",
        "unknown": "calls itself in a way that has no known bound",
    }[recursion.kind]
    return Step(line, source, None, None, cost, f"`{source}` {how}")


def _often(calls: int) -> str:
    return "once" if calls <= 1 else "twice" if calls == 2 else f"{calls} times" if calls < 100 else "in a loop"


def _result(frame: Frame, what: str) -> Term | None:
    sizes = frame.sizes
    yields = list(frame.own(n.Yield))
    if yields:
        if what != "length":
            return ONE if what == "value" else terms.known(
                sizes.length(node.value) for node in yields if node.value is not None and not node.is_from
            )  # fmt: skip
        found: list[Term | None] = []
        for node in yields:
            times = frame.rounds.times(frame.facts.structure.place[node])
            many = sizes.length(node.value) if node.is_from and node.value is not None else ONE
            found.append(None if times is None or many is None else times * many)
        return terms.known(found)
    values = [node.value for node in frame.own(n.Return) if node.value is not None]
    if what == "value":
        return terms.known(map(sizes.value, values))
    return terms.known(sizes.length(value, int(what == "inner")) for value in values)


def _inner_total(frame: Frame) -> Term | None:
    values = [node.value for node in frame.own(n.Return)]
    if len(values) != 1 or values[0] is None:
        return None
    total = frame.growth.inner_total(values[0])
    return None if total is None or any(atom.kind == "total" for atom in total.atoms()) else total


def _ordered(steps: list[Step]) -> tuple[Step, ...]:
    """What is not known first, or what dominates; then what comes to less."""

    def weight(step: Step) -> tuple[int, float, int]:
        if step.cost is None:
            return (9, 0, 0)
        return terms.growth_of(step.cost)

    chosen = dict.fromkeys(
        sorted(
            range(len(steps)), key=lambda i: (weight(steps[i]), bool(steps[i].note), steps[i].each != ONE), reverse=True
        )
    )
    seen: dict[tuple[int, str], Step] = {}
    for index in chosen:
        step = steps[index]
        seen.setdefault((step.line, step.source), step)
    return tuple(list(seen.values())[:_SHOWN])


def _is_fresh(binding: Binding) -> bool:
    if binding.kind in ("augmented", "delete"):
        return False
    match binding.value:
        case n.BinOp(left=n.Name(id=name)) | n.BinOp(right=n.Name(id=name)):
            return name != binding.name
    return True


def _excerpt(facts: Facts, node: n.Node) -> str:
    end = node.body[0].start if isinstance(node, (n.For, n.While)) and node.body else node.end
    source = " ".join(facts.text[node.start : min(end, node.start + 200)].split()).rstrip(":")
    return source if len(source) <= _EXCERPT else source[: _EXCERPT - 3] + "..."


def _name_position(facts: Facts, function: n.FunctionDef) -> Position:
    start = function.decorators[-1].end if function.decorators else function.start
    found = facts.text.find(f" {function.name}", start) + 1
    return facts.positions.at(found or start)
