"""What a file's `make_inputs` gives, as source text from which each argument tuple can be made again."""

from __future__ import annotations

import base64
import os
import pickle
import sys
from typing import Any

from perfwise_worker.processes import apart
from perfwise_worker.protocol import Inputs, Made

_LONGEST_LITERAL = 4_000
_ATOMS = (bool, int, str, bytes, type(None))


def made(request: Inputs) -> Made:
    return apart(lambda: Made(written(request)), request.seconds)


def written(request: Inputs) -> tuple[str, ...]:
    """Expressions of the argument tuples. Raises what the file raises. Effect: its folder is on `sys.path`."""
    sys.path.insert(0, os.path.dirname(request.path))
    space: dict[str, Any] = {"__name__": "inputs", "__file__": request.path}
    exec(compile(request.source, request.path, "exec", dont_inherit=True), space)
    make = space.get("make_inputs")
    if make is None:
        raise LookupError("it defines no make_inputs")
    rows = [make(request.size)] if request.size else list(make())
    for place, row in enumerate(rows):
        if not isinstance(row, tuple):
            raise TypeError(
                f"make_inputs gives a {type(row).__name__} where an argument tuple belongs (number {place})"
            )
    return tuple([text_of(row) for row in rows])


def text_of(row: object) -> str:
    """An expression of the arguments. What is no plain literal, or long, is pickled: identities survive that."""
    if _is_literal(row, set()):
        text = repr(row)
        if len(text) <= _LONGEST_LITERAL:
            return text
    packed = base64.b85encode(pickle.dumps(row, 4)).decode("ascii")
    return f"__import__('pickle').loads(__import__('base64').b85decode({packed!r}))"


def _is_literal(value: Any, seen: set[int]) -> bool:
    kind = type(value)
    if kind in _ATOMS:
        return True
    if kind is float:
        return bool(abs(value) < float("inf"))
    if kind not in (tuple, list, dict) or id(value) in seen:
        return False
    if kind is not tuple:
        seen.add(id(value))
    parts = [part for item in value.items() for part in item] if kind is dict else value
    return all(_is_literal(part, seen) for part in parts)
