"""Computing each prefix of a list from its start, and slices that are no prefixes."""
# ruff: noqa

from __future__ import annotations

import math
from itertools import accumulate, islice
from statistics import mean

RAINFALL: list[float] = []


def record(amount: float) -> None:
    RAINFALL.append(amount)


def total_until(values: list[int], end: int) -> int:
    return sum(values[:end])


# slow: the sum starts from the first item in each round.
def running_totals(amounts: list[int]) -> list[int]:
    totals = []
    for i in range(len(amounts)):
        totals.append(sum(amounts[: i + 1]))  # hint
    return totals


# slow: the comprehension adds up each prefix.
def cumulative(values):
    ordered = sorted(values)
    return [sum(ordered[:i]) for i in range(1, len(ordered) + 1)]  # hint


class Market:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: the smallest price so far is searched for each day.
    def best_profit(self, prices: list[float]) -> float:
        best = 0.0
        for day in range(1, len(prices)):
            best = max(best, prices[day] - min(prices[:day]))  # hint
        return best

    # slow: the largest item so far is searched for from the start.
    def records(self, scores: list[int]) -> list[int]:
        found = []
        for i, score in enumerate(scores):
            if i == 0 or score > max(scores[:i]):  # hint
                found.append(score)
        return found

    # fine: five items are read, whatever the round.
    def best_five(self, scores: list[list[int]]):
        best = []
        for i in range(len(scores)):
            best.append(sum(scores[i][:5]))
        return best


# slow: both sides of each item are added up.
def balance_point(weights: list[int]) -> int:
    for i in range(len(weights)):
        if sum(weights[:i]) == sum(weights[i + 1 :]):  # hint
            return i
    return -1


# slow: the numbers of the text are added up from the first in each round of a while loop.
def first_over(text: str, limit: int) -> int:
    numbers = [int(part) for part in text.split()]
    end = 0
    while end < len(numbers):
        if sum(numbers[:end]) > limit:  # hint
            return end
        end += 1
    return end


# slow: the generator reads all items before each index.
def prefix_sums(values: list[int]) -> list[int]:
    return [sum(values[j] for j in range(i + 1)) for i in range(len(values))]  # hint


# slow: the mean of each prefix is computed from its start.
def running_mean(samples: list[float]) -> list[float]:
    means = []
    for count in range(1, len(samples) + 1):
        means.append(sum(samples[:count]) / count)  # hint
    return means


# slow: the product of each prefix is computed from its start.
def survival(rates: list[float]) -> dict[int, float]:
    return {year: math.prod(rates[:year]) for year in range(len(rates))}  # hint


# slow: an inner loop adds up what the round before had added up.
def balances(movements: list[int]):
    result = []
    for i in range(len(movements)):  # hint
        balance = 0
        for j in range(i + 1):  # hint
            balance += movements[j]  # hint
        result.append(balance)
    return result


# slow: any() over the sums of all prefixes.
def overdrawn(movements: list[int]) -> bool:
    return any(sum(movements[:i]) < 0 for i in range(1, len(movements) + 1))  # hint


# slow: the helper adds up a prefix at each call.
def offsets(sizes: list[int]) -> list[int]:
    result = []
    for i in range(len(sizes)):
        result.append(total_until(sizes, i))  # hint
    return result


# slow: the module's list is added up for each of its days, in a conditional expression.
def wet_days():
    days = []
    for day, amount in enumerate(RAINFALL):
        days.append((day, amount, sum(RAINFALL[:day]) if day else 0.0))  # hint
    return days


class Track:
    def __init__(self, name: str):
        self.name = name
        self.heights = []
        self.steps: list[float] = []

    def add(self, height: float, step: float) -> None:
        self.heights.append(height)
        self.steps.append(step)

    # slow: the largest height on either side is searched for at each place.
    def water(self):
        water = 0
        for i in range(len(self.heights)):
            left = max(self.heights[: i + 1])  # hint
            right = max(self.heights[i:])  # hint
            water += min(left, right) - self.heights[i]
        return water

    # slow: the distance to each place is added up from the start.
    def distances(self) -> list[float]:
        return [sum(self.steps[:i]) for i, _ in enumerate(self.steps)]  # hint

    # slow: the mean of each prefix, within try.
    def trend(self) -> list[float]:
        means = []
        for i in range(len(self.heights)):
            try:
                means.append(mean(self.heights[:i]))  # hint
            except ValueError:
                means.append(0.0)
        return means

    # fine: accumulate goes on from the sum before.
    def fast_distances(self) -> list[float]:
        return list(accumulate(self.steps))

    # fine: one prefix, no loop.
    def until(self, place: int) -> float:
        return sum(self.steps[:place])

    # fine: the window holds three items at most.
    def smooth(self) -> list[float]:
        return [sum(self.heights[i : i + 3]) / 3 for i in range(len(self.heights) - 2)]


class Board:
    """Sums rectangles by a table."""

    def __init__(self, table):
        self.table = table

    def __getitem__(self, key):
        return self.table[key.stop]


# fine: the sum goes on from the one before.
def totals(amounts: list[int]) -> list[int]:
    result = []
    total = 0
    for amount in amounts:
        total += amount
        result.append(total)
    return result


# fine: each row has a prefix of its own, read once.
def row_heads(rows: list[list[int]], width: int) -> list[int]:
    heads = []
    for row in rows:
        heads.append(sum(row[:width]))
    return heads


# fine: the middle is halved, so there are few rounds.
def split_point(weights: list[int], half: int) -> int:
    low, high = 0, len(weights)
    while low < high:
        middle = (low + high) // 2
        if sum(weights[:middle]) < half:
            low = middle + 1
        else:
            high = middle
    return low


# fine: the prefix is added up once, after the loop.
def until_limit(values: list[int], limit: int) -> int:
    end = 0
    for i, value in enumerate(values):
        if value <= limit:
            end = i
    return sum(values[:end])


# fine: each pair has two items.
def pair_sums(values: list[int]) -> list[int]:
    return [sum(values[i : i + 2]) for i in range(0, len(values), 2)]


# fine: chunks of a fixed size cover the list once.
def chunk_maxima(values: list[int], size: int) -> list[int]:
    return [max(values[i : i + size]) for i in range(0, len(values), size)]


# fine: earlier items change while the loop runs, so no sum can go on from the one before.
def drain(levels: list[int], sources: list[int]) -> list[int]:
    left = []
    for i, source in enumerate(sources):
        levels[source] -= 1
        left.append(sum(levels[:i]))
    return left


# fine: the prefixes themselves are the result.
def prefixes(word: str) -> list[str]:
    return [word[:i] for i in range(1, len(word) + 1)]


# fine: the class looks its answer up.
def areas(table: list[int]) -> list[int]:
    board = Board(table)
    return [max(1, board[:i]) for i in range(len(table))]


# fine: the first place that fits ends the loop, with the one sum it makes.
def sum_before(values: list[int], wanted: int) -> int:
    for i, value in enumerate(values):
        if value == wanted:
            return sum(values[:i])
    return sum(islice(values, 10))
