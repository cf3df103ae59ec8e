"""What of a module's state calls can change."""

from __future__ import annotations

from collections.abc import Container, Iterator
from types import FunctionType, ModuleType
from typing import Any


def state(module: ModuleType, names: Container[str] | None, project: Container[str] = ()) -> Iterator[tuple[str, Any]]:
    """What calls can change in a module: its values, what its functions carry, and the values of its classes.

    Only what has one of the names, where they are given; then also the values of modules of the project among it.
    """
    for name, value in list(vars(module).items()):
        if _is_internal(name) or (names is not None and name not in names):
            continue
        if isinstance(value, ModuleType):
            if names is not None and value.__name__ in project and value is not module:
                yield from _values(name, value)
        elif getattr(value, "__module__", None) != module.__name__ or not isinstance(value, (FunctionType, type)):
            yield name, value
        elif isinstance(value, FunctionType):
            yield from _carried(name, value)
        else:
            for key, member in list(vars(value).items()):
                if isinstance(member, (classmethod, staticmethod)):
                    member = member.__func__
                if isinstance(member, FunctionType):
                    yield from _carried(f"{name}.{key}", member)
                elif not _is_internal(key) and not hasattr(type(member), "__get__"):
                    yield f"{name}.{key}", member


def _values(name: str, module: ModuleType) -> Iterator[tuple[str, Any]]:
    for key, value in list(vars(module).items()):
        if not _is_internal(key) and not isinstance(value, (FunctionType, ModuleType, type)):
            yield f"{name}.{key}", value


def _is_internal(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _carried(name: str, function: FunctionType) -> Iterator[tuple[str, Any]]:
    if function.__defaults__ or function.__kwdefaults__:
        yield f"{name}.__defaults__", (function.__defaults__, function.__kwdefaults__)
    if function.__dict__:
        yield f"{name}.__dict__", function.__dict__
