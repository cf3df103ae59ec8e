"""Sorting the same unchanged data in every round of a loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import bisect
from operator import itemgetter

PRICES = [9.5, 1.25, 4.0]


def load_prices(path: str) -> None:
    with open(path) as handle:
        for line in handle:
            PRICES.append(float(line))


def ranked(scores: list[int]) -> list[int]:
    return sorted(scores, reverse=True)


# slow: the limits are sorted anew for each value that is looked up.
def bins(values: list[float], limits: list[float]) -> list[int]:
    found = []
    for value in values:
        found.append(bisect.bisect(sorted(limits), value))  # hint
    return found


# slow: the rank of each score is looked up in a fresh sort.
def ranks(scores: dict[str, int]) -> dict[str, int]:
    result = {}
    for name, score in scores.items():
        order = sorted(scores.values())  # hint
        result[name] = bisect.bisect_left(order, score)
    return result


class Shop:
    def __init__(self, items: list[tuple[str, float]]):
        self.items = items

    # slow: the attribute is sorted for each customer.
    def offers(self, budgets: list[float]):
        chosen = []
        for budget in budgets:
            for name, price in sorted(self.items, key=itemgetter(1)):  # hint
                if price > budget:
                    break
                chosen.append(name)
        return chosen

    # slow: the key changes nothing about it, and nor does the try.
    def cheapest(self, counts):
        best = []
        for count in counts:
            try:
                best.append(sorted(self.items, key=lambda item: item[1])[count])  # hint
            except IndexError:
                best.append(None)
        return best

    # fine: one sort, no loop.
    def names(self) -> list[str]:
        return sorted(name for name, _ in self.items)

    # fine: the items change in each round, and the order with them.
    def discount(self, rounds: int) -> list[str]:
        firsts = []
        for number in range(rounds):
            self.items.append((f"offer {number}", -float(number)))
            firsts.append(sorted(self.items, key=itemgetter(1))[rounds // 2][0])
        return firsts


# slow: a comprehension sorts the same words for each prefix.
def completions(prefixes: list[str], words: set[str]) -> list[list[str]]:
    return [[w for w in sorted(words) if w.startswith(p)] for p in prefixes]  # hint


# slow: a while loop that sorts the unchanged list before it takes one of it.
def spread(samples: list[int], step: int) -> list[int]:
    picked = []
    i = 0
    while i < len(samples):
        picked.append(sorted(samples)[i])  # hint
        i += step
    return picked


# slow: an asynchronous loop over requests.
async def serve(requests, table: dict[str, int]):
    async for request in requests:
        names = sorted(table)  # hint
        await request.reply(names[request.page * 10 : request.page * 10 + 10])


# slow: the helper sorts the same scores at each call.
def places(names: list[str], scores: list[int], of: dict[str, int]) -> list[int]:
    result = []
    for name in names:
        result.append(ranked(scores).index(of[name]))  # hint
    return result


# fine: each group is sorted once.
def sort_groups(groups: list[list[int]]) -> list[list[int]]:
    return [sorted(group) for group in groups]


# fine: what the loop runs over is sorted once, before the first round.
def report(counts: dict[str, int]) -> list[str]:
    lines = []
    for name in sorted(counts):
        lines.append(f"{name}: {counts[name]}")
    return lines


# fine: the key depends on the round, so each order is another one.
def by_columns(rows: list[list[int]], columns: list[int]) -> list[list[list[int]]]:
    return [sorted(rows, key=lambda row: row[column]) for column in columns]


# fine: the order depends on the point that the loop is at.
def nearest(points: list[int], others: list[int]) -> list[int]:
    found = []
    for point in points:
        order = sorted(others, key=lambda other: abs(other - point))
        found.append(order[1])
    return found


# fine: the list loses an item in each round.
def eliminate(players: list[int], rounds: int) -> list[int]:
    for number in range(rounds):
        middle = sorted(players)[len(players) // 2]
        players.remove(middle)
    return players


# fine: the loop runs over two constants.
def extremes(values: list[int]) -> dict[str, int]:
    result = {}
    for name, index in (("second", 1), ("last but one", -2)):
        result[name] = sorted(values)[index]
    return result
