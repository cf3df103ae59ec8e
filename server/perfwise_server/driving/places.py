"""Where functions stand in a text."""

from __future__ import annotations

from perfwise_server.driving.callables import Function, Module, find, names


def at(module: Module, line: int) -> Function | None:
    """The function that a line, from 0, is of; the outer one of nested ones."""
    for name in names(module):
        function = find(module, name)
        if function is not None and _first(function) <= line + 1 <= (function.node.end_lineno or 0):
            return function
    return None


def source_of(function: Function) -> str:
    """Its lines, decorators included."""
    return "\n".join(function.module.source.splitlines()[_first(function) - 1 : function.node.end_lineno])


def _first(function: Function) -> int:
    return min([function.node.lineno, *(each.lineno for each in function.node.decorator_list)])
