"""Prime numbers and the factors of a range, as they are often written first."""

from __future__ import annotations


def is_prime(number: int) -> bool:
    if number < 2:
        return False
    for divisor in range(2, number):
        if number % divisor == 0:
            return False
    return True


def primes_below(limit: int) -> list[int]:
    return [number for number in range(limit) if is_prime(number)]


def flattened(groups: list[list[int]]) -> list[int]:
    return sum(groups, [])


def multiples(primes: list[int], limit: int) -> list[int]:
    found: list[int] = []
    for prime in primes:
        found = found + list(range(prime, limit, prime))
    return found


def main() -> None:
    primes = primes_below(500)
    print(f"{len(primes)} primes, the largest is {primes[-1]}")
    print(f"{len(multiples(primes, 500))} multiples")
    print(f"{len(flattened([[prime, -prime] for prime in primes]))} roots")


if __name__ == "__main__":
    main()
