"""Adding each item to a set as it is, and look-alikes."""
# ruff: noqa

from __future__ import annotations


# slow: each item is added as it is.
def distinct(values: list[int]) -> set[int]:
    result = set()
    for value in values:  # hint
        result.add(value)  # hint
    return result


# slow: the items of each row.
def letters(words):
    found = set()
    for word in words:
        for letter in word:  # hint
            found.add(letter)  # hint
    return found


# slow: items are discarded one by one.
def without(names: set[str], banned: list[str]) -> set[str]:
    for name in banned:  # hint
        names.discard(name)  # hint
    return names


class Graph:
    def __init__(self) -> None:
        self.nodes: set[int] = set()
        self.links: dict[int, list[int]] = {}

    # slow: into an attribute.
    def add_nodes(self, nodes: list[int]) -> None:
        for node in nodes:  # hint
            self.nodes.add(node)  # hint

    # slow: the lists in a dict.
    def targets(self) -> set[int]:
        reached: set[int] = set()
        for links in self.links.values():
            for target in links:  # hint
                reached.add(target)  # hint
        return reached

    # fine: the loop asks the set before it adds.
    def reach(self, start: int) -> list[int]:
        seen = {start}
        order = [start]
        for node in order:
            for target in self.links[node]:
                if target not in seen:
                    seen.add(target)
                    order.append(target)
        return order


# slow: the keys of a dict, within a try.
def names(tables: list[dict[str, int]]) -> set[str]:
    known: set[str] = set()
    try:
        for table in tables:
            for name in table:  # hint
                known.add(name)  # hint
    except AttributeError:
        known.clear()
    return known


# fine: one item in each round.
def firsts(rows: list[list[str]]) -> set[str]:
    found = set()
    for row in rows:
        if row:
            found.add(row[0])
    return found


# fine: update() takes them all.
def merged(groups: list[list[int]]) -> set[int]:
    result: set[int] = set()
    for group in groups:
        result.update(group)
    return result


class Total:
    def __init__(self) -> None:
        self.sum = 0

    def add(self, number: int) -> None:
        self.sum += number


# fine: the class's own add.
def added(total: Total, numbers: list[int]) -> int:
    for number in numbers:
        total.add(number)
    return total.sum


# fine: the loop stops at the first that is there already.
def first_repeated(values: list[int]) -> int | None:
    seen = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


# fine: an asynchronous source.
async def senders(messages) -> set[str]:
    found = set()
    async for message in messages:
        found.add(message)
    return found
