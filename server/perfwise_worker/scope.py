"""Which code a profile is of: it gets a file name of its own, by which a profiler tells it from all other code."""

from __future__ import annotations

import ast
import dis
from collections.abc import Callable
from pathlib import Path
from types import CodeType

_GENERIC = "<generic parameters of "  # Between a generic function or class and what it stands in.


class Scope:
    """The function, or all of the module if there is none, and the file name that tells it.

    `before` is how many lines come before it in the source: the file is to hold the function alone, since profilers
    take their time over every line of a file.
    """

    def __init__(self, function: str, file: str) -> None:
        self.file = file
        self.before = 0
        self._parts = [part for part in function.split(".") if part not in ("", "<locals>")]

    def of(self, module: CodeType, source: str) -> CodeType:
        """The module's code with the file name in the scope. Effect: the file holds the lines of the scope."""
        if not self._parts:
            return _renamed(module, self.file)
        code = _marked(module, self._parts, self.file)
        found = _cut(source, {each.co_firstlineno for each in _all(code) if each.co_filename == self.file})
        if found is None:
            return code
        text, self.before = found
        Path(self.file).write_bytes(text.encode("utf-8", "surrogatepass"))
        return _shifted(code, self.file, self.before)

    def lines(self, module: CodeType) -> set[int]:
        """Those of the source that can run in the scope.

        The first line of a function runs in no call: what is seen there belongs to its caller, unless that is itself.
        """
        inside = [code for code in _all(module) if code.co_filename == self.file]
        return {line + self.before for code in inside for line in _own(code)}


def _cut(source: str, firsts: set[int]) -> tuple[str, int] | None:
    """The definitions that begin in these lines, from the first to the last, as a text that parses, and how many lines
    of the source come before its first."""
    try:
        definitions = [node for node in ast.walk(ast.parse(source)) if _first(node) in firsts]
        first = min(_first(node) for node in definitions)
        last = max(node.end_lineno or 0 for node in definitions)  # type: ignore[attr-defined]
        rows = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")[first - 1 : last]
        head = ["if True:"] if rows[0][:1].isspace() else []
        text = "\n".join([*head, *rows, ""])
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None
    return text, first - 1 - len(head)


def _first(node: ast.AST) -> int:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return 0
    return min([node.lineno, *(each.lineno for each in node.decorator_list)])


def _shifted(code: CodeType, file: str, before: int) -> CodeType:
    consts = _each(code, lambda inner: _shifted(inner, file, before))
    if code.co_filename != file:
        return code.replace(co_consts=consts)
    return code.replace(co_consts=consts, co_firstlineno=code.co_firstlineno - before)


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
