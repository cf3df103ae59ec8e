"""Reading ISO dates by strptime(), and look-alikes."""
# ruff: noqa

from __future__ import annotations

import datetime as dt
import time
from datetime import date, datetime

DAY = "%Y-%m-%d"


def parsed(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")


# slow: a day for each text.
def days(texts: list[str]) -> list[datetime]:
    return [datetime.strptime(text, "%Y-%m-%d") for text in texts]  # hint


# slow: day and time, by the module's other name.
def stamps(rows):
    out = []
    for row in rows:
        out.append(dt.datetime.strptime(row["at"], "%Y-%m-%d %H:%M:%S"))  # hint
    return out


# slow: the format is a constant of the module, and the date is taken.
def birthdays(texts: list[str]) -> list[date]:
    out = []
    i = 0
    while i < len(texts):
        out.append(datetime.strptime(texts[i], DAY).date())  # hint
        i += 1
    return out


class Log:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    # slow: the start of each line, within a try.
    def times(self) -> list[datetime]:
        out = []
        for line in self.lines:
            try:
                out.append(datetime.strptime(line[:19], "%Y-%m-%dT%H:%M:%S"))  # hint
            except ValueError:
                continue
        return out

    # slow: with fractions of a second.
    def latest(self, texts: list[str]) -> datetime:
        return max(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f") for text in texts)  # hint

    # fine: another order of the parts.
    def german(self) -> list[datetime]:
        return [datetime.strptime(line[:10], "%d.%m.%Y") for line in self.lines]


# slow: the helper reads one at each call.
def all_parsed(texts: list[str]) -> list[datetime]:
    return [parsed(text) for text in texts]  # hint


# slow: asynchronous.
async def arrivals(events):
    async for event in events:
        yield datetime.strptime(event.time, "%Y-%m-%d %H:%M")  # hint


# fine: fromisoformat() already.
def fast(texts: list[str]) -> list[datetime]:
    return [datetime.fromisoformat(text) for text in texts]


# fine: month names are no ISO.
def named(texts: list[str]) -> list[datetime]:
    return [datetime.strptime(text, "%d %b %Y") for text in texts]


# fine: the format is not known.
def with_format(texts: list[str], form: str) -> list[datetime]:
    return [datetime.strptime(text, form) for text in texts]


# fine: the time module's own, which gives another type.
def tuples(texts: list[str]) -> list[time.struct_time]:
    return [time.strptime(text, "%Y-%m-%d") for text in texts]


# fine: written, not read.
def written(days: list[datetime]) -> list[str]:
    return [day.strftime("%Y-%m-%d") for day in days]


# fine: a year and a month are no ISO date for fromisoformat().
def months(texts: list[str]) -> list[datetime]:
    return [datetime.strptime(text, "%Y-%m") for text in texts]
