"""The functions of the text that was profiled."""

from __future__ import annotations

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.finding import Span
from perfwise_server.profiles.following import lines_of
from perfwise_server.profiles.report import Report


def lines_in_scope(report: Report) -> tuple[int, list[str]]:
    """The lines of the function, or of the whole text, and the number of the first, from 1."""
    lines = lines_of(report.source)
    span = _spans(report).get(report.function) if report.what == "function" else None
    return (span.start.line + 1, lines[span.start.line : span.end.line + 1]) if span else (1, lines)


def functions_by_line(report: Report) -> dict[int, tuple[str, int]]:
    """For each line of the report that is in a function: the innermost one's name, and its first line, from 1."""
    spans = sorted(_spans(report).items(), key=lambda item: item[1].start)
    found = {}
    for line in report.lines:
        around = [(name, span) for name, span in spans if span.start.line < line.line <= span.end.line + 1]
        if around:
            name, span = around[-1]
            found[line.line] = name, span.start.line + 1
    return found


def _spans(report: Report) -> dict[str, Span]:
    return {place.name: place.span for place in Analysis(Document(report.source)).functions()}
