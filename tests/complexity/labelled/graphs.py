"""Graphs: by edges, by matrix, by neighbours."""
# ruff: noqa

from __future__ import annotations

import heapq
from collections import defaultdict, deque


# class: n
def degrees(edges: list[tuple[str, str]]) -> dict[str, int]:
    count: dict[str, int] = {}
    for a, b in edges:
        count[a] = count.get(a, 0) + 1
        count[b] = count.get(b, 0) + 1
    return count


# class: n
def neighbours_of(edges):
    graph = defaultdict(list)
    for a, b in edges:
        graph[a].append(b)
        graph[b].append(a)
    return graph


# class: n^2
def adjacency_matrix(size: int, edges: list[tuple[int, int]]) -> list[list[int]]:
    matrix = [[0] * size for _ in range(size)]
    for a, b in edges:
        matrix[a][b] = 1
        matrix[b][a] = 1
    return matrix


# class: n; because: the edges are walked once from each of their ends.
def reachable(edges: list[tuple[int, int]], start: int) -> set[int]:
    graph = neighbours_of(edges)
    seen = {start}
    stack = [start]
    while stack:
        node = stack.pop()
        for following in graph[node]:
            if following not in seen:
                seen.add(following)
                stack.append(following)
    return seen


# class: n^2; because: the nodes times their neighbours, up to n each.
def distances(graph: dict[str, list[str]], start: str) -> dict[str, int]:
    found = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for neighbour in graph[node]:
            if neighbour not in found:
                found[neighbour] = found[node] + 1
                queue.append(neighbour)
    return found


# class: n^2; because: the nodes times their neighbours, up to n each.
def visit(graph: dict[str, list[str]], node: str, seen: set[str]) -> None:
    seen.add(node)
    for neighbour in graph[node]:
        if neighbour not in seen:
            visit(graph, neighbour, seen)


# class: n^2
def visit_matrix(matrix, start):
    n = len(matrix)
    seen = [False] * n
    seen[start] = True
    queue = deque([start])
    order = []
    while queue:
        node = queue.popleft()
        order.append(node)
        for other in range(n):
            if matrix[node][other] and not seen[other]:
                seen[other] = True
                queue.append(other)
    return order


# class: n^3
def floyd_warshall(distance: list[list[float]]) -> list[list[float]]:
    n = len(distance)
    for middle in range(n):
        for start in range(n):
            for end in range(n):
                through = distance[start][middle] + distance[middle][end]
                if through < distance[start][end]:
                    distance[start][end] = through
    return distance


# class: n^3
def transitive_closure(matrix):
    reach = [list(row) for row in matrix]
    n = len(reach)
    for k in range(n):
        for i in range(n):
            if reach[i][k]:
                for j in range(n):
                    reach[i][j] = reach[i][j] or reach[k][j]
    return reach


# class: n^2; because: as many rounds as nodes, each over the edges.
def bellman_ford(size: int, edges: list[tuple[int, int, float]], start: int) -> list[float]:
    distance = [float("inf")] * size
    distance[start] = 0
    for _ in range(size - 1):
        for a, b, weight in edges:
            if distance[a] + weight < distance[b]:
                distance[b] = distance[a] + weight
    return distance


# class: n log n; because: every edge is pushed once from each of its ends.
def dijkstra(edges: list[tuple[int, int, float]], start: int) -> dict[int, float]:
    graph = defaultdict(list)
    for a, b, weight in edges:
        graph[a].append((b, weight))
        graph[b].append((a, weight))
    distance: dict[int, float] = {}
    heap = [(0.0, start)]
    while heap:
        so_far, node = heapq.heappop(heap)
        if node in distance:
            continue
        distance[node] = so_far
        for other, weight in graph[node]:
            if other not in distance:
                heapq.heappush(heap, (so_far + weight, other))
    return distance


# class: n^2
def dijkstra_matrix(weights: list[list[float]], start: int) -> list[float]:
    n = len(weights)
    distance = [float("inf")] * n
    distance[start] = 0
    done = [False] * n
    for _ in range(n):
        nearest = min((node for node in range(n) if not done[node]), key=lambda node: distance[node])
        done[nearest] = True
        for other in range(n):
            distance[other] = min(distance[other], distance[nearest] + weights[nearest][other])
    return distance


# class: n^3
def nearest_insertion(points: list[tuple[float, float]], weights: list[list[float]]) -> list[tuple[int, int]]:
    joined = {0}
    links = []
    while len(joined) < len(points):
        best = None
        for a in joined:
            for b in range(len(points)):
                if b not in joined and (best is None or weights[a][b] < weights[best[0]][best[1]]):
                    best = (a, b)
        links.append(best)
        joined.add(best[1])
    return links


# class: n^2 log n; because: it sorts the distances of all pairs of points.
def pairs_by_distance(points: list[tuple[float, float]]) -> list[tuple[float, int, int]]:
    pairs = []
    for i in range(len(points)):
        for j in range(i + 1, len(points)):
            dx = points[i][0] - points[j][0]
            dy = points[i][1] - points[j][1]
            pairs.append((dx * dx + dy * dy, i, j))
    return sorted(pairs)


# class: n^2
def closest_pair(points):
    best = float("inf")
    for i, (x1, y1) in enumerate(points):
        for x2, y2 in points[i + 1 :]:
            best = min(best, (x1 - x2) ** 2 + (y1 - y2) ** 2)
    return best**0.5


# class: n; because: every edge is taken once.
def topological_order(size: int, edges: list[tuple[int, int]]) -> list[int]:
    following = [[] for _ in range(size)]
    waiting = [0] * size
    for before, after in edges:
        following[before].append(after)
        waiting[after] += 1
    ready = deque(node for node in range(size) if waiting[node] == 0)
    order = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for after in following[node]:
            waiting[after] -= 1
            if waiting[after] == 0:
                ready.append(after)
    return order


# class: n^3
def triangles(matrix: list[list[int]]) -> int:
    n = len(matrix)
    return sum(
        1
        for a in range(n)
        for b in range(a + 1, n)
        for c in range(b + 1, n)
        if matrix[a][b] and matrix[b][c] and matrix[a][c]
    )


# class: n^3; because: pairs of nodes, and the neighbours of both.
def common_friends(friends: dict[str, set[str]]) -> dict[tuple[str, str], int]:
    return {(a, b): len(friends[a] & friends[b]) for a in friends for b in friends if a < b}


# class: n^k
def squares_in(matrix):
    n = len(matrix)
    count = 0
    for a in range(n):
        for b in range(n):
            for c in range(n):
                for d in range(n):
                    if matrix[a][b] and matrix[b][c] and matrix[c][d] and matrix[d][a]:
                        count += 1
    return count


# class: 2^n
def all_paths(graph: dict[int, list[int]], start: int, goal: int) -> list[list[int]]:
    if start == goal:
        return [[goal]]
    return [[start, *rest] for following in graph[start] for rest in all_paths(graph, following, goal)]


# class: n^2
def page_rank_round(links: dict[int, list[int]], ranks: dict[int, float]) -> dict[int, float]:
    following = dict.fromkeys(links, 0.15)
    for page, targets in links.items():
        for target in targets:
            following[target] += 0.85 * ranks[page] / len(targets)
    return following


# class: n^3; because: n rounds, each over n pages with n links.
def page_rank(links: dict[int, list[int]], rounds: int) -> dict[int, float]:
    ranks = dict.fromkeys(links, 1.0)
    for _ in range(rounds):
        ranks = page_rank_round(links, ranks)
    return ranks


# class: n
def has_edge(edges: list[tuple[int, int]], a: int, b: int) -> bool:
    return (a, b) in edges


# class: n^2
def mutual(edges):
    pairs = list(edges)
    return [(a, b) for a, b in pairs if (b, a) in pairs]


# class: n^k; because: for n starts, floyd_warshall runs again.
def centre_slowly(distance: list[list[float]]) -> int:
    return min(range(len(distance)), key=lambda node: max(floyd_warshall(distance)[node]))
