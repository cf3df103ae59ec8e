"""Matrices, boards and pictures: an n by n grid has n^2 cells."""
# ruff: noqa

from __future__ import annotations

import heapq
from collections import deque

NEIGHBOURS = ((-1, 0), (1, 0), (0, -1), (0, 1))


# class: n^3
def multiply(a: list[list[float]], b: list[list[float]]) -> list[list[float]]:
    result = [[0.0] * len(b[0]) for _ in range(len(a))]
    for i in range(len(a)):
        for j in range(len(b[0])):
            for k in range(len(b)):
                result[i][j] += a[i][k] * b[k][j]
    return result


# class: n^3
def multiply_by_zip(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


# class: n^k; because: n products of n by n matrices.
def matrix_power_slowly(matrix: list[list[float]], exponent: int) -> list[list[float]]:
    result = matrix
    for _ in range(exponent - 1):
        result = multiply(result, matrix)
    return result


# class: n^2
def transpose(matrix: list[list[int]]) -> list[list[int]]:
    return [[row[j] for row in matrix] for j in range(len(matrix[0]))]


# class: n^2
def transpose_in_place(matrix):
    n = len(matrix)
    for i in range(n):
        for j in range(i + 1, n):
            matrix[i][j], matrix[j][i] = matrix[j][i], matrix[i][j]


# class: n
def trace(matrix: list[list[float]]) -> float:
    return sum(matrix[i][i] for i in range(len(matrix)))


# class: n^2
def identity(n: int) -> list[list[int]]:
    return [[1 if i == j else 0 for j in range(n)] for i in range(n)]


# class: n^2
def times_vector(matrix: list[list[float]], vector: list[float]) -> list[float]:
    return [sum(a * x for a, x in zip(row, vector)) for row in matrix]


# class: n
def dot(first: list[float], second: list[float]) -> float:
    return sum(a * b for a, b in zip(first, second))


# class: n^3
def eliminate(matrix: list[list[float]]) -> list[list[float]]:
    n = len(matrix)
    for column in range(n):
        for row in range(column + 1, n):
            factor = matrix[row][column] / matrix[column][column]
            for k in range(column, n):
                matrix[row][k] -= factor * matrix[column][k]
    return matrix


# class: 2^n
def determinant(matrix):
    if len(matrix) == 1:
        return matrix[0][0]
    total = 0
    for column in range(len(matrix)):
        minor = [row[:column] + row[column + 1 :] for row in matrix[1:]]
        total += (-1) ** column * matrix[0][column] * determinant(minor)
    return total


# class: n^2
def count_live(board: list[list[bool]]) -> int:
    count = 0
    for row in board:
        for cell in row:
            if cell:
                count += 1
    return count


# class: 1; because: a cell has eight neighbours.
def live_neighbours(board: list[list[int]], row: int, column: int) -> int:
    count = 0
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            if (dr or dc) and 0 <= row + dr < len(board) and 0 <= column + dc < len(board[0]):
                count += board[row + dr][column + dc]
    return count


# class: n^2
def game_of_life_step(board: list[list[int]]) -> list[list[int]]:
    following = [[0] * len(row) for row in board]
    for row in range(len(board)):
        for column in range(len(board[0])):
            alive = live_neighbours(board, row, column)
            following[row][column] = int(alive == 3 or (alive == 2 and board[row][column]))
    return following


# class: n^3; because: n steps over n * n cells.
def game_of_life(board: list[list[int]], steps: int) -> list[list[int]]:
    for _ in range(steps):
        board = game_of_life_step(board)
    return board


# class: 1
def tic_tac_toe_winner(board):
    for i in range(3):
        if board[i][0] and board[i][0] == board[i][1] == board[i][2]:
            return board[i][0]
        if board[0][i] and board[0][i] == board[1][i] == board[2][i]:
            return board[0][i]
    if board[1][1] and board[1][1] in (board[0][0], board[0][2]):
        opposite = board[2][2] if board[1][1] == board[0][0] else board[2][0]
        return board[1][1] if opposite == board[1][1] else None
    return None


# class: 1
def knight_moves(column: int, row: int) -> list[tuple[int, int]]:
    moves = []
    for dx, dy in ((1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)):
        if 0 <= column + dx < 8 and 0 <= row + dy < 8:
            moves.append((column + dx, row + dy))
    return moves


# class: n^2
def flood_fill(picture: list[list[int]], row: int, column: int, colour: int) -> None:
    old = picture[row][column]
    if old == colour:
        return
    stack = [(row, column)]
    while stack:
        r, c = stack.pop()
        if 0 <= r < len(picture) and 0 <= c < len(picture[0]) and picture[r][c] == old:
            picture[r][c] = colour
            stack.extend((r + dr, c + dc) for dr, dc in NEIGHBOURS)


# class: n^2; because: a cell is entered once, as it is marked.
def sink(grid, row, column):
    if row < 0 or column < 0 or row >= len(grid) or column >= len(grid[0]) or grid[row][column] != 1:
        return
    grid[row][column] = 0
    for dr, dc in NEIGHBOURS:
        sink(grid, row + dr, column + dc)


# class: n^2; because: every cell is sunk once over all the calls.
def count_islands(grid: list[list[int]]) -> int:
    count = 0
    for row in range(len(grid)):
        for column in range(len(grid[0])):
            if grid[row][column] == 1:
                sink(grid, row, column)
                count += 1
    return count


# class: n^2
def shortest_way_out(maze: list[list[int]]) -> int:
    goal = (len(maze) - 1, len(maze[0]) - 1)
    queue = deque([(0, 0, 0)])
    seen = {(0, 0)}
    while queue:
        row, column, distance = queue.popleft()
        if (row, column) == goal:
            return distance
        for dr, dc in NEIGHBOURS:
            r, c = row + dr, column + dc
            if 0 <= r < len(maze) and 0 <= c < len(maze[0]) and not maze[r][c] and (r, c) not in seen:
                seen.add((r, c))
                queue.append((r, c, distance + 1))
    return -1


# class: n^2 log n; because: a heap holds the n * n cells.
def cheapest_path(costs: list[list[int]]) -> int:
    rows, columns = len(costs), len(costs[0])
    best = {(0, 0): costs[0][0]}
    heap = [(costs[0][0], 0, 0)]
    while heap:
        cost, row, column = heapq.heappop(heap)
        if cost > best[(row, column)]:
            continue
        for dr, dc in NEIGHBOURS:
            r, c = row + dr, column + dc
            if 0 <= r < rows and 0 <= c < columns:
                through = cost + costs[r][c]
                if through < best.get((r, c), float("inf")):
                    best[(r, c)] = through
                    heapq.heappush(heap, (through, r, c))
    return best[(rows - 1, columns - 1)]


# class: n^2
def cheapest_path_down_right(costs):
    rows, columns = len(costs), len(costs[0])
    best = [[0] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if r == 0 and c == 0:
                best[r][c] = costs[0][0]
            elif r == 0:
                best[r][c] = best[r][c - 1] + costs[r][c]
            elif c == 0:
                best[r][c] = best[r - 1][c] + costs[r][c]
            else:
                best[r][c] = min(best[r - 1][c], best[r][c - 1]) + costs[r][c]
    return best[-1][-1]


# class: 2^n
def count_paths(rows: int, columns: int) -> int:
    if rows == 1 or columns == 1:
        return 1
    return count_paths(rows - 1, columns) + count_paths(rows, columns - 1)


# class: n^2
def spiral(matrix: list[list[int]]) -> list[int]:
    top, bottom, left, right = 0, len(matrix) - 1, 0, len(matrix[0]) - 1
    cells = []
    while top <= bottom and left <= right:
        for column in range(left, right + 1):
            cells.append(matrix[top][column])
        top += 1
        for row in range(top, bottom + 1):
            cells.append(matrix[row][right])
        right -= 1
        if top <= bottom:
            for column in range(right, left - 1, -1):
                cells.append(matrix[bottom][column])
            bottom -= 1
        if left <= right:
            for row in range(bottom, top - 1, -1):
                cells.append(matrix[row][left])
            left += 1
    return cells


# class: n^2
def rotate_clockwise(image):
    return [list(row) for row in zip(*image[::-1])]


# class: n
def find_in_sorted_grid(grid: list[list[int]], target: int) -> bool:
    row, column = 0, len(grid[0]) - 1
    while row < len(grid) and column >= 0:
        if grid[row][column] == target:
            return True
        if grid[row][column] > target:
            column -= 1
        else:
            row += 1
    return False


# class: n^2 log n
def sort_rows(grid: list[list[int]]) -> None:
    for row in grid:
        row.sort()


# class: n^2 log n
def median_of_grid(grid: list[list[int]]) -> int:
    cells = [cell for row in grid for cell in row]
    cells.sort()
    return cells[len(cells) // 2]


# class: n^2
def box_blur(image: list[list[float]]) -> list[list[float]]:
    height, width = len(image), len(image[0])
    blurred = [[0.0] * width for _ in range(height)]
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            total = 0.0
            for dy in range(-1, 2):
                for dx in range(-1, 2):
                    total += image[y + dy][x + dx]
            blurred[y][x] = total / 9
    return blurred


# class: n^k; because: a window of radius n around each of n * n cells.
def blur(image: list[list[float]], radius: int) -> list[list[float]]:
    height, width = len(image), len(image[0])
    blurred = [[0.0] * width for _ in range(height)]
    for y in range(height):
        for x in range(width):
            total, count = 0.0, 0
            for dy in range(-radius, radius + 1):
                for dx in range(-radius, radius + 1):
                    if 0 <= y + dy < height and 0 <= x + dx < width:
                        total += image[y + dy][x + dx]
                        count += 1
            blurred[y][x] = total / count
    return blurred


# class: n^k; because: n^4 rectangles.
def best_rectangle(grid, prefix):
    best = 0
    rows, columns = len(grid), len(grid[0])
    for top in range(rows):
        for bottom in range(top + 1, rows + 1):
            for left in range(columns):
                for right in range(left + 1, columns + 1):
                    total = prefix[bottom][right] - prefix[top][right] - prefix[bottom][left] + prefix[top][left]
                    best = max(best, total)
    return best


# class: n^3
def best_rectangle_by_columns(grid: list[list[int]]) -> int:
    best = 0
    for left in range(len(grid[0])):
        sums = [0] * len(grid)
        for right in range(left, len(grid[0])):
            running = 0
            for row in range(len(grid)):
                sums[row] += grid[row][right]
                running = max(0, running + sums[row])
                best = max(best, running)
    return best


# class: n^2
def prefix_sums(grid: list[list[int]]) -> list[list[int]]:
    sums = [[0] * (len(grid[0]) + 1) for _ in range(len(grid) + 1)]
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            sums[r + 1][c + 1] = cell + sums[r][c + 1] + sums[r + 1][c] - sums[r][c]
    return sums


# class: 1
def rectangle_sum(sums: list[list[int]], top: int, left: int, bottom: int, right: int) -> int:
    return sums[bottom][right] - sums[top][right] - sums[bottom][left] + sums[top][left]


# class: n
def is_safe(queens: list[int], column: int) -> bool:
    row = len(queens)
    for other_row, other_column in enumerate(queens):
        if other_column == column or abs(other_column - column) == row - other_row:
            return False
    return True


# class: 2^n
def place_queens(size: int, queens: list[int]) -> int:
    if len(queens) == size:
        return 1
    count = 0
    for column in range(size):
        if is_safe(queens, column):
            queens.append(column)
            count += place_queens(size, queens)
            queens.pop()
    return count


# class: n^2; because: it divides into four quarters and does constant work for each.
def count_ones(image: list[list[int]], top: int, left: int, size: int) -> int:
    if size == 1:
        return image[top][left]
    half = size // 2
    return (
        count_ones(image, top, left, half)
        + count_ones(image, top, left + half, half)
        + count_ones(image, top + half, left, half)
        + count_ones(image, top + half, left + half, half)
    )


# class: n^k; because: every cell is compared with every other cell.
def pairs_of_equal_cells(grid: list[list[int]]) -> int:
    cells = [cell for row in grid for cell in row]
    return sum(1 for a in cells for b in cells if a == b)
