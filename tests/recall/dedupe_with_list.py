"""Removing duplicates by searching the result so far, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from collections import deque
from functools import reduce


# slow: each item is searched for in the result so far.
def unique(items):
    result = []
    for item in items:
        if item not in result:  # hint
            result.append(item)  # hint
    return result


# slow: "in, continue, append" is the same search.
def distinct_words(text: str) -> list[str]:
    words: list[str] = list()
    for word in text.split():
        if word in words:  # hint
            continue
        words.append(word)  # hint
    return words


# slow: a comprehension run for its appends searches the growing list.
def distinct_hosts(urls: list[str]):
    hosts = []
    [hosts.append(url) for url in urls if url not in hosts]  # hint
    return hosts


# slow: a while loop with an index and a walrus.
def distinct_codes(codes: list[str]):
    kept = []
    i = 0
    while i < len(codes):
        if (code := codes[i].upper()) not in kept:  # hint
            kept.append(code)  # hint
        i += 1
    return kept


class Importer:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: the list is searched for each line of the file.
    def distinct_lines(self, path):
        lines = []
        with open(path) as handle:
            for line in handle:
                line = line.rstrip("\n")
                if line and line not in lines:  # hint
                    lines.append(line)  # hint
        return lines

    # slow: a derived key is searched for in the list of keys.
    def customer_names(self, rows: list[dict]) -> list[str]:
        names = []
        for row in rows:
            name = row["name"].strip().title()
            if name not in names:  # hint
                names.append(name)  # hint
        return sorted(names)

    # fine: the test is about the item and not about the list.
    def non_empty(self, lines: list[str]):
        kept = []
        for line in lines:
            if "#" not in line:
                kept.append(line)
        return kept


# slow: count() walks the whole result.
def unique_by_count(values):
    result = []
    for value in values:
        if result.count(value) == 0:  # hint
            result.append(value)  # hint
    return result


# slow: two loops, one result that is searched for each member.
def all_members(groups: list[list[str]]) -> list[str]:
    members = []
    for group in groups:
        for member in group:
            if not member in members:  # hint
                members += [member]  # hint
    return members


# slow: index() that fails is a search of the whole list.
def numbered(labels):
    order = []
    for label in labels:
        try:
            order.index(label)  # hint
        except ValueError:
            order.append(label)  # hint
    return order


# slow: the generator keeps what it has seen in a list.
def stream_unique(records):
    seen = []
    for record in records:
        if record["id"] in seen:  # hint
            continue
        seen.append(record["id"])  # hint
        yield record


# slow: the accumulator is searched, and copied too.
def unique_reduce(values: list[int]) -> list[int]:
    return reduce(lambda acc, value: acc if value in acc else acc + [value], values, [])  # hint


# slow: an asynchronous loop searches its list as any other loop does.
async def collect_topics(messages):
    topics = []
    async for message in messages:
        topic = message.get("topic")
        if topic is not None and topic not in topics:  # hint
            topics.append(topic)  # hint
    return topics


# slow: the slice before each item is searched.
def first_occurrences(values: list[str]) -> list[str]:
    return [value for i, value in enumerate(values) if value not in values[:i]]  # hint


class TagStore:
    def __init__(self, name):
        self.name = name
        self.tags = []
        self.index = set()

    def __len__(self) -> int:
        return len(self.tags)

    # slow: the attribute is a list that grows by each new tag.
    def merge(self, tags):
        for tag in tags:
            if tag not in self.tags:  # hint
                self.tags.append(tag)  # hint

    # slow: two lists grow together, and one of them is searched.
    def merge_pairs(self, pairs: list[tuple[str, int]]):
        keys, values = [], []
        for key, value in pairs:
            if key not in keys:  # hint
                keys.append(key)  # hint
                values.append(value)
        return dict(zip(keys, values))

    # slow: the inner function searches the list at each call.
    def merge_files(self, paths: list[str]):
        found = []

        def add(tag):
            if tag not in found:  # hint
                found.append(tag)  # hint

        for path in paths:
            add(path.rsplit(".", 1)[-1])  # hint
        return found

    # fine: a set is asked, and the list only keeps the order.
    def merge_fast(self, tags):
        for tag in tags:
            if tag not in self.index:
                self.index.add(tag)
                self.tags.append(tag)

    # fine: one tag, no loop.
    def add(self, tag: str) -> None:
        if tag not in self.tags:
            self.tags.append(tag)

    # fine: two flags are looked for, whatever the length of the list.
    def defaults(self) -> None:
        for tag in ("new", "open"):
            if tag not in self.tags:
                self.tags.append(tag)


class Bag:
    """Counts what it holds."""

    def __init__(self):
        self.counts = {}

    def __contains__(self, item):
        return item in self.counts

    def append(self, item):
        self.counts[item] = self.counts.get(item, 0) + 1


# fine: a set remembers what was seen.
def unique_fast(items):
    seen = set()
    result = []
    for item in items:
        if item not in seen:
            seen.add(item)
            result.append(item)
    return result


# fine: a dict keeps the order and forgets the duplicates.
def unique_keys(items: list[str]) -> list[str]:
    result = {}
    for item in items:
        if item not in result:
            result[item] = len(result)
    return list(result)


# fine: the list searched is not the list that grows.
def without(items, excluded: list[str]):
    result = []
    for item in items:
        if item not in excluded:
            result.append(item)
    return result


# fine: at most ten items are kept.
def recent(visits):
    last = deque(maxlen=10)
    for visit in visits:
        if visit not in last:
            last.append(visit)
    return list(last)


# fine: the items are dicts, which neither a set nor a dict's keys can hold.
def unique_rows(lines: list[str]) -> list[dict]:
    rows = []
    for line in lines:
        name, _, value = line.partition("=")
        row = {"name": name, "value": value}
        if row not in rows:
            rows.append(row)
    return rows


# fine: the class answers by its dict.
def into_bag(items):
    bag = Bag()
    for item in items:
        if item not in bag:
            bag.append(item)
    return bag


# fine: the loop ends with the third item that is kept.
def first_three(items):
    kept = []
    for item in items:
        if item not in kept:
            kept.append(item)
            if len(kept) == 3:
                break
    return kept


# fine: items leave the list again, so the order of last use is what it holds.
def last_used(names: list[str]) -> list[str]:
    order = []
    for name in names:
        if name in order:
            order.remove(name)
        order.append(name)
    return order
