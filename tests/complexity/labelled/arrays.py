"""NumPy and pandas."""
# ruff: noqa

from __future__ import annotations

import numpy as np
import pandas as pd


# class: n
def normalise(values: list[float]) -> np.ndarray:
    array = np.array(values)
    return (array - array.mean()) / array.std()


# class: n^3
def squared_identity(size: int) -> np.ndarray:
    matrix = np.ones((size, size))
    return matrix @ matrix


# class: n^2
def ones(size: int) -> np.ndarray:
    return np.zeros((size, size)) + 1


# class: n log n
def percentile_by_sorting(values: list[float], share: float) -> float:
    ordered = np.sort(np.array(values))
    return float(ordered[int(share * (len(ordered) - 1))])


# class: n
def sine_wave(samples: int) -> np.ndarray:
    return np.sin(np.linspace(0, 2 * np.pi, samples))


# class: n^2; because: append copies the array every time.
def collect_readings(readings: list[float]) -> np.ndarray:
    collected = np.array([])
    for reading in readings:
        collected = np.append(collected, reading)
    return collected


# class: n
def smooth(values: list[float]) -> list[float]:
    array = np.array(values)
    smoothed = []
    for i in range(1, len(array) - 1):
        smoothed.append((array[i - 1] + array[i] + array[i + 1]) / 3)
    return smoothed


# class: n
def total_price(table: pd.DataFrame) -> float:
    total = 0.0
    for _, row in table.iterrows():
        total += row["price"] * row["count"]
    return total


# class: n
def total_price_at_once(table: pd.DataFrame) -> float:
    return (table["price"] * table["count"]).sum()


# class: n log n
def cheapest_first(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values("price").reset_index(drop=True)


# class: n^2; because: concat copies the table for every row.
def grow(names: list[str]) -> pd.DataFrame:
    table = pd.DataFrame({"name": []})
    for name in names:
        table = pd.concat([table, pd.DataFrame({"name": [name]})])
    return table


# class: n^2
def count_cheaper(table: pd.DataFrame) -> list[int]:
    counts = []
    for _, row in table.iterrows():
        counts.append(int((table["price"] < row["price"]).sum()))
    return counts
