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


def builder(source: str, namespace: dict[str, Any]) -> Callable[[], Call]:
    """A function that builds the receiver and the arguments afresh, in the module's namespace, each time it is called.

    Raises ValueError when the source is no single call of something the namespace defines.
    """
    try:
        call = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"{source!r} is not an expression: {error}") from error
    if not isinstance(call, ast.Call):
        raise ValueError(f"{source!r} is not a call")
    root = _root(call.func)
    if root not in namespace:
        raise ValueError(f"{source!r} calls nothing that the module defines")

    method = call.func.attr if isinstance(call.func, ast.Attribute) else None
    target = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    keywords = ast.Dict(
        keys=[ast.Constant(keyword.arg) if keyword.arg else None for keyword in call.keywords],
        values=[keyword.value for keyword in call.keywords],
    )
    parts = ast.Tuple([target, ast.Tuple(call.args, ast.Load()), keywords], ast.Load())
    code = compile(ast.fix_missing_locations(ast.Expression(ast.copy_location(parts, call))), "<call>", "eval")

    def build() -> Call:
        target, arguments, keywords = eval(code, namespace)
        if method is None:
            return Call(target, None, arguments, keywords)
        return Call(getattr(target, method), target, arguments, keywords)

    return build


def _root(function: ast.expr) -> str | None:
    """The name that an expression such as `a.b[0]().c` begins with."""
    while isinstance(function, (ast.Attribute, ast.Call, ast.Subscript)):
        function = function.func if isinstance(function, ast.Call) else function.value
    return function.id if isinstance(function, ast.Name) else None
