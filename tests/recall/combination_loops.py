"""All combinations tried for a given sum, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from itertools import combinations


def lacks(numbers: list[int], wanted: int) -> bool:
    return any(a + b == wanted for a in numbers for b in numbers)


# slow: four loops over one list.
def quadruples(weights: list[int], wanted: int) -> int:
    found = 0
    for a in weights:  # hint
        for b in weights:  # hint
            for c in weights:  # hint
                for d in weights:  # hint
                    if a + b + c + d == wanted:  # hint
                        found += 1
    return found


# slow: three loops by index.
def triplets(numbers: list[int]) -> list[tuple[int, int, int]]:
    out = []
    n = len(numbers)
    for i in range(n):  # hint
        for j in range(i + 1, n):  # hint
            for k in range(j + 1, n):  # hint
                if numbers[i] + numbers[j] + numbers[k] == 0:  # hint
                    out.append((numbers[i], numbers[j], numbers[k]))
    return out


# slow: a comprehension, without annotations.
def meals(starters, mains, sweets, calories):
    return [(s, m, w) for s in starters for m in mains for w in sweets if s + m + w == calories]  # hint


# slow: the library makes the combinations.
def scales(weights: list[int], wanted: int) -> tuple[int, ...] | None:
    for three in combinations(weights, 3):  # hint
        if sum(three) == wanted:  # hint
            return three
    return None


class Purse:
    def __init__(self, coins: list[int]) -> None:
        self.coins = coins

    # slow: an attribute, in while loops.
    def pays(self, price: int) -> bool:
        n = len(self.coins)
        i = 0
        while i < n:  # hint
            j = i + 1
            while j < n:  # hint
                k = j + 1
                while k < n:  # hint
                    if self.coins[i] + self.coins[j] + self.coins[k] == price:  # hint
                        return True
                    k += 1
                j += 1
            i += 1
        return False

    # slow: any over a generator.
    def pays_with_four(self, price: int) -> bool:
        c = self.coins
        return any(a + b + d + e == price for a in c for b in c for d in c for e in c)  # hint

    # fine: the last coin is looked up.
    def pays_fast(self, price: int) -> bool:
        known = set(self.coins)
        return any(price - a - b in known for a in self.coins for b in self.coins)


# slow: the sum is moved to the other side.
def balanced(left: list[int], right: list[int], extra: list[int]) -> int:
    count = 0
    for a in left:  # hint
        for b in right:  # hint
            for c in extra:  # hint
                if c == a - b:  # hint
                    count += 1
    return count


# slow: asynchronous, two of three terms have a name.
async def matches(prices: list[int], total: int, channel) -> None:
    for a in prices:  # hint
        for b in prices:  # hint
            both = a + b
            for c in prices:  # hint
                if both + c == total:  # hint
                    await channel.send((a, b, c))


# fine: all sums are wanted.
def sums(a: list[int], b: list[int], c: list[int]) -> set[int]:
    return {x + y + z for x in a for y in b for z in c}


# fine: digits are few.
def codes(wanted: int) -> list[str]:
    return [f"{a}{b}{c}" for a in range(10) for b in range(10) for c in range(10) if a + b + c == wanted]


# fine: less than, which nearly all are.
def cheap(a: list[float], b: list[float], c: list[float], limit: float) -> int:
    count = 0
    for x in a:
        for y in b:
            for z in c:
                if x * y + z < limit:
                    count += 1
    return count


# fine: each point of a body is visited.
def marked(body: list[list[list[int]]], value: int) -> int:
    return sum(1 for layer in body for row in layer for point in row if point == value)


# fine: the items must stand side by side.
def runs(numbers: list[int], wanted: int) -> int:
    return sum(a + b + c == wanted for a, b, c in zip(numbers, numbers[1:], numbers[2:]))
