"""Distinct values counted to see whether there is more than one, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import pandas as pd


def is_same(column: pd.Series) -> bool:
    return column.nunique() == 1  # hint


# slow: all values are put in a table to compare with one.
def one_year(invoices: pd.DataFrame) -> bool:
    return invoices["year"].nunique() == 1  # hint


# slow: more than one, without annotations.
def check_wavelength(path):
    samples = pd.read_csv(path)
    if samples["wavelength"].nunique() > 1:  # hint
        raise ValueError("several wavelengths")
    return samples


# slow: in a comprehension over columns.
def constant_columns(frame: pd.DataFrame) -> list[str]:
    return [name for name in frame.columns if frame[name].nunique() <= 1]  # hint


# slow: the distinct values are listed, to take their number.
def single_site(visits: pd.DataFrame) -> bool:
    return len(visits["site_number"].unique()) == 1  # hint


class Batch:
    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    # slow: a column of an attribute, as an attribute.
    def is_mixed(self) -> bool:
        return self.frame.recipe_number.nunique() != 1  # hint

    # slow: asynchronous, missing values counted too.
    async def check(self, channel) -> None:
        if self.frame["oven_number"].nunique(dropna=False) < 2:  # hint
            await channel.send("one oven")

    # fine: the number itself is told.
    def recipes(self) -> int:
        return self.frame["recipe"].nunique()


# slow: a while loop that drops columns.
def trimmed(frame: pd.DataFrame) -> pd.DataFrame:
    while len(frame.columns) > 0 and frame.iloc[:, 0].nunique() == 1:  # hint
        frame = frame.iloc[:, 1:]
    return frame


# slow: the helper counts.
def useless(frame: pd.DataFrame) -> list[str]:
    return [name for name, column in frame.items() if is_same(column)]  # hint


# slow: a set of all values.
def same_day(events: pd.DataFrame) -> bool:
    return len(set(events["day"])) == 1  # hint


# fine: another number.
def is_binary(frame: pd.DataFrame) -> bool:
    return frame["answer"].nunique() == 2


# fine: the number is needed.
def described(frame: pd.DataFrame) -> str:
    count = frame["colour"].nunique()
    if count == 1:
        return "one colour"
    return f"{count} colours"


# fine: of many groups, each counted.
def shared_rooms(frame: pd.DataFrame) -> list[str]:
    counts = frame.groupby("room")["guest"].nunique()
    return counts[counts > 1].index.tolist()


class Colours:
    def __init__(self) -> None:
        self.count = 0

    def nunique(self) -> int:
        return self.count


# fine: a method of the module's own class.
def plain(colours: Colours) -> bool:
    return colours.nunique() == 1


# fine: the first value is compared with all.
def constant(values: pd.Series) -> bool:
    array = values.to_numpy()
    return bool((array == array[0]).all())
