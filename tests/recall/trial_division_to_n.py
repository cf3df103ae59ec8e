"""Looking for a divisor up to the number itself, and remainders that are something else."""
# ruff: noqa

from __future__ import annotations

import asyncio
import math
from math import isqrt


# slow: divisors above the square root are tried.
def is_prime(n):
    if n < 2:
        return False
    for d in range(2, n):  # hint
        if n % d == 0:  # hint
            return False
    return True


# slow: all() tries each number below n.
def is_prime_all(n: int) -> bool:
    return n > 1 and all(n % d for d in range(2, n))  # hint


# slow: any() tries each number below n.
def is_prime_any(number: int) -> bool:
    return number > 1 and not any(number % d == 0 for d in range(2, number))  # hint


# slow: half of n is still in proportion to n.
def is_prime_half(n: int) -> bool:
    if n < 2:
        return False
    for d in range(2, n // 2 + 1):  # hint
        if not n % d:  # hint
            return False
    return True


class Numbers:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: a while loop that counts up to n.
    def is_prime_while(self, n: int) -> bool:
        divisor = 2
        while divisor < n:  # hint
            if n % divisor == 0:  # hint
                return False
            divisor += 1
        return n > 1

    # slow: the smallest factor of a prime is found at the very end.
    def smallest_factor(self, n: int) -> int:
        for candidate in range(2, n + 1):  # hint
            if n % candidate == 0:  # hint
                return candidate
        return n

    # fine: multiples are struck out.
    def sieve(self, n: int) -> list[int]:
        marks = [True] * (n + 1)
        for d in range(2, isqrt(n) + 1):
            if marks[d]:
                for multiple in range(d * d, n + 1, d):
                    marks[multiple] = False
        return [i for i in range(2, n + 1) if marks[i]]


# slow: a flag and a break, in steps of two.
def is_prime_flag(value: int) -> bool:
    prime = value == 2 or (value > 1 and value % 2 == 1)
    for d in range(3, value, 2):  # hint
        if value % d == 0:  # hint
            prime = False
            break
    return prime


# slow: a for with an else, for each number below the limit.
def primes_below(limit: int) -> list[int]:
    primes = []
    for candidate in range(2, limit):
        for d in range(2, candidate):  # hint
            if candidate % d == 0:  # hint
                break
        else:
            primes.append(candidate)
    return primes


# slow: one comprehension in another.
def prime_list(limit: int) -> list[int]:
    return [n for n in range(2, limit) if all(n % d != 0 for d in range(2, n))]  # hint


# slow: divisors are counted up to n only to learn whether there are two.
def is_prime_count(n: int) -> bool:
    return sum(1 for d in range(1, n + 1) if n % d == 0) == 2  # hint


# slow: the filter tries each number below n until one divides it.
def first_divisor(n: int) -> int:
    return next(filter(lambda d: n % d == 0, range(2, n)), n)  # hint


# slow: divmod gives the same remainder.
async def is_prime_async(n: int) -> bool:
    for d in range(2, n - 1):  # hint
        _, rest = divmod(n, d)  # hint
        if rest == 0:  # hint
            return False
        if d % 1000 == 0:
            await asyncio.sleep(0)
    return n > 1


class KeyMaker:
    def __init__(self, seed: int):
        self.seed = seed
        self.primes: list[int] = []

    def __repr__(self) -> str:
        return f"KeyMaker({self.seed})"

    # slow: the method tries each number below n.
    def is_prime(self, n: int) -> bool:
        if n <= 1:
            return False
        for i in range(2, n):  # hint
            if (n % i) == 0:  # hint
                return False
        return True

    # slow: the attribute is the number, and each one below it is tried.
    def seed_is_prime(self) -> bool:
        return all(self.seed % d != 0 for d in range(2, self.seed))  # hint

    # slow: the inner function tries all numbers below its own.
    def next_prime(self) -> int:
        def prime(n: int) -> bool:
            for d in range(2, n):  # hint
                if n % d == 0:  # hint
                    return False
            return True

        candidate = self.seed + 1
        while not prime(candidate):
            candidate += 1
        return candidate

    # slow: the bound has a name of its own, and is n.
    def check(self, n: int) -> str:
        try:
            end = n
            for d in range(2, end):  # hint
                if n % d == 0:  # hint
                    return f"{n} is divisible by {d}"
        except TypeError:
            return "no number"
        return f"{n} is prime"

    # fine: only the primes that are known are tried.
    def by_primes(self, n: int) -> bool:
        return all(n % prime for prime in self.primes)

    # fine: the square root is the end.
    def fast(self, n: int) -> bool:
        for d in range(2, isqrt(n) + 1):
            if n % d == 0:
                return False
        return n > 1

    # fine: nine divisors, whatever the number.
    def by_digits(self, n: int) -> bool:
        for d in range(2, 10):
            if n % d == 0:
                return True
        return False


# fine: the end is the root, by a power.
def is_prime_root(n: int) -> bool:
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


# fine: the loop ends with the square.
def is_prime_square(n: int) -> bool:
    d = 2
    while d * d <= n:
        if n % d == 0:
            return False
        d += 1
    return n > 1


# fine: the bound is a name for the root.
def is_prime_bound(n: int) -> bool:
    end = math.isqrt(n)
    for d in range(2, end + 1):
        if n % d == 0:
            return False
    return n > 1


# fine: all divisors are wanted, and some lie above the root.
def divisors(n: int) -> list[int]:
    return [d for d in range(1, n + 1) if n % d == 0]


# fine: the counter is divided, and not the bound.
def fizz(n: int) -> list[int]:
    found = []
    for i in range(2, n):
        if i % 3 == 0:
            found.append(i)
    return found


# fine: each remainder is kept.
def remainders(n: int) -> list[int]:
    rest = []
    for d in range(2, n):
        rest.append(n % d)
    return rest


# fine: the range counts items, and another number is divided.
def page_sizes(total: int, most: int) -> int:
    for size in range(2, most):
        if total % size == 0:
            return size
    return total


# fine: the greatest common divisor of two numbers.
def common_divisor(a: int, b: int) -> int:
    for d in range(min(a, b), 0, -1):
        if a % d == 0 and b % d == 0:
            return d
    return 1


# fine: % puts the number into a text.
def used_names(template: str, names: set[str], n: int) -> int:
    for d in range(2, n):
        if template % d not in names:
            return d
    return n


# fine: every tenth row is shown, and the remainder is the row's.
def progress(rows: int) -> None:
    for row in range(2, rows):
        if row % 10 == 0:
            print(f"{row} of {rows}")
