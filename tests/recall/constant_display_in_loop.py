"""Building the same list, set or dict in every round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import math


# slow: a dict of constants for each grade.
def points(grades: list[str]) -> int:
    total = 0
    for grade in grades:
        table = {"a": 15, "b": 12, "c": 9, "d": 6, "e": 3, "f": 0}  # hint
        total += table[grade]
    return total


# slow: the dict is asked where it stands.
def words(digits):
    return [{"0": "zero", "1": "one", "2": "two", "3": "three", "4": "four"}[digit] for digit in digits]  # hint


# slow: a dict of dicts for each code.
def colours(codes: list[str]) -> list[str]:
    out = []
    for code in codes:
        themes = {"dark": {"fg": "white", "bg": "black"}, "light": {"fg": "black", "bg": "white"}}  # hint
        out.append(themes["dark"][code])
    return out


class Importer:
    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.rows = rows

    # slow: a list of names, of which one is read by index.
    def months(self, numbers: list[int]) -> list[str]:
        result = []
        for number in numbers:
            names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]  # hint
            result.append(names[number - 1])
        return result

    # slow: set() of a list of constants.
    def valid(self) -> int:
        count = 0
        i = 0
        while i < len(self.rows):
            allowed = set(["open", "closed", "waiting", "done"])  # hint
            if self.rows[i]["state"] in allowed:
                count += 1
            i += 1
        return count

    # fine: each round fills a dict of its own.
    def records(self) -> list[dict[str, int]]:
        result = []
        for row in self.rows:
            record = {"month": 0, "day": 0}
            record["month"] = int(row["month"])
            result.append(record)
        return result


# slow: asynchronous, within a try, the dict's get().
async def answer(requests):
    async for request in requests:
        try:
            status = {"ok": 200, "missing": 404, "denied": 403, "failed": 500}.get(request.state, 400)  # hint
            await request.reply(status)
        except ConnectionError:
            break


# fine: constants in a test become one frozenset.
def vowels(text: str) -> int:
    return sum(1 for char in text if char in {"a", "e", "i", "o", "u"})


# fine: a tuple of constants is built by the compiler.
def days(numbers: list[int]) -> list[str]:
    return [("mon", "tue", "wed", "thu", "fri", "sat", "sun")[number] for number in numbers]


# fine: the values come from the round.
def scales(values: list[float]) -> list[float]:
    out = []
    for value in values:
        ways = {"square": value * value, "root": math.sqrt(value)}
        out.append(ways["root"])
    return out


# fine: the list is handed out, and every caller may change its own.
def defaults(names: list[str]) -> dict[str, list[int]]:
    return {name: [1, 2, 3, 4] for name in names}


# fine: once.
def grade(letter: str) -> int:
    return {"a": 15, "b": 12, "c": 9}[letter]


# fine: built before the first round.
def headings() -> list[str]:
    out = []
    for name in ["date", "amount", "payee", "account"]:
        out.append(name.title())
    return out
