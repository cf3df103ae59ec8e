"""All rows fetched only to go through them, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import sqlite3

import psycopg2


# slow: every row is in memory at once.
def total(connection: sqlite3.Connection) -> float:
    cursor = connection.cursor()
    cursor.execute("SELECT price, count FROM sales")
    paid = 0.0
    for price, count in cursor.fetchall():  # hint
        paid += price * count
    return paid


# slow: in a comprehension, without annotations.
def names(path):
    db = sqlite3.connect(path)
    return {row[0].lower() for row in db.execute("SELECT name FROM people").fetchall()}  # hint


# slow: the rows have a name, and are gone through once.
def export(path: str, out) -> None:
    cursor = sqlite3.connect(path).cursor()
    cursor.execute("SELECT * FROM events")
    rows = cursor.fetchall()  # hint
    for row in rows:
        out.write(",".join(map(str, row)))


class Archive:
    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path)
        self.cursor = self.connection.cursor()

    # slow: an attribute's cursor, numbered.
    def longest(self) -> int:
        best = at = 0
        self.cursor.execute("SELECT body FROM letters")
        for number, (body,) in enumerate(self.cursor.fetchall()):  # hint
            if len(body) > best:
                best, at = len(body), number
        return at

    # slow: another method reads from the connection, within a try.
    def sizes(self) -> list[int]:
        try:
            return [len(body) for (body,) in self.connection.execute("SELECT body FROM letters").fetchall()]  # hint
        except sqlite3.OperationalError:
            return []

    # fine: row by row.
    def count(self) -> int:
        return sum(1 for _ in self.connection.execute("SELECT 1 FROM letters"))


# fine: the number of rows is needed too.
def share(cursor: sqlite3.Cursor) -> float:
    cursor.execute("SELECT done FROM tasks")
    rows = cursor.fetchall()
    return sum(done for (done,) in rows) / len(rows)


# fine: the loop changes the table that it reads.
def cleaned(connection: sqlite3.Connection) -> None:
    for key, body in connection.execute("SELECT id, body FROM letters").fetchall():
        connection.execute("UPDATE letters SET body = ? WHERE id = ?", (body.strip(), key))


# fine: the rows are handed back.
def rows(cursor: sqlite3.Cursor) -> list[tuple]:
    cursor.execute("SELECT * FROM letters")
    return cursor.fetchall()


# fine: three rows.
def latest(cursor: sqlite3.Cursor) -> list[str]:
    cursor.execute("SELECT body FROM letters ORDER BY id DESC LIMIT 3")
    return [body for (body,) in cursor.fetchall()]


class Dog:
    def fetchall(self) -> list[str]:
        return ["stick", "ball"]


# fine: a method of the module's own class.
def fetched(dog: Dog) -> list[str]:
    return [thing.upper() for thing in dog.fetchall()]
