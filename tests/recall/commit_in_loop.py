"""Commits in a loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import sqlite3

import psycopg2
from sqlalchemy.orm import Session


def keep(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("INSERT INTO birds VALUES (?)", (name,))
    connection.commit()  # hint


# slow: each reading waits for the disk.
def log_readings(connection: sqlite3.Connection, readings: list[tuple[int, float]]) -> None:
    cursor = connection.cursor()
    for time, volt in readings:
        cursor.execute("INSERT INTO readings VALUES (?, ?)", (time, volt))
        connection.commit()  # hint


# slow: in a while loop, without annotations.
def drain(path, messages):
    db = sqlite3.connect(path)
    i = 0
    while i < len(messages):
        db.execute("INSERT INTO messages (body) VALUES (?)", (messages[i],))
        db.commit()  # hint
        i += 1
    db.close()


class Catalogue:
    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path)

    # slow: an attribute's connection.
    def rename(self, names: dict[str, str]) -> None:
        for old, new in names.items():
            self.connection.execute("UPDATE books SET title = ? WHERE title = ?", (new, old))
            self.connection.commit()  # hint

    # slow: the with block commits at its end, in each round.
    def shelve(self, places: list[tuple[str, int]]) -> None:
        for title, shelf in places:
            with self.connection:  # hint
                self.connection.execute("UPDATE books SET shelf = ? WHERE title = ?", (shelf, title))

    # fine: once, after all.
    def remove(self, titles: list[str]) -> None:
        for title in titles:
            self.connection.execute("DELETE FROM books WHERE title = ?", (title,))
        self.connection.commit()


# slow: an object is added and kept at once.
def import_users(session: Session, rows: list[dict]) -> int:
    count = 0
    for row in rows:
        session.add(User(**row))
        session.commit()  # hint
        count += 1
    return count


# slow: asynchronous.
async def store_prices(session, prices: dict[str, float]) -> None:
    for name, price in prices.items():
        session.add(Price(name=name, price=price))
        await session.commit()  # hint


# slow: another database, within a try.
def load_trips(dsn: str, trips) -> None:
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    try:
        for trip in trips:
            cursor.execute("INSERT INTO trips (start, metres) VALUES (%s, %s)", (trip.start, trip.metres))
            connection.commit()  # hint
    finally:
        connection.close()


# slow: the helper commits at each call.
def keep_all(connection: sqlite3.Connection, names: list[str]) -> None:
    for name in names:
        keep(connection, name)  # hint


# fine: every thousand rows.
def in_batches(connection: sqlite3.Connection, rows) -> None:
    for i, row in enumerate(rows):
        connection.execute("INSERT INTO rows VALUES (?, ?)", row)
        if i % 1000 == 999:
            connection.commit()
    connection.commit()


# fine: a file holds thousands of rows, and is kept as a whole.
def files(connection: sqlite3.Connection, paths: list[str]) -> None:
    for path in paths:
        with open(path) as handle:
            connection.executemany("INSERT INTO words VALUES (?)", ([line] for line in handle))
        connection.commit()


# fine: a message must be safe before the queue may forget it.
def consume(connection: sqlite3.Connection, consumer) -> None:
    for message in consumer:
        connection.execute("INSERT INTO events VALUES (?)", (message.value,))
        connection.commit()
        message.acknowledge()


class Album:
    def commit(self) -> None:
        print("done")


# fine: a method of the module's own class.
def shown(album: Album, pictures: list[str]) -> None:
    for picture in pictures:
        print(picture)
        album.commit()


# fine: attempts at one commit.
def patiently(connection: sqlite3.Connection) -> bool:
    for _ in range(3):
        try:
            connection.commit()
            return True
        except sqlite3.OperationalError:
            continue
    return False
