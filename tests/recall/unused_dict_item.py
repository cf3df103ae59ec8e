"""Going through pairs of which only the value is used, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import configparser
from collections import OrderedDict, defaultdict


# slow: the key has a name that says it is not used.
def has_gap(prices: dict[str, float | None]) -> bool:
    for _, price in prices.items():  # hint
        if price is None:
            return True
    return False


# slow: the key has a proper name, and is not used either.
def dearest(prices: dict[int, float]):
    return max(price for number, price in prices.items())  # hint


# slow: a dict made here, and a list comprehension.
def groups(lines):
    groups = defaultdict(list)
    for line in lines:
        groups[line[:1]].append(line)
    return [group for key, group in groups.items()]  # hint


class Stock:
    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    # slow: an attribute, in a nested loop.
    def rounds(self, times: int) -> int:
        empty = 0
        for _ in range(times):
            for _name, count in self.counts.items():  # hint
                if not count:
                    empty += 1
                    break
        return empty

    # slow: all values in their order, within try.
    def stocked(self) -> list[int]:
        try:
            return sorted(count for _, count in self.counts.items())  # hint
        except RuntimeError:
            return []

    # fine: both are used.
    def lines(self) -> list[str]:
        return [f"{name}: {count}" for name, count in self.counts.items()]

    # fine: the values alone.
    def all(self) -> int:
        return sum(self.counts.values())


# slow: for each dict of a list, in an asynchronous function.
async def send(tables: list[dict[str, bytes]], sink):
    for table in tables:
        payloads = []
        for __, payload in table.items():  # hint
            payloads.append(payload)
        await sink.write(payloads)


# fine: the key is used after the loop.
def last_key(table: OrderedDict[str, int]) -> str:
    key = ""
    total = 0
    for key, value in table.items():
        total += value
    return f"{key} {total}"


# fine: the section of a parsed file is no dict.
def options(parser: configparser.ConfigParser) -> list[str]:
    return [value.strip() for _, value in parser.items("main")]


class Feed:
    def items(self):
        yield from [(1, "a"), (2, "b")]


# fine: the class's own items, which has no values().
def texts(feed: Feed) -> list[str]:
    out = []
    for _, text in feed.items():
        out.append(text)
    return out


# fine: nothing tells what the argument is.
def unknown(source):
    count = 0
    for _, value in source.items():
        count += value
    return count


# fine: pairs in a list are no dict.
def seconds(pairs: list[tuple[str, int]]) -> list[int]:
    return [value for _, value in pairs]
