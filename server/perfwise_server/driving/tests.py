"""Calls that the project's tests make, read from their source, with the constants that their names stand for."""

from __future__ import annotations

import ast
import copy
import itertools
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from perfwise_server.driving.callables import Function
from perfwise_server.driving.recipes import calls_in

_MOST_FILES = 400
_LARGEST = 500_000
_NEVER = frozenset(("node_modules", "site-packages", "__pycache__", "build", "dist", "venv"))
_MOST_ROWS = 50


def harvested_calls(function: Function, project: Path, most: int = 100) -> list[str]:
    """Effect: reads the test files below the project's folder that name the function."""
    name = function.name.rpartition(".")[2]
    found: dict[str, None] = {}
    for path in itertools.islice(files(project), _MOST_FILES):
        tree = parsed(path, (f"{name}(",))
        for call in _calls(tree, function) if tree else ():
            found.setdefault(call)
            if len(found) >= most:
                return list(found)
    return list(found)


def parsed(path: Path, words: Iterable[str]) -> ast.Module | None:
    """A file that has one of the words in it; None for one that has not, or cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        text = path.read_text("utf-8")
        return ast.parse(text) if any(word in text for word in words) else None
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def files(project: Path) -> Iterator[Path]:
    """Those below a folder, or the one that is given itself."""
    if project.is_file():
        yield project
    for folder, folders, files in os.walk(project):
        folders[:] = sorted(name for name in folders if name not in _NEVER and not name.startswith("."))
        for name in sorted(files):
            if name.endswith(".py") and (name.startswith("test") or name.endswith("_test.py")):
                yield Path(folder, name)


def _calls(tree: ast.Module, function: Function) -> Iterator[str]:
    shared = _constants(tree.body)
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        bound = {**shared, **_constants(node.body)}
        for row in _rows(node):
            values = {**bound, **row}
            for statement in node.body:
                filled = _Fill(values).visit(copy.deepcopy(statement))
                yield from calls_in(ast.unparse(ast.fix_missing_locations(filled)), function)


def _constants(body: list[ast.stmt]) -> dict[str, ast.expr]:
    """Names bound once, to what holds nothing but constants."""
    found: dict[str, ast.expr] = {}
    twice: set[str] = set()
    for statement in body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name):
                if target.id in found:
                    twice.add(target.id)
                found[target.id] = statement.value
    return {name: value for name, value in found.items() if name not in twice and _is_constant(value)}


def _is_constant(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _rows(test: ast.FunctionDef | ast.AsyncFunctionDef) -> list[dict[str, ast.expr]]:
    """The arguments of `pytest.mark.parametrize`, one row a run; one empty row where there is none."""
    tables: list[list[dict[str, ast.expr]]] = []
    for decorator in test.decorator_list:
        if not isinstance(decorator, ast.Call) or not ast.unparse(decorator.func).endswith("parametrize"):
            continue
        if len(decorator.args) < 2 or not isinstance(decorator.args[1], (ast.List, ast.Tuple)):
            continue
        names = _names(decorator.args[0])
        rows = []
        for row in decorator.args[1].elts[:_MOST_ROWS]:
            values = [row] if len(names) == 1 else list(getattr(row, "elts", getattr(row, "args", [])))
            if isinstance(row, ast.Call) and len(names) == 1:
                values = row.args
            if len(values) == len(names) and all(map(_is_constant, values)):
                rows.append(dict(zip(names, values, strict=True)))
        tables.append(rows)
    return [
        {name: value for row in rows for name, value in row.items()}
        for rows in itertools.islice(itertools.product(*tables), _MOST_ROWS)
    ]


def _names(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [name.strip() for name in node.value.split(",") if name.strip()]
    if isinstance(node, (ast.List, ast.Tuple)):
        return [each.value for each in node.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return []


class _Fill(ast.NodeTransformer):
    def __init__(self, values: dict[str, ast.expr]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self.values.get(node.id) if isinstance(node.ctx, ast.Load) else None
        return node if value is None else copy.deepcopy(value)
