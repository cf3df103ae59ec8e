"""Counting one item of a list after the other, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import itertools
from collections import Counter

READINGS: list[int] = []


def record(value: int) -> None:
    READINGS.append(value)


def tokens(text):
    return text.lower().split()


def frequency(word: str, words: list[str]) -> float:
    return words.count(word) / len(words)


# slow: the whole list is counted through for each of its items.
def histogram(values: list[int]) -> dict[int, int]:
    return {value: values.count(value) for value in values}  # hint


# slow: the set saves repeats only; distinct items still cost a pass each.
def repeated(values: list[str]) -> list[str]:
    found = []
    for value in set(values):
        if values.count(value) > 1:  # hint
            found.append(value)
    return found


# slow: the key of max() counts through the list for each candidate.
def most_common(votes: list[str]) -> str:
    return max(set(votes), key=votes.count)  # hint


# slow: a filter that counts through the list for each item.
def singles(values):
    items = sorted(values)
    return [item for item in items if items.count(item) == 1]  # hint


class Survey:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: any() stops at the first duplicate, and there may be none.
    def has_duplicates(self, rows: list[dict]) -> bool:
        keys = [row["key"] for row in rows]
        return any(keys.count(key) > 1 for key in keys)  # hint

    # slow: the list from split() is counted through for each word.
    def word_counts(self, text: str):
        words = text.split()
        counts = {}
        for word in words:
            counts[word] = words.count(word)  # hint
        return counts

    # fine: a string is searched for substrings, which no Counter holds.
    def mentions(self, text: str, keywords: list[str]):
        return {keyword: text.count(keyword) for keyword in keywords}


# slow: the key of the sort counts through the list for each word.
def by_frequency(text: str):
    words = tokens(text)
    return sorted(words, key=lambda word: (-words.count(word), word))  # hint


# slow: the second list is counted through for each item of the first.
def same_items(first: list[int], second: list[int]) -> bool:
    for item in first:
        if first.count(item) != second.count(item):  # hint
            return False
    return len(first) == len(second)


# slow: a while loop with an index.
def odd_one(numbers: list[int]):
    i = 0
    while i < len(numbers):
        if numbers.count(numbers[i]) % 2 == 1:  # hint
            return numbers[i]
        i += 1
    return None


# slow: a tuple is counted through like a list.
def duplicates(pairs) -> int:
    names = tuple(name for name, _ in pairs)
    return sum(1 if names.count(name) > 1 else 0 for name in names)  # hint


# slow: the module's list is counted through for each value asked for.
def popularity(wanted):
    return list(map(lambda value: READINGS.count(value), wanted))  # hint


# slow: the helper counts through the list at each call.
def frequencies(words: list[str]) -> dict[str, float]:
    result = {}
    for word in words:
        if word not in result:
            result[word] = frequency(word, words)  # hint
    return result


# slow: an asynchronous loop that counts in a list.
async def rate(requests, log: list[str], limit: int):
    refused = []
    async for address in requests:
        if log.count(address) > limit:  # hint
            refused.append(address)
    return refused


class Poll:
    def __init__(self, title: str):
        self.title = title
        self.votes = []
        self.options: list[str] = []

    def vote(self, option: str) -> None:
        self.votes.append(option)

    def allow(self, option: str) -> None:
        self.options.append(option)

    # slow: the votes are counted through for each option.
    def result(self):
        result = {}
        for option in self.options:
            result[option] = self.votes.count(option)  # hint
        return result

    # slow: the votes are counted through for each row that is printed.
    def table(self) -> list[str]:
        rows = []
        for i, option in enumerate(self.options):
            try:
                share = 100 * self.votes.count(option) / len(self.votes)  # hint
            except ZeroDivisionError:
                share = 0.0
            rows.append(f"{i + 1}. {option} {share:.1f}%")
        return rows

    # slow: the inner function counts through the votes for each option.
    def winners(self) -> list[str]:
        def score(option):
            return self.votes.count(option)  # hint

        return sorted(self.options, key=score)[-3:]  # hint

    # fine: one pass for one option.
    def of(self, option: str) -> int:
        return self.votes.count(option)

    # fine: the counter passes through the votes once.
    def fast_result(self):
        counts = Counter(self.votes)
        return {option: counts[option] for option in self.options}

    # fine: two constants, so two passes.
    def yes_no(self) -> dict[str, int]:
        return {option: self.votes.count(option) for option in ("yes", "no")}


class Meter:
    """Keeps its totals."""

    def __init__(self):
        self.totals = {}

    def count(self, name):
        return self.totals.get(name, 0)


# fine: each row is counted through once.
def blanks(rows: list[list[int]]) -> list[int]:
    return [row.count(0) for row in rows]


# fine: the loop runs over three constants.
def summary(results: list[str]) -> list[str]:
    lines = []
    for state in ["passed", "failed", "skipped"]:
        lines.append(f"{state}: {results.count(state)}")
    return lines


# fine: the class keeps its totals in a dict.
def report(names: list[str]):
    meter = Meter()
    return [meter.count(name) for name in names]


# fine: the method of a query takes no item.
def sizes(queries):
    return [query.count() for query in queries]


# fine: an endless counter.
def with_numbers(items: list[str]):
    numbers = itertools.count(1)
    return [(next(numbers), item) for item in items]


# fine: the list shrinks in each round, so counts made before the loop would be stale.
def peel(values: list[int]) -> int:
    rounds = 0
    while values:
        if values.count(values[-1]) == 1:
            rounds += 1
        values.pop()
    return rounds


# fine: nothing tells what the receiver is.
def tally(source, names):
    return [source.count(name) for name in names]


# fine: the first round leaves the loop.
def first_count(values: list[int]) -> int:
    for value in values:
        return values.count(value)
    return 0


# fine: the list is another one in each round.
def zeros(lines: list[str]) -> int:
    total = 0
    for line in lines:
        cells = line.split(",")
        total += cells.count("0")
    return total
