"""Functions as textbooks have them, each under its class: the test reads this file and does not run it."""
# ruff: noqa
# mypy: ignore-errors

from __future__ import annotations

import bisect
import collections
import heapq
import itertools
import logging
import math
import re
from collections import Counter, defaultdict, deque
from functools import cache, lru_cache, reduce
from heapq import heappop, heappush

DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0))
VOWELS = {"a", "e", "i", "o", "u"}
log = logging.getLogger(__name__)


# 1
def first(xs: list[int]) -> int:
    return xs[0]


# 1
def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


# 1
def look_up(table: dict[str, int], key: str) -> int:
    return table.get(key, 0)


# 1
def hand():
    total = 0
    for _ in range(52):
        total += 1
    return total


# 1
def neighbours(x, y):
    return [(x + dx, y + dy) for dx, dy in DIRECTIONS]


# 1
def swap(xs: list, i: int, j: int) -> None:
    xs[i], xs[j] = xs[j], xs[i]


# 1
def greet(name):
    log.info("hello %s", name)
    print(f"hello {name}")


# 1
def push(stack: list[int], item: int) -> None:
    stack.append(item)
    stack.pop()


# 1
def vowel(letter):
    return letter in VOWELS


# log n
def binary_search(xs, target):
    low, high = 0, len(xs) - 1
    while low <= high:
        middle = (low + high) // 2
        if xs[middle] == target:
            return middle
        if xs[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return -1


# log n
def lower_bound(xs, target):
    left, right = 0, len(xs)
    while left < right:
        mid = left + (right - left) // 2
        if xs[mid] < target:
            left = mid + 1
        else:
            right = mid
    return left


# log n
def bits(n):
    count = 0
    while n:
        count += n & 1
        n >>= 1
    return count


# log n
def digit_sum(n: int) -> int:
    total = 0
    while n > 0:
        total += n % 10
        n //= 10
    return total


# log n
def digits(n):
    return [int(digit) for digit in str(n)]


# log n
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


# log n
def gcd_recursive(a, b):
    if b == 0:
        return a
    return gcd_recursive(b, a % b)


# log n
def doublings(n):
    i, count = 1, 0
    while i < n:
        i *= 2
        count += 1
    return count


# log n
def fast_power(base, exponent):
    result = 1
    while exponent > 0:
        if exponent % 2 == 1:
            result *= base
        base *= base
        exponent //= 2
    return result


# log n
def power_recursive(base, exponent):
    if exponent == 0:
        return 1
    half = power_recursive(base, exponent // 2)
    if exponent % 2:
        return half * half * base
    return half * half


# log n
def search_recursive(xs, target, low, high):
    if low > high:
        return -1
    mid = (low + high) // 2
    if xs[mid] == target:
        return mid
    if xs[mid] < target:
        return search_recursive(xs, target, mid + 1, high)
    return search_recursive(xs, target, low, mid - 1)


# log n
def place_of(xs: list[int], x: int) -> int:
    return bisect.bisect_left(xs, x)


# log n
def add_job(heap, job):
    heapq.heappush(heap, job)


# log n
def sift_up(heap, i):
    while i > 0:
        parent = (i - 1) // 2
        if heap[parent] <= heap[i]:
            break
        heap[parent], heap[i] = heap[i], heap[parent]
        i = parent


# log n
def prefix_sum(tree, i):
    total = 0
    while i > 0:
        total += tree[i]
        i -= i & -i
    return total


# sqrt n
def is_prime(n):
    if n < 2:
        return False
    i = 2
    while i * i <= n:
        if n % i == 0:
            return False
        i += 1
    return True


# sqrt n
def is_prime_for(n: int) -> bool:
    for i in range(2, int(n**0.5) + 1):
        if n % i == 0:
            return False
    return n > 1


# sqrt n
def divisors(n):
    found = []
    for i in range(1, math.isqrt(n) + 1):
        if n % i == 0:
            found.append(i)
            if i != n // i:
                found.append(n // i)
    return found


# sqrt n
def factors(n):
    result = []
    p = 2
    while p * p <= n:
        while n % p == 0:
            result.append(p)
            n //= p
        p += 1
    if n > 1:
        result.append(n)
    return result


# n
def total(xs):
    result = 0
    for x in xs:
        result += x
    return result


# n
def mean(xs: list[float]) -> float:
    return sum(xs) / len(xs)


# n
def find(xs, wanted):
    for index, x in enumerate(xs):
        if x == wanted:
            return index
    return -1


# n
def evens(xs):
    return [x for x in xs if x % 2 == 0]


# n
def unique(xs):
    seen = set()
    out = []
    for x in xs:
        if x not in seen:
            seen.add(x)
            out.append(x)
    return out


# n
def frequency(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


# n
def common(a: list[int], b: list[int]) -> list[int]:
    wanted = set(b)
    return [x for x in a if x in wanted]


# n
def two_sum(nums, target):
    seen = {}
    for i, num in enumerate(nums):
        if target - num in seen:
            return [seen[target - num], i]
        seen[num] = i
    return []


# n
def is_palindrome(s):
    left, right = 0, len(s) - 1
    while left < right:
        if s[left] != s[right]:
            return False
        left += 1
        right -= 1
    return True


# n
def reversed_text(s: str) -> str:
    return s[::-1]


# n
def build(words: list[str]) -> str:
    text = ""
    for word in words:
        text += word
    return text


# n
def joined(words):
    return ",".join(word.strip().lower() for word in words)


# n
def merge(a, b):
    result = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] <= b[j]:
            result.append(a[i])
            i += 1
        else:
            result.append(b[j])
            j += 1
    result.extend(a[i:])
    result += b[j:]
    return result


# n
def factorial(n):
    return 1 if n <= 1 else n * factorial(n - 1)


# n
def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


# n
@lru_cache(maxsize=None)
def fibonacci_cached(n):
    if n < 2:
        return n
    return fibonacci_cached(n - 1) + fibonacci_cached(n - 2)


# n
def fibonacci_memo(n, memo={}):
    if n in memo:
        return memo[n]
    if n <= 1:
        return n
    memo[n] = fibonacci_memo(n - 1, memo) + fibonacci_memo(n - 2, memo)
    return memo[n]


# n
def climb(n):
    ways = [0] * (n + 1)
    ways[0] = ways[1] = 1
    for i in range(2, n + 1):
        ways[i] = ways[i - 1] + ways[i - 2]
    return ways[n]


# n
def kadane(nums):
    best = current = nums[0]
    for num in nums[1:]:
        current = max(num, current + num)
        best = max(best, current)
    return best


# n
def next_greater(xs):
    out = [-1] * len(xs)
    stack = []
    for i, x in enumerate(xs):
        while stack and xs[stack[-1]] < x:
            out[stack.pop()] = x
        stack.append(i)
    return out


# n
def longest_unique(s):
    seen = set()
    left = best = 0
    for right in range(len(s)):
        while s[right] in seen:
            seen.remove(s[left])
            left += 1
        seen.add(s[right])
        best = max(best, right - left + 1)
    return best


# n
def shortest_window(nums, target):
    left = total = 0
    best = len(nums) + 1
    for right, num in enumerate(nums):
        total += num
        while total >= target:
            best = min(best, right - left + 1)
            total -= nums[left]
            left += 1
    return best


# n
def window_max(nums, k):
    window = deque()
    out = []
    for i, num in enumerate(nums):
        while window and nums[window[-1]] <= num:
            window.pop()
        window.append(i)
        if window[0] <= i - k:
            window.popleft()
        if i >= k - 1:
            out.append(nums[window[0]])
    return out


# n
def balanced(text):
    stack = []
    pairs = {")": "(", "]": "["}
    for char in text:
        if char in "([":
            stack.append(char)
        elif char in pairs:
            if not stack or stack.pop() != pairs[char]:
                return False
    return not stack


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


# n
def topological(n, edges):
    adjacent = [[] for _ in range(n)]
    degree = [0] * n
    for a, b in edges:
        adjacent[a].append(b)
        degree[b] += 1
    queue = deque(i for i in range(n) if degree[i] == 0)
    order = []
    while queue:
        node = queue.popleft()
        order.append(node)
        for following in adjacent[node]:
            degree[following] -= 1
            if degree[following] == 0:
                queue.append(following)
    return order


# n
def levels(root):
    if not root:
        return []
    out = []
    queue = deque([root])
    while queue:
        level = []
        for _ in range(len(queue)):
            node = queue.popleft()
            level.append(node.value)
            if node.left:
                queue.append(node.left)
            if node.right:
                queue.append(node.right)
        out.append(level)
    return out


# n
def height(node):
    if node is None:
        return 0
    return 1 + max(height(node.left), height(node.right))


# n
def count_nodes(tree):
    count = 1
    for child in tree.children:
        count += count_nodes(child)
    return count


# n
def reverse_linked(head):
    previous = None
    current = head
    while current:
        following = current.next
        current.next = previous
        previous = current
        current = following
    return previous


# n
def has_cycle(head):
    slow = fast = head
    while fast and fast.next:
        slow = slow.next
        fast = fast.next.next
        if slow is fast:
            return True
    return False


# n
def grouped(words):
    groups = defaultdict(list)
    for word in words:
        groups[word[0]].append(word)
    result = []
    for key, members in groups.items():
        for member in members:
            result.append((key, member))
    return result


# n
def countdown(n):
    while n > 0:
        print(n)
        n -= 1


# n
def drain(queue: deque):
    while queue:
        print(queue.popleft())


# n
def skip_spaces(text):
    i = 0
    tokens = []
    while i < len(text):
        if text[i].isspace():
            i += 1
            continue
        start = i
        while i < len(text) and not text[i].isspace():
            i += 1
        tokens.append(text[start:i])
    return tokens


# n
def dutch_flag(nums):
    low, mid, high = 0, 0, len(nums) - 1
    while mid <= high:
        if nums[mid] == 0:
            nums[low], nums[mid] = nums[mid], nums[low]
            low += 1
            mid += 1
        elif nums[mid] == 1:
            mid += 1
        else:
            nums[mid], nums[high] = nums[high], nums[mid]
            high -= 1


# n
def flattened(lists: list[list[int]]) -> int:
    count = 0
    for _ in lists:
        count += 1
    return count + max(len(inner) for inner in lists)


# n
def anagrams(a: str, b: str) -> bool:
    return Counter(a) == Counter(b)


# n
def count_sort(xs, k: int = 256):
    counts = [0] * 256
    for x in xs:
        counts[x] += 1
    out = []
    for value in range(256):
        out.extend([value] * counts[value])
    return out


# n
def fixed_pairs(xs):
    for x in xs:
        for y in (1, 2, 3):
            print(x * y)


# n
def via_helper(xs):
    return total(xs) + mean(xs)


# n
def words_of(text: str) -> dict:
    counts: dict[str, int] = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


# n log n
def by_size(xs):
    return sorted(xs)


# n log n
def top(xs: list[int]) -> list[int]:
    xs.sort(reverse=True)
    return xs[:3]


# n log n
def merge_sort(xs):
    if len(xs) <= 1:
        return xs
    middle = len(xs) // 2
    left = merge_sort(xs[:middle])
    right = merge_sort(xs[middle:])
    return merge(left, right)


# n log n
def merge_sort_inline(arr):
    if len(arr) > 1:
        mid = len(arr) // 2
        left = arr[:mid]
        right = arr[mid:]
        merge_sort_inline(left)
        merge_sort_inline(right)
        i = j = k = 0
        while i < len(left) and j < len(right):
            if left[i] < right[j]:
                arr[k] = left[i]
                i += 1
            else:
                arr[k] = right[j]
                j += 1
            k += 1
        while i < len(left):
            arr[k] = left[i]
            i += 1
            k += 1
        while j < len(right):
            arr[k] = right[j]
            j += 1
            k += 1


# n log n
def heap_sort(xs):
    heap = []
    for x in xs:
        heapq.heappush(heap, x)
    return [heapq.heappop(heap) for _ in range(len(heap))]


# n log n
def searches(xs, ys):
    return [bisect.bisect_left(xs, y) for y in ys]


# n log n
def log_loop(n):
    count = 0
    for i in range(n):
        j = 1
        while j < n:
            j *= 2
            count += 1
    return count


# n log n
def harmonic(n):
    count = 0
    for i in range(1, n + 1):
        for j in range(i, n + 1, i):
            count += 1
    return count


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


# n log n
def huffman(weights):
    heap = list(weights)
    heapq.heapify(heap)
    total = 0
    while len(heap) > 1:
        a = heapq.heappop(heap)
        b = heapq.heappop(heap)
        total += a + b
        heapq.heappush(heap, a + b)
    return total


# n log n
def merged_intervals(intervals):
    intervals = sorted(intervals, key=lambda pair: pair[0])
    merged = [intervals[0]]
    for start, end in intervals[1:]:
        if start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


# n log n
def three_pass(xs):
    ordered = sorted(xs)
    left, right = 0, len(ordered) - 1
    while left < right:
        left += 1
    return left


# n log n
def search_all(xs, targets):
    return sum(binary_search(xs, target) for target in targets)


# n log n
def largest(xs, k):
    heap = []
    for x in xs:
        heapq.heappush(heap, x)
        if len(heap) > k:
            heapq.heappop(heap)
    return heap


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
def calls_linear(xs):
    return [total(xs) for _ in xs]


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


# n^2 log n
def search_grid(rows, target):
    return [[binary_search(row, target) for _ in row] for row in rows]


# n^3
def multiply(a, b):
    n = len(a)
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            for k in range(n):
                c[i][j] += a[i][k] * b[k][j]
    return c


# n^3
def floyd(distance):
    n = len(distance)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                distance[i][j] = min(distance[i][j], distance[i][k] + distance[k][j])


# n^3
def triples(nums):
    found = []
    for i in range(len(nums)):
        for j in range(i + 1, len(nums)):
            for k in range(j + 1, len(nums)):
                if nums[i] + nums[j] + nums[k] == 0:
                    found.append((nums[i], nums[j], nums[k]))
    return found


# n^3
def substrings(s: str) -> list[str]:
    return [s[i:j] for i in range(len(s)) for j in range(i + 1, len(s) + 1)]


# n^3
def matrix_chain(sizes):
    n = len(sizes) - 1
    best = [[0] * n for _ in range(n)]
    for length in range(2, n + 1):
        for i in range(n - length + 1):
            j = i + length - 1
            best[i][j] = min(best[i][k] + best[k + 1][j] for k in range(i, j))
    return best[0][n - 1]


# n^k
def quadruples(xs):
    return [(a, b, c, d) for a in xs for b in xs for c in xs for d in xs]


# n^k
def four_loops(n):
    count = 0
    for i in range(n):
        for j in range(n):
            for k in range(n):
                for m in range(n):
                    count += 1
    return count


# 2^n
def fibonacci_plain(n):
    if n <= 1:
        return n
    return fibonacci_plain(n - 1) + fibonacci_plain(n - 2)


# 2^n
def hanoi(n, a, b, c):
    if n == 0:
        return
    hanoi(n - 1, a, c, b)
    print(a, b)
    hanoi(n - 1, c, b, a)


# 2^n
def power_set(items):
    result = [[]]
    for item in items:
        result += [subset + [item] for subset in result]
    return result


# 2^n
def orders_of(items):
    return list(itertools.permutations(items))


# 2^n
def subsets_by_mask(nums):
    n = len(nums)
    out = []
    for mask in range(1 << n):
        out.append([nums[i] for i in range(n) if mask & (1 << i)])
    return out


# 2^n
def all_masks(n):
    return [mask for mask in range(2**n)]


# 2^n
def permutations(nums):
    out = []
    used = [False] * len(nums)

    def place(chosen):
        if len(chosen) == len(nums):
            out.append(chosen[:])
            return
        for i in range(len(nums)):
            if not used[i]:
                used[i] = True
                chosen.append(nums[i])
                place(chosen)
                chosen.pop()
                used[i] = False

    place([])
    return out


# 2^n
def subset_sum(nums, i, target):
    if i == len(nums):
        return target == 0
    return subset_sum(nums, i + 1, target) or subset_sum(nums, i + 1, target - nums[i])


# 2^n
def combinations(nums, start, chosen, out):
    out.append(list(chosen))
    for i in range(start, len(nums)):
        chosen.append(nums[i])
        combinations(nums, i + 1, chosen, out)
        chosen.pop()


# unknown
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


# unknown
def fetch(session, url):
    return session.request(url)


# unknown
def applied(function, xs):
    return [function(x) for x in xs]


# unknown
def even(n):
    return True if n == 0 else odd(n - 1)


# unknown
def odd(n):
    return False if n == 0 else even(n - 1)


class Text:
    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.text = ""
        self.seen: set[str] = set()

    # n^2
    def extend(self, words: list[str]) -> None:
        for word in words:
            self.text += word

    # n
    def longest(self) -> str:
        return max(self.words, key=len)

    # 1
    def has(self, word: str) -> bool:
        return word in self.seen

    # n
    def missing(self, words: list[str]) -> list[str]:
        return [word for word in words if not self.has(word)]

    # n^2
    def longest_each(self, words: list[str]) -> list[str]:
        return [self.longest() for _ in words]


class Heap:
    def __init__(self) -> None:
        self.items: list[int] = []

    # log n
    def push(self, item: int) -> None:
        heapq.heappush(self.items, item)


# 1
def made() -> Text:
    return Text([])
