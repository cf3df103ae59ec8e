"""What kind of value an expression has, as far as the source tells."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Type:
    """A built-in type by its name, a class of this module by its qualified name, or "unknown".

    `element` is what iteration gives (for a dict, its keys); `value` what a dict's lookup gives; `items` the parts
    of a tuple of known shape. `length` is set for a literal. `declared` says that an annotation is all we have:
    enough to speak, and for built-in scalars enough to prove, but not a value somebody saw being made.
    `grown` says that we know it by its use alone (`xs.append`), `optional` that it may be None instead: no matter where
    we speak, but one where something is to be proved.
    """

    name: str
    element: Type | None = None
    value: Type | None = None
    items: tuple[Type, ...] | None = None
    length: int | None = None
    declared: bool = False
    grown: bool = False
    optional: bool = False

    @property
    def known(self) -> bool:
        return self.name != "unknown"

    def is_sure(self, *names: str) -> bool:
        """Whether a value is of one of these types, and not None."""
        return self.name in names and not self.optional


UNKNOWN = Type("unknown")
PENDING = Type("unknown", length=-1)  # Asked for while it is being worked out: says nothing, and spoils nothing.
NONE = Type("None")
INT = Type("int")
FLOAT = Type("float")
BOOL = Type("bool")
STR = Type("str")
BYTES = Type("bytes")

# Sequences whose `in`, `index` and `count` look at one element after the other.
LINEAR = frozenset({"list", "tuple", "deque", "sequence"})
_SCALARS = frozenset({"int", "float", "complex", "bool", "str", "bytes", "None", "range", "NoneType"})


def list_of(element: Type | None, length: int | None = None) -> Type:
    return Type("list", element if element is None or element.known else None, length=length)


def hashable(kind: Type | None) -> bool:
    """Whether every such value is sure to hash, and to be equal only to values of the same hash."""
    if kind is None:
        return False
    if kind.name == "tuple":
        if kind.items is not None:
            return all(hashable(item) for item in kind.items)
        return hashable(kind.element)
    return kind.name in _SCALARS


_MUTABLE = frozenset({"list", "dict", "set", "deque", "bytearray", "ndarray", "DataFrame", "Series"})


def unhashable(kind: Type | None) -> bool:
    """Whether such values are sure not to hash, so that no set or dict can hold them."""
    if kind is None:
        return False
    if kind.name == "tuple":
        return any(unhashable(item) for item in kind.items or (kind.element,))
    return kind.name in _MUTABLE


def exact(kind: Type | None) -> bool:
    """Hashable, not None, and `==` means being the same key in a dict: not so for floats, as NaN is unlike itself."""
    if kind is None or not hashable(kind):
        return False
    if kind.name == "tuple":
        parts = kind.items if kind.items is not None else (kind.element,)
        return all(exact(part) for part in parts)
    return kind.name not in ("float", "complex") and not kind.optional


def join(a: Type | None, b: Type | None) -> Type | None:
    """What is known of a value that is one or the other. None (nothing seen yet) and `None` values give way."""
    if a is None or b is None:
        return a if b is None else b
    if a == b:
        return a
    if a.name == "None" or b.name == "None":
        return optional(b if a.name == "None" else a)
    if a.name != b.name:
        if {a.name, b.name} == {"int", "bool"}:
            return optional(INT) if a.optional or b.optional else INT
        return UNKNOWN
    items = None
    if a.items is not None and b.items is not None and len(a.items) == len(b.items):
        items = tuple(join(x, y) or UNKNOWN for x, y in zip(a.items, b.items, strict=True))
    return Type(
        a.name,
        _join_part(a.element, b.element, a.length, b.length),
        _join_part(a.value, b.value, a.length, b.length),
        items,
        a.length if a.length == b.length else None,
        a.declared or b.declared,
        a.grown or b.grown,
        a.optional or b.optional,
    )


def optional(kind: Type) -> Type:
    """The same type, or None."""
    return replace(kind, optional=True) if kind.known else kind


def _join_part(a: Type | None, b: Type | None, a_length: int | None, b_length: int | None) -> Type | None:
    # An empty literal says nothing about its elements, so it does not spoil what the other side says.
    if a is None and a_length == 0:
        return b
    if b is None and b_length == 0:
        return a
    if a is None or b is None:
        return None
    joined = join(a, b)
    return joined if joined is not None and joined.known else None


def join_all(kinds: list[Type]) -> Type:
    result: Type | None = None
    for kind in kinds:
        if kind is PENDING:
            continue
        if not kind.known:
            return UNKNOWN
        result = join(result, kind)
    return result or UNKNOWN


def declared(kind: Type) -> Type:
    """The same type, marked as resting on an annotation."""
    return replace(
        kind,
        declared=True,
        element=declared(kind.element) if kind.element else None,
        value=declared(kind.value) if kind.value else None,
        items=tuple(declared(item) for item in kind.items) if kind.items is not None else None,
    )
