"""Each place of a text tried for a word, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: a piece is cut out at each place.
def count_word(text: str, word: str) -> int:
    count = 0
    for i in range(len(text) - len(word) + 1):
        if text[i : i + len(word)] == word:  # hint
            count += 1
    return count


# slow: the places, in a comprehension, without annotations.
def places(text, word):
    text, word = str(text), str(word)
    return [i for i in range(len(text)) if text[i : i + len(word)] == word]  # hint


# slow: a while loop that ends at the first.
def first_place(text: str, word: str) -> int:
    i = 0
    while i <= len(text) - len(word):
        if text[i : i + len(word)] == word:  # hint
            return i
        i += 1
    return -1


class Genome:
    def __init__(self, bases: str) -> None:
        self.bases = bases

    # slow: an attribute, with the length in a name.
    def motifs(self, motif: str) -> list[int]:
        size = len(motif)
        found = []
        for start in range(len(self.bases) - size + 1):
            if self.bases[start : start + size] == motif:  # hint
                found.append(start)
        return found

    # slow: any of the places.
    def has(self, motif: str) -> bool:
        return any(self.bases[i : i + len(motif)] == motif for i in range(len(self.bases)))  # hint

    # fine: found by the text itself.
    def first(self, motif: str) -> int:
        return self.bases.find(motif)


# slow: bytes, with a length that the source tells.
def headers(data: bytes) -> list[int]:
    return [i for i in range(len(data)) if data[i : i + 4] == b"\x89PNG"]  # hint


# fine: pieces that are all wanted.
def triplets(bases: str) -> list[str]:
    return [bases[i : i + 3] for i in range(0, len(bases), 3)]


# fine: compared with another piece of the text.
def repeats(text: str, size: int) -> int:
    return sum(text[i : i + size] == text[i + size : i + 2 * size] for i in range(len(text)))


# fine: looked up in a set of many words.
def known(text: str, words: set[str], size: int) -> int:
    return sum(text[i : i + size] in words for i in range(len(text)))


# fine: once.
def starts(text: str, word: str) -> bool:
    return text[: len(word)] == word


# fine: a list of numbers.
def runs(numbers: list[int], run: list[int]) -> int:
    return sum(numbers[i : i + len(run)] == run for i in range(len(numbers)))
