"""Between our positions, in code points, and the client's, in UTF-8, UTF-16 or UTF-32 units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lsprotocol import types

from perfwise_analyzers.finding import Finding, Position, Severity, Span
from perfwise_server import pages
from perfwise_server.protocol import SOURCE

Line = Callable[[int], str]

SEVERITY = {
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}


class Units:
    """Columns as the client counts them. Columns beyond a line's end are taken as its end."""

    def __init__(self, encoding: str = "utf-16") -> None:
        self.encoding = encoding
        self._width = 1 if encoding == "utf-8" else 2
        self._codec = "utf-8" if encoding == "utf-8" else "utf-16-le"

    def column(self, line: str, units: int) -> int:
        """The code point that holds the client's column; inside a character it is that character's start."""
        if units <= 0:
            return 0
        if self.encoding == "utf-32" or line.isascii():
            return min(units, len(line))
        encoded = line.encode(self._codec, "surrogatepass")
        end = min(units * self._width, len(encoded))
        while end < len(encoded) and self._inside(encoded, end):
            end -= self._width
        return len(encoded[:end].decode(self._codec, "surrogatepass"))

    def _inside(self, encoded: bytes, at: int) -> bool:
        """Whether a character's second or later unit is at `at`."""
        if self._width == 1:
            return encoded[at] & 0xC0 == 0x80
        return encoded[at + 1] & 0xFC == 0xDC and encoded[at - 1] & 0xFC == 0xD8

    def units(self, line: str, column: int) -> int:
        if self.encoding == "utf-32" or line.isascii():
            return min(column, len(line))
        return len(line[:column].encode(self._codec, "surrogatepass")) // self._width

    def position(self, line: Line, position: Position, first: int = 0) -> types.Position:
        """`first` is the line of ours at which the client's document starts: a cell of a notebook."""
        return types.Position(position.line - first, self.units(line(position.line), position.column))

    def range(self, line: Line, span: Span, first: int = 0) -> types.Range:
        return types.Range(self.position(line, span.start, first), self.position(line, span.end, first))

    def span(self, line: Line, lines: int, place: types.Range, first: int = 0) -> Span:
        """Where a range of the client's is; lines beyond the last of `lines` are taken as the text's end."""
        return Span(
            self._from_client(line, lines, place.start, first), self._from_client(line, lines, place.end, first)
        )

    def _from_client(self, line: Line, lines: int, place: types.Position, first: int) -> Position:
        number = first + place.line
        if number >= lines:
            return Position(max(lines - 1, 0), len(line(lines - 1)) if lines else 0)
        return Position(number, self.column(line(number), place.character))


def diagnostic(finding: Finding, place: types.Range, page: str | None = None) -> types.Diagnostic:
    return types.Diagnostic(
        range=place,
        message=finding.message,
        severity=SEVERITY[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(page) if page else None,
        source=SOURCE,
        data={"name": finding.name},
    )


def plain_diagnostic(place: dict[str, Any], severity: Severity, code: str, name: str, message: str) -> dict[str, Any]:
    """A diagnostic as JSON: on large files the protocol's classes would cost more than the analysis."""
    return {
        "range": place,
        "severity": SEVERITY[severity].value,
        "code": code,
        "source": SOURCE,
        "message": message,
        **({"codeDescription": {"href": page}} if (page := pages.uri(name)) else {}),
        "data": {"name": name},
    }


def plain(place: types.Range) -> dict[str, Any]:
    """A range as JSON, without the converter's cost."""
    return {
        "start": {"line": place.start.line, "character": place.start.character},
        "end": {"line": place.end.line, "character": place.end.character},
    }
