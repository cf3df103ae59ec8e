"""Lists of constants that are searched in each round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

VOWELS = ["a", "e", "i", "o", "u", "y"]


# slow: five numbers, one after the other.
def odd_digits(digits: list[int]) -> int:
    count = 0
    for digit in digits:
        if digit in (1, 3, 5, 7, 9):  # hint
            count += 1
    return count


# slow: a list, in a comprehension, without annotations.
def pictures(names):
    return [name for name in names if name.split(".")[-1] in ["png", "jpg", "gif", "bmp", "webp", "tiff"]]  # hint


# slow: a while loop.
def consonants(text: str) -> int:
    at = count = 0
    while at < len(text):
        if text[at] not in ("a", "e", "i", "o", "u"):  # hint
            count += 1
        at += 1
    return count


class Report:
    def __init__(self, states: list[str]) -> None:
        self.states = states

    # slow: a list with a name of the function, of an attribute's items.
    def closed(self) -> int:
        done = ["paid", "sent", "returned", "lost", "refused"]
        return sum(1 for state in self.states if state in done)  # hint

    # slow: asynchronous, within a try.
    async def follow(self, codes) -> int:
        bad = 0
        async for code in codes:
            try:
                bad += code in (400, 401, 403, 404, 410, 500)  # hint
            except TypeError:
                continue
        return bad

    # fine: a set.
    def open(self) -> int:
        return sum(1 for state in self.states if state in {"new", "seen", "packed", "held", "late"})


# fine: two constants.
def yes(answers: list[str]) -> int:
    return sum(1 for answer in answers if answer in ("y", "yes"))


# fine: once.
def is_vowel(letter: str) -> bool:
    return letter in ("a", "e", "i", "o", "u")


# fine: the list's items are not constants.
def near(points: list[int], x: int) -> int:
    return sum(1 for point in points if point in (x - 2, x - 1, x, x + 1, x + 2))


# fine: letters of a text, which is searched in C.
def brackets(text: str) -> int:
    return sum(1 for char in text if char in "()[]{}<>")


# fine: what is looked for are lists, which no set can hold.
def corners(places: list[list[int]]) -> int:
    return sum(1 for place in places if place in ([0, 0], [0, 1], [1, 0], [1, 1], [2, 2]))
