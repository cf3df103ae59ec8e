"""A call expression such as `f([3, 1], n=2)` or `Stack([1]).pop()`, split into what is built and what is called."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from types import CodeType
from typing import Any, NamedTuple


class Call(NamedTuple):
    """One call, ready to be made. The receiver is None for a plain function."""

    function: Callable[..., Any]
    receiver: Any
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]

    def __call__(self) -> Any:
        return self.function(*self.arguments, **self.keywords)


class _Parts(NamedTuple):
    """`code` makes a function of the names that gives the receiver, the arguments and the keywords."""

    code: CodeType
    root: str | None
    method: str | None
    is_property: bool


def builder(source: str, namespace: dict[str, Any], *names: str) -> Callable[..., Call]:
    """A function that builds the receiver and the arguments afresh, in the module's namespace, each time it is called.

    It takes the values of the names, which the source may use. A property is called as `Stack([1]).size`. Raises
    ValueError when the source is no single call of something the namespace defines.
    """
    code, root, method, is_property = _parts(source, names)
    if root not in namespace:
        raise ValueError(f"{source!r} calls nothing that the module defines")
    made = eval(code, namespace)

    def build(*values: Any) -> Call:
        target, arguments, keywords = made(*values)
        if is_property:
            return Call(lambda: getattr(target, str(method)), target, arguments, keywords)
        if method is None:
            return Call(target, None, arguments, keywords)
        return Call(getattr(target, method), target, arguments, keywords)

    return build


def compile_all(sources: Iterable[str]) -> None:
    """Effect: copies of this process, in which the calls are made, need not compile them, which takes long for large
    inputs."""
    for source in sources:
        with suppress(ValueError):
            _parts(source, ())


@lru_cache(maxsize=1000)
def _parts(source: str, names: tuple[str, ...]) -> _Parts:
    try:
        call = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"{source!r} is not an expression: {error}") from error
    is_property = isinstance(call, ast.Attribute) and isinstance(call.value, (ast.Call, ast.Attribute))
    if not (isinstance(call, ast.Call) or is_property):
        raise ValueError(f"{source!r} is not a call")
    function = call.func if isinstance(call, ast.Call) else call
    method = function.attr if isinstance(function, ast.Attribute) else None
    target = function.value if isinstance(function, ast.Attribute) else function
    given, named = (call.args, call.keywords) if isinstance(call, ast.Call) else ([], [])
    keywords = ast.Dict(
        keys=[ast.Constant(keyword.arg) if keyword.arg else None for keyword in named],
        values=[keyword.value for keyword in named],
    )
    parameters = ast.arguments([], [ast.arg(name) for name in names], None, [], [], None, [])
    parts = ast.Lambda(parameters, ast.Tuple([target, ast.Tuple(given, ast.Load()), keywords], ast.Load()))
    try:
        code = compile(ast.fix_missing_locations(ast.Expression(ast.copy_location(parts, call))), "<call>", "eval")
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError(f"{source!r} is not an expression: {error}") from error
    return _Parts(code, _root(function), method, is_property)


def _root(function: ast.expr) -> str | None:
    """The name that an expression such as `a.b[0]().c` begins with."""
    while isinstance(function, (ast.Attribute, ast.Call, ast.Subscript)):
        function = function.func if isinstance(function, ast.Call) else function.value
    return function.id if isinstance(function, ast.Name) else None
