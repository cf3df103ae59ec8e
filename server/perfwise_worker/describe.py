"""What a function takes, and what the types it names are made of."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable
from typing import Any, Literal

from perfwise_worker.loading import Version
from perfwise_worker.protocol import Described, Parameter

LIBRARIES = ("numpy", "pandas")


def described(version: Version, name: str) -> Described:
    """Raises LookupError when the module has no such function."""
    owner: Any = None
    found: Any = version.module
    for part in name.split("."):
        owner, found = found, inspect.getattr_static(found, part, None)
        if found is None:
            raise LookupError(f"there is no {name} that can be called from outside")
    kind: Literal["function", "method", "class method", "static method", "property", "class"] = "function"
    if isinstance(found, type):
        kind, owner, found = "class", found, found.__init__  # type: ignore[misc]
    elif isinstance(found, property):
        kind, found = "property", found.fget
    elif isinstance(found, (classmethod, staticmethod)):
        kind, found = ("class method" if isinstance(found, classmethod) else "static method"), found.__func__
    elif isinstance(owner, type):
        kind = "method"
    parameters = _parameters(found)
    if kind in ("method", "class method", "property", "class"):
        parameters = parameters[1:]
    return Described(
        kind,
        _lazy(found),
        parameters,
        "",
        "",
        (),
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


_KINDS: dict[Any, Literal["positional only", "positional", "*", "keyword only", "**"]] = {
    inspect.Parameter.POSITIONAL_ONLY: "positional only",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.KEYWORD_ONLY: "keyword only",
    inspect.Parameter.VAR_KEYWORD: "**",
}


def _parameters(function: Callable[..., Any]) -> tuple[Parameter, ...]:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return ()
    empty = inspect.Parameter.empty
    return tuple(
        Parameter(
            each.name,
            _KINDS[each.kind],
            "" if each.default is empty else repr(each.default),
            "" if each.annotation is empty else inspect.formatannotation(each.annotation),
        )
        for each in parameters
    )
