"""The same statement executed for each row, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import sqlite3

import psycopg2

ADD_SONG = "INSERT INTO songs (title, seconds) VALUES (?, ?)"


def add(cursor: sqlite3.Cursor, name: str) -> None:
    cursor.execute("INSERT INTO names VALUES (?)", (name,))  # hint


# slow: a statement for each pair.
def save_scores(connection: sqlite3.Connection, scores: dict[str, int]) -> None:
    cursor = connection.cursor()
    for player, points in scores.items():
        cursor.execute("INSERT INTO scores (player, points) VALUES (?, ?)", (player, points))  # hint
    connection.commit()


# slow: the statement has a name, in a while loop, without annotations.
def save_songs(path, songs):
    db = sqlite3.connect(path)
    i = 0
    while i < len(songs):
        db.execute(ADD_SONG, songs[i])  # hint
        i += 1
    db.commit()


class Store:
    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path)
        self.cursor = self.connection.cursor()

    # slow: changes row by row, through an attribute.
    def raise_prices(self, new_prices: list[tuple[float, str]]) -> None:
        for price, name in new_prices:
            self.cursor.execute("UPDATE goods SET price = ? WHERE name = ?", (price, name))  # hint
        self.connection.commit()

    # slow: rows are taken away one by one.
    def forget(self, names: list[str]) -> None:
        with self.connection:
            for name in names:
                self.connection.execute("DELETE FROM goods WHERE name = ?", [name])  # hint

    # fine: all at once.
    def add_all(self, goods: list[tuple[str, float]]) -> None:
        self.cursor.executemany("INSERT INTO goods VALUES (?, ?)", goods)


# slow: a comprehension for its effect.
def tag(cursor: sqlite3.Cursor, words: list[str]) -> None:
    [cursor.execute("INSERT INTO tags VALUES (?)", (word,)) for word in words]  # hint


# slow: a server's answer is waited for each time.
def load_cells(dsn: str, cells) -> None:
    connection = psycopg2.connect(dsn)
    with connection.cursor() as cursor:
        for x, y, value in cells:
            cursor.execute("INSERT INTO cells (x, y, value) VALUES (%s, %s, %s)", (x, y, value))  # hint
    connection.commit()


# slow: asynchronous.
async def save_moves(database, moves: list[tuple[int, str]]) -> None:
    for number, move in moves:
        await database.execute("INSERT INTO moves VALUES (?, ?)", (number, move))  # hint
    await database.commit()


# slow: the helper executes at each call.
def add_names(connection: sqlite3.Connection, names: list[str]) -> None:
    cursor = connection.cursor()
    for name in names:
        add(cursor, name)  # hint


# fine: each statement is another one.
def migrate(connection: sqlite3.Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.execute(statement)


# fine: each round reads what was found.
def ages(cursor: sqlite3.Cursor, names: list[str]) -> list[int]:
    found = []
    for name in names:
        cursor.execute("SELECT age FROM people WHERE name = ?", (name,))
        found.append(cursor.fetchone()[0])
    return found


# fine: the number that the database gave is needed.
def with_lines(cursor: sqlite3.Cursor, orders) -> None:
    for order in orders:
        cursor.execute("INSERT INTO orders (customer) VALUES (?)", (order.customer,))
        number = cursor.lastrowid
        cursor.executemany("INSERT INTO lines VALUES (?, ?)", ((number, line) for line in order.lines))


# fine: another table in each round.
def emptied(connection: sqlite3.Connection, tables: list[str]) -> None:
    for table in tables:
        connection.execute(f"DELETE FROM {table}")


class Robot:
    def execute(self, command: str, values: tuple[int, ...]) -> None:
        print(command, values)


# fine: a method of the module's own class.
def dance(robot: Robot, moves: list[tuple[int, int]]) -> None:
    for move in moves:
        robot.execute("turn", move)


# fine: the number of rows that were changed decides what comes next.
def upsert(cursor: sqlite3.Cursor, counts: dict[str, int]) -> None:
    for word, count in counts.items():
        cursor.execute("UPDATE words SET count = ? WHERE word = ?", (count, word))
        if cursor.rowcount == 0:
            cursor.execute("INSERT INTO words VALUES (?, ?)", (word, count))
