"""Matrices multiplied by three loops, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import numpy as np


def dot(row: list[float], column: list[float]) -> float:
    return sum(a * b for a, b in zip(row, column))  # hint


# slow: rows by columns, with a sum of its own.
def multiply(left: list[list[float]], right: list[list[float]]) -> list[list[float]]:
    out = []
    for i in range(len(left)):  # hint
        line = []
        for j in range(len(right[0])):  # hint
            total = 0.0
            for k in range(len(right)):  # hint
                total += left[i][k] * right[k][j]  # hint
            line.append(total)
        out.append(line)
    return out


# slow: a comprehension of sums, without annotations.
def times(a, b):
    return [[sum(a[i][k] * b[k][j] for k in range(len(b))) for j in range(len(b[0]))] for i in range(len(a))]  # hint


# slow: by rows and turned columns.
def transposed_product(a: list[list[int]], b: list[list[int]]) -> list[list[int]]:
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]  # hint


# slow: arrays, with brackets that hold two indexes.
def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    out = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):  # hint
        for j in range(b.shape[1]):  # hint
            for k in range(a.shape[1]):  # hint
                out[i, j] += a[i, k] * b[k, j]  # hint
    return out


class Matrix:
    def __init__(self, rows: list[list[float]]) -> None:
        self.rows = rows

    # slow: an operator of a class, with the loops in another order.
    def __matmul__(self, other: Matrix) -> Matrix:
        size = len(self.rows)
        rows = [[0.0] * size for _ in range(size)]
        for i in range(size):  # hint
            for k in range(size):  # hint
                for j in range(size):  # hint
                    rows[i][j] = rows[i][j] + self.rows[i][k] * other.rows[k][j]  # hint
        return Matrix(rows)

    # slow: asynchronous, by while.
    async def square(self, channel) -> None:
        n = len(self.rows)
        out = [[0.0] * n for _ in range(n)]
        i = 0
        while i < n:  # hint
            j = 0
            while j < n:  # hint
                k = 0
                while k < n:  # hint
                    out[i][j] += self.rows[i][k] * self.rows[k][j]  # hint
                    k += 1
                j += 1
            i += 1
        await channel.send(out)


# slow: the innermost loop stands in a helper.
def via_helper(a: list[list[float]], b: list[list[float]]) -> list[list[float]]:
    columns = [list(column) for column in zip(*b)]
    return [[dot(row, column) for column in columns] for row in a]  # hint


# slow: modulo a number.
def multiply_mod(a: list[list[int]], b: list[list[int]], m: int) -> list[list[int]]:
    n = len(a)
    out = [[0] * n for _ in range(n)]
    for i in range(n):  # hint
        for j in range(n):  # hint
            for k in range(n):  # hint
                out[i][j] = (out[i][j] + a[i][k] * b[k][j]) % m  # hint
    return out


# fine: ways through a graph, of which the shortest is kept.
def shortest(ways: list[list[float]]) -> list[list[float]]:
    n = len(ways)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                ways[i][j] = min(ways[i][j], ways[i][k] + ways[k][j])
    return ways


# fine: matrices of two rows.
def fibonacci_step(a: list[list[int]], b: list[list[int]]) -> list[list[int]]:
    out = [[0, 0], [0, 0]]
    for i in range(2):
        for j in range(2):
            for k in range(2):
                out[i][j] += a[i][k] * b[k][j]
    return out


# fine: a matrix by a vector takes two loops over what has to be read anyway.
def turned(matrix: list[list[float]], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector)) for row in matrix]


# fine: the cheapest order of a chain of products.
def chain_cost(sizes: list[int]) -> int:
    n = len(sizes) - 1
    cost = [[0] * n for _ in range(n)]
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            cost[i][j] = min(cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1] for k in range(i, j))
    return cost[0][n - 1]


# fine: the product is NumPy's.
def projected(points: np.ndarray, camera: np.ndarray) -> np.ndarray:
    return points @ camera


# fine: each cell of a cube is counted once.
def filled(cube: list[list[list[int]]]) -> int:
    count = 0
    for layer in cube:
        for row in layer:
            for cell in row:
                count += cell * cell
    return count
