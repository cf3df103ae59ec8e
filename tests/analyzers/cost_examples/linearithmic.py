"""Functions of the class n log n, and what they call, each below its class."""
# ruff: noqa
# mypy: ignore-errors

from __future__ import annotations

import bisect
import heapq


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
def largest(xs, k):
    heap = []
    for x in xs:
        heapq.heappush(heap, x)
        if len(heap) > k:
            heapq.heappop(heap)
    return heap


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
