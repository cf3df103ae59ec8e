"""What earlier runs of `perfwise check` found, by the content that they found it in.

Of the user's source only the findings are kept. Whatever is wrong with the cache costs time and nothing else.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import astuple
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import perfwise_analyzers
from perfwise_analyzers.finding import Edit, Finding, Fix, Gain, Import, Observed, Position, Size, Span
from perfwise_server.cache_folder import cache_folder
from perfwise_server.checking.hints import Found, Job, Report, shown
from perfwise_server.checking.source import UnreadableError, read

FILE_NAME = "checks-1.db"  # Another number for another table.
MAX_BYTES = 64_000_000
MAX_AGE = 30 * 86_400  # In seconds since an entry was last of use.
STEP = 86_400  # How old the note of that may be: a run that only reads is not to write.
PATIENCE = 2.0  # Seconds to wait for another run's writing.
PARSERS = ("tree-sitter", "tree-sitter-python", "radon")

_TABLE = "CREATE TABLE IF NOT EXISTS checks (key BLOB PRIMARY KEY, found BLOB, used INTEGER) WITHOUT ROWID"


def cached(work: Sequence[Job], reports: Callable[[Sequence[Job]], Iterable[Report]]) -> list[Report]:
    """The reports of the work, in its order: those kept, and those that `reports` makes of the rest.

    Effect: keeps the new ones.
    """
    store = _Store(cache_folder())
    keyed = [_keyed(job) for job in work]
    kept = [store.found(key) if key else None for _, key in keyed]
    results = [
        Report() if found is None else Report(shown(job, found)) for (job, _), found in zip(keyed, kept, strict=True)
    ]
    rest = [at for at, found in enumerate(kept) if found is None]
    for at, report in zip(rest, reports([keyed[at][0] for at in rest]), strict=True):
        results[at] = report
    new = {keyed[at][1]: results[at] for at in rest if keyed[at][1] and not results[at].problem}
    store.keep(
        {key: [(hint.finding, hint.edits) for hint in report.hints] for key, report in new.items()},
        [key for (_, key), found in zip(keyed, kept, strict=True) if found is not None],
    )
    return results


def _keyed(job: Job) -> tuple[Job, bytes]:
    """The job with its content, so that what is analysed is what the key says; no key where nothing is to be kept."""
    if job.changed is not None or job.profiled is not None:
        return job, b""
    try:
        content = read(job.file.file) if job.content is None else job.content
    except UnreadableError:
        return job, b""
    options = job.file.settings.options(job.file.file)
    about = f"{_program()} {options} {job.observed or {}} {job.file.path.endswith('.ipynb')}\n".encode()
    return job._replace(content=content), blake2b(about + content, digest_size=20).digest()


@lru_cache(maxsize=1)
def _program() -> str:
    """What findings depend on but the source and the options: our own code, the parsers' and Python."""
    digest = blake2b(f"{sys.version} {[*map(_version, PARSERS)]}".encode())
    for folder in (Path(perfwise_analyzers.__file__).parent, Path(__file__).parent):
        for file in sorted(folder.rglob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


class _Store:
    """A table of findings that several runs may use at once; empty where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._connection: sqlite3.Connection | None = None
        self._file = folder / FILE_NAME
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._file, timeout=PATIENCE)
            self._connection.execute(_TABLE)
        except OSError:
            pass
        except sqlite3.Error as error:
            self._give_up(error)

    def found(self, key: bytes) -> list[Found] | None:
        """None for what is not kept, or cannot be read."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT found FROM checks WHERE key = ?", (key,)).fetchone()
            return None if row is None else _unpacked(row[0])
        except sqlite3.Error as error:
            self._give_up(error)
        except (ValueError, TypeError, zlib.error):
            pass
        return None

    def keep(self, new: dict[bytes, Iterable[Found]], used: Iterable[bytes]) -> None:
        """Effect: writes what is new, notes what was of use, and drops what has not been for long."""
        if self._connection is None:
            return
        now = int(time.time())
        try:
            with self._connection as table:
                table.executemany(
                    "INSERT OR REPLACE INTO checks VALUES (?, ?, ?)",
                    ((key, _packed(found), now) for key, found in new.items()),
                )
                old = "UPDATE checks SET used = ? WHERE key = ? AND used < ?"
                table.executemany(old, ((now, key, now - STEP) for key in used))
                if new:
                    table.execute("DELETE FROM checks WHERE used < ?", (now - MAX_AGE,))
                    if self._size() > MAX_BYTES:
                        half = "SELECT key FROM checks ORDER BY used LIMIT (SELECT count(*) / 2 FROM checks)"
                        table.execute(f"DELETE FROM checks WHERE key IN ({half})")
            self._connection.close()
        except sqlite3.Error as error:
            self._give_up(error)

    def _size(self) -> int:
        """Bytes in use: the file keeps those of what was dropped for what is to come."""
        assert self._connection is not None
        pages, free, size = (
            self._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def _give_up(self, error: sqlite3.Error) -> None:
        """A table that is only busy, full or not ours to write will be of use again; a broken one is removed."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if not isinstance(error, sqlite3.OperationalError):
            with suppress(OSError):
                self._file.unlink()


def _packed(found: Iterable[Found]) -> bytes:
    rows = [(astuple(finding), edits) for finding, edits in found]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode())


def _unpacked(packed: bytes) -> list[Found]:
    """Raises ValueError, TypeError or zlib.error for what `_packed` did not make."""
    return [(_finding(*row), _edits(edits)) for row, edits in json.loads(zlib.decompress(packed))]


def _finding(*row: Any) -> Finding:
    code, name, message, span, severity, cost, better_cost, function, fix, gain, seconds, observed = row
    mended, measured = _fix(*fix) if fix else None, Gain(*gain) if gain else None
    seen = _observed(*observed) if observed else None
    place = _span(span)
    return Finding(code, name, message, place, severity, cost, better_cost, function, mended, measured, seconds, seen)


def _observed(calls: int, seconds: float, sizes: Any) -> Observed:
    return Observed(calls, seconds, tuple(Size(*size) for size in sizes))


def _fix(*row: Any) -> Fix:
    level, title, edits, imports, reason, deques = row
    return Fix(level, title, _edits(edits), tuple(Import(*each) for each in imports), reason, tuple(deques))


def _edits(rows: Any) -> tuple[Edit, ...]:
    return tuple(Edit(_span(span), text) for span, text in rows)


def _span(row: Any) -> Span:
    start, end = row
    return Span(Position(*start), Position(*end))
