"""Arithmetic on whole numbers: the size of a number is its value."""
# ruff: noqa

from __future__ import annotations

import math
from functools import cache, lru_cache


# class: log n
def digit_sum(number: int) -> int:
    total = 0
    while number > 0:
        total += number % 10
        number //= 10
    return total


# class: log n
def count_bits(value):
    bits = 0
    while value:
        bits += value & 1
        value >>= 1
    return bits


# class: log n
def greatest_common_divisor(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


# class: log n
def gcd_recursive(a, b):
    if b == 0:
        return a
    return gcd_recursive(b, a % b)


# class: 1
def sign(number: float) -> int:
    if number > 0:
        return 1
    if number < 0:
        return -1
    return 0


# class: log n
def power(base: float, exponent: int) -> float:
    result = 1.0
    while exponent:
        if exponent % 2 == 1:
            result *= base
        base *= base
        exponent //= 2
    return result


# class: log n
def power_mod(base, exponent, modulus):
    if exponent == 0:
        return 1
    half = power_mod(base, exponent // 2, modulus)
    half = half * half % modulus
    return half * base % modulus if exponent % 2 else half


# class: n; because: both branches call for half of the exponent, twice.
def power_twice(base: float, exponent: int) -> float:
    if exponent == 0:
        return 1.0
    if exponent == 1:
        return base
    return power_twice(base, exponent // 2) * power_twice(base, exponent - exponent // 2)


# class: log n
def to_hexadecimal(number: int) -> str:
    digits = []
    while True:
        number, digit = divmod(number, 16)
        digits.append("0123456789abcdef"[digit])
        if number == 0:
            break
    digits.reverse()
    return "".join(digits)


# class: log n
def is_power_of_three(number):
    while number > 1:
        if number % 3:
            return False
        number = number // 3
    return number == 1


# class: log n
def trailing_zeros_of_factorial(n: int) -> int:
    zeros = 0
    while n >= 5:
        n //= 5
        zeros += n
    return zeros


# class: log n
def doublings_until(target: int) -> int:
    amount = 1
    days = 0
    while amount < target:
        amount *= 2
        days += 1
    return days


# class: log n; because: the digits of a number are as many as its logarithm.
def is_palindrome_number(number: int) -> bool:
    text = str(number)
    return text == text[::-1]


# class: sqrt n
def is_prime(number: int) -> bool:
    if number < 2:
        return False
    candidate = 2
    while candidate * candidate <= number:
        if number % candidate == 0:
            return False
        candidate += 1
    return True


# class: sqrt n
def is_prime_skipping(number):
    if number < 4:
        return number > 1
    if number % 2 == 0 or number % 3 == 0:
        return False
    i = 5
    while i * i <= number:
        if number % i == 0 or number % (i + 2) == 0:
            return False
        i += 6
    return True


# class: n
def is_prime_slowly(number: int) -> bool:
    for candidate in range(2, number):
        if number % candidate == 0:
            return False
    return number > 1


# class: sqrt n
def divisors(number: int) -> list[int]:
    low: list[int] = []
    high: list[int] = []
    for candidate in range(1, math.isqrt(number) + 1):
        if number % candidate == 0:
            low.append(candidate)
            if candidate != number // candidate:
                high.append(number // candidate)
    return low + high[::-1]


# class: n
def divisors_slowly(number):
    return [candidate for candidate in range(1, number + 1) if number % candidate == 0]


# class: sqrt n
def is_perfect_number(number):
    total = 1
    for i in range(2, int(number**0.5) + 1):
        if number % i == 0:
            total += i
            if i * i != number:
                total += number // i
    return number > 1 and total == number


# class: sqrt n; because: the inner loop takes all the factors out, and there are no more than log n.
def prime_factors(number: int) -> list[int]:
    factors = []
    p = 2
    while p * p <= number:
        while number % p == 0:
            factors.append(p)
            number //= p
        p += 1
    if number > 1:
        factors.append(number)
    return factors


# class: sqrt n
def closest_sides(area: int) -> tuple[int, int]:
    width = int(math.sqrt(area))
    while area % width:
        width -= 1
    return width, area // width


# class: sqrt n
def integer_root(number: int) -> int:
    root = 0
    while (root + 1) * (root + 1) <= number:
        root += 1
    return root


# class: log n
def integer_root_by_halving(number: int) -> int:
    low, high = 0, number
    while low < high:
        middle = (low + high + 1) // 2
        if middle * middle <= number:
            low = middle
        else:
            high = middle - 1
    return low


# class: sqrt n
def is_sum_of_two_squares(number):
    return any(math.isqrt(number - a * a) ** 2 == number - a * a for a in range(math.isqrt(number) + 1))


# class: sqrt n; because: the rows grow by one, so that k rows hold about k * k / 2 coins.
def full_rows(coins: int) -> int:
    row = 0
    while coins > row:
        row += 1
        coins -= row
    return row


# class: n^2
def primes_below(limit: int) -> list[int]:
    return [number for number in range(2, limit) if is_prime_slowly(number)]


# class: n log n; because: n/1 + n/2 + n/3 + ... is n log n.
def divisor_counts(limit: int) -> list[int]:
    counts = [0] * (limit + 1)
    for divisor in range(1, limit + 1):
        for multiple in range(divisor, limit + 1, divisor):
            counts[multiple] += 1
    return counts


# class: n
def factorial(n: int) -> int:
    result = 1
    for factor in range(2, n + 1):
        result *= factor
    return result


# class: n
def factorial_recursive(n):
    return 1 if n <= 1 else n * factorial_recursive(n - 1)


# class: 2^n
def fibonacci(n: int) -> int:
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)


# class: n
def fibonacci_loop(n):
    previous, current = 0, 1
    for _ in range(n):
        previous, current = current, previous + current
    return previous


# class: n
@cache
def fibonacci_cached(n: int) -> int:
    return n if n < 2 else fibonacci_cached(n - 1) + fibonacci_cached(n - 2)


# class: n
def fibonacci_memo(n, memo=None):
    if memo is None:
        memo = {}
    if n in memo:
        return memo[n]
    if n <= 1:
        return n
    memo[n] = fibonacci_memo(n - 1, memo) + fibonacci_memo(n - 2, memo)
    return memo[n]


# class: 2^n
def hanoi(disks: int, source: str, target: str, spare: str) -> int:
    if disks == 0:
        return 0
    return hanoi(disks - 1, source, spare, target) + 1 + hanoi(disks - 1, spare, target, source)


# class: unknown
def collatz_steps(number: int) -> int:
    steps = 0
    while number != 1:
        number = number // 2 if number % 2 == 0 else 3 * number + 1
        steps += 1
    return steps


# class: unknown; because: no simple bound is known for the gap to the next prime.
def next_prime(number: int) -> int:
    number += 1
    while not is_prime(number):
        number += 1
    return number


# class: unknown; because: the steps depend on the function that is passed and on how it converges.
def newton(function, derivative, guess, tolerance=1e-9):
    while abs(function(guess)) > tolerance:
        guess -= function(guess) / derivative(guess)
    return guess


# class: n^3
def right_triangles(limit: int) -> list[tuple[int, int, int]]:
    found = []
    for a in range(1, limit):
        for b in range(a, limit):
            for c in range(b, limit):
                if a * a + b * b == c * c:
                    found.append((a, b, c))
    return found


# class: n^2
def right_triangles_by_root(limit):
    found = []
    for a in range(1, limit):
        for b in range(a, limit):
            c = math.isqrt(a * a + b * b)
            if c < limit and c * c == a * a + b * b:
                found.append((a, b, c))
    return found


# class: n^2
def pascal_triangle(rows: int) -> list[list[int]]:
    triangle = [[1]]
    for _ in range(rows - 1):
        last = triangle[-1]
        triangle.append([1] + [last[i] + last[i + 1] for i in range(len(last) - 1)] + [1])
    return triangle


# class: n^2; because: there are n * n pairs of arguments, each worked out once.
@lru_cache(maxsize=None)
def binomial(n: int, k: int) -> int:
    if k == 0 or k == n:
        return 1
    return binomial(n - 1, k - 1) + binomial(n - 1, k)


# class: 2^n
def binomial_plain(n, k):
    if k == 0 or k == n:
        return 1
    return binomial_plain(n - 1, k - 1) + binomial_plain(n - 1, k)


# class: n
def binomial_product(n: int, k: int) -> int:
    result = 1
    for i in range(k):
        result = result * (n - i) // (i + 1)
    return result


# class: n^2
def catalan_numbers(count: int) -> list[int]:
    numbers = [0] * (count + 1)
    numbers[0] = 1
    for i in range(1, count + 1):
        for j in range(i):
            numbers[i] += numbers[j] * numbers[i - 1 - j]
    return numbers


# class: 2^n
def catalan(n):
    if n == 0:
        return 1
    return sum(catalan(i) * catalan(n - 1 - i) for i in range(n))


# class: n^k; because: four loops up to the limit.
def taxicab_numbers(limit: int) -> set[int]:
    found = set()
    for a in range(1, limit):
        for b in range(a + 1, limit):
            for c in range(a + 1, limit):
                for d in range(c + 1, limit):
                    if a**3 + b**3 == c**3 + d**3:
                        found.add(a**3 + b**3)
    return found


# class: n
def fizz_buzz(n: int) -> list[str]:
    lines = []
    for i in range(1, n + 1):
        if i % 15 == 0:
            lines.append("FizzBuzz")
        elif i % 5 == 0:
            lines.append("Buzz")
        elif i % 3 == 0:
            lines.append("Fizz")
        else:
            lines.append(str(i))
    return lines


# class: n
def josephus(people, step):
    survivor = 0
    for size in range(2, people + 1):
        survivor = (survivor + step) % size
    return survivor


# class: n^2; because: pop from inside a list moves what follows.
def josephus_order(people: int, step: int) -> list[int]:
    circle = list(range(people))
    order = []
    position = 0
    while circle:
        position = (position + step - 1) % len(circle)
        order.append(circle.pop(position))
    return order


# class: 1
def is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


# class: 1
def days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if is_leap_year(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


# class: 2^n
def gray_codes(bits: int) -> list[int]:
    return [number ^ (number >> 1) for number in range(1 << bits)]


# class: n^2
def amicable_pairs(limit):
    sums = {number: sum(divisors_slowly(number)) - number for number in range(2, limit)}
    return [(a, b) for a, b in sums.items() if a < b and sums.get(b) == a]


# class: n log n
def numbers_with_even_digit_sum(limit: int) -> int:
    count = 0
    for number in range(limit):
        if digit_sum(number) % 2 == 0:
            count += 1
    return count
