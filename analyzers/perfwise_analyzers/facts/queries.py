"""Rows of a database: which query gives them, and what it fetches with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.awaits import words
from perfwise_analyzers.facts.environment import Summary
from perfwise_analyzers.facts.structure import Binding, Loop

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

_MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
# What gives the same kind of rows, fewer or in another order. Other methods of a manager are of its own making.
_REFINING = frozenset(
    {
        "all",
        "filter",
        "exclude",
        "order_by",
        "distinct",
        "annotate",
        "alias",
        "only",
        "defer",
        "reverse",
        "using",
        "select_for_update",
        "select_related",
        "prefetch_related",
        "iterator",
        "complex_filter",
        "extra",
    }
)
_SELECTING = frozenset(
    {
        "filter",
        "filter_by",
        "where",
        "order_by",
        "group_by",
        "having",
        "distinct",
        "join",
        "outerjoin",
        "options",
        "limit",
        "offset",
        "with_for_update",
        "execution_options",
        "populate_existing",
        "yield_per",
        "enable_eagerloads",
        "slice",
        "unique",
        "all",
        "scalars",
    }
)
_SELECTS = frozenset({"sqlalchemy.select", "sqlalchemy.future.select", "sqlalchemy.sql.select", "sqlmodel.select"})
_RUNNING = frozenset({"scalars", "execute", "exec"})
_SAME_ROWS = frozenset({"builtins.list", "builtins.tuple", "builtins.sorted", "builtins.reversed", "builtins.iter"})
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that a query gives. `steps` are the calls that make it, first to last; `fetch` is the expression that can
    be told to fetch more with the rows, None where that is not seen. `cut` says that it takes only a slice."""

    library: Literal["django", "sqlalchemy"]
    model: n.Expr | None  # None for the rows that a row is related to.
    steps: tuple[n.Call, ...] = ()
    fetch: n.Expr | None = None
    cut: bool = False

    def then(self, call: n.Call, fetch: n.Expr | None = None) -> Rows:
        return replace(self, steps=(*self.steps, call), fetch=fetch or self.fetch)

    def called(self, *names: str) -> Iterator[n.Call]:
        """The steps of these names."""
        for step in self.steps:
            if isinstance(step.func, n.Attribute) and step.func.attr in names:
                yield step


def rows(facts: Facts, expr: n.Expr, depth: int = 0) -> Rows | None:
    """The rows that an expression gives when it is iterated over, if a query is seen to make it."""
    if depth > _DEEPEST or (not depth and is_rarely_run(facts, expr)):
        return None
    match expr:
        case n.Name():
            return _bound(facts, expr, depth)
        case n.Subscript(value=value, index=n.Slice()):
            found = rows(facts, value, depth + 1)
            return replace(found, cut=True) if found else None
        case n.Call(func=n.Name(), args=[inner, *_]) if facts.inference.callee(expr) in _SAME_ROWS:
            return rows(facts, inner, depth + 1)
        case n.Call(func=n.Attribute(value=receiver, attr=method)):
            return _queryset(facts, expr, receiver, method, depth) or _selected(facts, expr, receiver, method, depth)
    return None


def _bound(facts: Facts, name: n.Name, depth: int) -> Rows | None:
    """The rows of a name: with several bindings, the steps of all of them."""
    bindings = facts.inference.bindings(name) or []
    found: Rows | None = None
    for binding in bindings:
        if binding.kind != "assign" or not isinstance(binding.value, n.Expr) or binding.target is not None:
            return None
        other = rows(facts, binding.value, depth + 4 if len(bindings) > 1 else depth + 1)
        if other is None or len(bindings) > 3:
            return None
        if found is None:
            found = other
        elif found.library != other.library:
            return None
        else:
            found = replace(found, steps=found.steps + other.steps, fetch=None, cut=found.cut or other.cut)
    return found


def _queryset(facts: Facts, call: n.Call, receiver: n.Expr, method: str, depth: int) -> Rows | None:
    if method not in _REFINING:
        return None
    fetch = receiver if method == "iterator" else call
    model = manager(facts, receiver)
    if model is not None:
        return Rows("django", model, (call,), fetch)
    if _is_related_manager(facts, receiver, method):
        return Rows("django", None, (call,), fetch)
    inner = rows(facts, receiver, depth + 1)
    return inner.then(call, fetch) if inner and inner.library == "django" and not inner.cut else None


def _is_related_manager(facts: Facts, expr: n.Expr, method: str) -> bool:
    """`author.book_set`, asked for rows that nobody can have fetched before, as he can all of them."""
    return (
        isinstance(expr, n.Attribute)
        and expr.attr.endswith("_set")
        and method not in ("all", "iterator")
        and not is_rarely_run(facts, expr)
    )


def manager(facts: Facts, expr: n.Expr) -> n.Expr | None:
    """The model whose manager an expression is: `Book` for `Book.objects`.

    A manager of another name, or one that a class of the module makes itself, may fetch what it likes.
    """
    match expr:
        case n.Attribute(value=model, attr=attr) if attr in _MANAGERS and is_model(facts, model):
            own = declaration(facts, model, attr)
            return None if own is not None or is_rarely_run(facts, expr) else model
    return None


def is_rarely_run(facts: Facts, node: n.Node) -> bool:
    """Whether code is part of a test, or of a migration, which runs once."""
    if facts.owner.startswith("Test") or facts.owner.endswith(("Test", "Tests", "TestCase")):
        return True
    scope = facts.function_at(node)
    while scope is not None:
        if isinstance(scope.node, n.FunctionDef) and (
            scope.node.name.startswith("test_")
            or any(each.name.strip("_") == "schema_editor" for each in scope.node.params)
        ):
            return True
        scope = scope.parent
    return False


def is_model(facts: Facts, expr: n.Expr) -> bool:
    """Whether an expression is written as classes are."""
    match expr:
        case n.Name(id=name) | n.Attribute(attr=name):
            return (name[:1].isupper() and not name.isupper()) or name in ("cls", "model", "model_class")
        case n.Call():
            return facts.inference.callee(expr) == "django.contrib.auth.get_user_model"
    return False


def declaration(facts: Facts, model: n.Expr | None, attribute: str) -> Summary | None:
    """What a class of this module binds an attribute to."""
    if not isinstance(model, n.Name):
        return None
    owner = facts.owner if model.id == "cls" else model.id
    return facts.environment.lookup(f"{owner}.{attribute}") if owner else None


def _selected(facts: Facts, call: n.Call, receiver: n.Expr, method: str, depth: int) -> Rows | None:
    """`session.query(Order).filter(...).all()`, `session.scalars(select(Order)).all()`, `Order.query.all()`."""
    if method in _RUNNING and is_session(receiver) and call.args:
        statement = _statement(facts, call.args[0], depth + 1)
        return statement.then(call) if statement else None
    if method == "query" and is_session(receiver):
        match call.args:
            case [model] if is_model(facts, model):
                return Rows("sqlalchemy", model, (), call)
        return None
    if method not in _SELECTING:
        return None
    match receiver:
        case n.Attribute(value=n.Name() as model, attr="query") if is_model(facts, model):
            return Rows("sqlalchemy", model, (call,), receiver if method == "all" else call)
    inner = rows(facts, receiver, depth + 1)
    if inner is None or inner.library != "sqlalchemy":
        return None
    return inner.then(call, None if method in ("all", "unique", "scalars") or list(inner.called(*_RUNNING)) else call)


def _statement(facts: Facts, expr: n.Expr, depth: int) -> Rows | None:
    """The rows of `select(Order).where(...)`."""
    if depth > _DEEPEST:
        return None
    match expr:
        case n.Call(args=[model]) if facts.inference.callee(expr) in _SELECTS and is_model(facts, model):
            return Rows("sqlalchemy", model, (), expr)
        case n.Call(func=n.Attribute(value=receiver, attr=method)) if method in _SELECTING:
            inner = _statement(facts, receiver, depth + 1)
            return inner.then(expr, expr) if inner else None
        case n.Name():
            bindings = facts.inference.bindings(expr) or []
            if len(bindings) == 1 and bindings[0].kind == "assign" and isinstance(bindings[0].value, n.Expr):
                return _statement(facts, bindings[0].value, depth + 1)
    return None


def is_session(expr: n.Expr) -> bool:
    """Whether an expression is called as SQLAlchemy's sessions are."""
    match expr:
        case n.Name(id=name) | n.Attribute(attr=name):
            return "session" in words(name.lower().replace("_", " "))
        case n.Call(func=n.Name(id=name)):
            return name.lower() in ("session", "get_session", "scoped_session")
    return False


def goes_over_settings(facts: Facts, loop: Loop) -> bool:
    """Whether a loop goes over what a program's settings list, which is little."""
    if loop.iter is None:
        return False
    return any(
        facts.source(node).split(".")[-1].isupper()
        for node in n.descendants(loop.iter)
        if isinstance(node, (n.Name, n.Attribute))
    )


def row_of(facts: Facts, name: n.Name) -> tuple[Rows, Loop] | None:
    """The query whose rows a name stands for in turn, and the loop over them."""
    bindings = facts.inference.bindings(name) or []
    if len(bindings) != 1 or bindings[0].kind != "loop":
        return None
    binding = bindings[0]
    loop = binding.loop
    source = _iterated(facts, binding)
    found = rows(facts, source) if source is not None else None
    return (found, loop) if found is not None and loop is not None else None


def _iterated(facts: Facts, binding: Binding) -> n.Expr | None:
    """What gives the values of a loop's name: the second part of what `enumerate` gives as well."""
    match binding.value:
        case n.Call(args=[inner, *_]) if facts.inference.callee(binding.value) == "builtins.enumerate":
            match binding.target:
                case n.Tuple(elts=[_, second]) if second is binding.node:
                    return inner
            return None
        case n.Expr() as iterated if binding.target is None:
            return iterated
    return None


def is_set(facts: Facts, node: n.Node) -> bool:
    """Whether a statement gives the attribute a value, or takes it away."""
    around = facts.structure.parent.get(node)
    match around:
        case n.Assign(targets=targets) | n.Delete(targets=targets):
            return node in targets
        case n.AnnAssign(target=target) | n.AugAssign(target=target):
            return node is target
    return False
