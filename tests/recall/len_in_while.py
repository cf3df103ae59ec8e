"""Lengths asked for before each round, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: a list that nothing changes.
def every_third(numbers: list[int]) -> int:
    total = 0
    i = 0
    while i < len(numbers):  # hint
        total += numbers[i]
        i += 3
    return total


# slow: a text, without annotations.
def skip_blanks(text):
    text = str(text)
    at = 0
    while at < len(text) and text[at] == " ":  # hint
        at += 1
    return at


# slow: two lists.
def merged(a: list[int], b: list[int]) -> list[int]:
    out = []
    i = j = 0
    while i < len(a) and j < len(b):  # hint
        if a[i] < b[j]:
            out.append(a[i])
            i += 1
        else:
            out.append(b[j])
            j += 1
    return out + a[i:] + b[j:]


class Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    # slow: an attribute.
    def digits(self) -> int:
        start = self.at
        while self.at < len(self.text) and self.text[self.at].isdigit():  # hint
            self.at += 1
        return self.at - start

    # slow: asynchronous, the place has a name of its own.
    async def send(self, channel) -> None:
        at = 0
        while at != len(self.text):  # hint
            await channel.send(self.text[at])
            at += 1


# slow: a tuple, counted from behind.
def last_odd(numbers: tuple[int, ...]) -> int:
    back = 1
    while back <= len(numbers):  # hint
        if numbers[-back] % 2:
            return numbers[-back]
        back += 1
    return 0


# fine: the list gets shorter.
def drained(queue: list[int]) -> int:
    total = 0
    while len(queue) > 0:
        total += queue.pop()
    return total


# fine: the list gets longer.
def doubled(numbers: list[int], least: int) -> list[int]:
    while len(numbers) < least:
        numbers.append(numbers[-1] * 2)
    return numbers


# fine: the name is bound anew.
def stripped(text: str) -> str:
    while len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    return text


# fine: another function may change the list.
def visited(walker, places: list[str]) -> int:
    i = 0
    while i < len(places):
        walker.visit(places, i)
        i += 1
    return i


# fine: taken before the loop.
def counted(numbers: list[int]) -> int:
    i, n = 0, len(numbers)
    while i < n:
        i += 2
    return i
