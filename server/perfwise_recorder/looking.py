"""How large the values are that a function works with. No code of the user's runs for it."""

from __future__ import annotations

from array import array
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator
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


def sizes_in(code: CodeType, values: dict[str, Any], names: frozenset[str] | None) -> Iterator[tuple[str, Any, int]]:
    """Name, value and size of what has one: variables, and attributes of them that the function speaks of.

    `names` are the variables to leave out.
    """
    for name, value in list(values.items()):
        if type(value) in (str, bytes) and is_secret_name(name):
            continue
        if names is None or name not in names:
            size = size_of(value)
            if size is not None:
                yield name, value, size
                continue
        if type(value) in _BARE or type(value) in _PLAIN:
            continue
        try:
            state = object.__getattribute__(value, "__dict__")
        except Exception:
            continue
        if type(state) is dict:
            for attribute in code.co_names:
                if attribute in state and (size := _container_size(state[attribute])) is not None:
                    yield f"{name}.{attribute}", state[attribute], size


def sizes_among(code: CodeType, namespace: dict[str, Any]) -> Iterator[tuple[str, Any, int]]:
    """The same of the module's containers that the function speaks of."""
    for name in code.co_names:
        if name in namespace and (size := _container_size(namespace[name])) is not None:
            yield name, namespace[name], size


def _container_size(value: Any) -> int | None:
    return None if type(value) in (int, str, bytes) else size_of(value)
