"""What a literal's source says: the kind and the value of a number or a string."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Kind = Literal["int", "float", "complex", "str", "bytes"]

LONGEST = 10_000
"""A literal of more characters keeps no value: nothing that is said about it would need one."""

_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|(\n)|([\\'\"abfnrtv]))")
_WIDE_ESCAPE = re.compile(_ESCAPE.pattern[:-1] + r"|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\})")
_UNREADABLE = re.compile(r"\\[xuUN]")
_PLAIN = dict(zip("\\'\"abfnrtv", "\\'\"\a\b\f\n\r\t\v", strict=True))


def number(text: str) -> tuple[Kind, object]:
    """The value is None for what Python would not read, such as `0777`."""
    kind: Kind = "int"
    try:
        if text[-1:] in ("j", "J"):
            kind = "complex"
            return kind, complex(text)
        if text[:2].lower() not in ("0x", "0o", "0b") and not text.replace("_", "").isdecimal():
            kind = "float"
            return kind, float(text)
        return kind, int(text, 0) if len(text) <= LONGEST else None
    except ValueError:
        return kind, None


def string(text: str) -> tuple[Kind, object]:
    """The value is None where an escape cannot be read. `text` is one literal, not an f-string."""
    quote = text[-1:]
    prefix = text[: text.find(quote)].lower()
    kind: Kind = "bytes" if "b" in prefix else "str"
    if quote not in ("'", '"') or len(text) > LONGEST:
        return kind, None
    width = len(prefix) + (3 if text.startswith(quote * 3, len(prefix)) and len(text) >= len(prefix) + 6 else 1)
    content = text[width : len(prefix) - width]
    if "\r" in content:
        content = content.replace("\r\n", "\n").replace("\r", "\n")
    try:
        if "\\" in content and "r" not in prefix:
            content = _ESCAPE.sub(_narrow, content) if kind == "bytes" else _WIDE_ESCAPE.sub(_wide, content)
        return kind, content.encode("latin-1") if kind == "bytes" else content
    except (ValueError, KeyError):
        return kind, None


def _narrow(match: re.Match[str]) -> str:
    octal, hexadecimal, newline, letter = match.groups()
    if letter:
        return _PLAIN[letter]
    return "" if newline else chr(int(octal, 8) & 0xFF if octal else int(hexadecimal, 16))


def _wide(match: re.Match[str]) -> str:
    octal, hexadecimal, _, letter, short, long, name = match.groups()
    if name is not None:
        return unicodedata.lookup(name)
    if octal:
        return chr(int(octal, 8))
    code = hexadecimal or short or long
    return chr(int(code, 16)) if code else _PLAIN[letter] if letter else ""
