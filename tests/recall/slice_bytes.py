"""The rest of a text or of bytes cut off to look at its start, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import re
import struct

NUMBER = re.compile(r"\d+")


def starts_with_tag(text: str, at: int) -> bool:
    return text[at:].startswith("<")  # hint


# slow: all that is left is copied to compare its start.
def count_marks(text: str, mark: str) -> int:
    count = 0
    for at in range(len(text)):
        if text[at:].startswith(mark):  # hint
            count += 1
    return count


# slow: bytes are unpacked from what is left.
def records(data: bytes) -> list[tuple[int, int]]:
    out = []
    at = 0
    while at < len(data):
        out.append(struct.unpack("<HH", data[at:][:4]))  # hint
        at += 4
    return out


# slow: a pattern is matched at the start of the rest, without annotations.
def numbers(text):
    found = []
    at = 0
    text = str(text)
    while at < len(text):
        match = NUMBER.match(text[at:])  # hint
        if match:
            found.append(match.group())
            at += match.end()
        else:
            at += 1
    return found


class Lexer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    # slow: an attribute's rest.
    def keywords(self) -> list[str]:
        found = []
        while self.at < len(self.source):
            for word in ("let", "in", "fun"):
                if self.source[self.at :].startswith(word):  # hint
                    found.append(word)
            self.at += 1
        return found

    # slow: the rest has a name, within a try.
    def integers(self) -> list[int]:
        out = []
        for at in range(len(self.source)):
            rest = self.source[at:]  # hint
            try:
                if rest.startswith("0x"):  # hint
                    out.append(at)
            except ValueError:
                continue
        return out

    # fine: looked at in its place.
    def marks(self, mark: str) -> int:
        return sum(self.source.startswith(mark, at) for at in range(len(self.source)))


# slow: in a comprehension, bytes.
def headers(data: bytes) -> list[int]:
    return [at for at in range(len(data)) if data[at:].startswith(b"\x89PNG")]  # hint


# slow: the first character of the rest.
def capitals(text: str) -> int:
    return sum(text[at:][0].isupper() for at in range(len(text)))  # hint


# slow: the helper copies at each call.
def tags(text: str) -> int:
    return sum(starts_with_tag(text, at) for at in range(len(text)))  # hint


# slow: asynchronous, the rest is searched at its start for each message.
async def frames(stream, channel) -> None:
    data = await stream.read()
    at = 0
    while at < len(data):
        (size,) = struct.unpack(">I", data[at:][:4])  # hint
        await channel.send(size)
        at += 4 + size


# fine: pieces of one length.
def blocks(data: bytes) -> list[bytes]:
    return [data[at : at + 64] for at in range(0, len(data), 64)]


# fine: the rests are what is wanted.
def suffixes(text: str) -> list[str]:
    return [text[at:] for at in range(len(text))]


# fine: each text is cut once.
def bodies(lines: list[str]) -> list[bool]:
    return [line[2:].startswith("x") for line in lines]


# fine: once.
def is_comment(text: str, at: int) -> bool:
    return text[at:].startswith("#")


# fine: a view is sliced without a copy.
def words(data: bytes) -> list[int]:
    view = memoryview(data)
    return [struct.unpack("<I", view[at:][:4])[0] for at in range(0, len(data) - 4, 4)]
