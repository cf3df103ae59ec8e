"""Long Python texts made of the standard library, the same on every run with the same Python."""

from __future__ import annotations

import ast
import re
import sysconfig
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_LEAVES_OR_SCOPES = (
    ast.Return, ast.Yield, ast.YieldFrom, ast.Await, ast.Nonlocal, ast.Global, ast.AsyncFor, ast.AsyncWith
)  # fmt: skip


class Text(NamedTuple):
    """`line` is a place in the middle where a statement can be put, `indent` columns in."""

    name: str
    source: str
    line: int
    indent: int


def texts() -> list[Text]:
    return [
        _text("2,600 lines", modules(2_600), 4),
        _text("27,600 lines", modules(27_600), 4),
        _text("3,000-line class", one_class(3_000), 8),
        _text("5,000-line script", script(5_000), 0),
    ]


def modules(lines: int) -> str:
    """Whole modules joined, at least so many lines."""
    return _gathered((re.sub(r"^from __future__ .*\n", "", text, flags=re.MULTILINE) for text in _sources()), lines)


def one_class(lines: int) -> str:
    """A class whose methods are the functions of the standard library."""
    members = (
        textwrap.indent(text, "    ")
        for source in _sources()
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and (text := _moved(source, node))
    )
    return "class Large:\n" + _gathered(members, lines - 1)


def script(lines: int) -> str:
    """Statements of the standard library's functions, one after the other, without a function among them."""
    statements = (
        text
        for source in _sources()
        for function in ast.parse(source).body
        if isinstance(function, ast.FunctionDef)
        for node in function.body
        if not any(isinstance(inner, (*_LEAVES_OR_SCOPES, ast.FunctionDef, ast.ClassDef)) for inner in ast.walk(node))
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and (text := _moved(source, node))
    )
    return _gathered(statements, lines)


def _moved(source: str, node: ast.stmt) -> str:
    """A statement without its indentation; empty if that would change a string, or if it shares its first line."""
    lines = source.splitlines(keepends=True)[node.lineno - 1 : node.end_lineno]
    text = textwrap.dedent("".join(lines)) + "\n"
    return "" if lines[0][: node.col_offset].strip() or re.search("\"\"\"|'''", text) else text


def _gathered(pieces: Iterator[str], lines: int) -> str:
    gathered: list[str] = []
    while lines > 0:
        gathered.append(next(pieces))
        lines -= gathered[-1].count("\n")
    return "".join(gathered)


def _sources() -> Iterator[str]:
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if text.isascii() and text.endswith("\n"):
            yield text


def _text(name: str, source: str, indent: int) -> Text:
    """Finds the assignment nearest after the middle at this indentation, before which any statement may stand."""
    middle = source.count("\n") // 2
    starts = [
        node.lineno - 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign) and node.col_offset == indent and node.lineno > middle
    ]
    return Text(name, source, min(starts), indent)
