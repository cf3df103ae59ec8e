"""Cutting the front off a string, bytes or tuple in each round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import re

NUMBER = re.compile(r"\d+|\D")


# slow: each round copies what is left of the text.
def tokens(text: str) -> list[str]:
    found = []
    while text:
        found.append(text[0])
        text = text[1:]  # hint
    return found


# slow: packets of four bytes are cut off.
def packets(data: bytes) -> list[bytes]:
    result = []
    while len(data) >= 4:
        result.append(data[:4])
        data = data[4:]  # hint
    return result


# slow: the length of the match is cut off, in an endless loop with a break.
def lex(source: str):
    while True:
        match = NUMBER.match(source)
        if match is None:
            break
        yield match.group()
        source = source[match.end() :]  # hint


# slow: a tuple's rest, without annotation.
def pairs(*values):
    result = []
    while len(values) > 1:
        result.append((values[0], values[1]))
        values = values[2:]  # hint
    return result


class Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.data = b""

    # slow: the attribute is cut in each round.
    def words(self) -> list[str]:
        found = []
        while self.text:
            word = self.text[:8]
            found.append(word)
            self.text = self.text[8:]  # hint
        return found

    # slow: bytes in an attribute, within try.
    def frames(self, data: bytes):
        self.data = bytes(data)
        while len(self.data) > 2:
            try:
                size = self.data[0] + 1
                yield self.data[1:size]
            finally:
                self.data = self.data[size:]  # hint

    # fine: a position moves on, and the text stays.
    def chunks(self, size: int):
        position = 0
        while position < len(self.text):
            yield self.text[position : position + size]
            position += size


# slow: the end is cut off.
def from_the_end(digits: str) -> int:
    value, factor = 0, 1
    while digits != "":
        value += factor * int(digits[-1])
        factor *= 10
        digits = digits[:-1]  # hint
    return value


# slow: the rest has a name of its own.
def unescape(text: str) -> list[str]:
    rest = text
    out = []
    while rest:
        if rest.startswith("\\n"):
            out.append("\n")
            rest = rest[2:]  # hint
        else:
            out.append(rest[0])
            rest = rest[1:]  # hint
    return out


# fine: one piece is cut off, once.
def without_prefix(text: str) -> str:
    if text.startswith("re: "):
        text = text[4:]
    return text


# fine: each line is cut once.
def unquoted(lines: list[str]) -> list[str]:
    result = []
    for line in lines:
        line = line[1:]
        result.append(line)
    return result


# fine: half of it is left in each round, so the copies add up to its length.
def levels(text: str) -> int:
    count = 0
    while len(text) > 1:
        text = text[len(text) // 2 :]
        count += 1
    return count


# fine: a memoryview is cut without a copy.
def write_all(sink, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[sink.write(view) :]


# fine: the loop ends after the first cut.
def skip_comment(text: str) -> str:
    while text:
        if text[0] == "#":
            text = text[1:]
            break
        return text
    return text


# fine: the text starts anew in each round.
def after_colon(lines: list[str]) -> list[str]:
    found = []
    i = 0
    while i < len(lines):
        text = lines[i]
        text = text[text.find(":") + 1 :]
        found.append(text)
        i += 1
    return found
