"""The syntax that facts are drawn from: Python's `ast` in shape and in names, but made from any source.

Unlike `ast`, a node exists for broken and half-typed code, for syntax newer than the Python that runs us, and
it knows its place in code points. `start` and `end` are offsets into the text of the segment the node is part of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Literal


@dataclass(slots=True, eq=False)
class Node:
    """Something with a place: `text[start:end]` is its source, without surrounding parentheses."""

    start: int
    end: int


class Expr(Node):
    """Has a value."""

    __slots__ = ()


class Stmt(Node):
    """Is executed. `start` is the statement's first token (a decorator's `@`, if any)."""

    __slots__ = ()


# Expressions


@dataclass(slots=True, eq=False)
class Name(Expr):
    id: str


@dataclass(slots=True, eq=False)
class Attribute(Expr):
    value: Expr
    attr: str


@dataclass(slots=True, eq=False)
class Keyword(Node):
    """`arg=value` in a call; `arg` is None for `**value`."""

    arg: str | None
    value: Expr


@dataclass(slots=True, eq=False)
class Call(Expr):
    func: Expr
    args: list[Expr]  # A sole generator argument is a Comprehension here, as in `ast`.
    keywords: list[Keyword]


@dataclass(slots=True, eq=False)
class Slice(Expr):
    lower: Expr | None
    upper: Expr | None
    step: Expr | None


@dataclass(slots=True, eq=False)
class Subscript(Expr):
    value: Expr
    index: Expr  # A Slice, a Tuple for `a[i, j]`, or any expression.


@dataclass(slots=True, eq=False)
class Constant(Expr):
    """A literal. `value` is None for `None`, for `...`, and for a bytes or str literal whose escapes cannot be read."""

    kind: Literal["int", "float", "complex", "str", "bytes", "bool", "None", "Ellipsis"]
    value: object


@dataclass(slots=True, eq=False)
class JoinedStr(Expr):
    """An f-string; `values` are the interpolated expressions only."""

    values: list[Expr]


@dataclass(slots=True, eq=False)
class List(Expr):
    elts: list[Expr]


@dataclass(slots=True, eq=False)
class Tuple(Expr):
    elts: list[Expr]


@dataclass(slots=True, eq=False)
class Set(Expr):
    elts: list[Expr]


@dataclass(slots=True, eq=False)
class Dict(Expr):
    """A key of None is `**value`."""

    keys: list[Expr | None]
    values: list[Expr]


@dataclass(slots=True, eq=False)
class Compare(Expr):
    """`ops` are the source's operators with single spaces: "==", "in", "not in", "is not" ..."""

    left: Expr
    ops: list[str]
    comparators: list[Expr]


@dataclass(slots=True, eq=False)
class BinOp(Expr):
    left: Expr
    op: str
    right: Expr


@dataclass(slots=True, eq=False)
class UnaryOp(Expr):
    """`op` is "-", "+", "~" or "not"."""

    op: str
    operand: Expr


@dataclass(slots=True, eq=False)
class BoolOp(Expr):
    """`a and b and c` is one node with three values."""

    op: Literal["and", "or"]
    values: list[Expr]


@dataclass(slots=True, eq=False)
class IfExp(Expr):
    test: Expr
    body: Expr
    orelse: Expr


@dataclass(slots=True, eq=False)
class NamedExpr(Expr):
    target: Name
    value: Expr


@dataclass(slots=True, eq=False)
class Starred(Expr):
    value: Expr


@dataclass(slots=True, eq=False)
class Await(Expr):
    value: Expr


@dataclass(slots=True, eq=False)
class Yield(Expr):
    value: Expr | None
    is_from: bool


@dataclass(slots=True, eq=False)
class Parameter(Node):
    name: str
    annotation: Expr | None
    default: Expr | None
    kind: Literal["positional", "star", "keyword", "double_star"]


@dataclass(slots=True, eq=False)
class Lambda(Expr):
    params: list[Parameter]
    body: Expr


@dataclass(slots=True, eq=False)
class Generator(Node):
    """One `for target in iter if ...` clause of a comprehension."""

    target: Expr
    iter: Expr
    ifs: list[Expr]
    is_async: bool


@dataclass(slots=True, eq=False)
class Comprehension(Expr):
    """`element` is the key of a dict comprehension, and `value` its value (None for the other kinds)."""

    kind: Literal["list", "set", "dict", "generator"]
    element: Expr
    value: Expr | None
    generators: list[Generator]


@dataclass(slots=True, eq=False)
class Unknown(Expr):
    """Broken source, or syntax this version does not know; `parts` are the expressions found inside."""

    parts: list[Expr]


# Statements


@dataclass(slots=True, eq=False)
class ExprStmt(Stmt):
    value: Expr


@dataclass(slots=True, eq=False)
class Assign(Stmt):
    """`a = b = value` has two targets."""

    targets: list[Expr]
    value: Expr


@dataclass(slots=True, eq=False)
class AnnAssign(Stmt):
    target: Expr
    annotation: Expr
    value: Expr | None


@dataclass(slots=True, eq=False)
class AugAssign(Stmt):
    """`op` is without the equals sign: "+" for `+=`."""

    target: Expr
    op: str
    value: Expr


@dataclass(slots=True, eq=False)
class Return(Stmt):
    value: Expr | None


@dataclass(slots=True, eq=False)
class Raise(Stmt):
    exc: Expr | None
    cause: Expr | None


@dataclass(slots=True, eq=False)
class Assert(Stmt):
    test: Expr
    msg: Expr | None


@dataclass(slots=True, eq=False)
class Delete(Stmt):
    targets: list[Expr]


@dataclass(slots=True, eq=False)
class Pass(Stmt):
    pass


@dataclass(slots=True, eq=False)
class Break(Stmt):
    pass


@dataclass(slots=True, eq=False)
class Continue(Stmt):
    pass


@dataclass(slots=True, eq=False)
class Scope(Stmt):
    """`global` or `nonlocal`."""

    kind: Literal["global", "nonlocal"]
    names: list[str]


@dataclass(slots=True, eq=False)
class Alias(Node):
    """`name as asname`; `name` is "*" for a star import."""

    name: str
    asname: str | None


@dataclass(slots=True, eq=False)
class Import(Stmt):
    names: list[Alias]


@dataclass(slots=True, eq=False)
class ImportFrom(Stmt):
    """`module` has its leading dots: "..pkg.mod"."""

    module: str
    names: list[Alias]


@dataclass(slots=True, eq=False)
class If(Stmt):
    """`elif` is an If alone in `orelse`, as in `ast`."""

    test: Expr
    body: list[Stmt]
    orelse: list[Stmt]


@dataclass(slots=True, eq=False)
class For(Stmt):
    target: Expr
    iter: Expr
    body: list[Stmt]
    orelse: list[Stmt]
    is_async: bool


@dataclass(slots=True, eq=False)
class While(Stmt):
    test: Expr
    body: list[Stmt]
    orelse: list[Stmt]


@dataclass(slots=True, eq=False)
class WithItem(Node):
    context: Expr
    target: Expr | None


@dataclass(slots=True, eq=False)
class With(Stmt):
    items: list[WithItem]
    body: list[Stmt]
    is_async: bool


@dataclass(slots=True, eq=False)
class Handler(Node):
    type: Expr | None
    name: str | None
    body: list[Stmt]


@dataclass(slots=True, eq=False)
class Try(Stmt):
    body: list[Stmt]
    handlers: list[Handler]
    orelse: list[Stmt]
    final: list[Stmt]


@dataclass(slots=True, eq=False)
class Case(Node):
    """`captures` are the names the pattern binds; `values` the expressions it compares with."""

    captures: list[str]
    values: list[Expr]
    guard: Expr | None
    body: list[Stmt]


@dataclass(slots=True, eq=False)
class Match(Stmt):
    subject: Expr
    cases: list[Case]


@dataclass(slots=True, eq=False)
class FunctionDef(Stmt):
    """`header_end` is the offset just after the colon that opens the body."""

    name: str
    params: list[Parameter]
    returns: Expr | None
    decorators: list[Expr]
    body: list[Stmt]
    is_async: bool
    header_end: int


@dataclass(slots=True, eq=False)
class ClassDef(Stmt):
    name: str
    bases: list[Expr]
    keywords: list[Keyword]
    decorators: list[Expr]
    body: list[Stmt]
    header_end: int


@dataclass(slots=True, eq=False)
class BrokenStmt(Stmt):
    """Where the source does not parse; `parts` are the statements and expressions found inside."""

    parts: list[Node]


@dataclass(slots=True, eq=False)
class Suite(Node):
    """A whole segment, lowered. `broken` tells that some of it did not parse."""

    body: list[Stmt] = field(default_factory=list)
    broken: bool = False


def children(node: Node) -> Iterator[Node]:
    """The nodes directly inside, in the order of their fields: source order but for comprehensions and conditionals."""
    for name in _child_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, Node):
                    yield item


def descendants(node: Node) -> Iterator[Node]:
    """The node itself and all nodes inside it, outermost first."""
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(list(children(current))))


_fields: dict[type, tuple[str, ...]] = {}


def _child_fields(kind: type) -> tuple[str, ...]:
    known = _fields.get(kind)
    if known is None:
        known = _fields[kind] = tuple(f.name for f in fields(kind) if f.name not in ("start", "end"))
    return known
