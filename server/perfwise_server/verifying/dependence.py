"""What of a module decides what one of its functions does, so that what was found of it can be known to hold still."""

from __future__ import annotations

import ast
import re

from perfwise_worker.slicing import Slicer

_LINE_END = re.compile(r"\r\n|\r|\n")


def needed(text: str, function: str) -> tuple[str, ...]:
    """The lines of the statements that come into play when the function runs. Raises SyntaxError."""
    lines = _LINE_END.split(text)
    statements = Slicer(ast.parse(text)).needed(function)[1]
    return tuple("\n".join(lines[_first(each) - 1 : each.end_lineno]) for each in statements)


def holds(parts: tuple[str, ...], text: str) -> bool:
    """Whether a text, which need not parse, still has what was `needed`."""
    whole = "\n".join(["", *_LINE_END.split(text), ""])
    return all(f"\n{part}\n" in whole for part in parts)


def _first(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])
