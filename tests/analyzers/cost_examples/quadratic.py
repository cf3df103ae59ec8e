"""Functions of the classes n^2 and n^2 log n, each below its own."""
# ruff: noqa
# mypy: ignore-errors

from __future__ import annotations

import itertools
from collections import deque
from functools import cache
from heapq import heappop, heappush

DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0))


# n^2
def breadth_first(graph, start):
    visited = {start}
    queue = deque([start])
    order = []
    while queue:
        node = queue.popleft()
        order.append(node)
        for neighbour in graph[node]:
            if neighbour not in visited:
                visited.add(neighbour)
                queue.append(neighbour)
    return order


# n^2
def depth_first(graph, start):
    visited = set()
    stack = [start]
    while stack:
        node = stack.pop()
        if node in visited:
            continue
        visited.add(node)
        for neighbour in graph.get(node, []):
            if neighbour not in visited:
                stack.append(neighbour)
    return visited


# n^2
def depth_first_recursive(graph, node, visited):
    visited.add(node)
    for neighbour in graph[node]:
        if neighbour not in visited:
            depth_first_recursive(graph, neighbour, visited)


# n^2 log n
def dijkstra(graph, source):
    distances = {node: float("inf") for node in graph}
    distances[source] = 0
    heap = [(0, source)]
    while heap:
        distance, node = heappop(heap)
        if distance > distances[node]:
            continue
        for neighbour, weight in graph[node]:
            candidate = distance + weight
            if candidate < distances[neighbour]:
                distances[neighbour] = candidate
                heappush(heap, (candidate, neighbour))
    return distances


# n^2
def bubble(xs):
    n = len(xs)
    for i in range(n):
        for j in range(n - i - 1):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]


# n^2
def bubble_flag(xs):
    swapped = True
    while swapped:
        swapped = False
        for i in range(len(xs) - 1):
            if xs[i] > xs[i + 1]:
                xs[i], xs[i + 1] = xs[i + 1], xs[i]
                swapped = True


# n^2
def insertion(xs):
    for i in range(1, len(xs)):
        key = xs[i]
        j = i - 1
        while j >= 0 and xs[j] > key:
            xs[j + 1] = xs[j]
            j -= 1
        xs[j + 1] = key


# n^2
def selection(xs):
    for i in range(len(xs)):
        smallest = i
        for j in range(i + 1, len(xs)):
            if xs[j] < xs[smallest]:
                smallest = j
        xs[i], xs[smallest] = xs[smallest], xs[i]


# n^2
def joined_orders(orders: list, users: list) -> list:
    return [order for order in orders if order in users]


# n^2
def dedupe(xs):
    out = []
    for x in xs:
        if x not in out:
            out.append(x)
    return out


# n^2
def take_front(xs: list[int]):
    while xs:
        print(xs.pop(0))


# n^2
def put_front(xs):
    out = []
    for x in xs:
        out.insert(0, x)
    return out


# n^2
def prefixes(xs: list[int]) -> list[int]:
    return [sum(xs[:i]) for i in range(len(xs))]


# n^2
def cells(grid):
    total = 0
    for row in grid:
        for cell in row:
            total += cell
    return total


# n^2
def transpose(rows, columns):
    return [[0] * columns for _ in range(rows)]


# n^2
def islands(grid):
    rows, columns = len(grid), len(grid[0])
    seen = set()
    count = 0
    for r in range(rows):
        for c in range(columns):
            if grid[r][c] == "1" and (r, c) not in seen:
                count += 1
    return count


# n^2
def longest_common(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            if a[i - 1] == b[j - 1]:
                table[i][j] = table[i - 1][j - 1] + 1
            else:
                table[i][j] = max(table[i - 1][j], table[i][j - 1])
    return table[-1][-1]


# n^2
def knapsack(weights, values, capacity):
    best = [0] * (capacity + 1)
    for weight, value in zip(weights, values):
        for room in range(capacity, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value)
    return best[capacity]


# n^2
@cache
def paths(rows, columns):
    if rows == 1 or columns == 1:
        return 1
    return paths(rows - 1, columns) + paths(rows, columns - 1)


# n^2
def edit_distance(s, t):
    @cache
    def distance(i, j):
        if i == len(s):
            return len(t) - j
        if j == len(t):
            return len(s) - i
        if s[i] == t[j]:
            return distance(i + 1, j + 1)
        return 1 + min(distance(i + 1, j), distance(i, j + 1), distance(i + 1, j + 1))

    return distance(0, 0)


# n^2
def pairs(xs):
    return list(itertools.combinations(xs, 2))


# n^2
def grid_paths(n):
    return [(i, j) for i in range(n) for j in range(n)]


# n^2
def quicksort(xs):
    if len(xs) <= 1:
        return xs
    pivot = xs[0]
    less = [x for x in xs[1:] if x < pivot]
    more = [x for x in xs[1:] if x >= pivot]
    return quicksort(less) + [pivot] + quicksort(more)


# n^2
def reverse_recursive(s: str) -> str:
    if not s:
        return s
    return reverse_recursive(s[1:]) + s[0]


# n^2
def copies(xs: list[int]) -> list[int]:
    out: list[int] = []
    for x in xs:
        out = out + [x]
    return out


# n^2
def counts(xs: list[int]) -> dict[int, int]:
    return {x: xs.count(x) for x in xs}


# n^2
def bellman_ford(edges, n, source):
    distance = [float("inf")] * n
    distance[source] = 0
    for _ in range(n - 1):
        for a, b, weight in edges:
            if distance[a] + weight < distance[b]:
                distance[b] = distance[a] + weight
    return distance


# n^2
def flood(grid, r, c, colour):
    if r < 0 or c < 0 or r >= len(grid) or c >= len(grid[0]) or grid[r][c] != 0:
        return
    grid[r][c] = colour
    flood(grid, r + 1, c, colour)
    flood(grid, r - 1, c, colour)
    flood(grid, r, c + 1, colour)
    flood(grid, r, c - 1, colour)


# n^2
def grid_search(grid, start):
    rows, columns = len(grid), len(grid[0])
    queue = deque([start])
    seen = {start}
    while queue:
        r, c = queue.popleft()
        for dr, dc in DIRECTIONS:
            nr, nc = r + dr, c + dc
            if 0 <= nr < rows and 0 <= nc < columns and grid[nr][nc] == 0 and (nr, nc) not in seen:
                seen.add((nr, nc))
                queue.append((nr, nc))
    return len(seen)


# n^2 log n
def sorted_rows(matrix):
    return [sorted(row) for row in matrix]


# n^2 log n
def sorted_each_time(xs):
    out = []
    for x in xs:
        out.append(x)
        out.sort()
    return out


# n^2 log n
def pairs_sorted(xs: list[int]) -> list[int]:
    sums = []
    for x in xs:
        for y in xs:
            sums.append(x + y)
    sums.sort()
    return sums
