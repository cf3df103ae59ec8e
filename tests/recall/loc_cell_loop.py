"""Cells of a data frame one by one, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import pandas as pd


def tax(df, i) -> float:
    return df.loc[i, "net"] * 0.19  # hint


# slow: two cells are read and one is set in each round.
def speeds(runs: pd.DataFrame) -> pd.DataFrame:
    for i in range(len(runs)):
        runs.loc[i, "speed"] = runs.loc[i, "metres"] / runs.loc[i, "seconds"]  # hint
    return runs


# slow: at, over the index, without annotations.
def flag_late(df):
    for i in df.index:
        if df.at[i, "due"] < df.at[i, "delivered"]:  # hint
            df.at[i, "late"] = True  # hint
    return df


# slow: by place, in a comprehension.
def areas(path: str) -> list[float]:
    plots = pd.read_csv(path)
    return [plots.iloc[i, 0] * plots.iloc[i, 1] for i in range(len(plots))]  # hint


# slow: a row first and its cell then, in a while loop.
def first_above(prices: pd.DataFrame, limit: float) -> int:
    i = 0
    while i < len(prices):
        if prices.iloc[i]["close"] > limit:  # hint
            return i
        i += 1
    return -1


class Warehouse:
    def __init__(self, path: str) -> None:
        self.stock = pd.read_csv(path)

    # slow: an attribute's cells, with a branch.
    def restock(self, least: int) -> None:
        for i in range(self.stock.shape[0]):
            if self.stock.loc[i, "amount"] < least:  # hint
                self.stock.loc[i, "amount"] = least  # hint

    # slow: asynchronous, cells are gathered before it waits.
    async def report(self, channel) -> None:
        lines = []
        for i in range(len(self.stock)):
            lines.append(f"{self.stock.iat[i, 0]}: {self.stock.iat[i, 1]}")  # hint
        await channel.send(lines)

    # fine: whole columns.
    def empty(self) -> None:
        self.stock.loc[self.stock["amount"] < 0, "amount"] = 0

    # fine: one cell, once.
    def amount(self, name: str) -> int:
        return self.stock.loc[name, "amount"]


# slow: the column first and the cell then.
def longest_rise(prices: pd.DataFrame) -> int:
    best = run = 0
    for i in range(1, len(prices)):
        run = run + 1 if prices["close"][i] > prices["close"][i - 1] else 0  # hint
        best = max(best, run)
    return best


# slow: the helper reads a cell at each call.
def taxes(frame: pd.DataFrame) -> list[float]:
    return [tax(frame, i) for i in range(len(frame))]  # hint


# slow: the first number is skipped, and sums run on in the frame itself.
def balances(entries):
    frame = pd.DataFrame(entries, columns=["amount", "balance"])
    for i in range(1, len(frame)):
        frame.loc[i, "balance"] = frame.loc[i - 1, "balance"] + frame.loc[i, "amount"]  # hint
    return frame


# fine: column after column, each as a whole.
def cleaned(frame: pd.DataFrame) -> pd.DataFrame:
    for name in frame.columns:
        frame.loc[:, name] = frame.loc[:, name].fillna(0)
    return frame


# fine: a single cell of each of many frames.
def totals(frames: list[pd.DataFrame]) -> list[float]:
    return [frame.loc["total", "price"] for frame in frames]


# fine: three cells.
def podium(frame: pd.DataFrame) -> list[str]:
    return [frame.iloc[place, 0] for place in range(3)]


class Sheet:
    def __init__(self, cells: list[list[int]]) -> None:
        self.loc = cells

    # fine: a list that is called loc.
    def diagonal(self) -> list[int]:
        return [self.loc[i][i] for i in range(len(self.loc))]


# fine: rows are set by a condition, one for each of a few names.
def renamed(frame: pd.DataFrame, new_names: dict[str, str]) -> pd.DataFrame:
    for old, new in new_names.items():
        frame.loc[frame["city"] == old, "city"] = new
    return frame
