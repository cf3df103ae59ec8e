"""Growing a string at its front, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from collections import deque


def digit(number: int) -> str:
    return "0123456789abcdef"[number]


# slow: each letter copies what is there.
def turned(text: str) -> str:
    result = ""
    for char in text:
        result = char + result  # hint
    return result


# slow: an f-string puts the new before the old.
def stacked(lines):
    page = ""
    for line in lines:
        page = f"{line}\n{page}"  # hint
    return page


# slow: the digits of a number, from its end.
def in_hex(number: int) -> str:
    text: str = ""
    while number:
        text = digit(number % 16) + text  # hint
        number //= 16
    return text


class Trail:
    def __init__(self, names: list[str]) -> None:
        self.names = names

    # slow: a separator stands between.
    def path(self) -> str:
        path = ""
        for name in self.names:
            path = name + "/" + path  # hint
        return path

    # slow: str() of each number, within a try.
    def numbers(self, values: list[int]) -> str:
        out = str()
        for value in values:
            try:
                out = str(value) + "," + out  # hint
            except ValueError:
                continue
        return out

    # fine: joined once.
    def fast(self) -> str:
        return "/".join(reversed(self.names))


# slow: asynchronous, and formatted with %.
async def newest_first(messages) -> str:
    text = ""
    async for message in messages:
        text = "%s\n%s" % (message, text)  # hint
    return text


# fine: the new goes to the end.
def appended(text: str) -> str:
    result = ""
    for char in text:
        result = result + char
    return result


# fine: numbers are added up.
def total(values: list[int]) -> int:
    result = 0
    for value in values:
        result = value + result
    return result


# fine: each round makes a string of its own.
def quoted(lines: list[str]) -> list[str]:
    out = []
    for line in lines:
        line = "> " + line
        out.append(line)
    return out


# fine: two rounds.
def framed(text: str) -> str:
    for tag in ("b", "i"):
        text = f"<{tag}>" + text
    return text


# fine: a deque grows at its front.
def collected(words: list[str]) -> str:
    parts: deque[str] = deque()
    for word in words:
        parts.appendleft(word)
    return " ".join(parts)


# fine: the loop ends with the first.
def signed(text: str, marks: list[str]) -> str:
    for mark in marks:
        if mark:
            text = mark + text
            break
    return text
