"""A portrait of live objects: plain data that keeps exact types, order, float bits, identity and cycles.

A portrait can leave the process that made it, and comparing two runs none of the user's code. A part is either an
atom `(type, value)` or the number of a node `(shape, type, has identity, labels, parts)`.
"""

from __future__ import annotations

import copyreg
import marshal
import re
from collections.abc import AsyncIterator, ItemsView, Iterator, KeysView, ValuesView
from io import IOBase
from itertools import repeat
from types import BuiltinFunctionType, FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any, NamedTuple, Union

from perfwise_worker.lazy import MOST_ITEMS, AnyIterator, fill

Atom = tuple[str, Any]
Part = Union[Atom, int]
Node = tuple[str, str, bool, tuple[str, ...], tuple[Part, ...]]


class View(NamedTuple):
    """What was to be seen at one moment: named parts of one portrait, so that identities reach across them."""

    nodes: list[Node]
    parts: dict[str, Part]

    def __reduce__(self) -> tuple[Any, ...]:
        """Marshalled, which takes a fraction of the time that pickling plain data does."""
        try:
            return _unmarshalled, (marshal.dumps(tuple(self)),)
        except ValueError:  # A name was set to something of a class of the user's.
            return View, tuple(self)


def _unmarshalled(data: bytes) -> View:
    return View(*marshal.loads(data))


MOST_PARTS = 1_000_000

_WITH_VALUE = (bool, int, str, bytes)
_PLAIN = (*_WITH_VALUE, type(None), type(Ellipsis), type(NotImplemented))
_NAMED = (type, FunctionType, BuiltinFunctionType)


def type_name(kind: type) -> str:
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


class Portrait:
    """Portrays objects into `nodes`. Iterators are left alone unless `drained` holds what they gave."""

    def __init__(self, drained: dict[int, list[Any]] | None = None) -> None:
        self.nodes: list[Node] = []
        self.iterators: list[AnyIterator] = []
        self.unjudged: set[str] = set()
        self.objects: list[Any] = []  # By node, which also keeps them alive, so that no id is used twice.
        self._drained = drained or {}
        self._numbers: dict[int, int] = {}
        self._waiting: list[int] = []
        self._count = 0

    def of(self, value: Any) -> Part:
        """The part for a value, with all it holds."""
        part = self._part(value)
        while self._waiting:
            number = self._waiting.pop()
            self.nodes[number] = self._node(self.objects[number])
        return part

    def _part(self, value: Any) -> Part:
        self._count += 1
        if self._count > MOST_PARTS:
            self.unjudged.add("more than is looked into")
            return "more", None
        kind = type(value)
        if kind in _PLAIN:
            return kind.__name__, value if kind in _WITH_VALUE else None
        if kind is float:
            return "float", value.hex()
        if kind is complex:
            return "complex", (value.real.hex(), value.imag.hex())
        if isinstance(value, _NAMED) and not _bound(value):
            return self._named(value)
        if isinstance(value, ModuleType):
            return "module", value.__name__
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self.nodes)
            self.nodes.append(("opaque", type_name(kind), False, (), ()))
            self.objects.append(value)
            self._waiting.append(number)
        return number

    def _parts(self, values: list[Any]) -> tuple[Part, ...]:
        """Those of one plain type at once, of which large inputs mostly are."""
        kinds = set(map(type, values))
        kind = kinds.pop() if len(kinds) == 1 else None
        if kind in _WITH_VALUE and self._count + len(values) <= MOST_PARTS:
            self._count += len(values)
            return tuple(zip(repeat(kind.__name__), values))
        return tuple([self._part(each) for each in values])

    def _named(self, value: Any) -> Atom:
        name = f"{value.__module__}.{value.__qualname__}"
        if "<" in value.__qualname__:
            self.unjudged.add(f"the function {value.__qualname__}")
        return "name", name

    def _node(self, value: Any) -> Node:
        kind = type(value)
        name = type_name(kind)
        # Two equal values of a type that hashes by value cannot be told apart, except with `is`.
        identity = getattr(kind, "__hash__", None) in (None, object.__hash__)
        if kind in (list, tuple) or isinstance(value, (KeysView, ValuesView, ItemsView)):
            return "sequence", name, identity, (), self._parts([*value])
        if kind is dict:
            return "mapping", name, identity, (), tuple([self._part(part) for item in value.items() for part in item])
        if isinstance(value, (set, frozenset)):
            return "set", name, identity, (), self._parts([*value])
        if kind is bytearray:
            return "object", name, identity, ("bytes",), (self._part(bytes(value)),)
        if kind is re.Match:
            parts = (self._part(value.re), self._part(value.string), self._part(value.regs))
            return "object", name, identity, ("re", "string", "regs"), parts
        if kind is MappingProxyType:
            return "object", name, identity, ("of",), (self._part(dict(value)),)
        if isinstance(value, (MethodType, BuiltinFunctionType)):
            held = (self._part(value.__qualname__), self._part(value.__self__))
            return "object", name, False, ("function", "self"), held
        if isinstance(value, (Iterator, AsyncIterator)) and not isinstance(value, IOBase):
            self.iterators.append(value)
            items = self._drained.get(id(value), ())
            return "iterator", name, identity, (), tuple([self._part(item) for item in items])
        return self._object(value, name, identity)

    def _object(self, value: Any, name: str, identity: bool) -> Node:
        try:
            reduce = copyreg.dispatch_table.get(type(value))
            fields = _fields(reduce(value) if reduce else value.__reduce_ex__(4))
        except Exception:
            self.unjudged.add(f"the state of {name}")
            return "opaque", name, identity, (), ()
        return "object", name, identity, tuple(fields), tuple([self._part(part) for part in fields.values()])


def _fields(reduced: str | tuple[Any, ...]) -> dict[str, Any]:
    """What `__reduce_ex__` says an object is made of, by name."""
    if isinstance(reduced, str):
        return {"name": reduced}
    make, arguments, state, items, entries = (*reduced, None, None, None)[:5]
    fields = {"made by": make, "arguments": arguments}
    if items is not None:
        fields["items"] = list(items)
    if entries is not None:
        fields["entries"] = dict(entries)
    slots: dict[str, Any] = {}
    if isinstance(state, tuple) and len(state) == 2 and isinstance(state[1], dict):
        state, slots = state[0] or {}, state[1]
    if isinstance(state, dict):
        # The order in which attributes were first assigned is nobody's interest.
        named = {f".{key}": part for key, part in {**state, **slots}.items()}
        fields.update(sorted(named.items()))
    elif state is not None:
        fields["state"] = state
    return fields


def _bound(function: Any) -> bool:
    return isinstance(function, BuiltinFunctionType) and not isinstance(function.__self__, (ModuleType, type(None)))


class Ended(NamedTuple):
    """Stands after what an iterator gave when that was not its own end: what it raised, or None for too many items."""

    why: BaseException | None


def drain(iterator: AnyIterator) -> list[Any]:
    """What the iterator gives, to a bound."""
    items: list[Any] = []
    try:
        fill(items, iterator, MOST_ITEMS + 1)
    except BaseException as error:
        items.append(Ended(error))
    if len(items) > MOST_ITEMS:
        items[MOST_ITEMS:] = [Ended(None)]
    return items
