"""Methods, and what makes their objects, each below its class."""
# ruff: noqa
# mypy: ignore-errors

from __future__ import annotations

import heapq


class Text:
    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.text = ""
        self.seen: set[str] = set()

    # n^2
    def extend(self, words: list[str]) -> None:
        for word in words:
            self.text += word

    # n
    def longest(self) -> str:
        return max(self.words, key=len)

    # 1
    def has(self, word: str) -> bool:
        return word in self.seen

    # n
    def missing(self, words: list[str]) -> list[str]:
        return [word for word in words if not self.has(word)]

    # n^2
    def longest_each(self, words: list[str]) -> list[str]:
        return [self.longest() for _ in words]


class Heap:
    def __init__(self) -> None:
        self.items: list[int] = []

    # log n
    def push(self, item: int) -> None:
        heapq.heappush(self.items, item)


# 1
def made() -> Text:
    return Text([])
