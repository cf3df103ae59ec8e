"""Small functions called for each item, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: a call for a product.
def areas(sides: list[tuple[int, int]]) -> list[int]:
    def area(a: int, b: int) -> int:
        return a * b

    return [area(a, b) for a, b in sides]  # hint


# slow: a lambda with a name, without annotations.
def scaled(numbers, factor):
    scale = lambda number: number * factor  # hint
    out = []
    for number in numbers:
        out.append(scale(number))  # hint
    return out


# slow: a test, in a while loop.
def count_inside(points: list[int], low: int, high: int) -> int:
    def inside(point: int) -> bool:
        return low <= point < high

    count = 0
    at = 0
    while at < len(points):
        if inside(points[at]):  # hint
            count += 1
        at += 1
    return count


class Prices:
    def __init__(self, prices: list[float]) -> None:
        self.prices = prices

    # slow: the items of an attribute are added up.
    def total(self, tax: float) -> float:
        def gross(price: float) -> float:
            return price + price * tax

        total = 0.0
        for price in self.prices:
            total += gross(price)  # hint
        return total

    # fine: the expression itself.
    def total_fast(self, tax: float) -> float:
        return sum(price + price * tax for price in self.prices)


# slow: asynchronous.
async def differences(pairs) -> list[int]:
    def difference(pair: tuple[int, int]) -> int:
        return pair[1] - pair[0]

    out = []
    async for pair in pairs:
        out.append(difference(pair))  # hint
    return out


# fine: the function does much.
def cleaned(lines: list[str]) -> list[str]:
    def clean(line: str) -> str:
        parts = line.strip().split(",")
        return ";".join(sorted(part.strip().lower() for part in parts))

    return [clean(line) for line in lines]


# fine: it calls itself.
def depths(trees: list[tuple]) -> list[int]:
    def depth(tree: tuple) -> int:
        return 1 + max(map(depth, tree), default=0)

    return [depth(tree) for tree in trees]


# fine: used in several places.
def sums(a: list[int], b: list[int]) -> tuple[int, int]:
    def square(number: int) -> int:
        return number * number

    return sum(square(number) for number in a), max(square(number) for number in b)


# fine: handed to somebody else.
def sorted_by(words: list[str], at: int) -> list[str]:
    def key(word: str) -> str:
        return word[at]

    return sorted(words, key=key)


# fine: it reads a file.
def loaded(paths: list[str]) -> list[str]:
    def load(path: str) -> str:
        with open(path) as handle:
            return handle.read()

    return [load(path) for path in paths]
