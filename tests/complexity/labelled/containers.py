"""Classes that keep state: caches, stacks, counters and sets."""
# ruff: noqa

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections import OrderedDict, deque
from collections.abc import Iterator


class Stack:
    # class: 1
    def __init__(self) -> None:
        self._items: list[int] = []
        self._minima: list[int] = []

    # class: 1
    def push(self, item: int) -> None:
        self._items.append(item)
        if not self._minima or item <= self._minima[-1]:
            self._minima.append(item)

    # class: 1
    def pop(self) -> int:
        item = self._items.pop()
        if item == self._minima[-1]:
            self._minima.pop()
        return item

    # class: n
    def contains(self, item: int) -> bool:
        return item in self._items

    # class: n
    def largest(self) -> int:
        return max(self._items)


class LruCache:
    # class: 1
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.entries: OrderedDict[str, int] = OrderedDict()

    # class: 1
    def get(self, key: str) -> int | None:
        if key not in self.entries:
            return None
        self.entries.move_to_end(key)
        return self.entries[key]

    # class: 1
    def put(self, key: str, value: int) -> None:
        self.entries[key] = value
        self.entries.move_to_end(key)
        if len(self.entries) > self.capacity:
            self.entries.popitem(last=False)


class SlowQueue:
    # class: 1
    def __init__(self):
        self.items = []

    # class: 1
    def put(self, item):
        self.items.append(item)

    # class: n
    def get(self):
        return self.items.pop(0)

    # class: n^2; because: each get moves the rest.
    def drain(self):
        taken = []
        while self.items:
            taken.append(self.get())
        return taken


class RecentCalls:
    # class: 1
    def __init__(self, period: float) -> None:
        self.period = period
        self.calls: deque[float] = deque()

    # class: n; because: one call may drop all the earlier ones.
    def record(self, time: float) -> int:
        self.calls.append(time)
        while self.calls[0] < time - self.period:
            self.calls.popleft()
        return len(self.calls)


class Inventory:
    # class: 1
    def __init__(self) -> None:
        self.stock: dict[str, int] = {}

    # class: 1
    def add(self, name: str, count: int = 1) -> None:
        self.stock[name] = self.stock.get(name, 0) + count

    # class: n
    def total(self) -> int:
        return sum(self.stock.values())

    # class: n
    def out_of_stock(self) -> list[str]:
        return [name for name, count in self.stock.items() if count == 0]

    # class: n log n
    def report(self) -> str:
        return "\n".join(f"{name}: {self.stock[name]}" for name in sorted(self.stock))

    # class: n
    def receive(self, delivery: dict[str, int]) -> None:
        for name, count in delivery.items():
            self.add(name, count)

    # class: n^2; because: the total is worked out for every name.
    def shares(self) -> dict[str, float]:
        return {name: count / self.total() for name, count in self.stock.items()}


class Scoreboard:
    # class: 1
    def __init__(self) -> None:
        self.scores: list[int] = []

    # class: n
    def add(self, score: int) -> None:
        insort(self.scores, score)

    # class: log n
    def rank(self, score: int) -> int:
        return len(self.scores) - bisect_left(self.scores, score)

    # class: n
    def average(self) -> float:
        return sum(self.scores) / len(self.scores) if self.scores else 0.0

    # class: n log n
    def ranks(self, wanted: list[int]) -> list[int]:
        return [self.rank(score) for score in wanted]


class FenwickTree:
    # class: n
    def __init__(self, size: int) -> None:
        self.size = size
        self.sums = [0] * (size + 1)

    # class: log n
    def add(self, position: int, amount: int) -> None:
        position += 1
        while position <= self.size:
            self.sums[position] += amount
            position += position & -position

    # class: log n
    def prefix(self, end: int) -> int:
        total = 0
        while end > 0:
            total += self.sums[end]
            end -= end & -end
        return total

    # class: log n
    def between(self, start: int, end: int) -> int:
        return self.prefix(end) - self.prefix(start)

    # class: n log n
    def fill(self, amounts: list[int]) -> None:
        for position, amount in enumerate(amounts):
            self.add(position, amount)


class BlockSums:
    # class: n
    def __init__(self, values: list[int]) -> None:
        self.values = values
        self.width = int(len(values) ** 0.5) or 1
        self.blocks = [0] * (len(values) // self.width + 1)
        for i, value in enumerate(values):
            self.blocks[i // self.width] += value

    # class: sqrt n; because: a block is as wide as the root, and there are as many.
    def total_before(self, end: int) -> int:
        total = 0
        block = 0
        while (block + 1) * self.width <= end:
            total += self.blocks[block]
            block += 1
        for i in range(block * self.width, end):
            total += self.values[i]
        return total

    # class: 1
    def change(self, i: int, value: int) -> None:
        self.blocks[i // self.width] += value - self.values[i]
        self.values[i] = value


class MinHeap:
    # class: 1
    def __init__(self):
        self.items = []

    # class: log n
    def push(self, item):
        self.items.append(item)
        i = len(self.items) - 1
        while i > 0:
            parent = (i - 1) // 2
            if self.items[parent] <= self.items[i]:
                break
            self.items[parent], self.items[i] = self.items[i], self.items[parent]
            i = parent

    # class: log n
    def pop(self):
        last = self.items.pop()
        if not self.items:
            return last
        top, self.items[0] = self.items[0], last
        i = 0
        while True:
            smallest = i
            for child in (2 * i + 1, 2 * i + 2):
                if child < len(self.items) and self.items[child] < self.items[smallest]:
                    smallest = child
            if smallest == i:
                return top
            self.items[i], self.items[smallest] = self.items[smallest], self.items[i]
            i = smallest


class RunningMedian:
    # class: 1
    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []

    # class: log n
    def add(self, value: float) -> None:
        heapq.heappush(self.low, -value)
        heapq.heappush(self.high, -heapq.heappop(self.low))
        if len(self.high) > len(self.low):
            heapq.heappush(self.low, -heapq.heappop(self.high))

    # class: 1
    def median(self) -> float:
        if len(self.low) > len(self.high):
            return -self.low[0]
        return (self.high[0] - self.low[0]) / 2


class UnionFind:
    # class: n
    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    # class: n; because: without ranks the chain may be as long as there are members.
    def find(self, member: int) -> int:
        while self.parent[member] != member:
            member = self.parent[member]
        return member

    # class: n
    def connected(self, first: int, second: int) -> bool:
        return self.find(first) == self.find(second)


class Page:
    # class: 1
    def __init__(self) -> None:
        self.html = ""
        self.parts: list[str] = []

    # class: n^2; because: adding to an attribute copies it.
    def render_rows(self, rows: list[str]) -> str:
        for row in rows:
            self.html += "<p>" + row + "</p>"
        return self.html

    # class: n
    def render_parts(self, rows: list[str]) -> str:
        for row in rows:
            self.parts.append("<p>" + row + "</p>")
        return "".join(self.parts)


class SparseVector:
    # class: n
    def __init__(self, values: list[float]) -> None:
        self.cells = {i: value for i, value in enumerate(values) if value}

    # class: n
    def dot(self, other: SparseVector) -> float:
        return sum(value * other.cells[i] for i, value in self.cells.items() if i in other.cells)

    # class: 1
    def __getitem__(self, i: int) -> float:
        return self.cells.get(i, 0.0)

    # class: n
    def __iter__(self) -> Iterator[float]:
        yield from self.cells.values()


class Playlist:
    # class: 1
    def __init__(self, titles):
        self.titles = titles
        self.position = 0

    # class: 1
    def forward(self):
        self.position = (self.position + 1) % len(self.titles)
        return self.titles[self.position]

    # class: n
    def move_up(self, title: str) -> None:
        i = self.titles.index(title)
        if i > 0:
            self.titles[i - 1], self.titles[i] = self.titles[i], self.titles[i - 1]
