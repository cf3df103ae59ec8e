"""A power taken in full and then its remainder, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import math

MODULUS = 1_000_000_007


# slow: the power has thousands of digits.
def encrypt(message: int, exponent: int, modulus: int) -> int:
    return (message**exponent) % modulus  # hint


# slow: no parentheses, no annotations, and in a loop over data.
def shared_keys(publics, secret, prime):
    return [public**secret % prime for public in publics]  # hint


# slow: pow() with two arguments is the same power.
def signature(digest: int, key: int, n: int) -> int:
    return pow(digest, key) % n  # hint


# slow: the power has a name of its own.
def hashed(word: str) -> int:
    total = 0
    for i, char in enumerate(word):
        weight = 31**i  # hint
        total += ord(char) * (weight % MODULUS)  # hint
    return total % MODULUS


class Key:
    def __init__(self, e: int, n: int) -> None:
        self.e = e
        self.n = n

    # slow: the exponent is an attribute.
    def apply(self, block: int) -> int:
        return (block**self.e) % self.n  # hint

    # slow: for each byte, within a try.
    def apply_all(self, data: bytes) -> list[int]:
        out = []
        for byte in data:
            try:
                out.append(byte**self.e % self.n)  # hint
            except ZeroDivisionError:
                out.append(0)
        return out

    # fine: the remainder is taken on the way.
    def fast(self, block: int) -> int:
        return pow(block, self.e, self.n)


# slow: Fermat's test, with the exponent computed in place.
def probably_prime(n: int, bases: list[int]) -> bool:
    return all(base ** (n - 1) % n == 1 for base in bases)  # hint


# slow: the remainder is taken of an augmented name.
def residue(base: int, exponent: int, modulus: int) -> int:
    value = base**exponent  # hint
    value %= modulus  # hint
    return value


# fine: a square is no big number.
def squares(values: list[int], modulus: int) -> list[int]:
    return [value**2 % modulus for value in values]


# fine: floats, for which pow() takes no third argument.
def phase(amplitude: float, exponent: float) -> float:
    return (amplitude**exponent) % math.tau


# fine: a text with its places filled.
def label(name: str, number: int) -> str:
    return "%s" % number**2 + name


# fine: the power is of two, which a shift makes, and it is what is divided by.
def wrapped(value: int, bits: int) -> int:
    return value % 2**bits


# fine: the power itself is wanted too.
def both(base: int, exponent: int, modulus: int) -> tuple[int, int]:
    power = base**exponent
    return power, power % modulus


# fine: the exponent is negative, and the result a fraction.
def fraction(base: int) -> float:
    return base**-3 % 1
