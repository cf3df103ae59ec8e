"""Schedules, queues and intervals."""
# ruff: noqa

from __future__ import annotations

import heapq
from collections import Counter, deque
from dataclasses import dataclass


@dataclass
class Meeting:
    start: int
    end: int
    room: str = ""


# class: n log n
def merge_intervals(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


# class: n log n
def most_meetings(meetings: list[Meeting]) -> int:
    meetings.sort(key=lambda meeting: meeting.end)
    free_from = count = 0
    for meeting in meetings:
        if meeting.start >= free_from:
            count += 1
            free_from = meeting.end
    return count


# class: n log n
def rooms_needed(meetings):
    ends = []
    for meeting in sorted(meetings, key=lambda meeting: meeting.start):
        if ends and ends[0] <= meeting.start:
            heapq.heapreplace(ends, meeting.end)
        else:
            heapq.heappush(ends, meeting.end)
    return len(ends)


# class: 1
def overlap(first: Meeting, second: Meeting) -> bool:
    return first.start < second.end and second.start < first.end


# class: n^2
def conflicts(meetings: list[Meeting]) -> list[tuple[Meeting, Meeting]]:
    return [(a, b) for i, a in enumerate(meetings) for b in meetings[i + 1 :] if overlap(a, b)]


# class: n
def is_free(meetings: list[Meeting], start: int, end: int) -> bool:
    return not any(overlap(meeting, Meeting(start, end)) for meeting in meetings)


# class: n^2
def accept_in_turn(requests):
    accepted: list[Meeting] = []
    for request in requests:
        if is_free(accepted, request.start, request.end):
            accepted.append(request)
    return accepted


# class: n log n
def merge_ropes(lengths: list[int]) -> int:
    heapq.heapify(lengths)
    cost = 0
    while len(lengths) > 1:
        joined = heapq.heappop(lengths) + heapq.heappop(lengths)
        cost += joined
        heapq.heappush(lengths, joined)
    return cost


# class: n^2
def merge_ropes_slowly(lengths):
    lengths = list(lengths)
    cost = 0
    while len(lengths) > 1:
        shortest = min(lengths)
        lengths.remove(shortest)
        second = min(lengths)
        lengths.remove(second)
        lengths.append(shortest + second)
        cost += shortest + second
    return cost


# class: n^2 log n
def nearest_drivers(orders: list[float], drivers: list[float]) -> list[list[float]]:
    nearest = []
    for order in orders:
        by_distance = sorted(drivers, key=lambda driver: abs(driver - order))
        nearest.append(by_distance[:3])
    return nearest


# class: n^2 log n; because: all the waiting orders are sorted again for every driver.
def assign(drivers, orders):
    waiting = list(orders)
    assigned = {}
    for driver in drivers:
        if waiting:
            waiting.sort(key=lambda order: abs(order - driver))
            assigned[driver] = waiting.pop()
    return assigned


# class: n log n
def huffman_cost(text_counts: dict[str, int]) -> int:
    heap = list(text_counts.values())
    heapq.heapify(heap)
    total = 0
    while len(heap) > 1:
        weight = heapq.heappop(heap) + heapq.heappop(heap)
        total += weight
        heapq.heappush(heap, weight)
    return total


# class: n
def smallest_ten(values: list[int]) -> list[int]:
    return heapq.nsmallest(10, values)


# class: n log n; because: how many to take is an argument.
def smallest(values: list[int], count: int) -> list[int]:
    return heapq.nsmallest(count, values)


# class: n log n
def top_k_words(words: list[str], k: int) -> list[str]:
    heap: list[tuple[int, str]] = []
    for word, count in Counter(words).items():
        heapq.heappush(heap, (count, word))
        if len(heap) > k:
            heapq.heappop(heap)
    return [word for _, word in sorted(heap)]


# class: n
def serve_in_turn(customers: list[str]) -> list[str]:
    queue = deque(customers)
    served = []
    while queue:
        served.append(queue.popleft())
    return served


# class: n^2
def serve_from_list(customers: list[str]) -> list[str]:
    served = []
    while customers:
        served.append(customers.pop(0))
    return served


# class: n; because: each day is pushed and popped once.
def days_until_warmer(temperatures: list[int]) -> list[int]:
    waits = [0] * len(temperatures)
    stack: list[int] = []
    for day, temperature in enumerate(temperatures):
        while stack and temperatures[stack[-1]] < temperature:
            earlier = stack.pop()
            waits[earlier] = day - earlier
        stack.append(day)
    return waits


# class: n^2
def days_until_warmer_slowly(temperatures):
    waits = []
    for day, temperature in enumerate(temperatures):
        wait = 0
        for later in range(day + 1, len(temperatures)):
            if temperatures[later] > temperature:
                wait = later - day
                break
        waits.append(wait)
    return waits


# class: n; because: each position enters and leaves the deque once.
def window_maxima(values: list[int], width: int) -> list[int]:
    candidates: deque[int] = deque()
    maxima = []
    for i, value in enumerate(values):
        while candidates and values[candidates[-1]] <= value:
            candidates.pop()
        candidates.append(i)
        if candidates[0] <= i - width:
            candidates.popleft()
        if i >= width - 1:
            maxima.append(values[candidates[0]])
    return maxima


# class: n^2
def window_maxima_slowly(values: list[int], width: int) -> list[int]:
    return [max(values[i : i + width]) for i in range(len(values) - width + 1)]


# class: n^2 log n; because: every window is sorted.
def window_medians(values: list[float], width: int) -> list[float]:
    medians = []
    for i in range(len(values) - width + 1):
        window = sorted(values[i : i + width])
        medians.append(window[width // 2])
    return medians


# class: n
def largest_rectangle(heights):
    stack = []
    best = 0
    for i, height in enumerate([*heights, 0]):
        start = i
        while stack and stack[-1][1] >= height:
            start, tall = stack.pop()
            best = max(best, tall * (i - start))
        stack.append((start, height))
    return best


# class: n
def shortest_stretch(values: list[int], target: int) -> int:
    best = len(values) + 1
    total = start = 0
    for end, value in enumerate(values):
        total += value
        while total >= target:
            best = min(best, end - start + 1)
            total -= values[start]
            start += 1
    return best if best <= len(values) else 0


# class: n
def trapped_water(heights: list[int]) -> int:
    left, right = 0, len(heights) - 1
    left_wall = right_wall = water = 0
    while left < right:
        if heights[left] < heights[right]:
            left_wall = max(left_wall, heights[left])
            water += left_wall - heights[left]
            left += 1
        else:
            right_wall = max(right_wall, heights[right])
            water += right_wall - heights[right]
            right -= 1
    return water


# class: n^2
def trapped_water_slowly(heights: list[int]) -> int:
    water = 0
    for i, height in enumerate(heights):
        water += min(max(heights[: i + 1]), max(heights[i:])) - height
    return water


# class: n log n; because: the days are searched by halves, each try looks at all the parcels.
def least_capacity(parcels: list[int], days: int) -> int:
    low, high = max(parcels), sum(parcels)
    while low < high:
        middle = (low + high) // 2
        needed, load = 1, 0
        for parcel in parcels:
            if load + parcel > middle:
                needed += 1
                load = 0
            load += parcel
        if needed <= days:
            high = middle
        else:
            low = middle + 1
    return low


# class: n^2; because: n rounds over n jobs.
def round_robin(jobs: list[str], rounds: int) -> list[str]:
    order = []
    for _ in range(rounds):
        for job in jobs:
            order.append(job)
    return order


# class: n log n
def run_by_priority(tasks):
    heap = []
    for number, (priority, name) in enumerate(tasks):
        heapq.heappush(heap, (-priority, number, name))
    order = []
    while heap:
        order.append(heapq.heappop(heap)[2])
    return order


# class: unknown; because: handling an event may add events.
def simulate(events: list[tuple[float, object]], handle) -> float:
    heapq.heapify(events)
    now = 0.0
    while events:
        now, event = heapq.heappop(events)
        for following in handle(now, event):
            heapq.heappush(events, following)
    return now


# class: n^3; because: n days, and all pairs of meetings on each.
def conflicts_each_day(calendar: list[list[Meeting]]) -> int:
    return sum(len(conflicts(day)) for day in calendar)


# class: n^2 log n; because: n days, each sorted.
def rooms_needed_each_day(calendar: list[list[Meeting]]) -> list[int]:
    return [rooms_needed(day) for day in calendar]
