"""Making the same function in every round, and look-alikes."""
# ruff: noqa

from __future__ import annotations


def clamp(value: int, limit) -> int:
    return limit(value)


# slow: a lambda that knows nothing of the round.
def squares(values: list[int]) -> list[int]:
    out = []
    for value in values:
        square = lambda x: x * x  # hint
        out.append(square(value))
    return out


# slow: an inner function is made for each row.
def cells(rows):
    result = []
    for row in rows:

        def clean(text):  # hint
            return text.strip()

        result.append(clean(row))
    return result


# slow: the lambda is called where it stands.
def shifted(values: list[int]) -> list[int]:
    return [(lambda x: x + 1)(value) for value in values]  # hint


class Filter:
    def __init__(self, limit: int) -> None:
        self.limit = limit

    # slow: the lambda is handed to a function of this module.
    def apply(self, values: list[int]) -> list[int]:
        out = []
        i = 0
        while i < len(values):
            out.append(clamp(values[i], lambda v: 255 if v > 255 else v))  # hint
            i += 1
        return out

    # slow: it reads self only, which no round changes.
    def kept(self, values: list[int]) -> int:
        count = 0
        for value in values:
            fits = lambda x: x <= self.limit  # hint
            if fits(value):
                count += 1
        return count

    # fine: made once.
    def fast(self, values: list[int]) -> int:
        fits = lambda x: x <= self.limit
        return sum(1 for value in values if fits(value))


# slow: asynchronous, within a try.
async def sizes(messages) -> int:
    total = 0
    async for message in messages:
        try:
            measure = lambda text: len(text)  # hint
            total += measure(message)
        except TypeError:
            continue
    return total


# fine: the lambda holds the round's own value.
def adders(numbers: list[int]):
    return [lambda x, n=number: x + n for number in numbers]


# fine: it reads a name that the loop binds.
def scaled(rows: list[list[int]], factors: list[int]) -> list[list[int]]:
    out = []
    for row, factor in zip(rows, factors):
        out.append(list(map(lambda x: x * factor, row)))
    return out


# fine: each round keeps a function of its own.
def buttons(names: list[str], window) -> None:
    for name in names:
        window.add(name, lambda: window.press(name))


# fine: the sort calls it, and is made once.
def ordered(words: list[str]) -> list[str]:
    out = []
    for word in sorted(words, key=lambda word: word.lower()):
        out.append(word)
    return out


# fine: functions with an identity of their own are collected.
def counters(names: list[str]) -> dict[str, object]:
    made = {}
    for name in names:

        def count() -> int:
            count.calls += 1
            return count.calls

        count.calls = 0
        made[name] = count
    return made
