"""Adding up by hand, and look-alikes."""
# ruff: noqa

from __future__ import annotations


def area(width: float, height: float) -> float:
    return width * height


# slow: each number is added by a statement.
def total(values: list[int]) -> int:
    result = 0
    for value in values:  # hint
        result += value  # hint
    return result


# slow: one total for each row, written out.
def row_totals(rows):
    out = []
    for row in rows:
        subtotal = 0
        for cell in row:  # hint
            subtotal = subtotal + cell  # hint
        out.append(subtotal)
    return out


# slow: the values of a dict, of each dict of a list.
def counts(tables: list[dict[str, int]]) -> list[int]:
    result: list[int] = []
    for table in tables:
        number = 0
        for count in table.values():  # hint
            number += count  # hint
        result.append(number)
    return result


class Account:
    def __init__(self) -> None:
        self.bookings: list[int] = []

    # slow: an attribute's numbers.
    def balance(self) -> int:
        balance: int = 0
        for booking in self.bookings:  # hint
            balance += booking  # hint
        return balance

    # slow: from an opening balance, within a try.
    def closing(self, opening: int) -> int:
        balance = 0
        try:
            for booking in self.bookings:  # hint
                balance += booking  # hint
        except TypeError:
            return opening
        return opening + balance

    # fine: the balance is checked at each booking.
    def lowest(self) -> int:
        balance = lowest = 0
        for booking in self.bookings:
            balance += booking
            lowest = min(lowest, balance)
        return lowest


# slow: a range, by index.
def checksum(numbers: list[int]) -> int:
    check = 0
    for i in range(len(numbers)):  # hint
        check += numbers[i]  # hint
    return check % 97


# fine: strings are no numbers.
def text(words: list[str]) -> str:
    result = ""
    for word in words:
        result += word
    return result


# fine: an asynchronous source.
async def received(source) -> int:
    size = 0
    async for number in source:
        size += number
    return size


# fine: the loop ends where the budget does.
def affordable(prices: list[int], budget: int) -> int:
    spent = 0
    for price in prices:
        if spent + price > budget:
            break
        spent += price
    return spent


# fine: products.
def product(values: list[int]) -> int:
    result = 1
    for value in values:
        result *= value
    return result


# fine: each share on the way is kept.
def shares(values: list[float]) -> list[float]:
    out = []
    reached = 0.0
    for value in values:
        reached += value
        out.append(reached)
    return out


# fine: every total on the way is kept.
def running(values: list[int]) -> list[int]:
    out = []
    total = 0
    for value in values:
        total += value
        out.append(total)
    return out
