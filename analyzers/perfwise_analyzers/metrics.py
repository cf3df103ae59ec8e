"""Complexity figures: radon's cyclomatic complexity, maintainability and Halstead, and cognitive complexity.

radon parses with `ast`: what the running Python cannot parse has no figures. Nothing here is for a keystroke.
"""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from perfwise_analyzers.cognitive import called_names, cognitive_complexity, recursive
from perfwise_analyzers.document import Document, Segment
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.lower import lower
from perfwise_analyzers.finding import Position, Span

if TYPE_CHECKING:
    from radon.metrics import HalsteadReport

_DEF = re.compile(r"(?:async\s+)?def\b")


@dataclass(frozen=True, slots=True)
class FunctionMetrics:
    """Of one function, with what is nested in it as the definitions say; None where it does not parse."""

    name: str  # Qualified: "Class.method", "outer.inner".
    place: Span  # Its `def` up to the end of its name.
    cyclomatic: int | None
    cognitive: int | None


class FileMetrics(NamedTuple):
    """radon's figures of a whole file: the maintainability index is 0 to 100, higher is better."""

    maintainability: float
    halstead: HalsteadReport


class _Found(NamedTuple):
    name: str
    owner: str  # The class it is a method of, else "".
    place: Span
    node: n.FunctionDef | None
    text: str
    cyclomatic: int | None


def function_metrics(document: Document, is_asked: Callable[[str], bool] | None = None) -> list[FunctionMetrics]:
    """In the order of the text. Only the segments whose source is asked for are looked at, for recursion too."""
    found = [
        each
        for index, segment in enumerate(document.segments)
        if is_asked is None or is_asked(segment.source)
        for each in _functions(document, index, segment)
    ]
    names = {each.name for each in found}
    calls = {
        each.name: {_resolved(called, each, names) for called in called_names(each.node)} if each.node else set()
        for each in found
    }
    in_cycle = recursive(calls)
    return [
        FunctionMetrics(
            each.name,
            each.place,
            each.cyclomatic,
            None
            if each.cyclomatic is None or each.node is None
            else cognitive_complexity(each.node, each.text) + (each.name in in_cycle),
        )
        for each in found
    ]


def file_metrics(document: Document) -> FileMetrics | None:
    """None where the source does not parse."""
    from radon.metrics import h_visit_ast, mi_visit

    text = "".join(segment.source for segment in document.segments).removeprefix("\ufeff")
    tree = _parsed(text)
    if tree is None:
        return None
    try:
        return FileMetrics(mi_visit(text, multi=True), h_visit_ast(tree).total)
    except (
        SyntaxError,
        ValueError,
        RecursionError,
        IndexError,
    ):  # radon tokenizes too, and trips where `ast` does not.
        return None


def _functions(document: Document, index: int, segment: Segment) -> Iterator[_Found]:
    if segment.kind == "opaque" or "def" not in segment.source:
        return
    first_line = document.start_line(index)
    functions = list(_named(lower(segment.source), segment.owner))
    complexities = _cyclomatic(segment.source) if functions else {}
    for name, owner, node in functions:
        place = _place(segment, node)
        complexity = complexities.get((place.start.line, node.name))
        yield _Found(name, owner, place.shifted(first_line), node, segment.source, complexity)
    if not functions and segment.kind in ("function", "method"):
        # Too broken for a tree, but the header was seen.
        name = f"{segment.owner}.{segment.name}" if segment.owner else segment.name
        header = _DEF.search(segment.source)
        place = _span(segment, *header.span()) if header else _span(segment, 0, 0)
        yield _Found(name, segment.owner, place.shifted(first_line), None, segment.source, None)


def _named(suite: n.Suite, owner: str) -> Iterator[tuple[str, str, n.FunctionDef]]:
    """Every function with its qualified name and the class it is a method of."""
    stack: list[tuple[n.Node, str, str]] = [(suite, owner, owner)]
    while stack:
        node, scope, owner = stack.pop()
        if isinstance(node, (n.FunctionDef, n.ClassDef)):
            scope = f"{scope}.{node.name}" if scope else node.name
            if isinstance(node, n.FunctionDef):
                yield scope, owner, node
            owner = scope if isinstance(node, n.ClassDef) else ""
        stack.extend((part, scope, owner) for part in reversed(list(n.children(node))) if not isinstance(part, n.Expr))


def _cyclomatic(text: str) -> dict[tuple[int, str], int]:
    """By 0-based line of the `def` and by name; empty where the text does not parse."""
    from radon.visitors import ComplexityVisitor

    text = text.removeprefix("\ufeff")
    # A member cut out of its class is indented, and parses under a header.
    for source, added in ((text, 0), (f"if 1:\n{text}", 1)):
        tree = _parsed(source)
        if tree is None:
            continue
        try:
            return {
                (node.lineno - 1 - added, node.name): ComplexityVisitor.from_ast(node).functions[0].complexity
                for node in ast.walk(tree)
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            }
        except RecursionError:
            return {}
    return {}


def _parsed(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _resolved(called: str, caller: _Found, names: set[str]) -> str:
    """The qualified name of what is called, "" when it is not one of the file's functions."""
    if called.startswith("self."):
        method = f"{caller.owner}.{called.removeprefix('self.')}"
        return method if caller.owner and method in names else ""
    scope = caller.name
    while scope:
        # Only functions are scopes to what is inside them: a method does not see the others by their bare names.
        if scope in names and f"{scope}.{called}" in names:
            return f"{scope}.{called}"
        scope = scope.rpartition(".")[0]
    return called if called in names else ""


def _place(segment: Segment, function: n.FunctionDef) -> Span:
    after = function.decorators[-1].end if function.decorators else function.start
    header = _DEF.search(segment.source, after)
    start, end = header.span() if header else (function.start, function.start)
    return _span(segment, start, segment.source.find(function.name, end) + len(function.name))


def _span(segment: Segment, start: int, end: int) -> Span:
    return Span(_position(segment, start), _position(segment, max(start, end)))


def _position(segment: Segment, offset: int) -> Position:
    line = bisect_right(segment.lines, offset) - 1
    return Position(line, offset - segment.lines[line])
