"""Counting into a dict by hand, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from collections import Counter, defaultdict


# slow: get() with zero.
def letters(text: str) -> dict[str, int]:
    counts = {}
    for char in text:  # hint
        counts[char] = counts.get(char, 0) + 1  # hint
    return counts


# slow: a test, and two ways.
def words(lines):
    counts = {}
    for word in lines:  # hint
        if word in counts:  # hint
            counts[word] += 1  # hint
        else:
            counts[word] = 1
    return counts


# slow: the entry is made first.
def votes(names: list[str]) -> dict[str, int]:
    result: dict[str, int] = {}
    for name in names:  # hint
        if name not in result:  # hint
            result[name] = 0  # hint
        result[name] += 1  # hint
    return result


# slow: a defaultdict of numbers.
def lengths(texts: list[str]) -> dict[int, int]:
    sizes = defaultdict(int)
    for text in texts:  # hint
        sizes[len(text)] += 1  # hint
    return dict(sizes)


class Log:
    def __init__(self, levels: list[str]) -> None:
        self.levels = levels
        self.counts: dict[str, int] = {}

    # slow: the levels in an attribute, counted into a local dict.
    def summary(self) -> list[tuple[str, int]]:
        seen: dict[str, int] = {}
        for level in self.levels:  # hint
            try:  # hint
                seen[level] += 1  # hint
            except KeyError:
                seen[level] = 1
        return sorted(seen.items())

    # slow: setdefault() makes the entry.
    def frequencies(self):
        found = dict()
        for level in self.levels:  # hint
            found.setdefault(level, 0)  # hint
            found[level] += 1  # hint
        return found

    # fine: the loop does more for each level than count it.
    def table(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for level in self.levels:
            counts[level] = counts.get(level, 0) + 1
            if counts[level] > 100:
                raise OverflowError(level)
        return counts


# slow: for each document, a dict of its own.
def per_document(documents: list[list[str]]) -> list[dict[str, int]]:
    result = []
    for document in documents:
        counts: dict[str, int] = {}
        for token in document:  # hint
            counts[token] = counts.get(token, 0) + 1  # hint
        result.append(counts)
    return result


# fine: the counter counts.
def fast(texts: list[str]) -> Counter[str]:
    return Counter(texts)


# fine: sums, not counts.
def totals(rows: list[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, amount in rows:
        sums[name] = sums.get(name, 0) + amount
    return sums


# fine: lists are collected.
def grouped(texts: list[str]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = {}
    for text in texts:
        groups.setdefault(len(text), []).append(text)
    return groups


# fine: the number that each name gets is its place.
def numbered(names: list[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for name in names:
        if name not in numbers:
            numbers[name] = len(numbers) + 1
    return numbers


# fine: steps of another size.
def weights(names: list[str], step: float) -> dict[str, float]:
    result: dict[str, float] = {}
    for name in names:
        result[name] = result.get(name, 1.0) * step
    return result
