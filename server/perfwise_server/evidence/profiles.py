"""The last profiles of each function, and what drove them.

A record is a report as JSON. What is kept of a file is found by its path; of a function of a renamed file, by its key.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from perfwise_analyzers.document import Document
from perfwise_server.evidence.gathering import key_in_document
from perfwise_server.evidence.keys import key_of
from perfwise_server.evidence.store import Store, bound

MOST_OF_A_FUNCTION = 10
MOST_PROFILES = 500
MOST_DRIVERS = 2_000
MOST_RAW = 4_000_000  # Characters of what the profiler wrote; a longer one is left out.


@dataclass(frozen=True, slots=True)
class Kept:
    """`key` is that of the source that was profiled, `shown` whether it is to be seen when its file is opened."""

    id: int
    path: str
    key: bytes | None
    shown: bool
    record: Mapping[str, Any]  # But for what the profiler wrote, which only `whole` reads.


class Profiles:
    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, record: Mapping[str, Any]) -> int:
        """Its number; 0 where it could not be kept. Effect: the oldest ones of the function go when there are many."""
        now = int(time.time())
        path, name, what = os.path.realpath(record["path"]), record["function"], record["what"]
        raw = record.get("raw") or ""
        written = zlib.compress(raw.encode()) if 0 < len(raw) <= MOST_RAW else None
        packed = zlib.compress(json.dumps({**record, "raw": None}).encode())
        number = 0
        with self._store.opened(writing=True) as table:
            if table is not None:
                row = (path, name, what, _key(Document(record["source"]), name), False, packed, written, now)
                columns = "path, name, what, key, shown, record, raw, noted"
                insert = f"INSERT INTO profiles ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                number = table.execute(insert, row).lastrowid or 0
                same = "path = ? AND name = ? AND what = ?"
                newest = f"SELECT id FROM profiles WHERE {same} ORDER BY id DESC LIMIT {MOST_OF_A_FUNCTION}"
                of = (path, name, what)
                table.execute(f"DELETE FROM profiles WHERE {same} AND id NOT IN ({newest})", of + of)
                bound(table, "profiles", MOST_PROFILES, now)
        return number

    def get(self, number: int) -> Kept | None:
        return next(iter(self._kept("id = ?", number)), None)

    def whole(self, number: int) -> Kept | None:
        """With what the profiler wrote, as far as it is kept."""
        kept = self.get(number)
        with self._store.opened(writing=False) as table:
            if table is not None and kept is not None:
                (raw,) = table.execute("SELECT raw FROM profiles WHERE id = ?", (number,)).fetchone() or (None,)
                with suppress(zlib.error):
                    return replace(kept, record={**kept.record, "raw": raw and zlib.decompress(raw).decode()})
        return kept

    def of_function(self, path: Path, name: str, what: str = "function", text: str = "") -> list[Kept]:
        """Newest first. Where nothing is known of the path, those of a function with the same source in `text`."""
        found = self._kept("path = ? AND name = ? AND what = ?", os.path.realpath(path), name, what)
        if not found and text and (key := _key(Document(text), name)):
            found = self._kept("key = ? AND name = ? AND what = ?", key, name, what)
        return found

    def of_file(self, path: Path) -> list[Kept]:
        """Newest first, of whatever in the file."""
        return self._kept("path = ?", os.path.realpath(path))

    def shown(self, path: Path, document: Document) -> Kept | None:
        """The one to be seen when the file is opened, where what it is of has not changed since.

        Of a file of which nothing is known, it is one of a function with the same source in a file that is gone: it may
        have been renamed.
        """
        known = self._rows("SELECT DISTINCT path, name FROM profiles WHERE shown OR path = ?", os.path.realpath(path))
        if any(each == os.path.realpath(path) for each, _ in known):
            kept = next(iter(self._kept("path = ? AND shown", os.path.realpath(path))), None)
            return kept if kept and kept.key == _key(document, kept.record["function"]) else None
        names = {name for _, name in known if name}
        keys = [key for name in names if (key := key_in_document(document, name))]
        found = self._kept(f"key IN ({', '.join('?' * len(keys))}) AND shown", *keys) if keys else []
        return next((each for each in found if not os.path.exists(each.path)), None)

    def before(self, number: int) -> Kept | None:
        """The one of the same function, file or test that was made before it."""
        if (kept := self.get(number)) is None:
            return None
        of = (kept.path, kept.record["function"], kept.record["what"], number)
        return next(iter(self._kept("path = ? AND name = ? AND what = ? AND id < ?", *of)), None)

    def show(self, number: int) -> None:
        """Effect: the profile is the one of its file that is shown when the file is opened."""
        with self._store.opened(writing=True) as table:
            if table is not None:
                file = "path = (SELECT path FROM profiles WHERE id = ?)"
                table.execute(f"UPDATE profiles SET shown = (id = ?) WHERE {file}", (number, number))

    def hide(self, path: Path | None) -> None:
        """Effect: none of a file, or of any file, is shown when it is opened."""
        if self._store.is_empty():
            return
        with self._store.opened(writing=True) as table:
            if table is not None:
                table.execute(
                    "UPDATE profiles SET shown = 0 WHERE shown AND path = coalesce(?, path)",
                    (path and os.path.realpath(path),),
                )

    def choose(self, path: Path, name: str, what: str, driver: Mapping[str, str]) -> None:
        """Effect: the driver is the one to propose first for this function."""
        now = int(time.time())
        with self._store.opened(writing=True) as table:
            if table is not None:
                row = (os.path.realpath(path), name, what, json.dumps(dict(driver)), now)
                table.execute("INSERT OR REPLACE INTO drivers VALUES (?, ?, ?, ?, ?)", row)
                bound(table, "drivers", MOST_DRIVERS, now)

    def chosen(self, path: Path, name: str, what: str = "function") -> dict[str, str] | None:
        with self._store.opened(writing=False) as table:
            if table is not None:
                of = (os.path.realpath(path), name, what)
                row = table.execute(
                    "SELECT driver FROM drivers WHERE path = ? AND name = ? AND what = ?", of
                ).fetchone()
                with suppress(ValueError):
                    return json.loads(row[0]) if row else None
        return None

    def _kept(self, condition: str, *values: object) -> list[Kept]:
        columns = "id, path, key, shown, record"
        query = f"SELECT {columns} FROM profiles WHERE {condition} ORDER BY id DESC LIMIT {MOST_PROFILES}"
        found = []
        for number, path, key, shown, packed in self._rows(query, *values):
            with suppress(ValueError, zlib.error):
                found.append(Kept(number, path, key, bool(shown), json.loads(zlib.decompress(packed))))
        return found

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        with self._store.opened(writing=False) as table:
            if table is not None:
                rows = table.execute(query, values).fetchall()
        return rows


def _key(document: Document, name: str) -> bytes | None:
    """Of the function with this name, or of the whole text where there is no name."""
    return key_in_document(document, name) if name else key_of(document.text)
