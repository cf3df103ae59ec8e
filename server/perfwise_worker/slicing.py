"""What of a module one of its functions needs, read off the source."""

from __future__ import annotations
import __future__

import ast
from collections.abc import Iterable, Iterator
from types import CodeType

_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_IMPORTS = (ast.Import, ast.ImportFrom)


class Slicer:
    """The top-level statements of a module, by the names that they bind and use."""

    def __init__(self, tree: ast.Module) -> None:
        self.statements = [each for statement in tree.body for each in _split(statement)]
        self.bound = [set(_bound(statement)) for statement in self.statements]
        self.used = [set(_used(statement)) for statement in self.statements]
        self.changed = [set(_changed(statement)) for statement in self.statements]

    def needed(self, function: str) -> tuple[set[str], list[ast.stmt]]:
        """The names that come into play when the function runs, and the statements that give them their values."""
        names, waiting = set[str](), {function.split(".")[0]}
        kept: set[int] = set()
        while waiting:
            names |= waiting
            found = {
                index
                for index in range(len(self.statements))
                if index not in kept and (self.bound[index] | self.changed[index]) & waiting
            }
            kept |= found
            waiting = set().union(*(self.used[index] | self.bound[index] for index in found)) - names
        return names, [self.statements[index] for index in sorted(kept)]


def compiled_slice(source: str, function: str, file: str) -> CodeType:
    """The code of what the function needs, at the lines where it stands; annotations are left unevaluated.

    A name whose import fails stays unbound, since only another method of the class may use it.
    """
    tree = ast.parse(source)
    _, statements = Slicer(tree).needed(function)
    part = ast.Module([_forgiving(each) if isinstance(each, _IMPORTS) else each for each in statements], [])
    code: CodeType = compile(part, file, "exec", __future__.annotations.compiler_flag, dont_inherit=True)
    return code


def _forgiving(statement: ast.stmt) -> ast.stmt:
    handler = ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [ast.Pass()])
    attempt = ast.copy_location(ast.Try([statement], [handler], [], []), statement)
    return ast.fix_missing_locations(attempt)


def needed_names(source: str, function: str) -> set[str]:
    return Slicer(ast.parse(source)).needed(function)[0]


def _split(statement: ast.stmt) -> Iterator[ast.stmt]:
    """An import of several names is one statement for each, so that one that fails does not take the others along."""
    if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
        return
    if isinstance(statement, _IMPORTS):
        for alias in statement.names:
            part = (
                ast.Import([alias])
                if isinstance(statement, ast.Import)
                else ast.ImportFrom(statement.module, [alias], statement.level)
            )
            yield ast.copy_location(part, statement)
    else:
        yield statement


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement gives a value in the module; what is inside functions and classes is not."""
    if isinstance(statement, (*_Function, ast.ClassDef)):
        yield statement.name
        return
    for node in _outside_functions(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).split(".")[0]
        elif isinstance(node, (*_Function, ast.ClassDef, ast.ExceptHandler)) and node.name:
            yield node.name


def _changed(statement: ast.stmt) -> Iterator[str]:
    """The names whose value a statement adds to: `TABLE[key] = 1`, `TABLE.update(...)`, `f.attribute = 1`."""
    if isinstance(statement, (*_Function, ast.ClassDef)):
        return
    for node in _outside_functions(statement):
        target: ast.AST | None = None
        if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            target = node.value
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            target = node.value.func
        while isinstance(target, (ast.Attribute, ast.Subscript)):
            target = target.value
        if isinstance(target, ast.Name):
            yield target.id


def _outside_functions(statement: ast.AST) -> Iterator[ast.AST]:
    yield statement
    if not isinstance(statement, (*_Function, ast.ClassDef, ast.Lambda)):
        for child in ast.iter_child_nodes(statement):
            yield from _outside_functions(child)


def _used(node: ast.AST) -> Iterator[str]:
    """The names that are looked up or declared global, wherever; those of annotations of functions are not needed."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Global):
            yield from node.names
        waiting += _children(node)


def _children(node: ast.AST) -> Iterable[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in ("returns", "annotation") and isinstance(node, (*_Function, ast.arg)):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child
