"""A name for what a function's source says: white space, line breaks in brackets and comments do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

_TOKEN = re.compile(
    r'''(?P<string>(?:\b[A-Za-z]{1,2})?(?:"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\''''
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))"""
    r"|(?P<comment>#[^\n]*)|(?P<joined>\\\r?\n)|(?P<line>\r?\n[ \t\f]*)|(?P<space>[ \t\f\r]+)"
    r"|(?P<word>\w+)|(?P<sign>.)",
    re.DOTALL,
)


def key_of(source: str) -> bytes:
    return blake2b("\0".join(_tokens(source)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _tokens(source: str) -> Iterator[str]:
    depth = 0
    indents = [0]
    line: int | None = None  # The indentation of a new line, until something is on it.
    is_first = True
    for match in _TOKEN.finditer(source.strip()):
        kind, text = match.lastgroup, match[0]
        if kind == "line":
            line = None if depth else len(text.lstrip("\r\n").expandtabs())
            continue
        if kind in ("comment", "joined", "space"):
            continue
        if line is not None and not is_first:
            # What is stripped is the first line's indentation: the second's is the first that counts.
            while len(indents) > 1 and line < indents[-1]:
                indents.pop()
            if line > indents[-1]:
                indents.append(line)
            yield f"\n{len(indents) - 1}"
        line, is_first = None, False
        if text in ("(", "[", "{"):
            depth += 1
        elif text in (")", "]", "}"):
            depth = max(depth - 1, 0)
        yield text
