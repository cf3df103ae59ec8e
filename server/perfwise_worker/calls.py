"""A call expression such as `f([3, 1], n=2)` or `Stack([1]).pop()`, split into what is built and what is called."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, NamedTuple


class Call(NamedTuple):
    """One call, ready to be made. The receiver is None for a plain function."""

    function: Callable[..., Any]
    receiver: Any
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]

    def __call__(self) -> Any:
        return self.function(*self.arguments, **self.keywords)


def builder(source: str, namespace: dict[str, Any], *names: str) -> Callable[..., Call]:
    """A function that builds the receiver and the arguments afresh, in the module's namespace, each time it is called.

    It takes the values of the names, which the source may use. A property is called as `Stack([1]).size`. Raises
    ValueError when the source is no single call of something the namespace defines.
    """
    try:
        call = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"{source!r} is not an expression: {error}") from error
    is_property = isinstance(call, ast.Attribute) and isinstance(call.value, (ast.Call, ast.Attribute))
    if not (isinstance(call, ast.Call) or is_property):
        raise ValueError(f"{source!r} is not a call")
    function = call.func if isinstance(call, ast.Call) else call
    if _root(function) not in namespace:
        raise ValueError(f"{source!r} calls nothing that the module defines")

    method = function.attr if isinstance(function, ast.Attribute) else None
    target = function.value if isinstance(function, ast.Attribute) else function
    given, named = (call.args, call.keywords) if isinstance(call, ast.Call) else ([], [])
    keywords = ast.Dict(
        keys=[ast.Constant(keyword.arg) if keyword.arg else None for keyword in named],
        values=[keyword.value for keyword in named],
    )
    parameters = ast.arguments([], [ast.arg(name) for name in names], None, [], [], None, [])
    parts = ast.Lambda(parameters, ast.Tuple([target, ast.Tuple(given, ast.Load()), keywords], ast.Load()))
    code = compile(ast.fix_missing_locations(ast.Expression(ast.copy_location(parts, call))), "<call>", "eval")
    made = eval(code, namespace)

    def build(*values: Any) -> Call:
        target, arguments, keywords = made(*values)
        if is_property:
            return Call(lambda: getattr(target, str(method)), target, arguments, keywords)
        if method is None:
            return Call(target, None, arguments, keywords)
        return Call(getattr(target, method), target, arguments, keywords)

    return build


def _root(function: ast.expr) -> str | None:
    """The name that an expression such as `a.b[0]().c` begins with."""
    while isinstance(function, (ast.Attribute, ast.Call, ast.Subscript)):
        function = function.func if isinstance(function, ast.Call) else function.value
    return function.id if isinstance(function, ast.Name) else None
