"""Where a text is cut into segments.

The cuts are a pure function of the text, found by a scanner of statements that knows strings, brackets and
indentation and nothing else of Python, so that it has an answer for broken and half-typed source too:

- a module-level `def` with its decorators is one cut, and so is each `def` that is a member of a class;
- a `class` is a cut of its header with the simple statements that follow it, and then its members;
- a compound statement is one cut, with its `else`, `except` and the like;
- a run of simple statements is cut where the content says so, hence an insertion moves no other cut.

Comments and blank lines belong to the cut before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple
from zlib import crc32

Kind = Literal["function", "method", "class", "block", "opaque"]


class Body(NamedTuple):
    """The body of a class: how many characters its statements are indented, and the class's dotted name."""

    column: int
    owner: str


Context = tuple[Body, ...]


class Cut(NamedTuple):
    """`reach` characters, from the cut's start, decided about it: beyond them the text may change freely.

    `following` is the context of the cut after it.
    """

    length: int
    kind: Kind
    owner: str
    name: str
    following: Context
    reach: int


# A simple statement larger than this is data, and is not worth a parse; nor is any other above the second figure.
LARGEST_STATEMENT = 1 << 16
LARGEST_SEGMENT = 1 << 19

# So many characters of a line tell what kind of statement it starts.
_GLANCE = 100
# A run is cut before one simple statement in sixteen, chosen by content, and at the latest after this many.
_LONGEST_RUN = 64
# How far, and how deep, nested quotes inside an f-string are followed.
_LONGEST_INTERPOLATION = 4000
_DEEPEST_INTERPOLATION = 50

_DOUBLE = r'"[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*"?'
_SINGLE = _DOUBLE.replace('"', "'")
# A string on one line may lack its end. Of a triple-quoted one only the start is matched.
_TOKEN = re.compile(rf"""#[^\r\n]*|\\(?:\r\n|[\s\S])|\"\"\"|'''|{_DOUBLE}|{_SINGLE}""")
# An f-string with a quote or a line end where an interpolation is open, as Python 3.12 allows.
_NESTED_QUOTE = re.compile(r"""[fFtT][rR]?(?:"[^"\r\n]*\{[^}"\r\n]*["\r\n]|'[^'\r\n]*\{[^}'\r\n]*['\r\n])""")
_PREFIX = re.compile(r"(?<![^ \t\r\n=(,\[{+])[rRbBuUfFtT]{1,2}\Z")
_INTERPOLATED = re.compile(r"[fFtT][rR]?\Z")
_INTERPOLATION = re.compile(r"""\\[\s\S]|\{\{|\}\}|[][(){}]|\"\"\"|'''|["'\r\n]""")
_NO_CODE = re.compile(r"\ufeff?(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*")
_INDENT = re.compile(r"\ufeff?\f*([ \t]*)")
_LINE = re.compile(r"[^\r\n]*")
_NAME = re.compile(r"\ufeff?[ \t\f]*(?:class|(?:async[ \t]+)?def)[ \t]+(\w+)")
_HEAD = re.compile(
    r"""\ufeff?[ \t\f]*(?:
    (?P<decorator>@)
  | (?P<function>(?:async[ \t]+)?def\b)
  | (?P<class>class\b)
  | (?P<clause>(?:elif|else|except|finally)\b)
  | (?P<compound>(?:if|for|while|with|try|async[ \t]+(?:for|with))\b | match\b[^=\r\n#]*:[ \t]*(?:[\r\n#]|\Z))
    )""",
    re.VERBOSE,
)
# What no line inside brackets is, or next to none: a statement. There the damage of an open bracket ends.
_OUTSIDE_BRACKETS = re.compile(
    r"""[ \t\f]*(?:
    (?:async[ \t]+def|def|class|import|with|while|try|return|raise|del|pass|assert|global|nonlocal
       |elif|except|finally|break|continue)\b
  | @\w
  | from[ \t]+[\w.]+[ \t]+import\b
  | (?:if|for|async[ \t]+for)\b[^\r\n]*:[ \t]*(?:\#[^\r\n]*)?[\r\n]
  | [^\W\d][\w.]*[ \t]+(?:[-+*/%&|^@]|//|\*\*|<<|>>)?=[ \t]
    [^()\[\]{}\r\n]*(?:[(\[{][^()\[\]{}\r\n]*[)\]}]|[^()\[\]{},\\\s])(?:\r\n|\r|\n)(?!\s*[)\]}])
    )""",
    re.VERBOSE,
)
# Lines inside a triple-quoted string that ask whether it is one.
_DEFINITION = (
    r"(?:(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w+[ \t]*[:(]|@\w|import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b)"
)
_AFTER_CLOSING = re.compile(
    r"""[ \t]*(?:\Z|[\r\n),%\]};:\#+*=!<>|&^\\/"'] | \.[A-Za-z_] | (?:if|else|for|in|not|and|or|is|as)\b)""",
    re.VERBOSE,
)
_LINE_END = re.compile(r"[ \t]*(?:\\?[\r\n]|\Z)")
_BEFORE_OPENING = re.compile(r"(?:[=(,\[{+%]|\breturn)\Z")
# The last line of the header of a function or a class, after which a docstring starts.
_HEADER = re.compile(r"[ \t]*(?:(?:async[ \t]+)?def\b|class\b|[^\r\n]*\))[^\r\n]*:[ \t]*(?:#[^\r\n]*)?\Z")


@lru_cache(maxsize=64)
def _statements(column: int) -> re.Pattern[str]:
    """Ends where a line of code starts that is indented by at most so many characters."""
    return re.compile(rf"[\r\n](?=\f*[ \t]{{0,{column}}}[^ \t\f\r\n#])")


@lru_cache(maxsize=64)
def _definitions(column: int) -> re.Pattern[str]:
    return re.compile(rf"[\r\n](?=\f*[ \t]{{0,{column}}}{_DEFINITION})")


@lru_cache(maxsize=64)
def _paragraphs(column: int) -> re.Pattern[str]:
    """Ends where a line of code starts after a blank line."""
    return re.compile(rf"[\r\n][ \t\f]*[\r\n](?=\f*[ \t]{{0,{column}}}[^ \t\f\r\n#])")


_ANY_COLUMN = 10_000


def cuts(text: str, context: Context = ()) -> Iterator[Cut]:
    """The cuts of a text that starts a statement inside `context`; empty text has one."""
    scanner = _Scanner(text)
    start = 0
    if not text:
        yield Cut(0, "block", "", "", (), 1)
    while start < len(text):
        cut = scanner.cut(start, context)
        yield cut
        start += cut.length
        context = cut.following


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.reach = 0

    def cut(self, start: int, context: Context) -> Cut:
        self.reach = start
        kind, owner, name, end, following = self._read(start, context)
        return Cut(end - start, kind, owner, name, following, self.reach - start)

    def _read(self, start: int, context: Context) -> tuple[Kind, str, str, int, Context]:
        text = self.text
        column = self._column(start)
        around = tuple(outer for outer in context if outer.column <= column)
        owner = around[-1].owner if around else ""
        body: Kind = "class" if around else "block"
        no_code = _NO_CODE.match(text, start)
        if no_code and text[start : no_code.end()].strip("\ufeff"):
            self._saw(no_code.end())
            return body, owner, "", no_code.end(), context
        head = self._head(start)
        first = start
        while head == "decorator":
            first = self._end(first, column)
            if self._column(first) != column:
                break
            head = self._head(first)
        if head == "function":
            end = self._end(first, column)
            kind: Kind = "method" if around else "function"
            return ("opaque" if end - start > LARGEST_SEGMENT else kind), owner, self._name(first), end, around
        if head == "class":
            return self._class(first, around)
        if first > start:
            return body, owner, "", first, context
        if head in ("compound", "clause"):
            end = self._end(start, column)
            while self._column(end) == column and self._head(end) == "clause":
                end = self._end(end, column)
            return ("opaque" if end - start > LARGEST_SEGMENT else body), owner, "", end, around
        # A line that lost its indentation does not end the class whose members go on after it.
        inside = max(column, context[-1].column if context else 0)
        end = self._end(start, inside)
        if end - start > LARGEST_STATEMENT:
            return "opaque", owner, "", end, around
        if self._column(end) > column:
            return body, owner, "", end, context
        return body, owner, "", self._run(end, column, 1), around

    def _class(self, first: int, around: Context) -> tuple[Kind, str, str, int, Context]:
        name = self._name(first)
        owner = around[-1].owner if around else ""
        end = self._end(first, _ANY_COLUMN)
        column = self._column(end)
        if column > self._column(first) and end < len(self.text):
            around += (Body(column, f"{owner}.{name}" if owner else name),)
            end = self._run(end, column, 0)
        return "class", owner, name, end, around

    def _run(self, end: int, column: int, count: int) -> int:
        """Where the run of simple statements ends that has reached `end` after so many statements."""
        while end < len(self.text) and count < _LONGEST_RUN and self._column(end) == column and not self._head(end):
            if count and self._is_marked(end):
                break
            following = self._end(end, column)
            if following - end > LARGEST_STATEMENT or self._column(following) > column:
                break
            end = following
            count += 1
        return end

    def _is_marked(self, start: int) -> bool:
        line = _LINE.match(self.text, start, start + _GLANCE)
        return line is not None and crc32(line.group().encode("utf-8", "surrogatepass")) % 16 == 0

    def _head(self, start: int) -> str | None:
        self._saw(start)
        head = _HEAD.match(self.text, start, start + _GLANCE)
        return head.lastgroup if head else None

    def _name(self, start: int) -> str:
        name = _NAME.match(self.text, start)
        return name.group(1) if name else ""

    def _column(self, start: int) -> int:
        indent = _INDENT.match(self.text, start)
        column = len(indent.group(1)) if indent else 0
        self._saw(start + column)
        return column

    def _saw(self, offset: int) -> None:
        self.reach = max(self.reach, offset + _GLANCE)

    def _end(self, start: int, column: int) -> int:
        """Where the next statement starts that is indented by at most `column`, or the text ends."""
        text = self.text
        statements = _statements(column)
        depth = 0
        while True:
            found = statements.search(text, start)
            end = found.end() if found else len(text)
            code, end, is_damaged = self._code(start, end, column)
            self._saw(end + _GLANCE)
            if is_damaged or end >= len(text):
                return end
            depth += code.count("(") + code.count("[") + code.count("{")
            depth -= code.count(")") + code.count("]") + code.count("}")
            if depth <= 0 or _OUTSIDE_BRACKETS.match(text, end, end + _GLANCE * 2):
                return end
            start = end

    def _code(self, start: int, end: int, column: int) -> tuple[str, int, bool]:
        """The text without strings and comments up to `end`, or to a later line if that is inside a string, with that
        line's offset. The flag tells that an unterminated string ends the statement there."""
        text = self.text
        region = text[start:end]
        has_triple = '"""' in region or "'''" in region
        if not has_triple and "\\" not in region[-3:] and not ("{" in region and _NESTED_QUOTE.search(region)):
            return _TOKEN.sub("", region), end, False
        pieces = []
        while (token := _TOKEN.search(text, start)) and token.start() < end:
            pieces.append(text[start : token.start()])
            start = token.end()
            if token.group() in ('"""', "'''"):
                closing, damage = self._triple(token, column)
                if damage is not None:
                    return "".join(pieces), damage, True
                start = closing
            elif "{" in token.group() and self._is_interpolated(token.start()):
                start = self._interpolated(token.start(), token.group()[0]) or start
            if end <= start < len(text):
                found = _statements(column).search(text, start)
                end = found.end() if found else len(text)
        pieces.append(text[start:end])
        return "".join(pieces), max(start, end), False

    def _triple(self, opening: re.Match[str], column: int) -> tuple[int, int | None]:
        """Where a triple-quoted string ends; or, if it does not, where its damage does."""
        text, quote, start = self.text, opening.group(), opening.end()
        end = text.find(quote, start)
        while end > start and (end - len(text[start:end].rstrip("\\")) - start) % 2:
            end = text.find(quote, end + 1)
        self._saw(len(text) if end < 0 else end + len(quote))
        definition = _definitions(column).search(text, start, len(text) if end < 0 else end)
        if end < 0:
            paragraph = _paragraphs(column).search(text, start)
            stops = [found.end() for found in (definition, paragraph) if found]
            return start, min(stops, default=len(text))
        if definition and not self._closes(opening.start(), end):
            return start, definition.end()
        if text.count("{", start, end) != text.count("}", start, end) and self._is_interpolated(opening.start()):
            return self._interpolated(opening.start(), quote) or end + 3, None
        return end + 3, None

    def _closes(self, opening: int, end: int) -> bool:
        """Whether the triple quote at `end` looks like the end of the string rather than the start of another, which
        says that the quote at `opening` was just typed and turned all strings after it inside out."""
        text = self.text
        before = text[max(opening - 3, 0) : opening]
        if re.search(r"(?:\w(?<![rRbBuUfFtT])|[])])\Z", before):
            return False
        if not _AFTER_CLOSING.match(text, end + 3, end + 3 + _GLANCE):
            return False
        if not _LINE_END.match(text, end + 3, end + 3 + _GLANCE):
            return True
        before = _PREFIX.sub("", text[max(opening, end - _GLANCE * 3) : end]).rstrip(" \t\f")
        if before and before[-1] not in "\r\n":
            return not _BEFORE_OPENING.search(before)
        return not _HEADER.match(re.split(r"[\r\n]", before.rstrip())[-1])

    def _is_interpolated(self, quote: int) -> bool:
        return _INTERPOLATED.search(self.text[max(quote - 2, 0) : quote]) is not None

    def _interpolated(self, start: int, quote: str, nesting: int = 0) -> int | None:
        """Where the f-string ends that starts here, with its nested strings; None if it does not."""
        text = self.text
        position = start + len(quote)
        limit = position + _LONGEST_INTERPOLATION
        self._saw(limit + _GLANCE)
        depth = 0
        while piece := _INTERPOLATION.search(text, position, limit):
            token, position = piece.group(), piece.end()
            if not depth:
                if token.startswith(quote):
                    return piece.start() + len(quote)
                if token == "{":
                    depth = 1
                elif token in "\r\n" and len(quote) == 1:
                    return None
            elif token[0] in "{[(":
                depth += len(token)
            elif token[0] in "}])":
                depth = max(0, depth - len(token))
            elif token[0] in "\r\n":
                if _OUTSIDE_BRACKETS.match(text, position, position + _GLANCE * 2):
                    return None
            elif token[0] in "\"'":
                nested = self._nested(piece.start(), token, nesting + 1)
                if nested is None:
                    return None
                position = nested
        return None

    def _nested(self, start: int, quote: str, nesting: int) -> int | None:
        if self._is_interpolated(start):
            return self._interpolated(start, quote, nesting) if nesting < _DEEPEST_INTERPOLATION else None
        if len(quote) == 3:
            self._saw(start + _LONGEST_INTERPOLATION)
            end = self.text.find(quote, start + 3, start + _LONGEST_INTERPOLATION)
            return None if end < 0 else end + 3
        token = _TOKEN.match(self.text, start)
        if token:
            self._saw(token.end())
        return token.end() if token else None
