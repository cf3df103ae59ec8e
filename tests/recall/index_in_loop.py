"""Asking a list for the position of many items, and look-alikes."""
# ruff: noqa

from __future__ import annotations

PRIORITIES = ["low", "normal", "high"]
STATIONS: list[str] = []


def load_stations(text: str) -> None:
    STATIONS.extend(text.splitlines())


def column_of(header: list[str], name: str) -> int:
    return header.index(name)


def sorted_names(people):
    return sorted(person["name"] for person in people)


# slow: each pick is searched for from the start of the list.
def positions(names: list[str], picks: list[str]) -> list[int]:
    return [names.index(pick) for pick in picks]  # hint


# slow: the position of each item is found by searching the list that is being walked.
def numbered(path: str):
    rows = []
    with open(path) as handle:
        for line in handle:
            rows.append(line.strip())
    result = []
    for row in rows:
        result.append(f"{rows.index(row) + 1}. {row}")  # hint
    return result


# slow: split() makes a list, and each field is searched for in it.
def offsets(header: str, wanted):
    columns = header.split(",")
    found = {}
    for name in wanted:
        if name in columns:
            found[name] = columns.index(name)  # hint
    return found


# slow: the sort key walks the order for each item.
def in_order(items: list[str], order: list[str]) -> list[str]:
    return sorted(items, key=lambda item: order.index(item))  # hint


# slow: the bound method is the same search, once per item.
def ranks(scores: list[int]) -> list[int]:
    ladder = sorted(scores, reverse=True)
    return list(map(ladder.index, scores))  # hint


# slow: a dict comprehension searches a list that a function of this module returns.
def seat_numbers(people: list[dict]):
    names = sorted_names(people)
    return {person["id"]: names.index(person["name"]) for person in people}  # hint


class Encoder:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: a failed search costs the whole list.
    def encode(self, tokens, vocabulary: list[str]) -> list[int]:
        codes = []
        for token in tokens:
            try:
                codes.append(vocabulary.index(token))  # hint
            except ValueError:
                codes.append(-1)
        return codes

    # slow: a tuple is searched like a list, in a conditional expression.
    def shift(self, text: str, letters: str) -> list[int]:
        alphabet = tuple(letters)
        return [alphabet.index(c) if c in alphabet else -1 for c in text]  # hint

    # fine: the list is another one in each round.
    def first_blank(self, lines: list[str]) -> list[int]:
        found = []
        for line in lines:
            cells = line.split("\t")
            found.append(cells.index("") if "" in cells else -1)
        return found


# slow: the module's list is searched at both ends of each trip.
def distances(trips):
    total = 0
    for start, end in trips:
        first = STATIONS.index(start)  # hint
        total += abs(STATIONS.index(end) - first)  # hint
    return total


# slow: a while loop that searches for its own next row.
def follow(links: list[str], names: list[str], start: str):
    steps = 0
    current = start
    while current != names[-1]:
        current = links[names.index(current)]  # hint
        steps += 1
    return steps


# slow: the helper searches the header at each call.
def pick_columns(header: list[str], wanted: list[str]) -> list[int]:
    picked = []
    for name in wanted:
        picked.append(column_of(header, name))  # hint
    return picked


# slow: an asynchronous loop, with the position bound by a walrus.
async def apply_updates(updates, keys: list[str], values: list[int]) -> None:
    async for key, value in updates:
        if (slot := keys.index(key)) >= 0:  # hint
            values[slot] = value


class Playlist:
    def __init__(self, titles):
        self.titles = list(titles)
        self.slots = {title: i for i, title in enumerate(self.titles)}

    def add(self, title: str) -> None:
        self.slots[title] = len(self.titles)
        self.titles.append(title)

    # slow: the attribute is a list and is searched for each title played.
    def positions(self, played: list[str]):
        places = []
        for title in played:
            places.append(self.titles.index(title))  # hint
        return places

    # slow: the list is searched for each pair of zip().
    def moves(self, before: list[str], after: list[str]) -> int:
        return sum(abs(self.titles.index(a) - self.titles.index(b)) for a, b in zip(before, after))  # hint

    # slow: the key of the sort searches the attribute for each title.
    def arrange(self, titles: list[str]) -> None:
        titles.sort(key=self.titles.index)  # hint

    # fine: a dict knows the positions.
    def fast_positions(self, played: list[str]):
        return [self.slots[title] for title in played]

    # fine: one search.
    def next_title(self, title: str) -> str:
        return self.titles[self.titles.index(title) + 1]

    # fine: the search runs once, before the loop.
    def after(self, title: str):
        first = self.titles.index(title)
        return [self.titles[i] for i in range(first, len(self.titles))]


class Atlas:
    """Numbers places by hashing them."""

    def __init__(self):
        self.places = {}

    def index(self, place):
        return self.places.setdefault(place, len(self.places))


# fine: a string is searched for a substring.
def comma_places(lines: list[str]) -> list[int]:
    return [line.index(",") for line in lines if "," in line]


# fine: three constants are searched in no time.
def weigh(tickets):
    return sorted(tickets, key=lambda ticket: PRIORITIES.index(ticket["priority"]))


# fine: a tuple of four constants.
def quarters(labels: list[str]):
    return [("q1", "q2", "q3", "q4").index(label.lower()) for label in labels]


# fine: each search starts where the last one ended, so that all together read the list once.
def chapters(lines: list[str], titles: list[str]) -> list[int]:
    places = []
    position = -1
    for title in titles:
        position = lines.index(title, position + 1)
        places.append(position)
    return places


# fine: the found item moves to the front, so positions change in each round.
def move_to_front(symbols: list[str], text: str) -> list[int]:
    codes = []
    for symbol in text:
        code = symbols.index(symbol)
        codes.append(code)
        symbols.insert(0, symbols.pop(code))
    return codes


# fine: the class numbers places by a dict.
def tour(stops: list[str]):
    atlas = Atlas()
    return [atlas.index(stop) for stop in stops]


# fine: the first hit ends the loop.
def first_known(names: list[str], candidates: list[str]) -> int:
    for name in candidates:
        if name:
            return names.index(name)
    return -1


# fine: nothing tells what the receiver is.
def locate(table, keys):
    return [table.index(key) for key in keys]


# fine: an attribute of this name is no search.
def labels(frames: list):
    return [frame.index for frame in frames]
