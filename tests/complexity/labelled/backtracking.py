"""Trying out all the choices."""
# ruff: noqa

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations, product

KEYS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}


# class: 2^n
def subsets(items: list[int]) -> list[list[int]]:
    result: list[list[int]] = [[]]
    for item in items:
        result += [chosen + [item] for chosen in result]
    return result


# class: 2^n
def power_set(items):
    if not items:
        return [[]]
    rest = power_set(items[1:])
    return rest + [[items[0]] + chosen for chosen in rest]


# class: 2^n
def best_subset(weights: list[int], limit: int) -> int:
    best = 0
    for mask in range(1 << len(weights)):
        total = sum(weight for i, weight in enumerate(weights) if mask >> i & 1)
        if best < total <= limit:
            best = total
    return best


# class: 2^n
def arrangements(items: list[int]) -> list[list[int]]:
    if not items:
        return [[]]
    return [[item, *rest] for i, item in enumerate(items) for rest in arrangements(items[:i] + items[i + 1 :])]


# class: 2^n
def permute(items: list[int], start: int, found: list[list[int]]) -> None:
    if start == len(items):
        found.append(items[:])
        return
    for i in range(start, len(items)):
        items[start], items[i] = items[i], items[start]
        permute(items, start + 1, found)
        items[start], items[i] = items[i], items[start]


# class: 2^n
def shortest_tour(distances: list[list[float]]) -> float:
    cities = range(1, len(distances))
    best = float("inf")
    for order in permutations(cities):
        length = distances[0][order[0]] + distances[order[-1]][0]
        for a, b in zip(order, order[1:]):
            length += distances[a][b]
        best = min(best, length)
    return best


# class: 2^n
def shortest_tour_by_masks(distances):
    n = len(distances)
    best = [[float("inf")] * n for _ in range(1 << n)]
    best[1][0] = 0
    for mask in range(1 << n):
        for last in range(n):
            if not mask & (1 << last):
                continue
            for following in range(n):
                if not mask & (1 << following):
                    reached = best[mask][last] + distances[last][following]
                    grown = mask | (1 << following)
                    best[grown][following] = min(best[grown][following], reached)
    return min(best[-1][last] + distances[last][0] for last in range(n))


# class: 2^n
def balanced_brackets(pairs: int) -> list[str]:
    found = []

    def extend(text: str, opened: int, closed: int) -> None:
        if closed == pairs:
            found.append(text)
            return
        if opened < pairs:
            extend(text + "(", opened + 1, closed)
        if closed < opened:
            extend(text + ")", opened, closed + 1)

    extend("", 0, 0)
    return found


# class: 2^n
def binary_strings(length: int) -> Iterator[str]:
    if length == 0:
        yield ""
        return
    for rest in binary_strings(length - 1):
        yield "0" + rest
        yield "1" + rest


# class: 2^n
def phone_words(digits: str) -> list[str]:
    return ["".join(letters) for letters in product(*(KEYS[digit] for digit in digits))]


# class: 2^n
def phone_words_recursive(digits):
    if not digits:
        return [""]
    return [letter + rest for letter in KEYS[digits[0]] for rest in phone_words_recursive(digits[1:])]


# class: 2^n; because: the size of the team is an argument.
def teams(people: list[str], size: int) -> list[tuple[str, ...]]:
    return list(combinations(people, size))


# class: n^2
def pairings(people: list[str]) -> list[tuple[str, str]]:
    return list(combinations(people, 2))


# class: n^3
def trios_that_fit(weights, limit):
    return [trio for trio in combinations(weights, 3) if sum(trio) <= limit]


# class: n^k; because: teams of four.
def best_quartet(skills: list[int]) -> tuple[int, ...]:
    return max(combinations(skills, 4), key=sum)


# class: n^k
def lock_codes(symbols: str) -> list[str]:
    return ["".join(code) for code in product(symbols, repeat=4)]


# class: 1; because: the alphabet and the length are fixed.
def all_pin_codes() -> list[str]:
    return ["".join(code) for code in product("0123456789", repeat=3)]


# class: 2^n
def combination_sums(candidates: list[int], target: int) -> list[list[int]]:
    found = []

    def search(start: int, remaining: int, chosen: list[int]) -> None:
        if remaining == 0:
            found.append(chosen.copy())
            return
        for i in range(start, len(candidates)):
            if candidates[i] <= remaining:
                chosen.append(candidates[i])
                search(i, remaining - candidates[i], chosen)
                chosen.pop()

    search(0, target, [])
    return found


# class: 2^n
def colour(graph: list[list[int]], colours: int, painted: list[int], node: int) -> bool:
    if node == len(graph):
        return True
    for paint in range(1, colours + 1):
        if all(painted[other] != paint for other in graph[node]):
            painted[node] = paint
            if colour(graph, colours, painted, node + 1):
                return True
            painted[node] = 0
    return False


# class: 2^n
def has_hamiltonian_path(matrix, path, visited):
    if len(path) == len(matrix):
        return True
    for city in range(len(matrix)):
        if city not in visited and matrix[path[-1]][city]:
            visited.add(city)
            path.append(city)
            if has_hamiltonian_path(matrix, path, visited):
                return True
            path.pop()
            visited.remove(city)
    return False


# class: 2^n
def signs_reaching(numbers: list[int], target: int) -> int:
    def count(i: int, total: int) -> int:
        if i == len(numbers):
            return int(total == target)
        return count(i + 1, total + numbers[i]) + count(i + 1, total - numbers[i])

    return count(0, 0)


# class: 2^n
def fair_split(weights, i=0, left=0, right=0):
    if i == len(weights):
        return abs(left - right)
    return min(
        fair_split(weights, i + 1, left + weights[i], right), fair_split(weights, i + 1, left, right + weights[i])
    )


# class: 2^n
def minimax(sticks: int, mine: bool) -> int:
    if sticks <= 0:
        return -1 if mine else 1
    scores = [minimax(sticks - taken, not mine) for taken in (1, 2, 3)]
    return max(scores) if mine else min(scores)


# class: n
def minimax_kept(sticks: int, mine: bool, known: dict[tuple[int, bool], int]) -> int:
    if sticks <= 0:
        return -1 if mine else 1
    if (sticks, mine) not in known:
        scores = [minimax_kept(sticks - taken, not mine, known) for taken in (1, 2, 3)]
        known[sticks, mine] = max(scores) if mine else min(scores)
    return known[sticks, mine]


# class: 2^n
def crack(hashed: str, alphabet: str, length: int) -> str | None:
    for guess in product(alphabet, repeat=length):
        word = "".join(guess)
        if word[::-1] == hashed:
            return word
    return None
