"""What a function takes, and what the types it names are made of."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable
from typing import Any, Literal

from perfwise_worker.loading import Version
from perfwise_worker.protocol import Described, Failed
from perfwise_worker.shapes import Shapes

LIBRARIES = ("numpy", "pandas")


def described(version: Version, name: str) -> Described | Failed:
    version.activate()
    owner: Any = None
    found: Any = version.module
    for part in name.split("."):
        owner, found = found, inspect.getattr_static(found, part, None)
        if found is None:
            return Failed("request", f"there is no {name} that can be called from outside")
    kind: Literal["function", "method", "class method", "static method", "property", "class"] = "function"
    if isinstance(found, type):
        kind, owner, found = "class", found, found.__init__  # type: ignore[misc]
    elif isinstance(found, property):
        kind, found = "property", found.fget
    elif isinstance(found, (classmethod, staticmethod)):
        kind, found = ("class method" if isinstance(found, classmethod) else "static method"), found.__func__
    elif isinstance(owner, type):
        kind = "method"
    shapes = Shapes(version.module, version.source)
    receiver = kind in ("method", "class method", "property", "class")
    parameters = shapes.parameters(found, receiver)
    returns = shapes.returns(found)
    return Described(
        kind,
        _lazy(found),
        parameters,
        shapes.name(owner) if isinstance(owner, type) else "",
        returns,
        tuple(shapes.found.values()),
        tuple(library for library in LIBRARIES if importlib.util.find_spec(library)),
        version.lines(name),
    )


def _lazy(function: Callable[..., Any]) -> Literal["", "coroutine", "generator", "async generator"]:
    function = inspect.unwrap(function)
    if inspect.isasyncgenfunction(function):
        return "async generator"
    if inspect.iscoroutinefunction(function):
        return "coroutine"
    return "generator" if inspect.isgeneratorfunction(function) else ""
