"""The local store: one SQLite file in the user's data folder, which several processes may use at once.

Whatever is wrong with it costs what was observed and nothing else. Reading does not create it.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from perfwise_analyzers.finding import Size
from perfwise_analyzers.observed import Observation

log = logging.getLogger(__name__)

FOLDER_VARIABLE = "PERFWISE_DATA_DIR"
FILE_NAME = "evidence-2.db"  # Another number for other tables.
MAX_AGE = 90 * 86_400  # Seconds.
MOST_FUNCTIONS = 50_000
MOST_VERDICTS = 2_000
PATIENCE = 2.0  # Seconds to wait for another process's writing.

_TABLES = """
CREATE TABLE IF NOT EXISTS functions (
    path TEXT, name TEXT, key BLOB, calls INTEGER, at_least INTEGER, seconds REAL, sizes TEXT, samples TEXT,
    noted INTEGER, PRIMARY KEY (path, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS functions_by_key ON functions (key);
CREATE TABLE IF NOT EXISTS verdicts (
    old BLOB, new BLOB, verdict TEXT, noted INTEGER, PRIMARY KEY (old, new)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
    path TEXT, name TEXT, question TEXT, answer INTEGER, noted INTEGER, PRIMARY KEY (path, name, question)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS profiles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT, name TEXT, what TEXT, key BLOB, shown INTEGER, record BLOB,
    raw BLOB, noted INTEGER
);
CREATE INDEX IF NOT EXISTS profiles_by_name ON profiles (path, name, what);
CREATE INDEX IF NOT EXISTS profiles_by_key ON profiles (key);
CREATE TABLE IF NOT EXISTS drivers (
    path TEXT, name TEXT, what TEXT, driver TEXT, noted INTEGER, PRIMARY KEY (path, name, what)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of one name: how often each type was seen, and how large."""

    types: Mapping[str, int]
    largest: int
    median: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What one run showed of a function. `key` is that of its source, `samples` are arguments as source text."""

    path: str  # Absolute, without symbolic links.
    name: str
    key: bytes
    calls: int
    seconds: float
    at_least: bool = False
    sizes: Mapping[str, Sizes] = field(default_factory=dict)
    samples: tuple[str, ...] = ()

    @property
    def observation(self) -> Observation:
        sizes = tuple(
            Size(name, each.largest, each.median, set(each.types) == {"int"}) for name, each in self.sizes.items()
        )
        return Observation(self.calls, self.seconds, sizes, self.at_least)


class Store:
    def __init__(self, folder: Path | None = None) -> None:
        self.file = (folder or data_folder()) / FILE_NAME

    def stamp(self) -> tuple[int, int]:
        """Another one after what is kept has changed."""
        try:
            found = self.file.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    def of_file(self, path: Path) -> dict[str, Seen]:
        """By qualified name."""
        return {seen.name: seen for seen in self._seen("path = ?", os.path.realpath(path))}

    def observations(self, path: Path) -> dict[str, Observation]:
        """What the hints of a file tell of, by qualified name."""
        return {name: seen.observation for name, seen in self.of_file(path).items()}

    def of_source(self, key: bytes) -> Seen | None:
        """What was seen last of a function with this source, wherever it was."""
        return next(iter(self._seen("key = ? ORDER BY noted DESC LIMIT 1", key)), None)

    def _seen(self, condition: str, value: object) -> list[Seen]:
        columns = "path, name, key, calls, at_least, seconds, sizes, samples"
        rows: list[tuple[Any, ...]] = []
        with self.opened(writing=False) as table:
            if table is not None:
                rows = table.execute(f"SELECT {columns} FROM functions WHERE {condition}", (value,)).fetchall()
        found = []
        for row in rows:
            with suppress(ValueError, TypeError, AttributeError):
                found.append(_seen(row))
        return found

    def keep(self, found: Iterable[Seen]) -> None:
        """Effect: what a run showed is in the place of what was known of these functions."""
        now = int(time.time())
        rows = [
            (each.path, each.name, each.key, each.calls, each.at_least, each.seconds, *_packed(each), now)
            for each in found
        ]
        with self.opened(writing=True) as table:
            if table is not None:
                table.executemany("INSERT OR REPLACE INTO functions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
                bound(table, "functions", MOST_FUNCTIONS, now)

    def keep_verdict(self, old: bytes, new: bytes, verdict: Mapping[str, Any]) -> None:
        """Effect: the verdict on two versions, by the keys of their sources, is kept."""
        now = int(time.time())
        with self.opened(writing=True) as table:
            if table is not None:
                row = (old, new, json.dumps(verdict), now)
                table.execute("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?)", row)
                bound(table, "verdicts", MOST_VERDICTS, now)

    def verdict(self, old: bytes, new: bytes) -> dict[str, Any] | None:
        with self.opened(writing=False) as table:
            if table is not None:
                row = table.execute("SELECT verdict FROM verdicts WHERE old = ? AND new = ?", (old, new)).fetchone()
                with suppress(ValueError):
                    return json.loads(row[0]) if row else None
        return None

    def verified(self, new: bytes) -> tuple[dict[str, Any], int] | None:
        """The last verdict by which this source did what the one before it did, and when that was found."""
        rows: list[tuple[str, int]] = []
        with self.opened(writing=False) as table:
            if table is not None:
                select = "SELECT verdict, noted FROM verdicts WHERE new = ? ORDER BY noted DESC"
                rows = table.execute(select, (new,)).fetchall()
        for text, noted in rows:
            with suppress(ValueError):
                verdict = json.loads(text)
                if verdict.get("equivalent"):
                    return verdict, noted
        return None

    def is_empty(self) -> bool:
        return not self.file.exists()

    def counts(self) -> tuple[int, int, int]:
        """Functions, verdicts and profiles kept."""
        with self.opened(writing=False) as table:
            if table is not None:
                functions, verdicts, profiles = (
                    table.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                    for name in ("functions", "verdicts", "profiles")
                )
                return functions, verdicts, profiles
        return 0, 0, 0

    def clear(self) -> None:
        """Effect: nothing is kept any more. Raises OSError."""
        for ending in ("", "-journal"):
            with suppress(FileNotFoundError):
                self.file.with_name(self.file.name + ending).unlink()

    @contextmanager
    def opened(self, *, writing: bool) -> Iterator[sqlite3.Connection | None]:
        """None where there is nothing, or no way to it. What the store fails at is logged, and the block is left."""
        connection = self._connected(writing)
        if connection is None:
            yield None
            return
        try:
            with closing(connection), connection:
                yield connection
        except sqlite3.Error as error:
            self._give_up(error)

    def _connected(self, writing: bool) -> sqlite3.Connection | None:
        try:
            if writing:
                self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            elif not self.file.exists():
                return None
            connection = sqlite3.connect(self.file, timeout=PATIENCE)
            try:
                if writing:
                    os.chmod(self.file, 0o600)  # It holds arguments.
                    connection.executescript(_TABLES)
                return connection
            except BaseException:
                connection.close()
                raise
        except OSError as error:
            log.warning("%s: the evidence cannot be used: %s", self.file, (error.strerror or str(error)).lower())
        except sqlite3.Error as error:
            self._give_up(error)
        return None

    def _give_up(self, error: sqlite3.Error) -> None:
        """What is only busy, full or not ours to write will be of use again; what is damaged is removed."""
        if isinstance(error, sqlite3.OperationalError):
            log.warning("%s: the evidence cannot be used: %s", self.file, error)
            return
        log.warning("%s: the evidence is damaged and begins anew: %s", self.file, error)
        with suppress(OSError):
            self.clear()


def data_folder() -> Path:
    return Path(os.environ.get(FOLDER_VARIABLE) or platformdirs.user_data_dir("perfwise", appauthor=False))


def bound(table: sqlite3.Connection, name: str, most: int, now: int) -> None:
    """Effect: what is old, and the oldest of what is too much, goes."""
    table.execute(f"DELETE FROM {name} WHERE noted < ?", (now - MAX_AGE,))
    (count,) = table.execute(f"SELECT count(*) FROM {name}").fetchone()
    if count > most:
        limit = f"SELECT noted FROM {name} ORDER BY noted LIMIT 1 OFFSET ?"
        table.execute(f"DELETE FROM {name} WHERE noted < ({limit})", (count - most,))


def _packed(seen: Seen) -> tuple[str, str]:
    sizes = {name: [dict(each.types), each.largest, each.median] for name, each in seen.sizes.items()}
    return json.dumps(sizes), json.dumps(seen.samples)


def _seen(row: tuple[Any, ...]) -> Seen:
    """Raises ValueError, TypeError or AttributeError for what `_packed` did not make."""
    path, name, key, calls, at_least, seconds, sizes, samples = row
    found = {str(each): Sizes(types, int(largest), int(median)) for each, (types, largest, median) in _items(sizes)}
    return Seen(path, name, key, int(calls), float(seconds), bool(at_least), found, tuple(json.loads(samples)))


def _items(text: str) -> Iterable[tuple[str, Any]]:
    items: Iterable[tuple[str, Any]] = json.loads(text).items()
    return items
