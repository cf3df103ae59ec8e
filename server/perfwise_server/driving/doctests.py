"""Calls that docstrings show: doctests, and examples in prose."""

from __future__ import annotations

import ast
import doctest
import re

from perfwise_server.driving.callables import Function
from perfwise_server.driving.recipes import calls_in

_LONGEST_CALL = 2_000


def documented_calls(function: Function) -> list[str]:
    """Those that need nothing but builtins, each once."""
    found: dict[str, None] = {}
    for text in _docstrings(function):
        for example in _examples(text):
            found.update(dict.fromkeys(calls_in(example, function)))
        for call in _in_prose(text, function):
            found.update(dict.fromkeys(calls_in(call, function)))
    return list(found)


def _docstrings(function: Function) -> list[str]:
    nodes = [function.node, *([function.owner.node] if function.owner else []), function.module.tree]
    return [text for node in nodes if (text := ast.get_docstring(node)) is not None]


def _examples(text: str) -> list[str]:
    try:
        return [example.source for example in doctest.DocTestParser().get_examples(text)]
    except ValueError:  # An example whose lines are not indented alike.
        return []


def _in_prose(text: str, function: Function) -> list[str]:
    """The call up to its closing bracket, wherever it stands."""
    first, _, last = function.name.rpartition(".")
    begin = rf"{re.escape(first)}\(" if function.binding == "method" else rf"{re.escape(function.name)}\("
    found = []
    for match in re.finditer(rf"(?<![\w.]){begin}", text):
        for end in range(match.end(), min(len(text), match.end() + _LONGEST_CALL)):
            call = text[match.start() : end + 1]
            if text[end] != ")" or f"{last}(" not in call:
                continue
            try:
                ast.parse(call, mode="eval")
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            found.append(call)
            break
    return found
