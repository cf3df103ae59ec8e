"""Where a module's imports are, and the edits that add one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfwise_analyzers.document import Document
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.lower import lower
from perfwise_analyzers.facts.positions import Positions
from perfwise_analyzers.finding import Edit, Import, Position, Span

# Imports stand near the top; beyond this many segments without one, none is looked for.
_SEGMENTS_SEARCHED = 40
_DEFINITION = re.compile(r"@|(async\s+)?def\b|class\b")


def import_edits(document: Document, imports: Iterable[Import]) -> tuple[Edit, ...]:
    """Edits that add the imports, after the last of the module's leading imports, docstring and comments."""
    wanted = sorted({each.statement for each in imports})
    if not wanted:
        return ()
    line, alone = _place(document)
    text = "".join(f"{statement}\n" for statement in wanted)
    if line >= document.line_count or (line == document.line_count - 1 and not document.line(line)):
        alone = False
    at = Position(line, 0)
    added = Edit(Span(at, at), text)
    if not alone or not document.line(line).strip():
        return (added,)
    # An edit of its own, which fixes that need other imports have in common.
    return added, Edit(Span(at, at), "\n" * _blank_lines(document, line))


def _blank_lines(document: Document, line: int) -> int:
    """As many as formatters have between an import and what stands at this line; comments belong to what follows."""
    while document.line(line).startswith("#"):
        line += 1
    return 2 if _DEFINITION.match(document.line(line)) else 1


def _place(document: Document) -> tuple[int, bool]:
    """The line to insert at, and whether blank lines have to follow since no import stands there."""
    after_import: int | None = None
    after_docstring = 0
    leading = True
    for index, segment in enumerate(document.segments[:_SEGMENTS_SEARCHED]):
        if segment.kind not in ("block", "class", "opaque"):
            break
        positions = Positions(segment.source)
        first = document.start_line(index)
        for stmt in lower(segment.source).body if segment.kind == "block" else ():
            below = first + positions.at(stmt.end).line + 1
            if isinstance(stmt, (n.Import, n.ImportFrom)):
                after_import, leading = below, False
            elif leading and isinstance(stmt, n.ExprStmt) and isinstance(stmt.value, n.Constant):
                after_docstring = below
            else:
                leading = False
    if after_import is not None:
        return after_import, False
    line = after_docstring
    while line < document.line_count and document.line(line).lstrip("\ufeff").startswith("#") and not after_docstring:
        line += 1
    while after_docstring and line < document.line_count and not document.line(line).strip():
        line += 1
    return line, True
