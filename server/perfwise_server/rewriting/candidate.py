"""A reply put into the module that it is for: the function replaced, what it needs added, all else left alone."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from itertools import count, takewhile

from perfwise_analyzers.document import Document
from perfwise_analyzers.finding import Edit, Import, Position, Span
from perfwise_analyzers.fixing.edits import apply
from perfwise_analyzers.fixing.imports import import_edits
from perfwise_server.rewriting.pieces import (
    DEFINITIONS,
    LINE_END,
    Definition,
    Source,
    UnfitError,
    first_line,
    path_to,
    reindented,
    renamed,
    statements,
    worked,
)

_CACHES = ("cache", "functools.cache", "lru_cache", "functools.lru_cache")
_IMPORTS = (ast.Import, ast.ImportFrom)
_HELPERS = (*DEFINITIONS, ast.ClassDef, ast.Assign, ast.AnnAssign)


def merged(text: str, function: str, code: str) -> str:
    """The module's text with the function as the reply's code has it. Raises UnfitError.

    The function keeps its header, docstring and place. A helper whose name is taken gets another one.
    """
    module = Source(text)
    path = path_to(module.tree, function)
    if not path:
        raise UnfitError(f"is for {function}, which is not in the module")
    reply = _Reply(Source(code), module, path)
    edits = [_replacement(module, path[-1], reply)]  # type: ignore[arg-type]
    if helpers := reply.helpers():
        line = _above(module, first_line(next(each for each in module.tree.body if _holds(each, path[0]))))
        edits.insert(0, _insertion(line - 1, "".join(f"{helper}\n\n\n" for helper in helpers)))
    edits = [*import_edits(Document(text), reply.imports()), *edits]
    ending = match[0] if (match := LINE_END.search(text)) else "\n"
    result = apply(text, [edit._replace(text=edit.text.replace("\n", ending)) for edit in edits])
    Source(result)
    return result


class _Reply:
    """What of a reply goes into the module."""

    def __init__(self, source: Source, module: Source, path: Sequence[Definition | ast.ClassDef]) -> None:
        self.module, self.path = module, path
        self.source = self._fitting(source)
        self.function = self._function()
        self.methods = self._methods()
        self.taken_over = self._taken_over()

    def _fitting(self, source: Source) -> Source:
        """With names that clash called otherwise."""
        target = self.path[-1].name
        others = [each for each in source.tree.body if isinstance(each, DEFINITIONS)]
        if not _find(source, self.path) and len(others) == 1 and len(self.path) == 1:
            source = renamed(source, {others[0].name: target})
        known, bound = _bound(self.module.tree), _bound(source.tree)
        used = {node.id for node in ast.walk(self.module.tree) if isinstance(node, ast.Name)}
        taken = used | known.keys() | set(dir(builtins))
        names: dict[str, str] = {}
        for name, statement in bound.items():
            if name in (self.path[0].name, target) or isinstance(statement, _IMPORTS):
                continue
            if name in known and _alike(known[name], statement):
                continue
            if name in taken:
                names[name] = next(each for number in count(2) if (each := f"{name}_{number}") not in taken | {*bound})
        return renamed(source, names)

    def _function(self) -> Definition:
        old = self.path[-1]
        found = _find(self.source, self.path)
        if found is None:
            raise UnfitError(f"has no function {old.name}")
        if type(found) is not type(old) or _signature(found) != _signature(old):
            raise UnfitError(f"changes the signature of {old.name}")
        return found

    def _methods(self) -> list[Definition]:
        """Methods that its class has and the module's has not, and that are used."""
        owner = self.path[-2] if len(self.path) > 1 else None
        if not isinstance(owner, ast.ClassDef):
            return []
        known = {each.name for each in statements(owner.body) if isinstance(each, (*DEFINITIONS, ast.ClassDef))}
        classes = [each for each in ast.walk(self.source.tree) if isinstance(each, ast.ClassDef)]
        own = [each.body for each in classes if each.name == owner.name]
        new = {each.name: each for body in own for each in body if isinstance(each, DEFINITIONS)}
        found = [self.function]
        for node in found:
            names = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
            found += [new.pop(name) for name in sorted(names & new.keys() - known)]
        return found[1:]

    def _taken_over(self) -> dict[str, ast.stmt]:
        """The statements of the reply that what it does needs and the module has not, by a name that each binds."""
        known, bound = _bound(self.module.tree), _bound(self.source.tree)
        found: dict[str, ast.stmt] = {}
        waiting = [name for node in (self.function, *self.methods) for name in _used(node)]
        while waiting:
            name = waiting.pop()
            statement = bound.get(name)
            if name in found or statement is None or name == self.path[0].name:
                continue
            if name in known and (_alike(known[name], statement) or _imports_alike(known[name], statement, name)):
                continue
            if name in known:
                raise UnfitError(f"needs {name}, which is something else in this module")
            if statement not in self.source.tree.body or not isinstance(statement, (*_IMPORTS, *_HELPERS)):
                raise UnfitError(f"needs {name}, which it does not simply define")
            found[name] = statement
            waiting += _used(statement)
        return found

    def helpers(self) -> list[str]:
        chosen = {id(each): each for each in self.taken_over.values() if not isinstance(each, _IMPORTS)}
        return [self.source.whole(each) for each in sorted(chosen.values(), key=first_line)]

    def imports(self) -> list[Import]:
        return [_import(each, name) for name, each in self.taken_over.items() if isinstance(each, _IMPORTS)]


def _find(source: Source, path: Sequence[Definition | ast.ClassDef]) -> Definition | None:
    """The function by its whole name, else by as much of its end as the reply tells."""
    names = [each.name for each in path]
    for start in range(len(names)):
        found = path_to(source.tree, ".".join(names[start:]))
        if found:
            return found[-1]  # type: ignore[return-value]
    return None


def _signature(node: Definition) -> object:
    """What callers depend on; annotations are nobody's business."""
    given = node.args
    kinds = [[each.arg for each in group] for group in (given.posonlyargs, given.args, given.kwonlyargs)]
    stars = [each.arg if each else None for each in (given.vararg, given.kwarg)]
    return kinds, stars, [each and ast.dump(each) for each in (*given.defaults, *given.kw_defaults)]


def _bound(tree: ast.Module) -> dict[str, ast.stmt]:
    """The names of a module, each with the last statement that binds it."""
    found: dict[str, ast.stmt] = {}
    for statement in statements(tree.body):
        if isinstance(statement, (*DEFINITIONS, ast.ClassDef)):
            found[statement.name] = statement
        elif isinstance(statement, _IMPORTS):
            found.update((_name_of(alias), statement) for alias in statement.names)
        else:
            for node in _own(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    found[node.id] = statement
    return found


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement without those of the statements in it."""
    yield statement
    for child in ast.iter_child_nodes(statement):
        if not isinstance(child, (ast.stmt, ast.excepthandler)):
            yield from ast.walk(child)


def _used(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _alike(one: ast.stmt, other: ast.stmt) -> bool:
    return fingerprint_of(one) == fingerprint_of(other)


def fingerprint_of(node: ast.AST) -> str:
    """Of a tree, whatever its comments, docstrings and annotations are."""
    return ast.dump(Bare().visit(ast.parse(ast.unparse(node))))


class Bare(ast.NodeTransformer):
    """Takes docstrings and annotations of functions away."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._bare(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._bare(node)

    def _bare(self, node: Definition) -> ast.AST:
        node.body, node.returns = worked(node), None
        return self.generic_visit(node)


def _imports_alike(one: ast.stmt, other: ast.stmt, name: str) -> bool:
    return (
        isinstance(one, _IMPORTS)
        and isinstance(other, _IMPORTS)
        and _import(one, name).statement == _import(other, name).statement
    )


def _name_of(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _import(statement: ast.Import | ast.ImportFrom, name: str) -> Import:
    alias = next(each for each in statement.names if _name_of(each) == name)
    if isinstance(statement, ast.Import):
        return Import(ast.unparse(alias))
    return Import("." * statement.level + (statement.module or ""), ast.unparse(alias))


def _replacement(module: Source, old: Definition, reply: _Reply) -> Edit:
    """Puts what the function does in the place of what it did."""
    start, column = module.header_end(old)
    done = worked(old)
    if done != old.body:
        start = old.body[0].end_lineno or start
        column = module.column(start, old.body[0].end_col_offset or 0)
    outer = module.indentation(old.lineno)
    if old.body[-1].lineno > start:
        prefix = module.indentation(old.body[-1].lineno)
        column = len(module.lines[start - 1])  # A comment there is about the header.
    else:
        prefix = module.indentation(old.body[0].lineno) if old.body[0].lineno > old.lineno else _deeper(outer)
    lines = reindented(*reply.source.body(reply.function), prefix)
    for method in reply.methods:
        whole = reply.source.whole(method).split("\n")
        lines += ["", *reindented(whole, len(whole[0]) - len(whole[0].lstrip()), outer)]
    while not lines[-1].strip():
        lines.pop()
    end = old.end_lineno or start
    to = Position(end - 1, module.column(end, old.end_col_offset or 0))
    text = "".join(f"\n{line}" for line in lines)
    cached = _added_decorators(old, reply.function)
    if not cached:
        return Edit(Span(Position(start - 1, column), to), text)
    first = first_line(old) - 1
    above = "".join(f"{outer}@{each}\n" for each in cached)
    kept = "\n".join([*module.lines[first : start - 1], module.lines[start - 1][:column]])
    return Edit(Span(Position(first, 0), to), above + kept + text)


def _deeper(indentation: str) -> str:
    return indentation + ("\t" if indentation.startswith("\t") else "    ")


def _added_decorators(old: Definition, new: Definition) -> list[str]:
    """Those that remember results, which the laboratory judges; any other change is none of the reply's business."""
    had, has = ([*map(ast.unparse, each.decorator_list)] for each in (old, new))
    added = [each for each in has if each not in had]
    if has and [each for each in has if each in had] != had:
        raise UnfitError(f"changes the decorators of {old.name}")
    if any(each.partition("(")[0] not in _CACHES for each in added):
        raise UnfitError(f"adds the decorator {added[0]}")
    return added


def _above(module: Source, line: int) -> int:
    """The line of the first comment that stands right above a line."""
    comments = takewhile(lambda text: text.startswith("#"), reversed(module.lines[: line - 1]))
    above: int = line - sum(1 for _ in comments)
    return line if above <= 2 else above


def _holds(statement: ast.stmt, node: ast.AST) -> bool:
    return any(each is node for each in ast.walk(statement))


def _insertion(line: int, text: str) -> Edit:
    at = Position(line, 0)
    return Edit(Span(at, at), text)
