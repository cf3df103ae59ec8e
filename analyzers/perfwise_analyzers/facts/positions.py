"""Offsets in a text against lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Position, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


class Positions:
    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def at(self, offset: int) -> Position:
        line = bisect_right(self.starts, offset) - 1
        return Position(line, offset - self.starts[line])

    def span(self, start: int, end: int) -> Span:
        return Span(self.at(start), self.at(end))

    def of(self, node: n.Node) -> Span:
        return self.span(node.start, node.end)

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset begins."""
        return self.starts[bisect_right(self.starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """The offset after the terminator of the line an offset is in."""
        line = bisect_right(self.starts, offset)
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def indent(self, offset: int) -> str:
        """The white space a line begins with."""
        start = self.line_start(offset)
        end = start
        while end < len(self.text) and self.text[end] in " \t\f":
            end += 1
        return self.text[start:end]

    def line(self, number: int) -> str:
        """A line of the text, with its terminator."""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]

    def newline(self) -> str:
        """The line terminator this text uses."""
        match = _LINE_END.search(self.text)
        return match.group() if match else "\n"
