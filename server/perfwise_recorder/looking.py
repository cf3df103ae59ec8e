"""How large the values are that a function works with. No code of the user's runs for it."""

from __future__ import annotations

from array import array
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator, Sequence
from types import CodeType, ModuleType
from typing import Any

from perfwise_recorder.secrets import is_secret_name

_CONTAINERS = (list, dict, set, tuple, str, bytes, bytearray, frozenset, deque, range, array, OrderedDict, defaultdict)
_PLAIN = frozenset(_CONTAINERS)
_BARE = frozenset((int, bool, float, complex, type(None), type, ModuleType))
_LARGEST = 10**12


def type_name(kind: type) -> str:
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def size_of(value: Any) -> int | None:
    """How many items it has; of a number, the number. None where that means nothing or would run the user's code."""
    kind = type(value)
    if kind is int:
        return value if 0 <= value <= _LARGEST else None
    if kind in _PLAIN:
        return len(value)
    for base in _CONTAINERS:
        if issubclass(kind, base):
            return base.__len__(value) if kind.__len__ is base.__len__ else None
    if kind.__module__ == "numpy" and kind.__name__ == "ndarray":
        return int(value.shape[0]) if value.shape else None
    if kind.__module__.startswith("pandas.core.") and kind.__name__ in ("DataFrame", "Series"):
        return len(value)
    return None


def sizes_of_arguments(code: CodeType, values: dict[str, Any]) -> Iterator[tuple[str, Any, int]]:
    """Name, value and size of the arguments that have one."""
    yield from _sizes(code.co_varnames[: argument_count(code)], values)


def sizes_at_end(
    code: CodeType, names: frozenset[str], values: dict[str, Any], namespace: dict[str, Any]
) -> Iterator[tuple[str, Any, int]]:
    """The same of other variables, of attributes, and of the module's containers, as far as the function has `names`
    for them."""
    arguments = frozenset(code.co_varnames[: argument_count(code)])
    yield from _sizes([name for name in values if name not in arguments], values)
    for name, value in values.items():
        kind = type(value)
        if kind in _BARE or kind in _PLAIN:
            continue
        try:
            state = object.__getattribute__(value, "__dict__")
        except Exception:
            continue
        if type(state) is dict:
            for attribute in names & state.keys():
                if (size := _container_size(state[attribute])) is not None:
                    yield f"{name}.{attribute}", state[attribute], size
    for name in names & namespace.keys():
        if (size := _container_size(namespace[name])) is not None:
            yield name, namespace[name], size


def _sizes(names: Sequence[str], values: dict[str, Any]) -> Iterator[tuple[str, Any, int]]:
    for name in names:
        if name in values:
            value = values[name]
            size = size_of(value)
            if size is not None and not (type(value) in (str, bytes) and is_secret_name(name)):
                yield name, value, size


def argument_count(code: CodeType) -> int:
    variadic = bool(code.co_flags & 0x04) + bool(code.co_flags & 0x08)
    return code.co_argcount + code.co_kwonlyargcount + variadic


def _container_size(value: Any) -> int | None:
    return None if type(value) in (int, str, bytes) else size_of(value)
