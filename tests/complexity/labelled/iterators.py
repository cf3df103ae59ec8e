"""Generators, iterators and comprehensions: a generator's cost is that of taking all it gives."""
# ruff: noqa

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, count, groupby, islice, product, takewhile, zip_longest


# class: n
def countdown(start: int) -> Iterator[int]:
    while start > 0:
        yield start
        start -= 1


# class: n
def pairwise(items: list[int]) -> Iterator[tuple[int, int]]:
    for i in range(len(items) - 1):
        yield items[i], items[i + 1]


# class: n
def batches(items, size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


# class: n^2
def windows(items: list[int], width: int) -> Iterator[list[int]]:
    for start in range(len(items) - width + 1):
        yield items[start : start + width]


# class: n^2
def prefixes(text: str) -> Iterator[str]:
    for end in range(1, len(text) + 1):
        yield text[:end]


# class: n^2
def all_pairs(items: list[int]) -> Iterator[tuple[int, int]]:
    for i, first in enumerate(items):
        for second in items[i + 1 :]:
            yield first, second


# class: n^2
def farthest(items: list[int]) -> int:
    return max(abs(a - b) for a, b in all_pairs(items))


# class: n^3
def stretches(items):
    for start in range(len(items)):
        for end in range(start + 1, len(items) + 1):
            yield items[start:end]


# class: n^3
def stretch_sums(items: list[int]) -> list[int]:
    return [sum(stretch) for stretch in stretches(items)]


# class: n
def fibonacci_numbers(how_many: int) -> Iterator[int]:
    a, b = 0, 1
    for _ in range(how_many):
        yield a
        a, b = b, (a + b) % 1_000_003


# class: n
def first_squares(how_many: int) -> list[int]:
    return [number * number for number in islice(count(1), how_many)]


# class: sqrt n
def squares_below(limit: int) -> list[int]:
    return list(takewhile(lambda square: square < limit, (number * number for number in count(1))))


# class: sqrt n
def squares_up_to(limit):
    i = 1
    while i * i <= limit:
        yield i * i
        i += 1


# class: log n
def powers_of_two(limit: int) -> Iterator[int]:
    value = 1
    while value <= limit:
        yield value
        value *= 2


# class: log n
def binary_digits(number: int) -> Iterator[int]:
    while number:
        yield number % 2
        number //= 2


# class: n
def running_maximum(values: list[int]) -> list[int]:
    return list(accumulate(values, max))


# class: n
def interleave(first, second):
    return [item for pair in zip_longest(first, second) for item in pair if item is not None]


# class: n
def run_lengths(values: list[int]) -> list[tuple[int, int]]:
    return [(value, len(list(group))) for value, group in groupby(values)]


# class: n
def join_lists(first: list[int], second: list[int]) -> list[int]:
    return list(chain(first, second))


# class: n^2
def flatten(groups: list[list[int]]) -> list[int]:
    return list(chain.from_iterable(groups))


# class: n^3; because: the list that has been made is copied for every group of n.
def flatten_by_plus(groups: list[list[int]]) -> list[int]:
    flat: list[int] = []
    for group in groups:
        flat = flat + group
    return flat


# class: n^3; because: sum copies what it has for every list of n.
def flatten_by_sum(groups: list[list[int]]) -> list[int]:
    return sum(groups, [])


# class: n^2
def grid_points(width: int, height: int) -> list[tuple[int, int]]:
    return list(product(range(width), range(height)))


# class: n^3
def colours(levels: list[int]) -> list[tuple[int, int, int]]:
    return list(product(levels, levels, levels))


# class: n
def last_lines(lines: Iterable[str], keep: int) -> list[str]:
    return list(deque(lines, maxlen=keep))


# class: n
def dedupe_runs(values):
    previous = object()
    for value in values:
        if value != previous:
            yield value
        previous = value


# class: n
def evens_squared(values: list[int]) -> list[int]:
    return [value**2 for value in values if value % 2 == 0]


# class: n
def evens_squared_by_filter(values: list[int]) -> list[int]:
    return list(map(lambda value: value**2, filter(lambda value: value % 2 == 0, values)))


# class: n^2
def multiplication_table(size: int) -> dict[tuple[int, int], int]:
    return {(a, b): a * b for a in range(1, size + 1) for b in range(1, size + 1)}


# class: n
def any_negative(values: list[float]) -> bool:
    return any(value < 0 for value in values)


# class: n
def all_unique(values: list[int]) -> bool:
    seen = set()
    return not any(value in seen or seen.add(value) for value in values)


# class: n^2
def positions(values: list[int], wanted: list[int]) -> list[int]:
    return [values.index(item) for item in wanted]


# class: n
def every_other(values):
    return values[::2]


# class: n
def index_by_length(words: list[str]) -> dict[int, list[str]]:
    index: dict[int, list[str]] = {}
    for word in words:
        index.setdefault(len(word), []).append(word)
    return index


# class: 1
def first(items: list[int], default: int = 0) -> int:
    return items[0] if items else default


# class: 1
def swap_ends(items):
    items[0], items[-1] = items[-1], items[0]


# class: 1
def first_three(items: list[str]) -> list[str]:
    return items[:3]


# class: 1
def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


# class: 1
def hours_and_minutes(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours:02d}:{rest // 60:02d}"


# class: 1
def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return math.hypot(a[0] - b[0], a[1] - b[1])


# class: 1; because: twelve months.
def loan_after_a_year(amount: float, rate: float, payment: float) -> float:
    for _ in range(12):
        amount = amount * (1 + rate / 12) - payment
    return amount


# class: n
def loan_after(amount, rate, payment, months):
    for _ in range(months):
        amount = amount * (1 + rate / 12) - payment
    return amount


# class: n log n
def halving_sums(values: list[int]) -> int:
    total = 0
    step = len(values)
    while step > 0:
        for value in values:
            total += value // step
        step //= 2
    return total


# class: n; because: n/2 + n/4 + ... is n.
def tournament(players: list[int]) -> int:
    while len(players) > 1:
        players = [max(players[i : i + 2]) for i in range(0, len(players), 2)]
    return players[0]


# class: n log n
def doubling_steps(limit):
    visits = 0
    for start in range(1, limit):
        position = start
        while position < limit * limit:
            position *= 2
            visits += 1
    return visits


# class: n^2 log n
def halvings_of_pairs(limit: int) -> int:
    steps = 0
    for a in range(limit):
        for b in range(limit):
            rest = limit
            while rest > 1:
                rest //= 2
                steps += a ^ b
    return steps


# class: n^2 log n
def gcd_table(limit: int) -> list[list[int]]:
    table = []
    for a in range(1, limit + 1):
        row = []
        for b in range(1, limit + 1):
            x, y = a, b
            while y:
                x, y = y, x % y
            row.append(x)
        table.append(row)
    return table


# class: n^k; because: five loops.
def sums_of_five(values: list[int]) -> set[int]:
    return {a + b + c + d + e for a in values for b in values for c in values for d in values for e in values}


# class: n^k; because: pairs of pairs.
def equal_distances(points):
    pairs = [(a, b) for a in points for b in points]
    return sum(1 for p in pairs for q in pairs if p[0] - p[1] == q[0] - q[1])


# class: n
def one_after_another(values: list[int]) -> tuple[int, int]:
    low = values[0]
    for value in values:
        if value < low:
            low = value
    high = values[0]
    for value in values:
        if value > high:
            high = value
    return low, high


# class: n^2
def worst_branch(values: list[int], thorough: bool) -> int:
    if not thorough:
        return sum(values)
    return sum(a * b for a in values for b in values)


# class: n
def two_bounded_loops(values):
    total = 0
    for value in values:
        for shift in range(8):
            total += value >> shift & 1
    return total


# class: sqrt n
def root_steps(n: int) -> int:
    total = 0
    for i in range(0, int(math.sqrt(n))):
        total += i
    return total


# class: n; because: root times root.
def root_times_root(n: int) -> int:
    total = 0
    for i in range(math.isqrt(n)):
        for j in range(math.isqrt(n)):
            total += i * j
    return total


# class: sqrt n
def sum_every_root(values: list[int]) -> int:
    step = max(1, math.isqrt(len(values)))
    return sum(values[i] for i in range(0, len(values), step))
