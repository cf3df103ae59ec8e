"""Searches of a list for many items, and look-alikes that cost no more than they must."""
# ruff: noqa

from __future__ import annotations

import random
from collections import Counter
from typing import AsyncIterator, List

HOLIDAYS: list[str] = []
LEVELS = ["debug", "info", "warning", "error"]


def load_holidays(path: str) -> None:
    with open(path) as handle:
        for line in handle:
            HOLIDAYS.append(line.strip())


def read_ids(text):
    return [int(part) for part in text.split()]


def is_listed(name: str, names: list[str]) -> bool:
    return name in names


# slow: every user is looked for in the whole list of blocked names.
def visible_users(users: list[str], blocked: list[str]) -> list[str]:
    shown = []
    for user in users:
        if user in blocked:  # hint
            continue
        shown.append(user)
    return shown


# slow: any() stops at the first hit only, and each step walks the sorted list.
def mentions_keyword(text: str, keywords) -> bool:
    ordered = sorted(keywords)
    return any(word in ordered for word in text.split())  # hint


# slow: the list comes from split(), and each row is counted by searching it.
def count_allowed(rows, setting: str) -> int:
    allowed = setting.split(",")
    return sum(1 for row in rows if row["region"] in allowed)  # hint


# slow: the module's own list of holidays grows with the file it is read from.
def working_days(days):
    result = 0
    for day in days:
        if day not in HOLIDAYS:  # hint
            result += 1
    return result


# slow: the lambda given to filter() searches a list for each task.
def open_tasks(tasks, log: list[dict]) -> list:
    finished = [entry["task"] for entry in log if entry["state"] == "done"]
    return list(filter(lambda task: task not in finished, tasks))  # hint


# slow: a while loop with an index, over a list made by a function of this module.
def unknown_ids(rows, text):
    known = read_ids(text)
    missing = 0
    position = 0
    while position < len(rows):
        if rows[position] not in known:  # hint
            missing += 1
        position += 1
    return missing


# slow: the helper walks the list at each call.
def greet_all(guests: list[str], invited: list[str]) -> list[str]:
    greetings = []
    for guest in guests:
        if is_listed(guest, invited):  # hint
            greetings.append(f"Welcome, {guest}")
    return greetings


# slow: each message that arrives is searched for in a list of identifiers.
async def drop_duplicates(messages: AsyncIterator[str], handled: List[str]) -> int:
    dropped = 0
    async for message in messages:
        if message in handled:  # hint
            dropped += 1
    return dropped


# slow: a tuple is searched like a list.
def mark_paid(orders, payments):
    paid = tuple(payment["order"] for payment in payments)
    return {order: "paid" if order in paid else "open" for order in orders}  # hint


# slow: the key is bound by a walrus and looked up in a list of keys.
def pick_settings(lines: list[str], schema: dict[str, str]) -> dict[str, str]:
    names = list(schema)
    settings = {}
    for number, line in enumerate(lines):
        if (key := line.partition("=")[0].strip().lower()) in names:  # hint
            try:
                settings[key] = line.partition("=")[2]
            except ValueError:
                print(number)
    return settings


class SpellChecker:
    def __init__(self, name: str) -> None:
        self.name = name

    def title(self) -> str:
        return self.name.capitalize()

    # slow: the inner function closes over a list and is called for each word.
    def misspelled(self, words, dictionary: list[str]):
        def known(word):
            return word.lower() in dictionary  # hint

        wrong = []
        for word in words:
            if not known(word):  # hint
                wrong.append(word)
        return wrong

    # fine: the receiver is a set.
    def remove_stopwords(self, words, path):
        with open(path) as handle:
            stopwords = {line.strip() for line in handle}
        return [word for word in words if word not in stopwords]

    # fine: this is a search for a substring.
    def matching(self, names: list[str], text: str):
        return [name for name in names if name in text]

    # slow: the comprehension searches a list that was filled by append.
    def new_lines(self, log, text):
        old = []
        for line in text.splitlines():
            old.append(line.strip())
        return [entry for entry in log if entry not in old]  # hint


class Moderator:
    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.banned = []
        self.trusted = set()

    def ban(self, user: str) -> None:
        self.banned.append(user)

    # slow: the attribute is a list that ban() fills.
    def accept(self, posts):
        accepted = []
        for post in posts:
            if post["author"] not in self.banned and len(post["text"]) <= self.limit:  # hint
                accepted.append(post)
        return accepted

    # fine: the attribute is a set.
    def publish(self, posts):
        return [post for post in posts if post["author"] in self.trusted]

    # fine: one search, after the loop.
    def register(self, names, owner):
        for name in names:
            self.trusted.add(name)
        return owner in self.banned


class Inventory:
    def __init__(self, skus: list[str]) -> None:
        self._skus = skus

    def __len__(self):
        return len(self._skus)

    # slow: all() walks the list of articles for each line of the order.
    def can_fulfil(self, lines: list[tuple[str, int]]) -> bool:
        return all(sku in self._skus for sku, _ in lines)  # hint

    # slow: the search is guarded by try and with, which change nothing about it.
    def import_file(self, path: str) -> int:
        known = 0
        with open(path) as handle:
            for row in handle:
                try:
                    sku, _ = row.split(";")
                    if sku in self._skus:  # hint
                        known += 1
                except ValueError:
                    continue
        return known


class Network:
    """A prefix tree that answers `in` by itself."""

    def __init__(self):
        self.children = {}

    def __contains__(self, address):
        node = self.children
        return all((node := node.get(part)) is not None for part in address.split("."))


# fine: a dict is asked for its keys.
def known_fields(rows: list[dict], labels: dict[str, str]):
    return [[labels[name] for name in row if name in labels] for row in rows]


# fine: four constants are as fast as a set.
def severe(entries):
    return [entry for entry in entries if entry.level in ["error", "critical", "fatal", "alert"]]


# fine: the module's list holds four constants and is never changed.
def check_levels(entries):
    for entry in entries:
        if entry.level not in LEVELS:
            raise ValueError(entry.level)


# fine: nothing tells what the second argument is; it may well be a set.
def keep(items, wanted):
    return [item for item in items if item in wanted]


# fine: the list is a new one in each round.
def tagged(lines, tag: str):
    found = 0
    for line in lines:
        tags = line.split(",")
        if tag in tags:
            found += 1
    return found


# fine: the first round leaves the loop.
def first_is_known(rows, known: list[str]) -> bool:
    for row in rows:
        return row in known
    return False


# fine: a range answers by arithmetic.
def in_block(ports: list[int], low: int, high: int):
    block = range(low, high)
    return [port for port in ports if port in block]


# fine: the class defines the search itself.
def routed(addresses: list[str]):
    network = Network()
    return [address for address in addresses if address in network]


# fine: items leave the list while the loop runs, so a set built before it would be stale.
def hand_out(wishes: list[str], stock: list[str]) -> list[str]:
    served = []
    for wish in wishes:
        if wish in stock:
            stock.remove(wish)
            served.append(wish)
    return served


# fine: the loop runs three times whatever the list.
def missing_basics(columns: list[str]) -> list[str]:
    missing = []
    for name in ("id", "name", "date"):
        if name not in columns:
            missing.append(name)
    return missing


# fine: the counter is a dict, and the loop's own "in" is no search.
def repeated(words: list[str]):
    seen = Counter(words)
    random.shuffle(words)
    return [word for word in words if word in seen and seen[word] > 1]
