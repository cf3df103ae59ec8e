"""The code in a model's reply, whatever surrounds it."""

from __future__ import annotations

import ast
import json
import re
import textwrap
from collections.abc import Iterator

_THOUGHTS = re.compile(r"<(think|thinking|reasoning)>.*?(</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(
    r"^[ \t]*(?P<ticks>`{3,}|~{3,})[^\n]*\n(?P<code>.*?)(?:^[ \t]*(?P=ticks)[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_START = re.compile(r"^[ \t]*(?:@\w|def |async def |class |import |from \w)", re.MULTILINE)
_LONGEST = 200_000  # Characters of code; no function is as long.


def code_in(reply: str, function: str) -> str:
    """The last block that defines the function, else the last one that is Python; empty where there is none.

    A block need not be closed, nor fenced, and a JSON object with `code` in it will do.
    """
    text = _THOUGHTS.sub("", reply).replace("\r\n", "\n").lstrip("\ufeff")
    blocks = [block for block in map(_dedented, _blocks(text)) if block and len(block) <= _LONGEST]
    name = re.compile(rf"^[ \t]*(?:async[ \t]+)?def[ \t]+{re.escape(function.rpartition('.')[2])}\b", re.MULTILINE)
    for wanted in (lambda each: name.search(each) and parses(each), parses, name.search):
        found = [block for block in blocks if wanted(block)]
        if found:
            return found[-1]
    return ""


def parses(code: str) -> bool:
    try:
        ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _blocks(text: str) -> Iterator[str]:
    fenced = [match["code"] for match in _FENCE.finditer(text)]
    yield from fenced
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and isinstance(found.get("code"), str):
        inner = found["code"]
        yield from [match["code"] for match in _FENCE.finditer(inner)] or [inner]
    elif not fenced and (start := _START.search(text)):
        yield _longest_start(text[start.start() :])


def _longest_start(text: str) -> str:
    """As much as is Python: prose may follow code that no fence ends."""
    lines = text.split("\n")
    ends = [index for index in range(1, len(lines) + 1) if index == len(lines) or lines[index][:1].strip()]
    for end in reversed(ends[-40:]):
        if parses(code := _dedented("\n".join(lines[:end]))):
            return code
    return text


def _dedented(code: str) -> str:
    code = textwrap.dedent(code).strip("\n")
    return code + "\n" if code.strip() else ""
