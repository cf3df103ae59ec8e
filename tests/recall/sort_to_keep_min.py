"""Lists sorted again for each item, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import heapq


def put(items: list[int], item: int) -> None:
    items.append(item)
    items.sort()  # hint


# slow: the list is sorted before each item is taken.
def join_ropes(ropes: list[int]) -> int:
    cost = 0
    while len(ropes) > 1:
        ropes.sort()  # hint
        a = ropes.pop(0)
        b = ropes.pop(0)
        cost += a + b
        ropes.append(a + b)
    return cost


# slow: sorted after each item, without annotations.
def running_medians(stream):
    window = []
    out = []
    for value in stream:
        window.append(value)
        window.sort()  # hint
        out.append(window[len(window) // 2])
    return out


# slow: a new list for each round.
def nearest_first(graph: dict[str, dict[str, int]], start: str) -> dict[str, int]:
    done: dict[str, int] = {}
    waiting = [(0, start)]
    while waiting:
        waiting = sorted(waiting)  # hint
        distance, node = waiting.pop(0)
        if node in done:
            continue
        done[node] = distance
        for other, length in graph[node].items():
            waiting.append((distance + length, other))
    return done


class Scheduler:
    def __init__(self) -> None:
        self.tasks: list[tuple[int, str]] = []

    # slow: an attribute, the greatest first.
    def run(self, steps: int) -> list[str]:
        done = []
        for step in range(steps):
            self.tasks.append((step * 7 % 11, f"task {step}"))
            self.tasks.sort(reverse=True)  # hint
            if step % 3 == 2:
                done.append(self.tasks.pop()[1])
        return done

    # slow: asynchronous, by a key.
    async def serve(self, requests) -> None:
        async for request in requests:
            self.tasks.append(request)
            self.tasks.sort(key=lambda task: task[0])  # hint
            if request.urgent:
                await request.start(self.tasks.pop(0))

    # fine: sorted once.
    def listed(self) -> list[str]:
        self.tasks.sort()
        return [name for _, name in self.tasks]


# slow: the best so far, by += and a slice of a few.
def best_of(scores, k: int) -> list[list[int]]:
    best: list[int] = []
    tables = []
    for score in scores:
        best += [score]
        best.sort()  # hint
        tables.append(best[-k:])
    return tables


# slow: the helper sorts at each call.
def fill(numbers: list[int]) -> list[int]:
    items: list[int] = []
    for number in numbers:
        put(items, number)  # hint
    return items


# fine: each round sorts a list of its own.
def sorted_rows(rows: list[list[int]]) -> list[int]:
    first = []
    for row in rows:
        row.sort()
        first.append(row[0])
    return first


# fine: sorted after the loop.
def collected(values) -> list[int]:
    out = []
    for value in values:
        out.append(value)
    out.sort()
    return out


# fine: a heap.
def join_fast(ropes: list[int]) -> int:
    heapq.heapify(ropes)
    cost = 0
    while len(ropes) > 1:
        both = heapq.heappop(ropes) + heapq.heappop(ropes)
        cost += both
        heapq.heappush(ropes, both)
    return cost


# fine: all items have changed their worth by the next round.
def evolve(population: list[list[float]], rounds: int) -> list[float]:
    for _ in range(rounds):
        population.sort(key=sum)
        half = population[: len(population) // 2]
        population = [[gene * 1.01 for gene in one] for one in half] + half
    return population[0]


# fine: a list of two.
def ordered(pairs: list[tuple[int, int]]) -> list[list[int]]:
    out = []
    for a, b in pairs:
        both = [a]
        both.append(b)
        both.sort()
        out.append(both)
    return out
