"""Counts orders, slowly: what the recorded profile is of."""

from __future__ import annotations

import math


def known(orders: list[int], users: list[int]) -> int:
    count = 0
    for order in orders:
        if order in users:
            count += 1
    return count


def unknown(orders: list[int], users: list[int]) -> int:
    count = 0
    for order in orders:
        count += order not in users
    return count


def spread(numbers: list[float]) -> float:
    total = 0.0
    for number in numbers:
        total += number**0.5
    return total


def rarely(numbers: list[float]) -> float:
    total = 0.0
    for number in numbers:
        total += number**0.5
    return total


def main() -> None:
    for _ in range(10):
        known(list(range(0, 6000, 2)), list(range(3000, 9000)))
    for _ in range(6):
        unknown(list(range(0, 6000, 2)), list(range(3000, 9000)))
    for _ in range(100):
        spread([math.pi] * 100_000)
    rarely([math.pi])


if __name__ == "__main__":
    main()
