"""Texts made anew character by character, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import random


# slow: a call for each character.
def shouted(lines: list[str]) -> list[str]:
    return ["".join([char.upper() for char in line]) for line in lines]  # hint


# slow: one character takes another's place, without annotations.
def dotted(texts):
    out = []
    for text in texts:
        text = str(text)
        out.append("".join("." if char == "," else char for char in text))  # hint
    return out


# slow: characters are dropped, by a loop that adds.
def plain(text: str) -> str:
    kept = ""
    for char in text:  # hint
        if char not in "\"'":
            kept += char  # hint
    return kept


class Cipher:
    def __init__(self, table: dict[str, str]) -> None:
        self.table = table

    # slow: each character is looked up.
    def encode(self, text: str) -> str:
        return "".join([self.table.get(char, char) for char in text])  # hint

    # slow: shifted by a calculation.
    def shift(self, text: str, by: int) -> str:
        out = []
        for char in text:  # hint
            out.append(chr((ord(char) - 97 + by) % 26 + 97))
        return "".join(out)  # hint

    # fine: a table works through the text.
    def encode_fast(self, text: str) -> str:
        return text.translate(str.maketrans(self.table))


# fine: the place decides.
def alternating(text: str) -> str:
    return "".join(char.upper() if at % 2 else char for at, char in enumerate(text))


# fine: chance decides.
def garbled(text: str) -> str:
    return "".join(random.choice("xyz") for char in text)


# fine: words, not characters.
def capitals(words: list[str]) -> str:
    return " ".join(word.capitalize() for word in words)


# fine: a list of what the characters count.
def values(text: str) -> list[int]:
    return [ord(char) - 48 for char in text]
