"""Python functions applied to each row of a data frame, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import numpy as np
import pandas as pd


def distance(row) -> float:
    return ((row["x"] - row["to_x"]) ** 2 + (row["y"] - row["to_y"]) ** 2) ** 0.5


def with_margin(sales):
    return sales.apply(lambda sale: sale["revenue"] - sale["cost"], axis=1)  # hint


# slow: a formula of two columns, in a lambda.
def body_mass(patients: pd.DataFrame) -> pd.Series:
    return patients.apply(lambda p: p["kilos"] / p["metres"] ** 2, axis=1)  # hint


# slow: a function of the module, without annotations.
def trips(frame):
    frame["kilometres"] = frame.apply(distance, axis=1)  # hint
    return frame


# slow: a choice, with the axis by name.
def banded(path: str) -> pd.DataFrame:
    people = pd.read_csv(path)
    people["band"] = people.apply(lambda row: "adult" if row["age"] >= 18 else "child", axis="columns")  # hint
    return people


# slow: the axis is given by place.
def discounted(orders: pd.DataFrame) -> pd.DataFrame:
    def price(order):
        return order["price"] * 0.9 if order["club"] else order["price"]

    return orders.assign(pays=orders.apply(price, 1))  # hint


# slow: the greatest of some columns.
def best(scores):
    return scores[["first", "second", "third"]].apply(max, axis=1)  # hint


class Survey:
    def __init__(self, answers: pd.DataFrame) -> None:
        self.answers = answers

    def total(self, row):
        return row["pace"] + row["clarity"] + row["depth"]

    # slow: a method is called for each row of an attribute.
    def totals(self) -> list[int]:
        return self.answers.apply(self.total, axis=1).tolist()  # hint

    # slow: asynchronous; rows are kept by what the lambda says.
    async def unsure(self, store) -> None:
        rows = self.answers[self.answers.apply(lambda row: row["pace"] < row["depth"], axis=1)]  # hint
        await store.write(rows)

    # fine: the columns' own formula.
    def mean(self) -> pd.Series:
        return (self.answers["pace"] + self.answers["clarity"]) / 2


# slow: for each of several frames, in a comprehension.
def all_trips(frames: list[pd.DataFrame]) -> list[pd.Series]:
    return [frame.apply(distance, axis=1) for frame in frames]  # hint


# slow: texts are put together.
def full_names(people: pd.DataFrame) -> pd.DataFrame:
    people["name"] = people.apply(lambda row: row["given"] + " " + row["family"], axis=1)  # hint
    return people


# slow: each group's rows.
def shares(frame):
    parts = {}
    for shop, group in frame.groupby("shop"):
        parts[shop] = group.apply(lambda row: row["sold"] / row["stock"], axis=1)  # hint
    return parts


# fine: a function is called for each column, of which there are few.
def spans(frame: pd.DataFrame) -> pd.Series:
    return frame.apply(lambda column: column.max() - column.min(), axis=0)


# fine: no axis is the same.
def shares_of_column(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.apply(lambda column: column / column.sum())


# fine: the frame's own sum of each row.
def sums(frame: pd.DataFrame) -> pd.Series:
    return frame.sum(axis=1)


# fine: a group is handled as a whole.
def per_shop(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.groupby("shop").apply(lambda group: group["sold"].sum())


class Stack:
    def __init__(self, layers: list[np.ndarray]) -> None:
        self.layers = layers

    def apply(self, function, axis: int):
        return [function(layer, axis) for layer in self.layers]


# fine: a method of the module's own class, which works on arrays.
def flattened(stack: Stack) -> list[np.ndarray]:
    return stack.apply(np.sum, axis=1)
