"""A seeded generator of edits to what other functions depend on; a text that parsed still parses after them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from perfwise_analyzers.finding import Span
from tests.analyzers.random_edits import PlainText

_VALUES = (
    "[]",
    "set()",
    "{}",
    "()",
    "deque()",
    '""',
    "0",
    "list(range(9))",
    "sorted([3, 1])",
    "frozenset((1, 2))",
    "None",
)
_ANNOTATIONS = (
    "list[str]",
    "set[str]",
    "dict[str, int]",
    "tuple[int, ...]",
    "str",
    "int",
    "deque[int]",
    "List",
    "object",
)
_RESULTS = ("[]", "set()", "{}", "list(range(9))", "'a b'.split()", "0", "None", "1 in [2, 3]")
_CHANGES = ("{name}.append(1)", "{name} = set()", "{name} += [1]", "{name}.clear()", "{name}: set[int] = set()")

Edit = tuple[Span, str]


def dependency_edits(plain: PlainText, chance: random.Random, count: int) -> Iterator[Edit]:
    """Edits to the text as it stands when each is asked for; the caller applies them to `plain`. Half are undone."""
    while count > 0:
        kind = chance.choice((_constant, _import, _annotation, _helper, _attribute, _changed, _renamed))
        for start, end, new in kind(plain.text, chance):
            old = plain.text[start:end]
            yield plain.span(start, end), new
            count -= 1
            if chance.random() < 0.5:
                yield plain.span(start, start + len(new)), old
                count -= 1


Place = tuple[int, int, str]


def _one(pattern: str, new: Callable[[re.Match[str]], str], text: str, chance: random.Random) -> Iterator[Place]:
    """Replaces the first group of one of the pattern's matches."""
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if found:
        match = chance.choice(found)
        yield match.start(1), match.end(1), new(match)


def _constant(text: str, chance: random.Random) -> Iterator[Place]:
    """What a name of the module is bound to, its annotation included."""
    return _one(
        r"^[A-Za-z_]\w*((?:: [\w\[\], ]+)? = (?!\()[^\s(\[{\"']*[^\n]*[^\n,(\[{])$",
        lambda _: f" = {chance.choice(_VALUES)}",
        text,
        chance,
    )


def _import(text: str, chance: random.Random) -> Iterator[Place]:
    lines = (
        "import os",
        "from collections import deque as list",
        "from collections import deque",
        "from queue import *",
    )
    return _one(r"^((?:from [\w.]+ )?import [^\n(]+)$", lambda match: chance.choice((*lines, match[1])), text, chance)


def _annotation(text: str, chance: random.Random) -> Iterator[Place]:
    return _one(r"\w: ([a-zA-Z]+(?:\[[\w, .]+\])?)(?=[,)=]| =)", lambda _: chance.choice(_ANNOTATIONS), text, chance)


def _helper(text: str, chance: random.Random) -> Iterator[Place]:
    """What a function returns."""
    return _one(r"^ +return ([^\n(\[{]+)$", lambda _: chance.choice(_RESULTS), text, chance)


def _attribute(text: str, chance: random.Random) -> Iterator[Place]:
    """What a method binds an attribute to, mostly `__init__`."""
    return _one(
        r"^ +self\.\w+((?:: [^\n=]+)? = [^\n]*[^\n,(\[{])$", lambda _: f" = {chance.choice(_VALUES)}", text, chance
    )


def _changed(text: str, chance: random.Random) -> Iterator[Place]:
    """A name of the module changed at the end of the text, or by a function there."""
    names = re.findall(r"^([A-Za-z_]\w*)(?:: [^=\n]+)? = ", text, re.MULTILINE)
    if names:
        name = chance.choice(names)
        change = chance.choice(_CHANGES).format(name=name)
        at = len(text)
        start = "" if text.endswith("\n") else "\n"
        yield at, at, start + chance.choice((f"{change}\n", f"def change_{name}():\n    global {name}\n    {change}\n"))


def _renamed(text: str, chance: random.Random) -> Iterator[Place]:
    """A function or class takes the name of another."""
    names = re.findall(r"^ *(?:def|class) (\w+)", text, re.MULTILINE) or ["f"]
    return _one(r"^ *(?:def|class) (\w+)", lambda _: chance.choice(names), text, chance)
