"""Reports and joins over records."""
# ruff: noqa

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter, itemgetter

VAT = {"books": 0.07, "food": 0.07, "tools": 0.19}


@dataclass
class Order:
    number: int
    customer: str
    amount: float
    day: int
    lines: list[str] = field(default_factory=list)


# class: n
def total_amount(orders: list[Order]) -> float:
    return sum(order.amount for order in orders)


# class: 1
def price_with_tax(kind: str, net: float) -> float:
    return round(net * (1 + VAT.get(kind, 0.19)), 2)


# class: n
def invoice_total(items):
    total = 0
    for kind, net in items:
        total += price_with_tax(kind, net)
    return total


# class: n
def by_customer(orders: list[Order]) -> dict[str, list[Order]]:
    grouped = defaultdict(list)
    for order in orders:
        grouped[order.customer].append(order)
    return grouped


# class: n log n
def largest_first(orders: list[Order]) -> list[Order]:
    return sorted(orders, key=attrgetter("amount"), reverse=True)


# class: n log n
def top_ten(orders):
    ranked = sorted(orders, key=lambda order: order.amount)
    return ranked[-10:]


# class: n
def largest(orders: list[Order]) -> Order:
    return max(orders, key=lambda order: order.amount)


# class: n log n; because: groupby wants the rows sorted.
def totals_by_day(orders: list[Order]) -> dict[int, float]:
    rows = sorted(orders, key=attrgetter("day"))
    return {day: sum(order.amount for order in group) for day, group in groupby(rows, key=attrgetter("day"))}


# class: n^2
def customers_without_orders(customers: list[str], orders: list[Order]) -> list[str]:
    names = [order.customer for order in orders]
    return [customer for customer in customers if customer not in names]


# class: n
def customers_without_orders_by_set(customers: list[str], orders: list[Order]) -> list[str]:
    names = {order.customer for order in orders}
    return [customer for customer in customers if customer not in names]


# class: n^2
def join_slowly(users, payments):
    rows = []
    for user in users:
        for payment in payments:
            if payment["user_id"] == user["id"]:
                rows.append({**user, "paid": payment["amount"]})
    return rows


# class: n; because: a user has an id of its own, so that a payment is joined once.
def join_by_index(users, payments):
    index = {user["id"]: user["name"] for user in users}
    return [(index[payment["user_id"]], payment["amount"]) for payment in payments]


# class: n^2
def unique_slowly(rows: list[int]) -> list[int]:
    unique: list[int] = []
    for row in rows:
        if row not in unique:
            unique.append(row)
    return unique


# class: n
def unique(rows):
    seen = set()
    result = []
    for row in rows:
        if row not in seen:
            seen.add(row)
            result.append(row)
    return result


# class: n
def unique_by_dict(rows: list[int]) -> list[int]:
    return list(dict.fromkeys(rows))


# class: n^2
def ranks(scores: list[float]) -> list[int]:
    return [1 + sum(other > score for other in scores) for score in scores]


# class: n log n
def ranks_by_sorting(scores: list[float]) -> list[int]:
    order = {score: rank for rank, score in reversed(list(enumerate(sorted(scores, reverse=True), 1)))}
    return [order[score] for score in scores]


# class: n^2; because: index searches the sorted list for each score.
def ranks_by_index(scores):
    ordered = sorted(scores, reverse=True)
    return [ordered.index(score) + 1 for score in scores]


# class: n
def mean(values: list[float]) -> float:
    return sum(values) / len(values)


# class: n
def variance(values: list[float]) -> float:
    average = mean(values)
    return sum((value - average) ** 2 for value in values) / len(values)


# class: n^2; because: the mean is worked out again for every value.
def variance_slowly(values: list[float]) -> float:
    return sum((value - mean(values)) ** 2 for value in values) / len(values)


# class: n log n
def median(values: list[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


# class: n
def mode(values):
    counts = Counter(values)
    return max(counts, key=counts.get)


# class: n
def histogram(values: list[float], low: float, high: float) -> list[int]:
    bins = [0] * 20
    for value in values:
        position = int((value - low) / (high - low) * 20)
        bins[min(position, 19)] += 1
    return bins


# class: n^2
def moving_average(values: list[float], width: int) -> list[float]:
    averages = []
    for start in range(len(values) - width + 1):
        averages.append(sum(values[start : start + width]) / width)
    return averages


# class: n
def moving_average_by_sum(values: list[float], width: int) -> list[float]:
    window = sum(values[:width])
    averages = [window / width]
    for i in range(width, len(values)):
        window += values[i] - values[i - width]
        averages.append(window / width)
    return averages


# class: n
def running_total(values):
    total = 0
    totals = []
    for value in values:
        total += value
        totals.append(total)
    return totals


# class: n^2
def running_total_slowly(values: list[float]) -> list[float]:
    return [sum(values[: i + 1]) for i in range(len(values))]


# class: n^2 log n
def running_median(values: list[float]) -> list[float]:
    medians = []
    for end in range(1, len(values) + 1):
        ordered = sorted(values[:end])
        medians.append(ordered[len(ordered) // 2])
    return medians


# class: n^2
def outer_product(first: list[float], second: list[float]) -> list[list[float]]:
    return [[a * b for b in second] for a in first]


# class: n
def swap_keys(mapping: dict[str, int]) -> dict[int, str]:
    return {value: key for key, value in mapping.items()}


# class: n
def merge_settings(defaults: dict[str, str], overrides: dict[str, str]) -> dict[str, str]:
    merged = dict(defaults)
    merged.update(overrides)
    return merged


# class: 1
def full_name(person):
    return person["first"] + " " + person["last"]


# class: n
def to_csv(rows: list[tuple[str, int]]) -> str:
    text = "name,count\n"
    for name, count in rows:
        text += f"{name},{count}\n"
    return text


# class: n^2; because: each of n rows has n cells.
def table_to_csv(rows: list[list[int]]) -> str:
    return "\n".join(",".join(str(cell) for cell in row) for row in rows)


# class: n log n
def latest_per_customer(orders: list[Order]) -> dict[str, Order]:
    latest = {}
    for order in sorted(orders, key=lambda order: order.day):
        latest[order.customer] = order
    return latest


# class: n
def partition_by_amount(orders, limit):
    small, large = [], []
    for order in orders:
        (large if order.amount >= limit else small).append(order)
    return small, large


# class: n^2
def duplicate_pairs(orders: list[Order]) -> list[tuple[int, int]]:
    pairs = []
    for i, first in enumerate(orders):
        for second in orders[i + 1 :]:
            if first.customer == second.customer and first.amount == second.amount:
                pairs.append((first.number, second.number))
    return pairs


# class: n
def has_duplicates(values: list[int]) -> bool:
    return len(set(values)) != len(values)


# class: n
def shared_customers(first: set[str], second: set[str]) -> set[str]:
    return first & second


# class: n
def amount_per_day(orders):
    totals = Counter()
    for order in orders:
        totals[order.day] += order.amount
    return totals


# class: n^2
def remove_cancelled(orders: list[int], cancelled: list[int]) -> list[int]:
    for number in cancelled:
        if number in orders:
            orders.remove(number)
    return orders


# class: n^2
def newest_first(events: list[str]) -> list[str]:
    result: list[str] = []
    for event in events:
        result.insert(0, event)
    return result


# class: n^2
def flatten(groups: list[list[int]]) -> list[int]:
    flat = []
    for group in groups:
        for member in group:
            flat.append(member)
    return flat


# class: n log n
def page(rows, key, number):
    rows = sorted(rows, key=itemgetter(key))
    return rows[number * 50 : (number + 1) * 50]


# class: n
def chunks(rows: list[int], size: int) -> list[list[int]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]


# class: n^2 log n; because: every group is sorted.
def best_of_each_group(groups: dict[str, list[float]]) -> dict[str, list[float]]:
    best = {}
    for name, values in groups.items():
        best[name] = sorted(values, reverse=True)[:3]
    return best
