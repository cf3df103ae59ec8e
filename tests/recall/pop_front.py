"""Taking items from the front of a list, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from collections import deque
from typing import Any


def read_jobs(text):
    return [line.strip() for line in text.splitlines()]


def take(queue: list[str]) -> str:
    return queue.pop(0)


# slow: each pop(0) moves all items that are left.
def process(jobs: list[str]) -> int:
    done = 0
    while jobs:
        job = jobs.pop(0)  # hint
        done += len(job)
    return done


# slow: the queue of a breadth-first walk is a list.
def reachable(graph: dict[int, list[int]], start: int) -> set[int]:
    seen = {start}
    queue = [start]
    while len(queue) > 0:
        node = queue.pop(0)  # hint
        for neighbour in graph[node]:
            if neighbour not in seen:
                seen.add(neighbour)
                queue.append(neighbour)
    return seen


# slow: two sorted lists are merged from their fronts.
def merge(left: list[int], right: list[int]) -> list[int]:
    merged = []
    while left and right:
        if left[0] <= right[0]:
            merged.append(left.pop(0))  # hint
        else:
            merged.append(right.pop(0))  # hint
    return merged + left + right


# slow: del of the first item moves the others as pop(0) does.
def expire(times: list[float], now: float) -> int:
    dropped = 0
    while times and times[0] < now:
        del times[0]  # hint
        dropped += 1
    return dropped


# slow: a for loop over the length takes one item from the front each time.
def hand_out(players):
    waiting = sorted(players)
    order = []
    for _ in range(len(waiting)):
        order.append(waiting.pop(0))  # hint
    return order


class Parser:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: the walrus binds what pop(0) took.
    def until_blank(self, lines: list[str]):
        block = []
        while lines and (line := lines.pop(0)):  # hint
            block.append(line)
        return block

    # slow: an endless loop that the empty list ends.
    def drain(self, text):
        lines = text.split("\n")
        total = 0
        while True:
            try:
                line = lines.pop(0)  # hint
            except IndexError:
                break
            total += len(line)
        return total

    # fine: the list is the words of one line, made anew in each round.
    def commands(self, lines: list[str]):
        parsed = []
        for line in lines:
            words = line.split()
            name = words.pop(0)
            parsed.append((name, words))
        return parsed


# slow: the comprehension takes from the front of the deck.
def deal(deck: list[int], cards: int) -> list[int]:
    return [deck.pop(0) for _ in range(cards)]  # hint


# slow: a list that a function of this module returns, popped in an asynchronous loop.
async def upload(text, send):
    jobs = read_jobs(text)
    while jobs:
        job = jobs.pop(0)  # hint
        await send(job)


# slow: the helper pops from the front at each call.
def serve(queue: list[str]) -> list[str]:
    served = []
    while queue:
        served.append(take(queue).upper())  # hint
    return served


# slow: each round takes one from the front and puts it at the end.
def last_survivor(count: int) -> int:
    circle = list(range(count))
    while len(circle) > 1:
        circle.append(circle.pop(0))  # hint
        circle.pop(0)  # hint
    return circle[0]


class Scheduler:
    def __init__(self) -> None:
        self.pending = []
        self.ready = deque()
        self.finished: list[Any] = []

    def submit(self, task) -> None:
        self.pending.append(task)

    # slow: the attribute is a list that is emptied from its front.
    def run(self):
        while self.pending:
            task = self.pending.pop(0)  # hint
            self.finished.append(task)

    # slow: the number of rounds is as large as the list.
    def run_some(self, limit: int) -> None:
        for _ in range(limit):
            if not self.pending:
                return
            self.finished.append(self.pending.pop(0))  # hint

    # slow: the inner function takes from the front at each call.
    def run_nested(self):
        def step():
            task = self.pending.pop(0)  # hint
            self.finished.append(task)

        while self.pending:
            step()  # hint

    # fine: a deque gives its first item at once.
    def run_ready(self):
        while self.ready:
            self.finished.append(self.ready.popleft())

    # fine: one item, no loop.
    def next_task(self):
        return self.pending.pop(0) if self.pending else None

    # fine: the last item leaves without moving another.
    def undo_all(self):
        undone = []
        while self.finished:
            undone.append(self.finished.pop())
        return undone


class Ring:
    """A buffer that only moves its start."""

    def __init__(self, items):
        self.items = items
        self.start = 0

    def __bool__(self):
        return self.start < len(self.items)

    def pop(self, offset):
        self.start += 1
        return self.items[self.start - 1 + offset]


# fine: -1 is the end of the list.
def depth_first(graph: dict[int, list[int]], start: int) -> list[int]:
    stack = [start]
    order = []
    while stack:
        node = stack.pop(-1)
        order.append(node)
        stack.extend(graph[node])
    return order


# fine: 0 is a key of a dict here.
def drop_zero(tables: list[dict[int, str]]) -> None:
    for table in tables:
        table.pop(0, None)


# fine: each table loses one row.
def without_headers(tables: list[list[str]]) -> list[str]:
    titles = []
    for table in tables:
        titles.append(table.pop(0))
    return titles


# fine: the window never holds more than five items.
def moving_average(values: list[float]) -> list[float]:
    window: list[float] = []
    averages = []
    for value in values:
        window.append(value)
        if len(window) > 5:
            window.pop(0)
        averages.append(sum(window) / len(window))
    return averages


# fine: three constants go by in a cycle.
def colour_rows(rows: list[str]):
    colours = ["red", "green", "blue"]
    coloured = []
    for row in rows:
        colour = colours.pop(0)
        colours.append(colour)
        coloured.append((colour, row))
    return coloured


# fine: a set gives any item.
def empty(names: list[str]) -> int:
    waiting = set(names)
    rounds = 0
    while waiting:
        waiting.pop()
        rounds += 1
    return rounds


# fine: the class only moves its start.
def read_ring(values: list[int]) -> int:
    ring = Ring(values)
    total = 0
    while ring:
        total += ring.pop(0)
    return total


# fine: the program's name is taken off once, and the loop does not.
def options(arguments: list[str]) -> dict[str, str]:
    arguments.pop(0)
    parsed = {}
    for argument in arguments:
        key, _, value = argument.partition("=")
        parsed[key] = value
    return parsed


# fine: the loop ends with the first item that is taken.
def take_first(queue: list[str], wanted: list[str]) -> str:
    for name in wanted:
        if queue and queue[0] == name:
            return queue.pop(0)
    return ""


# fine: a bytearray moves its start and copies nothing.
def frames(data: bytes) -> int:
    buffer = bytearray(data)
    count = 0
    while buffer:
        del buffer[:4]
        count += 1
    return count
