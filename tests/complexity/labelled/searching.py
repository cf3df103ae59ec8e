"""Searching, sorting and selecting."""
# ruff: noqa

from __future__ import annotations

import heapq
import random
from bisect import bisect_left, bisect_right, insort


# class: log n
def binary_search(values: list[int], target: int) -> int:
    low, high = 0, len(values) - 1
    while low <= high:
        middle = (low + high) // 2
        if values[middle] == target:
            return middle
        if values[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return -1


# class: log n
def binary_search_recursive(values, target, low, high):
    if low > high:
        return -1
    middle = (low + high) // 2
    if values[middle] == target:
        return middle
    if values[middle] > target:
        return binary_search_recursive(values, target, low, middle - 1)
    return binary_search_recursive(values, target, middle + 1, high)


# class: n; because: the halves are copied: n/2 + n/4 + ... is n.
def contains_by_halves(values: list[int], target: int) -> bool:
    if not values:
        return False
    middle = len(values) // 2
    if values[middle] == target:
        return True
    if values[middle] > target:
        return contains_by_halves(values[:middle], target)
    return contains_by_halves(values[middle + 1 :], target)


# class: log n
def count_between(ordered: list[int], low: int, high: int) -> int:
    return bisect_right(ordered, high) - bisect_left(ordered, low)


# class: n log n
def count_all_between(ordered: list[int], ranges: list[tuple[int, int]]) -> list[int]:
    return [count_between(ordered, low, high) for low, high in ranges]


# class: log n
def first_bad_version(versions: int, first_bad: int) -> int:
    left, right = 1, versions
    while left < right:
        middle = left + (right - left) // 2
        if middle >= first_bad:
            right = middle
        else:
            left = middle + 1
    return left


# class: log n
def peak(values: list[int]) -> int:
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        if values[middle] < values[middle + 1]:
            low = middle + 1
        else:
            high = middle
    return low


# class: log n
def gallop(ordered, target):
    bound = 1
    while bound < len(ordered) and ordered[bound] < target:
        bound *= 2
    return bisect_left(ordered, target, bound // 2, min(bound + 1, len(ordered)))


# class: sqrt n
def jump_search(ordered: list[int], target: int) -> int:
    step = int(len(ordered) ** 0.5)
    start = 0
    while start < len(ordered) and ordered[min(start + step, len(ordered)) - 1] < target:
        start += step
    for position in range(start, min(start + step, len(ordered))):
        if ordered[position] == target:
            return position
    return -1


# class: n
def linear_search(values, target):
    for position, value in enumerate(values):
        if value == target:
            return position
    return -1


# class: n^2
def bubble_sort(values: list[int]) -> list[int]:
    for end in range(len(values) - 1, 0, -1):
        for i in range(end):
            if values[i] > values[i + 1]:
                values[i], values[i + 1] = values[i + 1], values[i]
    return values


# class: n^2
def insertion_sort(values):
    for i in range(1, len(values)):
        current = values[i]
        j = i - 1
        while j >= 0 and values[j] > current:
            values[j + 1] = values[j]
            j -= 1
        values[j + 1] = current
    return values


# class: n^2
def selection_sort(values: list[int]) -> list[int]:
    for i in range(len(values)):
        smallest = i
        for j in range(i + 1, len(values)):
            if values[j] < values[smallest]:
                smallest = j
        values[i], values[smallest] = values[smallest], values[i]
    return values


# class: n^2
def sort_by_taking_minimum(values: list[int]) -> list[int]:
    remaining = list(values)
    ordered = []
    while remaining:
        smallest = min(remaining)
        remaining.remove(smallest)
        ordered.append(smallest)
    return ordered


# class: n
def merge(left: list[int], right: list[int]) -> list[int]:
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    merged.extend(left[i:])
    merged.extend(right[j:])
    return merged


# class: n log n
def merge_sort(values: list[int]) -> list[int]:
    if len(values) <= 1:
        return values
    middle = len(values) // 2
    return merge(merge_sort(values[:middle]), merge_sort(values[middle:]))


# class: n^2; because: in the worst case all the others are on one side.
def quick_sort(values):
    if len(values) < 2:
        return values
    pivot = values[0]
    smaller = [value for value in values[1:] if value < pivot]
    larger = [value for value in values[1:] if value >= pivot]
    return quick_sort(smaller) + [pivot] + quick_sort(larger)


# class: n log n
def heap_sort(values: list[int]) -> list[int]:
    heap: list[int] = []
    for value in values:
        heapq.heappush(heap, value)
    return [heapq.heappop(heap) for _ in range(len(heap))]


# class: log n
def sift_down(heap, start, end):
    root = start
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and heap[child] < heap[child + 1]:
            child += 1
        if heap[root] >= heap[child]:
            return
        heap[root], heap[child] = heap[child], heap[root]
        root = child


# class: n
def counting_sort(ages: list[int]) -> list[int]:
    counts = [0] * 150
    for age in ages:
        counts[age] += 1
    ordered = []
    for age, count in enumerate(counts):
        ordered.extend([age] * count)
    return ordered


# class: n; because: there are eight rounds however many numbers there are.
def radix_sort(numbers: list[int]) -> list[int]:
    for shift in range(0, 32, 4):
        buckets: list[list[int]] = [[] for _ in range(16)]
        for number in numbers:
            buckets[(number >> shift) & 15].append(number)
        numbers = [number for bucket in buckets for number in bucket]
    return numbers


# class: n
def is_sorted(values: list[int]) -> bool:
    return all(values[i] <= values[i + 1] for i in range(len(values) - 1))


# class: n^2; because: insort finds the place fast but moves what follows.
def sorted_by_insort(values):
    ordered = []
    for value in values:
        insort(ordered, value)
    return ordered


# class: n; because: insort moves what follows.
def insert_in_order(scores: list[int], score: int) -> None:
    insort(scores, score)


# class: n
def two_sum(numbers: list[int], target: int) -> tuple[int, int] | None:
    seen: dict[int, int] = {}
    for i, number in enumerate(numbers):
        if target - number in seen:
            return seen[target - number], i
        seen[number] = i
    return None


# class: n^2
def two_sum_slowly(numbers, target):
    for i in range(len(numbers)):
        for j in range(i + 1, len(numbers)):
            if numbers[i] + numbers[j] == target:
                return i, j
    return None


# class: n log n
def two_sum_sorted(numbers: list[int], target: int) -> bool:
    numbers = sorted(numbers)
    left, right = 0, len(numbers) - 1
    while left < right:
        total = numbers[left] + numbers[right]
        if total == target:
            return True
        if total < target:
            left += 1
        else:
            right -= 1
    return False


# class: n^2
def three_sum(numbers: list[int]) -> set[tuple[int, int, int]]:
    numbers = sorted(numbers)
    found = set()
    for i, first in enumerate(numbers):
        left, right = i + 1, len(numbers) - 1
        while left < right:
            total = first + numbers[left] + numbers[right]
            if total < 0:
                left += 1
            elif total > 0:
                right -= 1
            else:
                found.add((first, numbers[left], numbers[right]))
                left += 1
                right -= 1
    return found


# class: n^2 log n
def count_three_sums(numbers: list[int]) -> int:
    ordered = sorted(numbers)
    count = 0
    for i in range(len(ordered)):
        for j in range(i + 1, len(ordered)):
            position = bisect_left(ordered, -ordered[i] - ordered[j], j + 1)
            if position < len(ordered) and ordered[position] == -ordered[i] - ordered[j]:
                count += 1
    return count


# class: n^3
def three_sum_slowly(numbers):
    n = len(numbers)
    triples = []
    for i in range(n):
        for j in range(i + 1, n):
            for k in range(j + 1, n):
                if numbers[i] + numbers[j] + numbers[k] == 0:
                    triples.append((numbers[i], numbers[j], numbers[k]))
    return triples


# class: n^k
def four_sum(numbers: list[int], target: int) -> list[tuple[int, ...]]:
    found = []
    n = len(numbers)
    for a in range(n - 3):
        for b in range(a + 1, n - 2):
            for c in range(b + 1, n - 1):
                for d in range(c + 1, n):
                    if numbers[a] + numbers[b] + numbers[c] + numbers[d] == target:
                        found.append((a, b, c, d))
    return found


# class: n^2 log n; because: there are n * n sums to sort.
def sorted_pair_sums(first: list[int], second: list[int]) -> list[int]:
    return sorted(a + b for a in first for b in second)


# class: n
def second_largest(values: list[int]) -> int:
    largest = second = float("-inf")
    for value in values:
        if value > largest:
            largest, second = value, largest
        elif value > second:
            second = value
    return second


# class: n log n
def kth_largest(values: list[int], k: int) -> int:
    return sorted(values, reverse=True)[k - 1]


# class: n^2; because: in the worst case the pivot is always the smallest.
def quick_select(values: list[int], k: int) -> int:
    pivot = random.choice(values)
    smaller = [value for value in values if value < pivot]
    equal = [value for value in values if value == pivot]
    if k < len(smaller):
        return quick_select(smaller, k)
    if k < len(smaller) + len(equal):
        return pivot
    return quick_select([value for value in values if value > pivot], k - len(smaller) - len(equal))


# class: unknown; because: a shuffle may never be the sorted one.
def bogo_sort(values: list[int]) -> list[int]:
    while not is_sorted(values):
        random.shuffle(values)
    return values


# class: n log n
def inversions(values: list[int]) -> int:
    ordered = sorted(set(values))
    tree = [0] * (len(ordered) + 1)
    count = 0
    for seen, value in enumerate(values):
        position = bisect_left(ordered, value) + 1
        i = position
        smaller_or_equal = 0
        while i > 0:
            smaller_or_equal += tree[i]
            i -= i & -i
        count += seen - smaller_or_equal
        i = position
        while i < len(tree):
            tree[i] += 1
            i += i & -i
    return count


# class: n^2
def inversions_slowly(values):
    return sum(values[i] > values[j] for i in range(len(values)) for j in range(i + 1, len(values)))


# class: n
def majority(values: list[int]) -> int | None:
    candidate, lead = None, 0
    for value in values:
        if lead == 0:
            candidate = value
        lead += 1 if value == candidate else -1
    return candidate if values.count(candidate) > len(values) // 2 else None


# class: n
def rotate(values, k):
    k %= len(values)
    return values[-k:] + values[:-k]


# class: log n
def rotation_point(values: list[int]) -> int:
    if values[0] <= values[-1]:
        return 0
    left, right = 0, len(values) - 1
    while right - left > 1:
        middle = (left + right) >> 1
        if values[middle] > values[left]:
            left = middle
        else:
            right = middle
    return right


# class: n; because: it visits both halves by their bounds, copying nothing.
def maximum_by_halves(values: list[int], low: int, high: int) -> int:
    if high - low == 1:
        return values[low]
    middle = (low + high) // 2
    return max(maximum_by_halves(values, low, middle), maximum_by_halves(values, middle, high))


# class: n log n
def best_sum_by_halves(values):
    if len(values) == 1:
        return values[0]
    middle = len(values) // 2
    best_left = best_right = float("-inf")
    total = 0
    for value in reversed(values[:middle]):
        total += value
        best_left = max(best_left, total)
    total = 0
    for value in values[middle:]:
        total += value
        best_right = max(best_right, total)
    return max(best_left + best_right, best_sum_by_halves(values[:middle]), best_sum_by_halves(values[middle:]))
