"""Recursion that computes the same values over and over, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import functools
from functools import cache, lru_cache


# slow: the textbook's own, exponential in n.
def fib(n: int) -> int:
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)  # hint


# slow: three calls, in a conditional expression, and no annotation.
def steps(n):
    return 1 if n == 0 else 0 if n < 0 else steps(n - 1) + steps(n - 2) + steps(n - 3)  # hint


# slow: Pascal's rule in two arguments.
def choose(n: int, k: int) -> int:
    if k == 0 or k == n:
        return 1
    left = choose(n - 1, k - 1)  # hint
    right = choose(n - 1, k)  # hint
    return left + right


# slow: the ways through a grid.
def paths(rows: int, columns: int) -> int:
    if rows == 1:
        return 1
    if columns == 1:
        return 1
    total = paths(rows - 1, columns)  # hint
    total += paths(rows, columns - 1)  # hint
    return total


class Sequence:
    # slow: a method that calls itself twice.
    def tribonacci(self, n: int) -> int:
        if n < 3:
            return 1
        return self.tribonacci(n - 1) + self.tribonacci(n - 2) + self.tribonacci(n - 3)  # hint

    # slow: a static look, with the class's name.
    def pell(self, index):
        if index <= 1:
            return index
        return 2 * self.pell(index - 1) + self.pell(index - 2)  # hint

    # fine: one call for each number.
    def factorial(self, n: int) -> int:
        return 1 if n < 2 else n * self.factorial(n - 1)


# slow: the better of two choices at each item.
def knapsack(weights: list[int], values: list[int], room: int, i: int) -> int:
    if i == 0 or room == 0:
        return 0
    if weights[i - 1] > room:
        return knapsack(weights, values, room, i - 1)
    return max(  # hint
        values[i - 1] + knapsack(weights, values, room - weights[i - 1], i - 1),  # hint
        knapsack(weights, values, room, i - 1),  # hint
    )


# slow: an inner function is the one that recurses.
def staircase(n: int) -> int:
    def climb(k: int) -> int:
        if k <= 1:
            return 1
        return climb(k - 1) + climb(k - 2)  # hint

    return climb(n)


# slow: the distance of two words, by three shorter distances.
def distance(a: str, b: str, i: int, j: int) -> int:
    if i == 0 or j == 0:
        return i + j
    if a[i - 1] == b[j - 1]:
        return distance(a, b, i - 1, j - 1)
    return 1 + min(distance(a, b, i - 1, j), distance(a, b, i, j - 1), distance(a, b, i - 1, j - 1))  # hint


@cache
# fine: what was computed is kept by the decorator.
def cached_fib(n: int) -> int:
    return n if n < 2 else cached_fib(n - 1) + cached_fib(n - 2)


@functools.lru_cache(maxsize=None)
# fine: the same, by an older name.
def lru_fib(n: int) -> int:
    if n < 2:
        return n
    return lru_fib(n - 1) + lru_fib(n - 2)


# fine: a dict keeps what was computed.
def memo_fib(n: int, memo: dict[int, int]) -> int:
    if n < 2:
        return n
    if n not in memo:
        memo[n] = memo_fib(n - 1, memo) + memo_fib(n - 2, memo)
    return memo[n]


# fine: the halves of a range have nothing in common.
def range_sum(low: int, high: int) -> int:
    if high - low == 1:
        return low
    middle = (low + high) // 2
    return range_sum(low, middle) + range_sum(middle, high)


# fine: each node of the tree is visited once.
def size(node) -> int:
    if node is None:
        return 0
    return 1 + size(node.left) + size(node.right)


# fine: the moves themselves are wanted, and there are that many.
def hanoi(n: int, source: str, target: str, spare: str, moves: list) -> None:
    if n == 0:
        return
    hanoi(n - 1, source, spare, target, moves)
    moves.append((source, target))
    hanoi(n - 1, spare, target, source, moves)


# fine: one of the two calls is made, never both.
def power(base: int, exponent: int) -> int:
    if exponent == 0:
        return 1
    if exponent % 2:
        return base * power(base, exponent - 1)
    return power(base * base, exponent // 2)
