"""Where everything is: scopes, loops, bindings, and the place of each node, gathered in one walk over a segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from perfwise_analyzers.facts import nodes as n

N = TypeVar("N", bound=n.Node)

BindingKind = Literal[
    "parameter",
    "assign",
    "unpack",
    "augmented",
    "loop",
    "with",
    "import",
    "function",
    "class",
    "except",
    "delete",
    "capture",
]


@dataclass(eq=False, slots=True)
class Loop:
    """Something whose body runs once for each of many items: a `for`, a `while`, a comprehension's clause, or a
    lambda handed to `map`, `filter`, `sorted(key=...)` and the like."""

    kind: Literal["for", "while", "comprehension", "callback"]
    node: n.For | n.While | n.Generator | n.Lambda
    target: n.Expr | None
    iter: n.Expr | None
    parent: Loop | None
    scope: ScopeInfo
    stmt: n.Stmt  # The statement before which code can be put that is to run once.
    start: int
    end: int
    body_block: int = -1  # The block of a `for` or `while` statement's body.

    def encloses(self, node: n.Node) -> bool:
        return self.start <= node.start and node.end <= self.end


@dataclass(eq=False, slots=True)
class Place:
    """What is around a node: its scope, the innermost loop it runs in, its statement, and the path of blocks to it.

    `path` lists (block, index) from the outermost block inward; `blocks[block][index]` is the statement there.
    """

    scope: ScopeInfo
    loop: Loop | None
    stmt: n.Stmt
    path: tuple[tuple[int, int], ...]


@dataclass(eq=False, slots=True)
class Binding:
    """One place that gives a name a value.

    `value` is what is assigned, iterated over (for "loop"), entered (for "with") or the definition itself; `target`
    the whole target where it is unpacked. `region`, for names of comprehensions and lambdas, is where it is seen.
    """

    name: str
    kind: BindingKind
    node: n.Node
    place: Place
    value: n.Node | None = None
    target: n.Expr | None = None
    annotation: n.Expr | None = None
    region: tuple[int, int] | None = None
    loop: Loop | None = None  # For "loop": the loop that sets it.


@dataclass(eq=False, slots=True)
class ScopeInfo:
    """A function, a class body, or the segment itself. `name` is qualified within the segment ("outer.inner")."""

    kind: Literal["module", "class", "function"]
    name: str
    node: n.FunctionDef | n.ClassDef | n.Suite
    parent: ScopeInfo | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    uses: dict[str, list[n.Name]] = field(default_factory=dict)


def own_nodes(node: n.Node) -> Iterator[n.Node]:
    """The node and what is inside it, without entering nested functions, classes and lambdas."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        if not isinstance(current, (n.FunctionDef, n.ClassDef, n.Lambda)) or current is node:
            stack.extend(reversed(list(n.children(current))))


class Structure:
    """The facts of a segment's text that depend on nothing outside it."""

    def __init__(self, suite: n.Suite, text: str) -> None:
        self.suite = suite
        self.text = text
        self.parent: dict[n.Node, n.Node] = {}
        self.place: dict[n.Node, Place] = {}
        self.loops: list[Loop] = []
        self.blocks: list[list[n.Stmt]] = []
        self.nodes: dict[type, list[n.Node]] = {}
        self.module = ScopeInfo("module", "", suite, None)
        self.scopes = [self.module]
        self.scope_of: dict[n.Node, ScopeInfo] = {}
        self._spelled: dict[n.Node, str] = {}
        _Walk(self).block(suite.body, suite, self.module, None, ())

    def all(self, kind: type[N]) -> Sequence[N]:
        """All nodes of one kind, in the order of the walk."""
        return self.nodes.get(kind, ())  # type: ignore[return-value]

    def source(self, node: n.Node) -> str:
        return self._spelled.get(node) or self.text[node.start : node.end]

    def is_used_after(self, name: str, stmt: n.Stmt) -> bool:
        """Whether a name is read after a statement, before it in a loop around it, or where that cannot be seen."""
        scope = self.place[stmt].scope
        around = [loop for loop in self.loops_around(stmt) if loop.node is not stmt]
        for use in scope.uses.get(name, ()):
            if use.start >= stmt.end or any(loop.encloses(use) and use.start < stmt.start for loop in around):
                return True
        if scope.kind != "function" or name in scope.globals | scope.nonlocals:
            return True
        return any(other is not scope and name in other.uses and name not in other.bindings for other in self.scopes)

    def stand_in(self, node: n.Expr, source: str, place: Place) -> None:
        """Takes up a node that is not in the text: the container of a helper, seen from where the helper is called."""
        self._spelled[node] = source
        self.place[node] = place

    def ancestors(self, node: n.Node) -> Iterator[n.Node]:
        """The nodes around this one, innermost first."""
        current = self.parent.get(node)
        while current is not None:
            yield current
            current = self.parent.get(current)

    def loops_around(self, node: n.Node) -> Iterator[Loop]:
        """The loops a node runs in, innermost first, as far as its own function reaches."""
        loop = self.place[node].loop
        while loop is not None:
            yield loop
            loop = loop.parent


# What of a call's arguments is called once for each item of which other argument.
_CALLBACKS = {
    "map": (0, 1),
    "filter": (0, 1),
    "reduce": (0, 1),
    "takewhile": (0, 1),
    "dropwhile": (0, 1),
    "starmap": (0, 1),
}
_KEYED = {"sorted", "min", "max", "groupby", "sort"}


class _Walk:
    def __init__(self, out: Structure) -> None:
        self.out = out

    def block(
        self,
        stmts: Sequence[n.Stmt],
        owner: n.Node,
        scope: ScopeInfo,
        loop: Loop | None,
        path: tuple[tuple[int, int], ...],
    ) -> int:
        number = len(self.out.blocks)
        self.out.blocks.append(list(stmts))
        for index, stmt in enumerate(stmts):
            self.out.parent[stmt] = owner
            self.stmt(stmt, Place(scope, loop, stmt, (*path, (number, index))))
        return number

    def stmt(self, stmt: n.Stmt, place: Place) -> None:
        self.note(stmt, place)
        match stmt:
            case n.FunctionDef():
                self.function(stmt, place)
            case n.ClassDef():
                self.class_(stmt, place)
            case n.Assign(targets=targets, value=value):
                self.expr(value, stmt, place)
                for target in targets:
                    self.target(target, stmt, place, "assign", value)
            case n.AnnAssign(target=target, annotation=annotation, value=value):
                if value is not None:
                    self.expr(value, stmt, place)
                self.target(target, stmt, place, "assign", value, annotation=annotation)
            case n.AugAssign(target=target, value=value):
                self.expr(value, stmt, place)
                self.target(target, stmt, place, "augmented", value)
            case n.For():
                self.for_(stmt, place)
            case n.While(test=test, body=body, orelse=orelse):
                loop = Loop("while", stmt, None, None, place.loop, place.scope, stmt, test.start, _end(body, test))
                self.out.loops.append(loop)
                inside = Place(place.scope, loop, stmt, place.path)
                self.expr(test, stmt, inside)
                loop.body_block = self.block(body, stmt, place.scope, loop, place.path)
                self.block(orelse, stmt, place.scope, place.loop, place.path)
            case n.With(items=items, body=body):
                for item in items:
                    self.out.parent[item] = stmt
                    self.expr(item.context, item, place)
                    if item.target is not None:
                        self.target(item.target, item, place, "with", item.context)
                self.block(body, stmt, place.scope, place.loop, place.path)
            case n.Try(body=body, handlers=handlers, orelse=orelse, final=final):
                self.block(body, stmt, place.scope, place.loop, place.path)
                for handler in handlers:
                    self.out.parent[handler] = stmt
                    if handler.type is not None:
                        self.expr(handler.type, handler, place)
                    if handler.name:
                        self.bind(Binding(handler.name, "except", handler, place))
                    self.block(handler.body, handler, place.scope, place.loop, place.path)
                self.block(orelse, stmt, place.scope, place.loop, place.path)
                self.block(final, stmt, place.scope, place.loop, place.path)
            case n.If(test=test, body=body, orelse=orelse):
                self.expr(test, stmt, place)
                self.block(body, stmt, place.scope, place.loop, place.path)
                self.block(orelse, stmt, place.scope, place.loop, place.path)
            case n.Match(subject=subject, cases=cases):
                self.expr(subject, stmt, place)
                for case in cases:
                    self.out.parent[case] = stmt
                    for name in case.captures:
                        self.bind(Binding(name, "capture", case, place))
                    for value in case.values:
                        self.expr(value, case, place)
                    if case.guard is not None:
                        self.expr(case.guard, case, place)
                    self.block(case.body, case, place.scope, place.loop, place.path)
            case n.Import(names=names):
                for alias in names:
                    bound = alias.asname or alias.name.split(".")[0]
                    self.bind(Binding(bound, "import", alias, place, stmt))
            case n.ImportFrom(names=names):
                for alias in names:
                    self.bind(Binding(alias.asname or alias.name, "import", alias, place, stmt))
            case n.Scope(kind=kind, names=names):
                (place.scope.globals if kind == "global" else place.scope.nonlocals).update(names)
            case n.Delete(targets=targets):
                for target in targets:
                    self.target(target, stmt, place, "delete", None)
            case n.BrokenStmt(parts=parts):
                for part in parts:
                    if isinstance(part, n.Stmt):
                        self.block([part], stmt, place.scope, place.loop, place.path)
                    elif isinstance(part, n.Expr):
                        self.expr(part, stmt, place)
            case _:
                for child in n.children(stmt):
                    if isinstance(child, n.Expr):
                        self.expr(child, stmt, place)

    def function(self, stmt: n.FunctionDef, place: Place) -> None:
        for decorator in stmt.decorators:
            self.expr(decorator, stmt, place)
        self.bind(Binding(stmt.name, "function", stmt, place, stmt))
        scope = self.scope("function", stmt.name, stmt, place.scope)
        inner = Place(scope, None, stmt, ())
        for parameter in stmt.params:
            self.out.parent[parameter] = stmt
            for part in (parameter.annotation, parameter.default):
                if part is not None:
                    self.expr(part, parameter, place)
            self.bind(
                Binding(parameter.name, "parameter", parameter, inner, parameter.default, None, parameter.annotation)
            )
        if stmt.returns is not None:
            self.expr(stmt.returns, stmt, place)
        self.block(stmt.body, stmt, scope, None, ())

    def class_(self, stmt: n.ClassDef, place: Place) -> None:
        for part in (*stmt.decorators, *stmt.bases, *(keyword.value for keyword in stmt.keywords)):
            self.expr(part, stmt, place)
        self.bind(Binding(stmt.name, "class", stmt, place, stmt))
        scope = self.scope("class", stmt.name, stmt, place.scope)
        self.block(stmt.body, stmt, scope, place.loop, place.path)

    def scope(
        self,
        kind: Literal["class", "function"],
        name: str,
        node: n.FunctionDef | n.ClassDef,
        parent: ScopeInfo,
    ) -> ScopeInfo:
        scope = ScopeInfo(kind, f"{parent.name}.{name}" if parent.name else name, node, parent)
        self.out.scopes.append(scope)
        self.out.scope_of[node] = scope
        return scope

    def for_(self, stmt: n.For, place: Place) -> None:
        self.expr(stmt.iter, stmt, place)
        first = stmt.body[0].start if stmt.body else stmt.iter.end
        loop = Loop(
            "for",
            stmt,
            stmt.target,
            stmt.iter,
            place.loop,
            place.scope,
            stmt,
            min(first, stmt.iter.end),
            _end(stmt.body, stmt.iter),
        )
        self.out.loops.append(loop)
        self.target(stmt.target, stmt, place, "loop", stmt.iter, loop=loop)
        loop.body_block = self.block(stmt.body, stmt, place.scope, loop, place.path)
        self.block(stmt.orelse, stmt, place.scope, place.loop, place.path)

    def expr(self, expr: n.Expr, parent: n.Node, place: Place) -> None:
        self.out.parent[expr] = parent
        self.note(expr, place)
        match expr:
            case n.Name():
                place.scope.uses.setdefault(expr.id, []).append(expr)
            case n.Constant():
                pass
            case n.Comprehension():
                self.comprehension(expr, place)
            case n.Lambda():
                self.lambda_(expr, Place(place.scope, None, place.stmt, place.path))
            case n.Call():
                self.call(expr, place)
            case n.NamedExpr(target=target, value=value):
                self.expr(value, expr, place)
                self.target(target, expr, place, "assign", value)
            case _:
                for child in n.children(expr):
                    if isinstance(child, n.Expr):
                        self.expr(child, expr, place)

    def comprehension(self, expr: n.Comprehension, place: Place) -> None:
        region = (expr.start, expr.end)
        inside = place
        for clause in expr.generators:
            self.out.parent[clause] = expr
            self.expr(clause.iter, clause, inside)
            loop = Loop(
                "comprehension",
                clause,
                clause.target,
                clause.iter,
                inside.loop,
                place.scope,
                place.stmt,
                expr.start,
                expr.end,
            )
            self.out.loops.append(loop)
            inside = Place(place.scope, loop, place.stmt, place.path)
            self.target(clause.target, clause, inside, "loop", clause.iter, loop=loop, region=region)
            for condition in clause.ifs:
                self.expr(condition, clause, inside)
        self.expr(expr.element, expr, inside)
        if expr.value is not None:
            self.expr(expr.value, expr, inside)

    def lambda_(self, expr: n.Lambda, place: Place, loop: Loop | None = None) -> None:
        region = (expr.start, expr.end)
        for parameter in expr.params:
            self.out.parent[parameter] = expr
            if parameter.default is not None:
                self.expr(parameter.default, parameter, place)
            binding = Binding(parameter.name, "parameter", parameter, place, parameter.default, region=region)
            if loop is not None:
                binding.kind, binding.value, binding.loop = "loop", loop.iter, loop
            self.bind(binding)
        self.expr(expr.body, expr, place)

    def call(self, call: n.Call, place: Place) -> None:
        self.expr(call.func, call, place)
        name = call.func.id if isinstance(call.func, n.Name) else getattr(call.func, "attr", "")
        over: n.Expr | None = None
        if name in _CALLBACKS and len(call.args) > _CALLBACKS[name][1]:
            over = call.args[_CALLBACKS[name][1]]
        elif name in _KEYED:
            over = call.args[0] if call.args else getattr(call.func, "value", None)
        for argument in call.args:
            self.argument(argument, call, over, place)
        for keyword in call.keywords:
            self.out.parent[keyword] = call
            self.argument(keyword.value, keyword, over, place)

    def argument(self, argument: n.Expr, parent: n.Node, over: n.Expr | None, place: Place) -> None:
        if over is not None and isinstance(argument, n.Lambda):
            self.out.parent[argument] = parent
            self.note(argument, place)
            target = argument.params[-1] if argument.params else None
            loop = Loop(
                "callback",
                argument,
                n.Name(target.start, target.end, target.name) if target else None,
                over,
                place.loop,
                place.scope,
                place.stmt,
                argument.body.start,
                argument.body.end,
            )
            self.out.loops.append(loop)
            self.lambda_(argument, Place(place.scope, loop, place.stmt, place.path), loop)
        else:
            self.expr(argument, parent, place)

    def target(
        self,
        target: n.Expr,
        parent: n.Node,
        place: Place,
        kind: BindingKind,
        value: n.Expr | None,
        *,
        annotation: n.Expr | None = None,
        loop: Loop | None = None,
        region: tuple[int, int] | None = None,
        whole: n.Expr | None = None,
    ) -> None:
        self.out.parent[target] = parent
        self.note(target, place)
        match target:
            case n.Name(id=name):
                found: BindingKind = "unpack" if whole is not None and kind in ("assign", "with") else kind
                self.bind(Binding(name, found, target, place, value, whole, annotation, region, loop))
            case n.Tuple(elts=elts) | n.List(elts=elts):
                for elt in elts:
                    self.target(elt, target, place, kind, value, loop=loop, region=region, whole=whole or target)
            case n.Starred(value=inner):
                self.target(inner, target, place, kind, value, loop=loop, region=region, whole=whole or target)
            case _:
                for child in n.children(target):
                    if isinstance(child, n.Expr):
                        self.expr(child, target, place)

    def bind(self, binding: Binding) -> None:
        scope = binding.place.scope
        scope.bindings.setdefault(binding.name, []).append(binding)

    def note(self, node: n.Node, place: Place) -> None:
        self.out.place[node] = place
        self.out.nodes.setdefault(type(node), []).append(node)


def _end(body: Sequence[n.Stmt], header: n.Node) -> int:
    return body[-1].end if body else header.end
