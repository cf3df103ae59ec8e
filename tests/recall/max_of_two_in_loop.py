"""max and min of two values in each round, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: the greatest so far.
def highest(numbers: list[int]) -> int:
    best = 0
    for number in numbers:
        best = max(best, number)  # hint
    return best


# slow: the least so far, without annotations.
def lowest(numbers):
    least = numbers[0]
    for number in numbers:
        least = min(number, least)  # hint
    return least


# slow: by index in a while loop, of a difference.
def best_profit(prices: list[int]) -> int:
    profit = 0
    cheapest = prices[0]
    at = 1
    while at < len(prices):
        profit = max(profit, prices[at] - cheapest)  # hint
        cheapest = min(cheapest, prices[at])  # hint
        at += 1
    return profit


class Range:
    def __init__(self) -> None:
        self.low = 10**9
        self.high = 0

    # slow: attributes.
    def take(self, numbers: list[int]) -> None:
        for number in numbers:
            self.low = min(self.low, number)  # hint
            self.high = max(self.high, number)  # hint

    # slow: asynchronous.
    async def follow(self, numbers) -> int:
        best = 0
        async for number in numbers:
            best = max(best, number)  # hint
        return best

    # fine: one call for all.
    def span(self, numbers: list[int]) -> int:
        return max(numbers) - min(numbers)


# slow: a running sum that does not fall below nothing.
def largest_run(numbers: list[int]) -> int:
    best = here = 0
    for number in numbers:
        here = max(0, here + number)  # hint
        best = max(best, here)  # hint
    return best


# fine: beside a call that costs far more.
def longest(paths: list[str]) -> int:
    best = 0
    for path in paths:
        with open(path) as handle:
            best = max(best, len(handle.read()))
    return best


# fine: three values.
def three(numbers: list[int]) -> int:
    best = 0
    for _ in range(3):
        best = max(best, numbers.pop())
    return best


# fine: once.
def larger(a: int, b: int) -> int:
    return max(a, b)


# fine: a key decides.
def widest(words: list[str]) -> str:
    best = ""
    for word in words:
        best = max(best, word, key=len)
    return best
