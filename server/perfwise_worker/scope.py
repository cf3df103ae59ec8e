"""Which code a profile is of: it gets a file name of its own, by which a profiler tells it from all other code."""

from __future__ import annotations

import dis
from collections.abc import Callable
from types import CodeType

_GENERIC = "<generic parameters of "  # Between a generic function or class and what it stands in.


def scoped(module: CodeType, function: str, file: str) -> CodeType:
    """The module's code with the file name in every definition of the function, or in all of it if there is none."""
    parts = [part for part in function.split(".") if part != "<locals>"] if function else []
    return _renamed(module, file) if not parts else _marked(module, parts, file)


def lines(module: CodeType, file: str) -> set[int]:
    """Those that can run in the code with the file name.

    The first line of a function runs in no call: what is seen there belongs to who called it, unless that is itself.
    """
    return {line for code in _all(module) if code.co_filename == file for line in _own(code)}


def _marked(code: CodeType, parts: list[str], file: str) -> CodeType:
    def changed(inner: CodeType) -> CodeType:
        if inner.co_name.startswith(_GENERIC):
            return _marked(inner, parts, file)
        if inner.co_name != parts[0]:
            return inner
        return _renamed(inner, file) if len(parts) == 1 else _marked(inner, parts[1:], file)

    return code.replace(co_consts=_each(code, changed))


def _renamed(code: CodeType, file: str) -> CodeType:
    return code.replace(co_filename=file, co_consts=_each(code, lambda inner: _renamed(inner, file)))


def _each(code: CodeType, change: Callable[[CodeType], CodeType]) -> tuple[object, ...]:
    return tuple(change(each) if isinstance(each, CodeType) else each for each in code.co_consts)


def _all(code: CodeType) -> list[CodeType]:
    return [code, *(found for each in code.co_consts if isinstance(each, CodeType) for found in _all(each))]


def _own(code: CodeType) -> set[int]:
    found = {line for _, line in dis.findlinestarts(code) if line}
    first = {code.co_firstlineno}
    return found | first if code.co_name in code.co_names else found - first or found
