"""Python before 3.12: the project's modules say themselves when their functions start and end.

They are compiled so as they are imported, and no bytecode of it is kept. The source, its line numbers, the functions'
signatures and variables stay as they are. A module that cannot be compiled so is left as it is.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from time import perf_counter
from types import ModuleType
from typing import Any

from perfwise_recorder.recording import Recording

_ON, _ENTER, _LEAVE = "__perfwise_on__", "__perfwise_enter__", "__perfwise_leave__"  # Found as builtins are.
# Decorators that compile a function themselves: they would not know our names.
_COMPILERS = frozenset(("jit", "njit", "vectorize", "guvectorize", "cfunc", "stencil", "script", "kernel"))
_Definition = (ast.FunctionDef, ast.AsyncFunctionDef)


def watch(recording: Recording) -> None:
    """Effect: the project's modules that are imported from now on note their calls."""
    on: list[bool] = []

    def enter(number: int) -> None:
        frame = sys._getframe(1)
        function = recording.functions.get(id(frame.f_code)) or recording.adopt(frame.f_code)
        if function is None:
            on[number] = False
        elif recording.is_too_short(function):
            function.at_least = True
            on[number] = False
        else:
            recording.push(recording.enter(function, frame, perf_counter()))

    def leave() -> None:
        frame = sys._getframe(1)
        function = recording.functions.get(id(frame.f_code))
        if function is not None:
            recording.leave(function, frame, perf_counter())

    for name, value in ((_ON, on), (_ENTER, enter), (_LEAVE, leave)):
        setattr(builtins, name, value)
    sys.meta_path.insert(0, _Finder(recording, on))


class _Finder(MetaPathFinder):
    def __init__(self, recording: Recording, on: list[bool]) -> None:
        self._recording, self._on = recording, on

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or type(spec.loader) is not SourceFileLoader or spec.origin is None:
            return None
        if not self._recording.is_project(spec.origin):
            return None
        spec.loader = _Loader(fullname, spec.origin, self._recording, self._on)
        return spec


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, recording: Recording, on: list[bool]) -> None:
        super().__init__(fullname, path)
        self._recording, self._on = recording, on

    def path_stats(self, path: Any) -> Any:  # noqa: ARG002
        """There are none, so that bytecode is neither read nor written."""
        raise OSError

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> Any:  # type: ignore[override]
        try:
            tree = _Rewriting(self._on).visit(ast.parse(data, path))
            code = compile(tree, path, "exec", dont_inherit=True, optimize=_optimize)
        except Exception:
            return super().source_to_code(data, path)
        self._recording.rewritten.add(code.co_filename)
        return code


class _Rewriting(ast.NodeTransformer):
    def __init__(self, on: list[bool]) -> None:
        self._on = on

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> Any:
        return self._function(node)

    def _function(self, node: Any) -> Any:
        self.generic_visit(node)
        named = (each for decorator in node.decorator_list for each in ast.walk(decorator))
        if any(getattr(each, "id", getattr(each, "attr", None)) in _COMPILERS for each in named):
            return node
        number = len(self._on)
        self._on.append(True)
        opening = 1 if ast.get_docstring(node, clean=False) is not None else 0
        body = node.body[opening:] or [ast.Pass()]
        entering = _told(f"if {_ON}[{number}]: {_ENTER}({number})", node)
        if _is_generator(node):
            node.body[opening:] = [*entering, *body]  # It may never end.
        else:
            leaving = _told(f"if {_ON}[{number}]: {_LEAVE}()", node)
            guarded = ast.Try(body=body, handlers=[], orelse=[], finalbody=leaving)
            node.body[opening:] = [*entering, ast.copy_location(guarded, body[0] if node.body[opening:] else node)]
        return ast.fix_missing_locations(node)


def _told(source: str, node: ast.AST) -> list[ast.stmt]:
    """The statements as if they were written where the function begins."""
    body = ast.parse(source).body
    for statement in body:
        for each in ast.walk(statement):
            ast.copy_location(each, node)
            if hasattr(each, "end_lineno"):
                each.end_lineno, each.end_col_offset = each.lineno, each.col_offset  # type: ignore[attr-defined]
    return body


def _is_generator(node: ast.AST) -> bool:
    waiting = list(ast.iter_child_nodes(node))
    while waiting:
        each = waiting.pop()
        if isinstance(each, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(each, (*_Definition, ast.Lambda, ast.ClassDef)):
            waiting += ast.iter_child_nodes(each)
    return False
