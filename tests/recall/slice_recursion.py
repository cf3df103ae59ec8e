"""Recursion on a copy that lacks one item, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: each call copies what is left of the list.
def total(values: list[int]) -> int:
    if not values:
        return 0
    return values[0] + total(values[1:])  # hint


# slow: a string turned round.
def turned(text: str) -> str:
    if len(text) <= 1:
        return text
    return turned(text[1:]) + text[0]  # hint


# slow: the last item is cut off.
def largest(values):
    if len(values) == 1:
        return values[0]
    rest = largest(values[:-1])  # hint
    return rest if rest > values[-1] else values[-1]


# slow: both ends are cut off.
def is_palindrome(word: str) -> bool:
    if len(word) < 2:
        return True
    if word[0] != word[-1]:
        return False
    return is_palindrome(word[1:-1])  # hint


class Parser:
    def __init__(self) -> None:
        self.seen: list[str] = []

    # slow: a method hands the rest of the tokens on.
    def read(self, tokens: list[str]) -> None:
        if not tokens:
            return
        self.seen.append(tokens[0])
        self.read(tokens[1:])  # hint

    # slow: one more argument travels along.
    def depth(self, text: str, level: int) -> int:
        if text == "":
            return level
        head, tail = text[0], text[1:]  # hint
        return self.depth(tail, level + (head == "(") - (head == ")"))  # hint

    # fine: an index goes on, and the list stays.
    def read_at(self, tokens: list[str], position: int) -> None:
        if position < len(tokens):
            self.seen.append(tokens[position])
            self.read_at(tokens, position + 1)


# slow: a star takes the rest, which copies it.
def joined(words: list[str]) -> str:
    if not words:
        return ""
    first, *rest = words  # hint
    return first + " " + joined(rest)  # hint


# slow: the inner function recurses on a tuple's rest.
def contains(items: tuple[int, ...], wanted: int) -> bool:
    def look(left):
        if not left:
            return False
        return left[0] == wanted or look(left[1:])  # hint

    return look(items)


# slow: bytes, in a conditional expression.
def checksum(data: bytes) -> int:
    return 0 if not data else (data[0] + checksum(data[1:])) % 256  # hint


# fine: the halves are sorted; each level copies the list once.
def merge_sort(values: list[int]) -> list[int]:
    if len(values) < 2:
        return values
    middle = len(values) // 2
    left, right = merge_sort(values[:middle]), merge_sort(values[middle:])
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]


# fine: half of the list is left after each call.
def find(values: list[int], wanted: int) -> bool:
    if not values:
        return False
    middle = len(values) // 2
    if values[middle] == wanted:
        return True
    return find(values[middle + 1 :], wanted) if values[middle] < wanted else find(values[:middle], wanted)


# fine: the slice is handed to another function.
def tail_total(values: list[int]) -> int:
    return values[0] + sum(values[1:])


# fine: the recursion goes down a tree, whose children are their own lists.
def leaves(tree) -> list:
    if not tree.children:
        return [tree]
    return [leaf for child in tree.children for leaf in leaves(child)]


# fine: an index goes on.
def total_from(values: list[int], start: int = 0) -> int:
    if start == len(values):
        return 0
    return values[start] + total_from(values, start + 1)
