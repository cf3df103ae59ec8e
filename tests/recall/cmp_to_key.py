"""Sorting by a comparison function, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import functools
import locale
from dataclasses import dataclass
from functools import cmp_to_key


@dataclass
class Card:
    suit: int
    rank: int


def by_length(left: str, right: str) -> int:
    return len(left) - len(right)


def by_rank(left: Card, right: Card) -> int:
    if left.suit < right.suit:
        return -1
    if left.suit > right.suit:
        return 1
    return left.rank - right.rank


# slow: a subtraction of one property, called for every comparison.
def sorted_words(groups: list[list[str]]) -> list[list[str]]:
    return [sorted(words, key=cmp_to_key(by_length)) for words in groups]  # hint


# slow: a lambda.
def descending(rows):
    out = []
    for row in rows:
        out.append(sorted(row, key=functools.cmp_to_key(lambda a, b: b - a)))  # hint
    return out


# slow: three ways for two properties.
def sort_hands(hands: list[list[Card]]) -> None:
    for hand in hands:
        hand.sort(key=cmp_to_key(by_rank))  # hint


class Deck:
    def __init__(self, cards: list[Card]) -> None:
        self.cards = cards

    # slow: the comparison is an inner function.
    def deal(self, times: int) -> list[list[Card]]:
        def compare(left, right):
            return (left.rank > right.rank) - (left.rank < right.rank)

        dealt = []
        for _ in range(times):
            dealt.append(sorted(self.cards[:13], key=cmp_to_key(compare)))  # hint
        return dealt

    # slow: the largest, within a try.
    def best(self, hands: list[list[Card]]) -> list[Card]:
        out = []
        for hand in hands:
            try:
                out.append(max(hand, key=cmp_to_key(lambda a, b: a.rank - b.rank)))  # hint
            except ValueError:
                continue
        return out

    # fine: a key already.
    def ordered(self, hands: list[list[Card]]) -> list[list[Card]]:
        return [sorted(hand, key=lambda card: (card.suit, card.rank)) for hand in hands]


# slow: asynchronous, one long sort each.
async def ranked(batches):
    async for batch in batches:
        yield sorted(batch, key=cmp_to_key(lambda a, b: a.score - b.score))  # hint


# fine: the order of two texts joined has no key of its own.
def largest_number(digits: list[str]) -> str:
    def compare(left: str, right: str) -> int:
        return (left + right < right + left) - (left + right > right + left)

    return "".join(sorted(digits, key=cmp_to_key(compare)))


# fine: the comparison is the caller's.
def with_comparison(rows: list[list[str]], compare) -> list[list[str]]:
    return [sorted(row, key=cmp_to_key(compare)) for row in rows]


# fine: the place of each point by its turn, which compares pairs.
def around(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    def turn(a: tuple[float, float], b: tuple[float, float]) -> int:
        cross = a[0] * b[1] - a[1] * b[0]
        return (cross < 0) - (cross > 0)

    return sorted(points, key=cmp_to_key(turn))


# fine: an order that asks an outcome for each pair.
def tournament(players: list[str], wins: dict[tuple[str, str], int]) -> list[str]:
    return sorted(players, key=cmp_to_key(lambda a, b: wins[b, a] - wins[a, b]))


# fine: the key is a function that has the name in it.
def collated(rows: list[list[str]]) -> list[list[str]]:
    return [sorted(row, key=locale.strxfrm) for row in rows]
