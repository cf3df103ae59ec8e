"""Types from annotations."""

from __future__ import annotations

from collections.abc import Callable

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.lower import lower
from perfwise_analyzers.facts.types import NONE, UNKNOWN, Type, declared, join_all, optional

_NAMES = {
    "list": "list",
    "List": "list",
    "MutableSequence": "list",
    "Sequence": "sequence",
    "tuple": "tuple",
    "Tuple": "tuple",
    "set": "set",
    "Set": "set",
    "MutableSet": "set",
    "AbstractSet": "set",
    "frozenset": "frozenset",
    "FrozenSet": "frozenset",
    "dict": "dict",
    "Dict": "dict",
    "Mapping": "dict",
    "MutableMapping": "dict",
    "defaultdict": "dict",
    "DefaultDict": "dict",
    "OrderedDict": "dict",
    "Counter": "dict",
    "deque": "deque",
    "Deque": "deque",
    "str": "str",
    "bytes": "bytes",
    "bytearray": "bytearray",
    "int": "int",
    "float": "float",
    "bool": "bool",
    "complex": "complex",
    "Iterable": "iterable",
    "Iterator": "iterator",
    "Generator": "iterator",
    "Collection": "iterable",
    "ndarray": "ndarray",
    "NDArray": "ndarray",
    "DataFrame": "DataFrame",
    "Series": "Series",
    "Path": "path",
}
_WRAPPERS = frozenset({"Final", "ClassVar", "Annotated", "Required", "NotRequired", "ReadOnly"})


def annotated(expr: n.Expr, class_named: Callable[[str], Type | None]) -> Type:
    """The type an annotation declares; `class_named` knows the module's classes."""
    return declared(_read(expr, class_named, 0))


def _read(expr: n.Expr, class_named: Callable[[str], Type | None], depth: int) -> Type:
    if depth > 8:
        return UNKNOWN
    match expr:
        case n.Constant(kind="None"):
            return NONE
        case n.Constant(kind="str", value=str(text)):
            suite = lower(text)
            if not suite.broken and len(suite.body) == 1 and isinstance(suite.body[0], n.ExprStmt):
                return _read(suite.body[0].value, class_named, depth + 1)
        case n.BinOp(op="|", left=left, right=right):
            return join_all([_read(left, class_named, depth + 1), _read(right, class_named, depth + 1)])
        case n.Name(id=name) | n.Attribute(attr=name):
            if name in _NAMES:
                return Type(_NAMES[name])
            return class_named(name) or UNKNOWN
        case n.Subscript(value=n.Name(id=name) | n.Attribute(attr=name), index=index):
            return _generic(name, index, class_named, depth)
    return UNKNOWN


def _generic(name: str, index: n.Expr, class_named: Callable[[str], Type | None], depth: int) -> Type:
    arguments = index.elts if isinstance(index, n.Tuple) else [index]
    if not arguments:  # `tuple[()]`
        return UNKNOWN
    if name == "Optional":
        return optional(_read(index, class_named, depth + 1))
    if name in _WRAPPERS:
        return _read(arguments[0], class_named, depth + 1)
    kinds = [_read(argument, class_named, depth + 1) for argument in arguments]
    if name == "Union":
        return join_all(kinds)
    base = _NAMES.get(name)
    if base is None:
        return UNKNOWN
    known = [kind if kind.known else None for kind in kinds]
    if base == "tuple":
        last = arguments[-1]
        if isinstance(last, n.Constant) and last.kind == "Ellipsis":
            return Type("tuple", known[0])
        return Type("tuple", items=tuple(kinds))
    if base == "dict":
        return Type("dict", known[0], known[1] if len(known) > 1 else Type("int") if name == "Counter" else None)
    return Type(base, known[0])
