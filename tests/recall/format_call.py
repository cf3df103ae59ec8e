"""Texts put together by str.format, and look-alikes."""
# ruff: noqa

from __future__ import annotations

TEMPLATE = "{} costs {}"


# slow: the format is read for each pair.
def tags(prices: dict[str, float]) -> list[str]:
    out = []
    for name, price in prices.items():
        out.append("{}: {} €".format(name, price))  # hint
    return out


# slow: in a comprehension, places by number, without annotations.
def coordinates(points):
    return ["{0}/{1}".format(x, y) for x, y in points]  # hint


# slow: names and a form, in a while loop.
def rows(values: list[float]) -> str:
    lines = []
    i = 0
    while i < len(values):
        lines.append("{n} {value:.2f}".format(n=i, value=values[i]))  # hint
        i += 1
    return "\n".join(lines)


class Menu:
    def __init__(self, dishes: list[str]) -> None:
        self.dishes = dishes
        self.title = "menu"

    # slow: attributes as arguments.
    def lines(self) -> list[str]:
        return ["{} - {}".format(self.title, dish) for dish in self.dishes]  # hint

    # slow: asynchronous.
    async def send(self, guests, channel) -> None:
        async for guest in guests:
            await channel.send("{}, here is the {}".format(guest, self.title))  # hint

    # fine: read when the code is compiled.
    def lines_fast(self) -> list[str]:
        return [f"{self.title} - {dish}" for dish in self.dishes]


# fine: the format is a name.
def offers(prices: dict[str, int]) -> list[str]:
    return [TEMPLATE.format(name, price) for name, price in prices.items()]


# fine: the arguments come as a tuple.
def starred(rows: list[tuple[str, str]]) -> list[str]:
    return ["{} {}".format(*row) for row in rows]


# fine: a dict holds the values.
def filled(rows: list[dict[str, str]]) -> list[str]:
    return ["{name} {town}".format(**row) for row in rows]


class Printer:
    def format(self, text: str) -> str:
        return text.upper()


# fine: a method of the module's own class.
def printed(printer: Printer, texts: list[str]) -> list[str]:
    return [printer.format(text) for text in texts]


# fine: the built-in function.
def percent(values: list[float]) -> list[str]:
    return [format(value, ".1%") for value in values]
