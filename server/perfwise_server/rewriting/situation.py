"""What is known of a function before a model is asked: its source, what it needs, its cost, what was seen of it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from perfwise_analyzers.cost.derivation import derivation
from perfwise_analyzers.cost.terms import big_o, class_of
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis, Options
from perfwise_analyzers.observed import called, sized
from perfwise_analyzers.rules import RULES
from perfwise_server.evidence.store import Store
from perfwise_server.rewriting.pieces import Source, UnfitError, first_line, path_to

_MOST_EXAMPLES = 2
_MOST_CONTEXT = 12_000  # Characters.
_HOT_SHARE = 0.01  # Of the function's seconds, below which a line is not told of.
_CHEAP = ("1", "log n", "sqrt n", "n", "n log n")


@dataclass(frozen=True)
class Situation:
    """Lines are counted from the function's first one, as a reader of the source alone would count them."""

    function: str
    source: str
    context: tuple[str, ...] = ()  # Other statements of the module that come into play when it runs.
    hints: tuple[str, ...] = ()
    cost: str = "unknown"  # By the source: "O(len(users) * len(orders))".
    cost_class: str = "unknown"
    derivation: tuple[str, ...] = ()
    measured: str = ""  # Growth, where it was measured: "n^2".
    seen: str = ""  # Calls and sizes of the user's own runs.
    hot: tuple[str, ...] = ()
    python: str = ""
    libraries: tuple[str, ...] = ()  # That the module imports, beside the standard library.
    examples: tuple[tuple[str, str], ...] = ()  # Slow and fast, of the kinds of inefficiency found.
    wish: str = ""  # The user's words.

    @property
    def is_superlinear(self) -> bool:
        found = self.measured or self.cost_class
        return found != "unknown" and found not in _CHEAP


def situation_of(
    text: str,
    function: str,
    path: str = "",
    context: Sequence[str] = (),
    hot: Mapping[int, float] | None = None,
    options: Options | None = None,
    wish: str = "",
) -> Situation:
    """`hot` gives seconds by line of the text, from 1. Raises UnfitError where the function is not in the text."""
    source = Source(text)
    found = path_to(source.tree, function)
    if not found:
        raise UnfitError(f"is for {function}, which is not in the module")
    node = found[-1]
    first, own = first_line(node), source.whole(node)
    analysis = Analysis(Document(text), options or Options())
    parts = function.split(".")
    findings = [each for each in analysis.findings() if each.function.split(".")[: len(parts)] == parts]
    cost = next((each for each in analysis.costs() if each.name == function), None)
    hints = [f"line {each.span.start.line + 2 - first}: {each.message}" for each in findings]
    codes = dict.fromkeys(each.code for each in findings)
    version = (options.python if options and options.python else sys.version_info)[:2]
    return Situation(
        function,
        own,
        _bounded([each for each in context if each.strip() and each not in own]),
        tuple(hints),
        big_o(cost.cost) if cost else "unknown",
        class_of(cost.cost) if cost else "unknown",
        tuple(each.partition(": ")[2] for each in derivation(cost)[:4]) if cost else (),
        "",
        _seen(path, function),
        _hot_lines(source, first, node, hot or {}),
        ".".join(map(str, version)),
        _libraries(source.tree),
        tuple((bad.code, bad.better) for rule in RULES if rule.code in codes for bad in rule.bad[:1])[:_MOST_EXAMPLES],
        wish,
    )


def _bounded(parts: Sequence[str]) -> tuple[str, ...]:
    kept, left = [], _MOST_CONTEXT
    for part in parts:
        left -= len(part)
        if left < 0:
            break
        kept.append(part)
    return tuple(kept)


def _seen(path: str, function: str) -> str:
    seen = Store().of_file(Path(path)).get(function) if path else None
    if seen is None:
        return ""
    return ", ".join([called(seen.observation), *map(sized, seen.observation.sizes)])


def _hot_lines(source: Source, first: int, node: ast.stmt, hot: Mapping[int, float]) -> tuple[str, ...]:
    last = node.end_lineno or first
    own = {line: seconds for line, seconds in hot.items() if first <= line <= last}
    total = sum(own.values())
    return tuple(
        f"line {line - first + 1}, {seconds / total:.0%}: {source.lines[line - 1].strip()}"
        for line, seconds in sorted(own.items(), key=lambda item: -item[1])
        if seconds > total * _HOT_SHARE
    )[:8]


def _libraries(tree: ast.Module) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        found.update(dict.fromkeys(name.partition(".")[0] for name in names))
    return tuple(name for name in found if name not in sys.stdlib_module_names)
