"""Dynamic programming, and the same problems without it."""
# ruff: noqa

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache


# class: n^2; because: coins times amounts.
def ways_to_change(amount: int, coins: list[int]) -> int:
    ways = [0] * (amount + 1)
    ways[0] = 1
    for coin in coins:
        for total in range(coin, amount + 1):
            ways[total] += ways[total - coin]
    return ways[amount]


# class: 2^n
def fewest_coins(amount: int, coins: list[int]) -> float:
    if amount == 0:
        return 0
    best = float("inf")
    for coin in coins:
        if coin <= amount:
            best = min(best, 1 + fewest_coins(amount - coin, coins))
    return best


# class: n^2
def fewest_coins_table(amount, coins):
    fewest = [0] + [float("inf")] * amount
    for total in range(1, amount + 1):
        for coin in coins:
            if coin <= total:
                fewest[total] = min(fewest[total], fewest[total - coin] + 1)
    return fewest[amount]


# class: 2^n
def knapsack(weights: list[int], values: list[int], capacity: int, i: int = 0) -> int:
    if i == len(weights):
        return 0
    without = knapsack(weights, values, capacity, i + 1)
    if weights[i] > capacity:
        return without
    return max(without, values[i] + knapsack(weights, values, capacity - weights[i], i + 1))


# class: n^2
def knapsack_table(weights: list[int], values: list[int], capacity: int) -> int:
    best = [0] * (capacity + 1)
    for weight, value in zip(weights, values):
        for room in range(capacity, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value)
    return best[capacity]


# class: n^2
def edit_distance(first: str, second: str) -> int:
    previous = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        current = [i]
        for j, b in enumerate(second, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return previous[-1]


# class: 2^n
def edit_distance_plain(first, second, i, j):
    if i == 0:
        return j
    if j == 0:
        return i
    if first[i - 1] == second[j - 1]:
        return edit_distance_plain(first, second, i - 1, j - 1)
    return 1 + min(
        edit_distance_plain(first, second, i - 1, j),
        edit_distance_plain(first, second, i, j - 1),
        edit_distance_plain(first, second, i - 1, j - 1),
    )


# class: n^2
def longest_common_subsequence(first: str, second: str) -> int:
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            if first[i - 1] == second[j - 1]:
                table[i][j] = table[i - 1][j - 1] + 1
            else:
                table[i][j] = max(table[i - 1][j], table[i][j - 1])
    return table[-1][-1]


# class: n^2
def longest_common_subsequence_cached(first: str, second: str) -> int:
    @cache
    def longest(i: int, j: int) -> int:
        if i == len(first) or j == len(second):
            return 0
        if first[i] == second[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    return longest(0, 0)


# class: n^2
def longest_increasing_subsequence(values: list[int]) -> int:
    lengths = [1] * len(values)
    for i in range(len(values)):
        for j in range(i):
            if values[j] < values[i]:
                lengths[i] = max(lengths[i], lengths[j] + 1)
    return max(lengths, default=0)


# class: n log n
def longest_increasing_subsequence_by_piles(values):
    piles = []
    for value in values:
        position = bisect_left(piles, value)
        if position == len(piles):
            piles.append(value)
        else:
            piles[position] = value
    return len(piles)


# class: n
def best_run(values: list[int]) -> int:
    best = current = values[0]
    for value in values[1:]:
        current = max(value, current + value)
        best = max(best, current)
    return best


# class: n^2
def best_run_by_sums(values: list[int]) -> int:
    best = values[0]
    for start in range(len(values)):
        total = 0
        for end in range(start, len(values)):
            total += values[end]
            best = max(best, total)
    return best


# class: n^3
def best_run_slowly(values):
    best = values[0]
    for start in range(len(values)):
        for end in range(start + 1, len(values) + 1):
            best = max(best, sum(values[start:end]))
    return best


# class: n
def climb_stairs(steps: int) -> int:
    ways = [1, 1]
    for _ in range(2, steps + 1):
        ways.append(ways[-1] + ways[-2])
    return ways[steps]


# class: 2^n
def climb_stairs_plain(steps):
    if steps < 0:
        return 0
    if steps == 0:
        return 1
    return climb_stairs_plain(steps - 1) + climb_stairs_plain(steps - 2) + climb_stairs_plain(steps - 3)


# class: n
def rob_houses(values: list[int]) -> int:
    taken = skipped = 0
    for value in values:
        taken, skipped = skipped + value, max(taken, skipped)
    return max(taken, skipped)


# class: 2^n
def cut_rod(length: int, prices: list[int]) -> int:
    if length == 0:
        return 0
    return max(prices[cut] + cut_rod(length - cut, prices) for cut in range(1, length + 1))


# class: n^2
def cut_rod_table(length: int, prices: list[int]) -> int:
    best = [0] * (length + 1)
    for size in range(1, length + 1):
        best[size] = max(prices[cut] + best[size - cut] for cut in range(1, size + 1))
    return best[length]


# class: n^3
def matrix_chain(sizes: list[int]) -> int:
    count = len(sizes) - 1
    cost = [[0] * count for _ in range(count)]
    for length in range(2, count + 1):
        for i in range(count - length + 1):
            j = i + length - 1
            cost[i][j] = min(cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1] for k in range(i, j))
    return cost[0][count - 1]


# class: n^3
def burst_balloons(values):
    values = [1] + values + [1]
    n = len(values)
    best = [[0] * n for _ in range(n)]
    for width in range(2, n):
        for left in range(n - width):
            right = left + width
            for last in range(left + 1, right):
                gain = values[left] * values[last] * values[right]
                best[left][right] = max(best[left][right], best[left][last] + gain + best[last][right])
    return best[0][n - 1]


# class: n^3; because: n * n stretches, each tried at every cut, and kept.
def merge_stones(weights: list[int]) -> int:
    sums = [0]
    for weight in weights:
        sums.append(sums[-1] + weight)

    @lru_cache(maxsize=None)
    def cheapest(start: int, end: int) -> int:
        if end - start == 1:
            return 0
        splits = (cheapest(start, middle) + cheapest(middle, end) for middle in range(start + 1, end))
        return min(splits) + sums[end] - sums[start]

    return cheapest(0, len(weights))


# class: n^2
def longest_palindromic_subsequence(text: str) -> int:
    n = len(text)
    table = [[0] * n for _ in range(n)]
    for i in range(n - 1, -1, -1):
        table[i][i] = 1
        for j in range(i + 1, n):
            if text[i] == text[j]:
                table[i][j] = table[i + 1][j - 1] + 2
            else:
                table[i][j] = max(table[i + 1][j], table[i][j - 1])
    return table[0][-1] if n else 0


# class: n^3; because: n * n stretches, each a slice that is reversed.
def palindrome_cuts(text: str) -> int:
    cuts = list(range(-1, len(text)))
    for end in range(1, len(text) + 1):
        for start in range(end):
            part = text[start:end]
            if part == part[::-1]:
                cuts[end] = min(cuts[end], cuts[start] + 1)
    return cuts[-1]


# class: n^3; because: n * n stretches, each a slice that is hashed.
def can_segment(text: str, words: set[str]) -> bool:
    reachable = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(end):
            if reachable[start] and text[start:end] in words:
                reachable[end] = True
                break
    return reachable[-1]


# class: 2^n
def can_segment_plain(text, words):
    if not text:
        return True
    for end in range(1, len(text) + 1):
        if text[:end] in words and can_segment_plain(text[end:], words):
            return True
    return False


# class: n^2
def can_split_evenly(numbers: list[int], target: int) -> bool:
    reachable = [False] * (target + 1)
    reachable[0] = True
    for number in numbers:
        for total in range(target, number - 1, -1):
            if reachable[total - number]:
                reachable[total] = True
    return reachable[target]


# class: 2^n
def has_subset_with_sum(numbers: list[int], target: int) -> bool:
    if target == 0:
        return True
    if not numbers:
        return False
    return has_subset_with_sum(numbers[1:], target - numbers[0]) or has_subset_with_sum(numbers[1:], target)


# class: n^2
@cache
def partitions(total: int, largest: int) -> int:
    if total == 0:
        return 1
    if total < 0 or largest == 0:
        return 0
    return partitions(total - largest, largest) + partitions(total, largest - 1)


# class: n^3; because: eggs times floors, and every floor tried.
def egg_drops(eggs: int, floors: int) -> int:
    trials = [[0] * (floors + 1) for _ in range(eggs + 1)]
    for floor in range(1, floors + 1):
        trials[1][floor] = floor
    for egg in range(2, eggs + 1):
        for floor in range(1, floors + 1):
            trials[egg][floor] = 1 + min(
                max(trials[egg - 1][drop - 1], trials[egg][floor - drop]) for drop in range(1, floor + 1)
            )
    return trials[eggs][floors]


# class: n
def best_profit(prices: list[float]) -> float:
    lowest = float("inf")
    profit = 0.0
    for price in prices:
        lowest = min(lowest, price)
        profit = max(profit, price - lowest)
    return profit


# class: n^3
def best_profit_with_deals(prices, deals):
    profit = [[0] * len(prices) for _ in range(deals + 1)]
    for deal in range(1, deals + 1):
        for day in range(1, len(prices)):
            profit[deal][day] = profit[deal][day - 1]
            for bought in range(day):
                gain = prices[day] - prices[bought] + profit[deal - 1][bought]
                profit[deal][day] = max(profit[deal][day], gain)
    return profit[deals][-1]


# class: n
def min_jumps(reach: list[int]) -> int:
    jumps = end = farthest = 0
    for i in range(len(reach) - 1):
        farthest = max(farthest, i + reach[i])
        if i == end:
            jumps += 1
            end = farthest
    return jumps


# class: n^k; because: each of n^3 pairs of windows is cut out and compared.
def longest_shared_window(first: list[int], second: list[int]) -> int:
    best = 0
    for i in range(len(first)):
        for j in range(len(second)):
            for length in range(1, min(len(first) - i, len(second) - j) + 1):
                if first[i : i + length] == second[j : j + length]:
                    best = max(best, length)
    return best


# class: n^k; because: n * n stretches times n * n ways to cut them.
def cut_in_three(values: list[int]) -> int:
    n = len(values)
    best = [[0] * (n + 1) for _ in range(n + 1)]
    for length in range(3, n + 1):
        for start in range(n - length + 1):
            end = start + length
            for first in range(start + 1, end - 1):
                for second in range(first + 1, end):
                    cost = best[start][first] + best[first][second] + best[second][end]
                    best[start][end] = max(best[start][end], cost + values[first] * values[second])
    return best[0][n]


# class: n^2
def maximal_square(grid: list[list[str]]) -> int:
    sides = [[0] * (len(grid[0]) + 1) for _ in range(len(grid) + 1)]
    largest = 0
    for r in range(len(grid)):
        for c in range(len(grid[0])):
            if grid[r][c] == "1":
                sides[r + 1][c + 1] = 1 + min(sides[r][c], sides[r][c + 1], sides[r + 1][c])
                largest = max(largest, sides[r + 1][c + 1])
    return largest * largest
