"""Functions that call themselves to go on, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from functools import cache


# slow: a call for each digit.
def digit_sum(number: int, total: int = 0) -> int:
    if number == 0:
        return total
    return digit_sum(number // 10, total + number % 10)  # hint


# slow: as one expression, without annotations.
def power(base, exponent, result=1):
    return result if exponent == 0 else power(base, exponent - 1, result * base)  # hint


# slow: through a list by its index.
def position(numbers: list[int], wanted: int, at: int = 0) -> int:
    if at == len(numbers):
        return -1
    if numbers[at] == wanted:
        return at
    return position(numbers, wanted, at + 1)  # hint


class Line:
    # slow: a method, which halves.
    def search(self, numbers: list[int], wanted: int, low: int, high: int) -> int:
        if low >= high:
            return low
        middle = (low + high) // 2
        if numbers[middle] < wanted:
            return self.search(numbers, wanted, middle + 1, high)  # hint
        return self.search(numbers, wanted, low, middle)  # hint

    # fine: a loop.
    def steps(self, number: int) -> int:
        count = 0
        while number != 1:
            number = number // 2 if number % 2 == 0 else 3 * number + 1
            count += 1
        return count


# slow: an inner function counts.
def collatz(number: int) -> int:
    def count(value: int, steps: int) -> int:
        if value == 1:
            return steps
        return count(value // 2 if value % 2 == 0 else 3 * value + 1, steps + 1)  # hint

    return count(number, 0)


# fine: two calls, which a loop cannot take the place of.
def leaves(tree: tuple) -> int:
    if not tree:
        return 1
    return leaves(tree[0]) + leaves(tree[1])


# fine: what comes back is worked with.
def factorial(number: int) -> int:
    return 1 if number < 2 else number * factorial(number - 1)


# fine: each call reads a page.
def all_items(client, page: int, items: list) -> list:
    reply = client.get(page)
    items.extend(reply.items)
    if not reply.more:
        return items
    return all_items(client, page + 1, items)


# fine: one more try with another value.
def parsed(text: str | bytes) -> int:
    if isinstance(text, bytes):
        return parsed(text.decode())
    return int(text)


@cache
# fine: results are remembered.
def ways(steps: int) -> int:
    return 1 if steps < 2 else ways(steps - 1) + ways(steps - 2)
