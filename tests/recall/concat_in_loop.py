"""Data frames that grow in a loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import functools
from pathlib import Path

import pandas as pd
from pandas import concat


def added(frame: pd.DataFrame, row: dict) -> pd.DataFrame:
    return pd.concat([frame, pd.DataFrame([row])], ignore_index=True)


# slow: all that was read is copied for each file.
def read_folder(folder: Path) -> pd.DataFrame:
    weather = pd.DataFrame()
    for path in sorted(folder.glob("*.csv")):
        weather = pd.concat([weather, pd.read_csv(path)])  # hint
    return weather


# slow: the imported name, a tuple, no annotations.
def joined(parts):
    table = parts[0]
    for part in parts[1:]:
        table = concat((table, part), axis=0)  # hint
    return table


# slow: nothing to begin with.
def chunks(path: str) -> pd.DataFrame | None:
    kept = None
    for chunk in pd.read_csv(path, chunksize=10_000):
        wanted = chunk[chunk["amount"] > 0]
        if kept is None:
            kept = wanted
        else:
            kept = pd.concat([kept, wanted])  # hint
    return kept


class Recorder:
    def __init__(self) -> None:
        self.history = pd.DataFrame(columns=["time", "volt"])

    # slow: an attribute grows row by row.
    def record(self, samples: list[tuple[float, float]]) -> None:
        for time, volt in samples:
            row = pd.DataFrame([{"time": time, "volt": volt}])
            self.history = pd.concat([self.history, row], ignore_index=True)  # hint

    # slow: asynchronous, within a try.
    async def follow(self, stream) -> None:
        async for block in stream:
            try:
                self.history = pd.concat([self.history, block.frame()])  # hint
            except ValueError:
                continue

    # fine: once for a whole batch, when somebody asks.
    def merge(self, other: Recorder) -> pd.DataFrame:
        return pd.concat([self.history, other.history])


# slow: pages in a while loop.
def all_pages(client):
    page = client.first()
    bookings = pd.DataFrame(page.items)
    while page.next:
        page = client.fetch(page.next)
        bookings = pd.concat([bookings, pd.DataFrame(page.items)], ignore_index=True)  # hint
    return bookings


# slow: the helper copies the frame at each call.
def ledger(entries: list[dict]) -> pd.DataFrame:
    frame = pd.DataFrame(columns=["day", "sum"])
    for entry in entries:
        frame = added(frame, entry)  # hint
    return frame


# slow: reduce makes a longer frame of each pair.
def stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return functools.reduce(lambda a, b: pd.concat([a, b]), frames)  # hint


# slow: column after column.
def features(frame: pd.DataFrame, lags: list[int]) -> pd.DataFrame:
    wide = frame[["price"]]
    for lag in lags:
        shifted = frame["price"].shift(lag).rename(f"lag_{lag}")
        wide = pd.concat([wide, shifted], axis=1)  # hint
    return wide


# slow: the method of pandas 1.
def tally(votes):
    df = pd.DataFrame(columns=["name"])
    for vote in votes:
        df = df.append({"name": vote}, ignore_index=True)  # hint
    return df


# fine: frames are kept in a list.
def read_all(paths: list[str]) -> pd.DataFrame:
    frames = []
    for path in paths:
        frames.append(pd.read_csv(path))
    return pd.concat(frames)


# fine: each round makes another frame of two.
def pairs(left: list[pd.DataFrame], right: list[pd.DataFrame]) -> list[pd.DataFrame]:
    out = []
    for a, b in zip(left, right):
        both = pd.concat([a, b])
        out.append(both)
    return out


# fine: the parts are new in each round.
def by_year(folders: dict[int, list[str]]) -> dict[int, pd.DataFrame]:
    years = {}
    for year, paths in folders.items():
        months = [pd.read_csv(path) for path in paths]
        years[year] = pd.concat(months)
    return years


# fine: a list that is called like a frame.
def collected(results) -> list:
    df = []
    for result in results:
        df.append({"name": result.name})
    return df


# fine: the last rows alone are kept, so that it does not grow.
def windows(blocks: list[pd.DataFrame]) -> list[float]:
    recent = pd.DataFrame({"value": [0.0]})
    means = []
    for block in blocks:
        recent = pd.concat([recent, block]).tail(100)
        means.append(recent["value"].mean())
    return means
