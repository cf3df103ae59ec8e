"""Sorting everything to take the first or the last, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter


@dataclass
class Release:
    name: str
    number: int


# slow: the whole list is sorted for its smallest item.
def lowest(prices: list[float]) -> float:
    return sorted(prices)[0]  # hint


# slow: the last of the sorted numbers is the largest.
def newest(releases: dict[str, int]) -> int:
    return sorted(releases.values())[-1]  # hint


# slow: sorted downwards by a key, and the first taken.
def top(players):
    best = sorted(players, key=lambda player: player.score, reverse=True)[0]  # hint
    return best.name


class Archive:
    def __init__(self, releases: list[Release]):
        self.releases = releases

    # slow: an attribute, sorted by an attribute of its items.
    def oldest(self) -> Release:
        return sorted(self.releases, key=attrgetter("number"))[0]  # hint

    # slow: the sort has a name, and only its first item is read.
    def first_name(self) -> str:
        names = sorted(release.name for release in self.releases)  # hint
        first = names[0]  # hint
        return first.title()

    # fine: the median is neither the first nor the last.
    def median(self) -> int:
        return sorted(release.number for release in self.releases)[len(self.releases) // 2]

    # fine: the sorted list is used as a whole as well.
    def span(self) -> str:
        order = sorted(release.number for release in self.releases)
        return f"{order[0]}: {', '.join(map(str, order))}"


# slow: each group is sorted for its smallest.
def minima(groups: list[list[int]]) -> list[int]:
    return [sorted(group)[0] for group in groups]  # hint


# slow: the list that the loop collects is sorted in place, and one item read.
def closest(points, origin) -> float:
    distances = []
    for point in points:
        distances.append(abs(point - origin))
    distances.sort()  # hint
    return distances[0]  # hint


# slow: the items of a dict, by their values.
def favourite(votes: dict[str, int]) -> str:
    name, _ = sorted(votes.items(), key=lambda pair: pair[1])[0]  # hint
    return name


# slow: asynchronous, annotated, and within a try.
async def first_event(source) -> int | None:
    times: list[int] = [int(event.time) async for event in source]
    try:
        return sorted(times)[0]  # hint
    except IndexError:
        return None


# fine: the second smallest needs more than a minimum.
def runner_up(times: list[float]) -> float:
    return sorted(times)[1]


# fine: three constants.
def least_of(a: int, b: int, c: int) -> int:
    return sorted((a, b, c))[1]


# fine: the index is not known.
def at(values: list[int], position: int) -> int:
    return sorted(values)[position]


# fine: both ends of one sort that is printed too.
def summary(values: list[int]) -> tuple[int, int, list[int]]:
    values = sorted(values)
    return values[0], values[-1], values


class Deck:
    def __init__(self, cards: list[str]) -> None:
        self.cards = cards

    def sorted(self) -> list[str]:
        return [card.upper() for card in self.cards]

    # fine: the class's own method, which does not sort.
    def first(self) -> str:
        return self.sorted()[0]


# fine: the first character of each of the sorted names is read, not the first name.
def initials(names: list[str]) -> list[str]:
    return [name[0] for name in sorted(names)]
