"""Comparing every pair of a sequence to find equal ones, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import itertools
from itertools import combinations


# slow: two loops over the indices.
def has_duplicates(values: list[int]) -> bool:
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            if values[i] == values[j]:  # hint
                return True
    return False


# slow: all pairs of indices but the equal ones.
def has_twins(names):
    for i in range(len(names)):
        for j in range(len(names)):
            if i != j and names[i] == names[j]:  # hint
                return True
    return False


# slow: enumerate in both loops, with an annotation.
def repeated(rows: list[str]) -> bool:
    for i, left in enumerate(rows):
        for j, right in enumerate(rows):
            if i < j and left == right:  # hint
                return True
    return False


# slow: combinations make the pairs.
def is_unique(keys: list[str]) -> bool:
    for left, right in combinations(keys, 2):
        if left == right:  # hint
            return False
    return True


# slow: any() over the pairs.
def clashes(ports: list[int]) -> bool:
    return any(a == b for a, b in itertools.combinations(ports, 2))  # hint


class Register:
    def __init__(self, names: list[str]) -> None:
        self.names = names

    # slow: the rest of an attribute is looked through for each name.
    def is_valid(self) -> bool:
        for i, name in enumerate(self.names):
            for other in self.names[i + 1 :]:
                if name == other:  # hint
                    return False
        return True

    # slow: while loops, and an error in place of a result.
    def check(self) -> None:
        i = 0
        while i < len(self.names):
            j = i + 1
            while j < len(self.names):
                if self.names[i] == self.names[j]:  # hint
                    raise ValueError(self.names[i])
                j += 1
            i += 1

    # fine: the set passes through the names once.
    def is_distinct(self) -> bool:
        return len(set(self.names)) == len(self.names)


# slow: the rest of the list is asked for each item.
def first_repeated(values: list[int]) -> bool:
    for i, value in enumerate(values):
        if value in values[i + 1 :]:  # hint
            return True
    return False


# slow: the comparison is turned round.
def all_different(codes: list[str]) -> bool:
    return all(codes[i] != codes[j] for i in range(len(codes)) for j in range(i))  # hint


# fine: neighbours are compared, in one pass.
def has_run(values: list[int]) -> bool:
    for left, right in zip(values, values[1:]):
        if left == right:
            return True
    return False


# fine: closeness is no equality, and no set finds it.
def too_close(points: list[float]) -> bool:
    for i in range(len(points)):
        for j in range(i + 1, len(points)):
            if abs(points[i] - points[j]) < 0.001:
                return True
    return False


# fine: the pairs that overlap are wanted, which is an order.
def overlaps(ranges: list[tuple[int, int]]) -> bool:
    for a, b in combinations(ranges, 2):
        if a[0] < b[1] and b[0] < a[1]:
            return True
    return False


# fine: identity is asked for, and equal objects may be two.
def same_object(items: list) -> bool:
    for i in range(len(items)):
        for j in range(i + 1, len(items)):
            if items[i] is items[j]:
                return True
    return False


# fine: lists cannot be put into a set.
def equal_rows(rows: list[list[int]]) -> bool:
    for i in range(len(rows)):
        for j in range(i + 1, len(rows)):
            if rows[i] == rows[j]:
                return True
    return False


# fine: position by position, two sequences.
def agree(first: list[int], second: list[int]) -> bool:
    for i in range(len(first)):
        if first[i] == second[i]:
            return True
    return False


# fine: three items make three pairs.
def two_alike(a: int, b: int, c: int) -> bool:
    return any(x == y for x, y in combinations((a, b, c), 2))
