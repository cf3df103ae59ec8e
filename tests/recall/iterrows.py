"""Going through data frames with iterrows, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import pandas as pd
import requests

LIMIT = 40.0


def label(row) -> str:
    return f"{row['street']} {row['house']}"


def rows(frame: pd.DataFrame):
    return frame.iterrows()


# slow: a series for each row, to add two columns up.
def energy(readings: pd.DataFrame) -> float:
    used = 0.0
    for _, reading in readings.iterrows():  # hint
        used += reading["watts"] * reading["hours"] / 1000
    return used


# slow: no annotation, and the index is kept.
def too_hot(df):
    hot = []
    for index, row in df.iterrows():  # hint
        if row["celsius"] > LIMIT:
            hot.append(index)
    return hot


# slow: a comprehension, with the helper that reads the row.
def addresses(path: str) -> list[str]:
    houses = pd.read_csv(path)
    return [label(row) for _, row in houses.iterrows()]  # hint


# slow: only the rows that pass a test are gone through.
def refunds(path):
    orders = pd.read_csv(path)
    back = {}
    for _, order in orders[orders["state"] == "returned"].iterrows():  # hint
        back[order["number"]] = order["price"] - order["fee"]
    return back


class Roster:
    def __init__(self, shifts: pd.DataFrame) -> None:
        self.shifts = shifts

    # slow: an attribute, counted along with enumerate.
    def gaps(self) -> list[int]:
        found = []
        last = 0
        for number, (_, shift) in enumerate(self.shifts.iterrows()):  # hint
            if shift["begin"] > last:
                found.append(number)
            last = shift["end"]
        return found

    # slow: asynchronous, the loop itself waits for nothing.
    async def publish(self, channel) -> None:
        lines = {}
        for _, shift in self.shifts.iterrows():  # hint
            lines.setdefault(shift["nurse"], []).append(shift["begin"])
        await channel.send(lines)

    # fine: plain tuples.
    def names(self) -> list[str]:
        return [shift.nurse for shift in self.shifts.itertuples(index=False)]


# slow: a while loop takes row after row from the iterator.
def until_empty(stock):
    each = stock.iterrows()  # hint
    sold = 0
    while sold < 1000:
        try:
            _, row = next(each)
        except StopIteration:
            break
        sold += row["amount"]
    return sold


# slow: a function of the module gives the rows.
def heaviest(parcels: pd.DataFrame) -> float:
    return max(row["kilos"] for _, row in rows(parcels))  # hint


# slow: within a try, and the group of a loop over groups.
def last_states(events):
    states = {}
    for vehicle, group in events.groupby("vehicle"):
        try:
            for _, event in group.iterrows():  # hint
                states[vehicle] = event["state"]
        except KeyError:
            states[vehicle] = None
    return states


# fine: five rows to look at.
def preview(frame: pd.DataFrame) -> None:
    for _, row in frame.head(5).iterrows():
        print(row["name"], row["price"])


# fine: each row waits for another machine.
def upload(frame: pd.DataFrame, url: str) -> None:
    for _, row in frame.iterrows():
        requests.post(url, json=row.to_dict(), timeout=30)


# fine: columns, not rows.
def widths(frame: pd.DataFrame) -> dict[str, int]:
    return {name: column.astype(str).str.len().max() for name, column in frame.items()}


class Board:
    def __init__(self, cells: list[list[int]]) -> None:
        self.cells = cells

    def iterrows(self):
        return enumerate(self.cells)


# fine: the rows of a class of the module, which are plain lists.
def lit(board: Board) -> int:
    return sum(sum(cells) for _, cells in board.iterrows())


# fine: the first row alone.
def header(frame: pd.DataFrame) -> list[str]:
    _, row = next(frame.iterrows())
    return [str(value) for value in row]
