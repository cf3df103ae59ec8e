"""A seeded generator of the edits that people make, and a plain string to hold a document against."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from perfwise_analyzers.finding import Position, Span

_TERMINATOR = re.compile(r"\r\n|\r|\n")
_SNIPPETS = (
    '"""', "'''", '"', "'", "(", ")", "[", "]", "{", "}", "\\", "\\\n", "#", ":", ";", "@", "\n", "\r\n", "\r", "\t",
    "    ", "\f", "é", "漢字", "😀", "\u2028", "\ufeff", "def ", "class ", "async def f():\n", "import os\n", "else:\n",
    "if x:\n    pass\n", "def added(a, b):\n    return a in b\n", "class Added:\n    x = 1\n\n    def m(self): ...\n",
    "    def method(self):\n        return 1\n", "@property\n", 'x = """\ndef inside():\n"""\n', "x = (\n",
    "from a import (\n", "try:\n", "x = 1\n" * 5, "    " * 3 + "y\n",
)  # fmt: skip


class PlainText:
    """The text that a document must have, edited the simple way."""

    def __init__(self, text: str) -> None:
        self.text = text

    def line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _TERMINATOR.finditer(self.text))]

    def lines(self) -> list[str]:
        return _TERMINATOR.split(self.text)

    def position(self, offset: int) -> Position:
        before = _TERMINATOR.split(self.text[:offset])
        if self.text[offset - 1 : offset + 1] == "\r\n":
            return Position(len(before) - 2, len(before[-2]))
        return Position(len(before) - 1, len(before[-1]))

    def span(self, start: int, end: int) -> Span:
        return Span(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        lines = self.lines()
        if position.line >= len(lines):
            return len(self.text)
        return self.line_starts()[position.line] + min(position.column, len(lines[position.line]))

    def edit(self, span: Span, text: str) -> None:
        first, last = sorted(map(self.offset, span))
        self.text = self.text[:first] + text + self.text[last:]


def edits(plain: PlainText, chance: random.Random, count: int) -> Iterator[tuple[Span, str]]:
    """Edits to the text as it stands when each is asked for; the caller applies them to `plain`."""
    while count > 0:
        for span, text in chance.choice((_typed, _pasted, _deleted, _snippet, _indented, _renamed))(plain, chance):
            yield span, text
            count -= 1


def _somewhere(plain: PlainText, chance: random.Random) -> int:
    return chance.randint(0, len(plain.text))


def _line(plain: PlainText, chance: random.Random) -> tuple[int, str]:
    lines = plain.lines()
    number = chance.randrange(len(lines))
    return number, lines[number]


def _typed(plain: PlainText, chance: random.Random) -> Iterator[tuple[Span, str]]:
    """A snippet typed character by character, at the end of a line or anywhere."""
    number, line = _line(plain, chance)
    position = Position(number, chance.choice((0, len(line), chance.randint(0, len(line)))))
    for character in chance.choice(_SNIPPETS).replace("\r", ""):
        yield Span(position, position), character
        line, column = position
        position = Position(line + 1, 0) if character == "\n" else Position(line, column + 1)


def _pasted(plain: PlainText, chance: random.Random) -> Iterator[tuple[Span, str]]:
    """A stretch of the text copied to another place."""
    start, place = _somewhere(plain, chance), _somewhere(plain, chance)
    yield plain.span(place, place), plain.text[start : start + chance.choice((3, 40, 400))]


def _deleted(plain: PlainText, chance: random.Random) -> Iterator[tuple[Span, str]]:
    start = _somewhere(plain, chance)
    yield plain.span(start, min(len(plain.text), start + chance.choice((1, 3, 40, 400)))), ""


def _snippet(plain: PlainText, chance: random.Random) -> Iterator[tuple[Span, str]]:
    """A snippet put anywhere, and half the time taken away again."""
    start = _somewhere(plain, chance)
    text = chance.choice(_SNIPPETS)
    before = plain.text
    span = plain.span(start, start)
    yield span, text
    if chance.random() < 0.5 and "\r" not in text + before[max(start - 1, 0) : start + 1]:
        yield plain.span(start, start + len(text)), ""


def _indented(plain: PlainText, chance: random.Random) -> Iterator[tuple[Span, str]]:
    """A line moved left or right."""
    number, line = _line(plain, chance)
    indent = len(line) - len(line.lstrip(" \t"))
    kept = chance.choice((0, max(indent - 4, 0), indent + 4))
    yield Span(Position(number, 0), Position(number, indent)), " " * kept


def _renamed(plain: PlainText, chance: random.Random) -> Iterator[tuple[Span, str]]:
    """A class or function renamed."""
    names = list(re.finditer(r"\b(?:class|def) (\w+)", plain.text))
    if names:
        name = chance.choice(names)
        yield plain.span(name.start(1), name.end(1)), chance.choice(("Renamed", "x", ""))
