"""What is kept of asking models: one SQLite file in the user's data folder, which several processes may use at once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from perfwise_server.evidence.store import data_folder

FILE_NAME = "models-1.db"  # Another number for other tables.
PATIENCE = 2.0  # Seconds to wait for another process's writing.

_TABLES = """
CREATE TABLE IF NOT EXISTS consents (
    provider TEXT, place TEXT, given INTEGER, PRIMARY KEY (provider, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spending (
    day TEXT, provider TEXT, place TEXT, model TEXT, requests INTEGER, input INTEGER, output INTEGER, price REAL,
    PRIMARY KEY (day, provider, place, model)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, reply TEXT, noted INTEGER) WITHOUT ROWID;
"""


class KeptError(Exception):
    """What is kept cannot be read or written; the text is one line that names the file."""


def kept_file(folder: Path | None = None) -> Path:
    return (folder or data_folder()) / FILE_NAME


@contextmanager
def opened(folder: Path | None = None) -> Iterator[sqlite3.Connection]:
    """The tables, in one transaction. Raises KeptError. Effect: makes them where there are none, for the user alone."""
    file = kept_file(folder)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        os.chmod(file, 0o600)
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as connection, connection:
            connection.executescript(_TABLES)
            yield connection
    except OSError as error:
        raise KeptError(f"{file}: {(error.strerror or str(error)).lower()}") from None
    except sqlite3.Error as error:
        raise KeptError(f"{file}: {error}; remove the file to begin anew") from None
