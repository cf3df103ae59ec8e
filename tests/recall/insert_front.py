"""Putting items at the front of a list, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import bisect
import sys
from collections import defaultdict, deque

RECENT: list[str] = []


def push(stack: list[str], item: str) -> None:
    stack.insert(0, item)


def empty_log():
    return []


# slow: each insert moves all items that are there.
def newest_first(events):
    ordered = []
    for event in events:
        ordered.insert(0, event)  # hint
    return ordered


# slow: the path from a leaf to the root is put together from its front.
def path_to(node: int, parents: dict[int, int]) -> list[int]:
    path = [node]
    while node in parents:
        node = parents[node]
        path.insert(0, node)  # hint
    return path


# slow: a comprehension run for its inserts.
def flipped(values: list[int]) -> list[int]:
    result: list[int] = []
    [result.insert(0, value) for value in values]  # hint
    return result


class LogView:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: only the lines that pass the test are moved, and each moves the others.
    def errors(self, lines: list[str]) -> list[str]:
        found = list()
        for number, line in enumerate(lines):
            if not line.startswith("ERROR"):
                continue
            try:
                found.insert(0, f"{number}: {line.split(' ', 1)[1]}")  # hint
            except IndexError:
                print(line)
        return found

    # slow: an assignment to the empty slice at the start moves all items too.
    def backwards(self, path: str):
        lines = []
        with open(path) as handle:
            for line in handle:
                lines[:0] = [line.rstrip()]  # hint
        return lines

    # fine: no more than ten items are kept.
    def last_ten(self, events):
        recent = []
        for event in events:
            recent.insert(0, event)
            del recent[10:]
        return recent


# slow: a stack whose top is the front of a list.
def balanced(text: str) -> bool:
    stack = []
    for char in text:
        if char == "(":
            stack.insert(0, char)  # hint
        elif char == ")":
            if not stack:
                return False
            stack.pop(0)
    return not stack


# slow: the helper inserts at the front at each call.
def undo_history(edits: list[str]) -> list[str]:
    history: list[str] = []
    for edit in edits:
        push(history, edit)  # hint
    return history


# slow: the module's list grows at its front.
def visit_all(pages) -> None:
    for page in pages:
        RECENT.insert(0, page)  # hint


# slow: a list that a function of this module returns, in an asynchronous loop.
async def follow(messages):
    log = empty_log()
    async for message in messages:
        log.insert(0, message)  # hint
    return log


# slow: the lists in the dict are lists by its factory, and grow at their fronts.
def by_author(posts: list[dict]):
    groups = defaultdict(list)
    for post in posts:
        groups[post["author"]].insert(0, post["id"])  # hint
    return groups


# slow: the index counts down and the list grows at its front.
def digits_of(text: str) -> list[int]:
    digits = []
    i = 0
    while i < len(text):
        digits.insert(0, int(text[i]) if text[i].isdigit() else 0)  # hint
        i += 1
    return digits


class Feed:
    def __init__(self, name):
        self.name = name
        self.entries = []
        self.latest = deque()

    def __len__(self):
        return len(self.entries)

    # slow: the attribute is a list that grows at its front.
    def load(self, items: list[str]) -> None:
        for item in items:
            self.entries.insert(0, item)  # hint

    # slow: the pairs of zip() are inserted one by one.
    def load_pairs(self, titles: list[str], links: list[str]):
        for title, link in zip(titles, links):
            if title:
                self.entries.insert(0, (title, link))  # hint
        return self.entries

    # slow: the inner function inserts at the front at each call.
    def load_text(self, text: str):
        lines = [self.name]

        def prepend(line):
            lines.insert(0, line.strip())  # hint

        for line in text.splitlines():
            prepend(line)  # hint
        return lines

    # fine: one item, no loop.
    def add(self, item: str) -> None:
        self.entries.insert(0, item)

    # fine: a deque grows at either end.
    def load_latest(self, items: list[str]) -> None:
        for item in items:
            self.latest.appendleft(item)

    # fine: the title is put at the front once, after the loop.
    def page(self):
        lines = []
        for entry in self.entries:
            lines.append(f"- {entry}")
        lines.insert(0, self.name)
        return lines


class Editor:
    """Inserts text by linking it, whatever its place."""

    def __init__(self):
        self.parts = {}

    def insert(self, place, text):
        self.parts[len(self.parts)] = (place, text)


# fine: each row gets one cell.
def with_labels(rows: list[list[str]], labels: list[str]) -> None:
    for row, label in zip(rows, labels):
        row.insert(0, label)


# fine: the place is where the order wants it.
def keep_sorted(values: list[int]) -> list[int]:
    ordered: list[int] = []
    for value in values:
        ordered.insert(bisect.bisect(ordered, value), value)
    return ordered


# fine: the end of the list is its length.
def at_the_end(values: list[int]) -> list[int]:
    result: list[int] = []
    for value in values:
        result.insert(len(result), value)
    return result


# fine: the loop runs twice.
def extend_path(root: str) -> None:
    for folder in ("src", "lib"):
        sys.path.insert(0, f"{root}/{folder}")


# fine: the list is the parts of one path, made anew in each round.
def absolute(paths: list[str], root: str) -> list[str]:
    result = []
    for path in paths:
        parts = path.split("/")
        parts.insert(0, root)
        result.append("/".join(parts))
    return result


# fine: the class links its parts.
def write(words: list[str]) -> Editor:
    editor = Editor()
    for word in words:
        editor.insert(0, word)
    return editor


# fine: the fields are of a window's form, one text for each.
def fill(fields, texts) -> None:
    for field, text in zip(fields, texts):
        field.insert(0, text)


# fine: a table takes a column by place, name and values, and nothing tells that it is a list.
def add_columns(table, columns):
    for name, values in columns.items():
        table.insert(0, name, values)


# fine: the first missing name is put at the front, and the loop ends.
def ensure_first(names: list[str], wanted: list[str]) -> None:
    for name in wanted:
        if name not in names:
            names.insert(0, name)
            break
