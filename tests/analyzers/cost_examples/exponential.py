"""Functions of cubic cost and more, each below its class."""
# ruff: noqa
# mypy: ignore-errors

from __future__ import annotations

import itertools


# n^3
def multiply(a, b):
    n = len(a)
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            for k in range(n):
                c[i][j] += a[i][k] * b[k][j]
    return c


# n^3
def floyd(distance):
    n = len(distance)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                distance[i][j] = min(distance[i][j], distance[i][k] + distance[k][j])


# n^3
def triples(nums):
    found = []
    for i in range(len(nums)):
        for j in range(i + 1, len(nums)):
            for k in range(j + 1, len(nums)):
                if nums[i] + nums[j] + nums[k] == 0:
                    found.append((nums[i], nums[j], nums[k]))
    return found


# n^3
def substrings(s: str) -> list[str]:
    return [s[i:j] for i in range(len(s)) for j in range(i + 1, len(s) + 1)]


# n^3
def matrix_chain(sizes):
    n = len(sizes) - 1
    best = [[0] * n for _ in range(n)]
    for length in range(2, n + 1):
        for i in range(n - length + 1):
            j = i + length - 1
            best[i][j] = min(best[i][k] + best[k + 1][j] for k in range(i, j))
    return best[0][n - 1]


# n^k
def quadruples(xs):
    return [(a, b, c, d) for a in xs for b in xs for c in xs for d in xs]


# n^k
def four_loops(n):
    count = 0
    for i in range(n):
        for j in range(n):
            for k in range(n):
                for m in range(n):
                    count += 1
    return count


# 2^n
def fibonacci_plain(n):
    if n <= 1:
        return n
    return fibonacci_plain(n - 1) + fibonacci_plain(n - 2)


# 2^n
def hanoi(n, a, b, c):
    if n == 0:
        return
    hanoi(n - 1, a, c, b)
    print(a, b)
    hanoi(n - 1, c, b, a)


# 2^n
def power_set(items):
    result = [[]]
    for item in items:
        result += [subset + [item] for subset in result]
    return result


# 2^n
def orders_of(items):
    return list(itertools.permutations(items))


# 2^n
def subsets_by_mask(nums):
    n = len(nums)
    out = []
    for mask in range(1 << n):
        out.append([nums[i] for i in range(n) if mask & (1 << i)])
    return out


# 2^n
def all_masks(n):
    return [mask for mask in range(2**n)]


# 2^n
def permutations(nums):
    out = []
    used = [False] * len(nums)

    def place(chosen):
        if len(chosen) == len(nums):
            out.append(chosen[:])
            return
        for i in range(len(nums)):
            if not used[i]:
                used[i] = True
                chosen.append(nums[i])
                place(chosen)
                chosen.pop()
                used[i] = False

    place([])
    return out


# 2^n
def subset_sum(nums, i, target):
    if i == len(nums):
        return target == 0
    return subset_sum(nums, i + 1, target) or subset_sum(nums, i + 1, target - nums[i])


# 2^n
def combinations(nums, start, chosen, out):
    out.append(list(chosen))
    for i in range(start, len(nums)):
        chosen.append(nums[i])
        combinations(nums, i + 1, chosen, out)
        chosen.pop()
