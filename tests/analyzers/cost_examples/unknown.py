"""Functions whose cost is not known."""
# ruff: noqa
# mypy: ignore-errors

from __future__ import annotations


# unknown
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


# unknown
def fetch(session, url):
    return session.request(url)


# unknown
def applied(function, xs):
    return [function(x) for x in xs]


# unknown
def even(n):
    return True if n == 0 else odd(n - 1)


# unknown
def odd(n):
    return False if n == 0 else even(n - 1)
