"""Functions whose cost is at most the square root of n, and what calls them, each below its class."""
# ruff: noqa
# mypy: ignore-errors

from __future__ import annotations

import bisect
import heapq
import logging
import math

DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0))
VOWELS = {"a", "e", "i", "o", "u"}
log = logging.getLogger(__name__)


# 1
def first(xs: list[int]) -> int:
    return xs[0]


# 1
def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


# 1
def look_up(table: dict[str, int], key: str) -> int:
    return table.get(key, 0)


# 1
def hand():
    total = 0
    for _ in range(52):
        total += 1
    return total


# 1
def neighbours(x, y):
    return [(x + dx, y + dy) for dx, dy in DIRECTIONS]


# 1
def swap(xs: list, i: int, j: int) -> None:
    xs[i], xs[j] = xs[j], xs[i]


# 1
def greet(name):
    log.info("hello %s", name)
    print(f"hello {name}")


# 1
def push(stack: list[int], item: int) -> None:
    stack.append(item)
    stack.pop()


# 1
def vowel(letter):
    return letter in VOWELS


# log n
def binary_search(xs, target):
    low, high = 0, len(xs) - 1
    while low <= high:
        middle = (low + high) // 2
        if xs[middle] == target:
            return middle
        if xs[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return -1


# log n
def lower_bound(xs, target):
    left, right = 0, len(xs)
    while left < right:
        mid = left + (right - left) // 2
        if xs[mid] < target:
            left = mid + 1
        else:
            right = mid
    return left


# log n
def bits(n):
    count = 0
    while n:
        count += n & 1
        n >>= 1
    return count


# log n
def digit_sum(n: int) -> int:
    total = 0
    while n > 0:
        total += n % 10
        n //= 10
    return total


# log n
def digits(n):
    return [int(digit) for digit in str(n)]


# log n
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


# log n
def gcd_recursive(a, b):
    if b == 0:
        return a
    return gcd_recursive(b, a % b)


# log n
def doublings(n):
    i, count = 1, 0
    while i < n:
        i *= 2
        count += 1
    return count


# log n
def fast_power(base, exponent):
    result = 1
    while exponent > 0:
        if exponent % 2 == 1:
            result *= base
        base *= base
        exponent //= 2
    return result


# log n
def power_recursive(base, exponent):
    if exponent == 0:
        return 1
    half = power_recursive(base, exponent // 2)
    if exponent % 2:
        return half * half * base
    return half * half


# log n
def search_recursive(xs, target, low, high):
    if low > high:
        return -1
    mid = (low + high) // 2
    if xs[mid] == target:
        return mid
    if xs[mid] < target:
        return search_recursive(xs, target, mid + 1, high)
    return search_recursive(xs, target, low, mid - 1)


# log n
def place_of(xs: list[int], x: int) -> int:
    return bisect.bisect_left(xs, x)


# log n
def add_job(heap, job):
    heapq.heappush(heap, job)


# log n
def sift_up(heap, i):
    while i > 0:
        parent = (i - 1) // 2
        if heap[parent] <= heap[i]:
            break
        heap[parent], heap[i] = heap[i], heap[parent]
        i = parent


# log n
def prefix_sum(tree, i):
    total = 0
    while i > 0:
        total += tree[i]
        i -= i & -i
    return total


# sqrt n
def is_prime(n):
    if n < 2:
        return False
    i = 2
    while i * i <= n:
        if n % i == 0:
            return False
        i += 1
    return True


# sqrt n
def is_prime_for(n: int) -> bool:
    for i in range(2, int(n**0.5) + 1):
        if n % i == 0:
            return False
    return n > 1


# sqrt n
def divisors(n):
    found = []
    for i in range(1, math.isqrt(n) + 1):
        if n % i == 0:
            found.append(i)
            if i != n // i:
                found.append(n // i)
    return found


# sqrt n
def factors(n):
    result = []
    p = 2
    while p * p <= n:
        while n % p == 0:
            result.append(p)
            n //= p
        p += 1
    if n > 1:
        result.append(n)
    return result


# n log n
def search_all(xs, targets):
    return sum(binary_search(xs, target) for target in targets)


# n^2 log n
def search_grid(rows, target):
    return [[binary_search(row, target) for _ in row] for row in rows]
