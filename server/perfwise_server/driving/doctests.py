"""Calls that docstrings show: doctests, with the lines before them that they need, and examples in prose."""

from __future__ import annotations

import ast
import builtins
import doctest
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from perfwise_server.driving.callables import Function, Module, accessor
from perfwise_server.driving.recipes import calls_in, is_call_of

_LONGEST_CALL = 2_000
_MOST_EXAMPLES = 12  # Of values for one name.


def documented_calls(function: Function) -> list[str]:
    """Each once, as it can be made in the module."""
    found: dict[str, None] = {}
    for text in _docstrings(function):
        story = _Story(function.module)
        for example in _examples(text):
            found.update(dict.fromkeys(calls_in(example, function)))
            found.update(dict.fromkeys(story.calls(example, function)))
        for call in _in_prose(text, function):
            found.update(dict.fromkeys(calls_in(call, function)))
    return list(found)


def documented_values(module: Module) -> dict[str, tuple[str, ...]]:
    """Expressions of objects that are made under a name in the examples of the module, plain values left out."""
    found: dict[str, dict[str, None]] = {}
    nodes = [node for node in ast.walk(module.tree) if isinstance(node, _DOCUMENTED)]
    for text in filter(None, map(ast.get_docstring, nodes)):
        story = _Story(module)
        for example in _examples(text):
            story.calls(example, None)
        for name in dict.fromkeys(step.name for step in story.steps if _is_made(step)):
            value = story.value(ast.Name(name, ast.Load()))
            if value is not None and len(text_of := ast.unparse(value)) < _LONGEST_CALL:
                found.setdefault(name, {})[text_of] = None
    return {name: tuple(texts)[:_MOST_EXAMPLES] for name, texts in found.items()}


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


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


class _Step(NamedTuple):
    """What a line does to a name, as an expression."""

    name: str
    does: ast.expr
    is_import: bool = False


@dataclass
class _Story:
    """The lines of a docstring so far."""

    module: Module
    steps: list[_Step] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)  # Names that something happened to which is no expression.

    def calls(self, example: str, function: Function | None) -> Iterator[str]:
        """The calls that a line makes, with what they need of the lines before. Effect: the line is one of them now."""
        try:
            statements = ast.parse(example).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return iter(())
        found: list[str] = []
        for statement in statements:
            if function is not None:
                calls = (self._call(node, function) for node in ast.walk(statement))
                found += [ast.unparse(call) for call in calls if call is not None]
            self._go_on(statement)
        return iter(found)

    def value(self, wanted: ast.expr) -> ast.expr | None:
        """The expression with what it needs before it; None where that is not to be had, or is nothing."""
        steps = self._needed(wanted)
        if not steps:
            return None
        setup = ast.Tuple([*(step.does for step in steps), wanted], ast.Load())
        return _called("next", _called("reversed", setup))

    def _call(self, node: ast.AST, function: Function) -> ast.Call | None:
        owner = function.owner.name if function.owner else ""
        last = function.name.rpartition(".")[2]
        access = accessor(function)
        if function.binding != "method":
            if not isinstance(node, ast.Call) or not is_call_of(node, function) or self._is_value(_root(node.func)):
                return None
            return self._closed(ast.parse(function.name, mode="eval").body, node.args, node.keywords)
        if access and access not in ("fget", "func"):
            return None
        attribute = node if access else node.func if isinstance(node, ast.Call) else None
        if not isinstance(attribute, ast.Attribute) or attribute.attr != last:
            return None
        if not self._is_value(_root(attribute.value)):
            return None
        called = ast.parse(f"{function.name}.{access}" if access else function.name, mode="eval").body
        given, named = ([], []) if access or not isinstance(node, ast.Call) else (node.args, node.keywords)
        # An object of another class has a method of this name as well.
        test = ast.parse(f"lambda each: isinstance(each, {owner})", mode="eval").body
        receiver = _called("next", _called("filter", test, ast.Tuple([attribute.value], ast.Load())))
        return self._closed(called, [receiver, *given], named)

    def _closed(self, called: ast.expr, given: list[ast.expr], named: list[ast.keyword]) -> ast.Call | None:
        """With what the arguments need done before the first of them."""
        everything = ast.Tuple([*given, *(each.value for each in named)], ast.Load())
        steps = self._needed(everything)
        if not steps or not everything.elts or isinstance(everything.elts[0], ast.Starred):
            return None
        setup = [step.does for step in steps]
        first = _called("next", _called("reversed", ast.Tuple([*setup, everything.elts[0]], ast.Load())))
        if given:
            return ast.Call(called, [first, *given[1:]], named)
        return ast.Call(called, [], [ast.keyword(named[0].arg, first), *named[1:]])

    def _needed(self, wanted: ast.expr) -> list[_Step] | None:
        """The steps that names in the expression come from; None where one of them comes from nowhere."""
        names = self._free(wanted)
        found: list[_Step] = []
        if names & self.lost:
            return None
        for step in reversed(self.steps):
            if step.name not in names:
                continue
            found.insert(0, step)
            if isinstance(step.does, ast.NamedExpr):
                names.discard(step.name)
            names |= self._free(step.does.value if isinstance(step.does, ast.NamedExpr) else step.does)
            if names & self.lost:
                return None
        return None if names else found

    def _free(self, node: ast.expr) -> set[str]:
        """The names in it that neither the module nor Python gives a meaning."""
        used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
        bound = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
        bound |= {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
        return {name for name in used - bound if not hasattr(builtins, name) and not self._in_module(name)}

    def _in_module(self, name: str) -> bool:
        module = self.module
        given = (module.imported, module.classes, module.functions, module.aliases)
        return any(name in names for names in given) and not self._is_value(name)

    def _is_value(self, name: str) -> bool:
        return any(step.name == name and not step.is_import for step in self.steps)

    def _go_on(self, statement: ast.stmt) -> None:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            self.steps += [step for step in _imports(statement) if not self._in_module(step.name)]
        elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            self._assign(statement.targets[0], statement.value)
        elif isinstance(statement, ast.Expr):
            root = _root(statement.value)
            if self._is_value(root):
                self.steps.append(_Step(root, statement.value))
        else:
            self.lost |= {each.id for each in ast.walk(statement) if isinstance(each, ast.Name)} & {
                *(step.name for step in self.steps),
                *(each.id for each in ast.walk(statement) if isinstance(each, ast.Name) and _is_stored(each)),
            }

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.lost.discard(target.id)
            named = ast.NamedExpr(ast.Name(target.id, ast.Store()), value)
            self.steps.append(_Step(target.id, named))
        elif isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
            changed = ast.Attribute(target.value, "__setitem__", ast.Load())
            self.steps.append(_Step(_root(target), ast.Call(changed, [target.slice, value], [])))
        else:
            self.lost |= {each.id for each in ast.walk(target) if isinstance(each, ast.Name)}


def _is_made(step: _Step) -> bool:
    """Whether it gives the name an object, rather than a number or a list of them."""
    if step.is_import or not isinstance(step.does, ast.NamedExpr):
        return False
    return any(isinstance(node, ast.Call) for node in ast.walk(step.does.value))


def _imports(statement: ast.Import | ast.ImportFrom) -> Iterable[_Step]:
    for alias in statement.names:
        name = alias.asname or alias.name.partition(".")[0]
        text = f"__import__({alias.name!r}, fromlist=[''])" if alias.asname else f"__import__({alias.name!r})"
        if isinstance(statement, ast.ImportFrom):
            text = f"__import__({statement.module!r}, fromlist=['']).{alias.name}"
        if alias.name != "*":
            value = ast.parse(text, mode="eval").body
            yield _Step(name, ast.NamedExpr(ast.Name(name, ast.Store()), value), is_import=True)


def _called(name: str, *given: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(given), [])


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)
