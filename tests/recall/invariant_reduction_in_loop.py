"""Reducing the same unchanged container in every round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import statistics

LIMITS: list[int] = [3, 5, 8]


def add_limit(limit: int) -> None:
    LIMITS.append(limit)


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


# slow: the sum of all weights for each weight.
def normalized(weights: list[float]) -> list[float]:
    return [weight / sum(weights) for weight in weights]  # hint


# slow: the largest value for each row of a loop.
def bars(counts: dict[str, int]) -> list[str]:
    lines = []
    for name, count in counts.items():
        width = 40 * count // max(counts.values())  # hint
        lines.append(f"{name} {'#' * width}")
    return lines


# slow: least and largest at once, unannotated.
def scaled(points):
    values = list(points)
    out = []
    for value in values:
        low, high = min(values), max(values)  # hint
        out.append((value - low) / (high - low))
    return out


class Exam:
    def __init__(self, scores: list[int]) -> None:
        self.scores = scores

    # slow: an attribute is summed up for each score.
    def shares(self) -> list[float]:
        shares = []
        for score in self.scores:
            shares.append(score / sum(self.scores))  # hint
        return shares

    # slow: how many passed is counted for each line.
    def report(self, names: list[str]) -> list[str]:
        lines = []
        for name in names:
            passed = len([score for score in self.scores if score >= 50])  # hint
            lines.append(f"{name}: one of {passed}")
        return lines

    # fine: the sum is taken once.
    def fast_shares(self) -> list[float]:
        total = sum(self.scores)
        return [score / total for score in self.scores]

    # fine: the scores change in each round.
    def bonus(self) -> list[int]:
        best = []
        for i in range(len(self.scores)):
            self.scores[i] += 1
            best.append(max(self.scores))
        return best


# slow: the condition of a while loop, for a list of the module.
def within(values: list[int]) -> int:
    i = 0
    while i < len(values) and values[i] <= max(LIMITS):  # hint
        i += 1
    return i


# slow: the helper goes through all values at each call.
def deviations(values: list[float]) -> list[float]:
    return [value - mean(values) for value in values]  # hint


# slow: asynchronous, with a generator that counts.
async def watch(events, quotas: list[int]):
    async for event in events:
        if event.size > sum(quota for quota in quotas if quota > 0):  # hint
            await event.reject()


# slow: all() of an unchanged list.
def admitted(names: list[str], signed: list[bool]) -> list[str]:
    result = []
    for name in names:
        try:
            if all(signed):  # hint
                result.append(name)
        except TypeError:
            break
    return result


# fine: each row has its own sum.
def totals(rows: list[list[int]]) -> list[int]:
    return [sum(row) for row in rows]


# fine: what the loop runs over is computed once.
def counted(values: list[int]) -> list[int]:
    out = []
    for i in range(max(values)):
        out.append(i)
    return out


# fine: the list loses an item in each round.
def sorted_by_hand(values: list[int]) -> list[int]:
    out = []
    while values:
        least = min(values)
        values.remove(least)
        out.append(least)
    return out


# fine: the condition names the round's own value.
def larger(values: list[int]) -> list[int]:
    return [sum(1 for other in values if other > value) for value in values]


# fine: three constants are summed.
def weighted(values: list[float]) -> list[float]:
    out = []
    for value in values:
        out.append(value / max(1, 2, 3))
    return out


# fine: a generator is used up by the first round.
def chunks(numbers: list[int], stream) -> list[float]:
    rest = (abs(number) for number in stream)
    out = []
    for number in numbers:
        out.append(number + sum(rest))
    return out
