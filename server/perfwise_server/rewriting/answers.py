"""Replies to questions asked before, so that an equal one costs nothing. Secrets in them are masked."""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from perfwise_server.rewriting.kept import kept_file, opened
from perfwise_server.rewriting.providers.provider import Ask, Provider, Reply

MOST = 2_000
MAX_AGE = 30 * 86_400  # Seconds.


def answer(provider: Provider, ask: Ask, folder: Path | None = None) -> Reply | None:
    """Raises KeptError."""
    if not kept_file(folder).exists():
        return None
    with opened(folder) as tables:
        noted = int(time.time()) - MAX_AGE
        row = tables.execute("SELECT reply FROM answers WHERE key = ? AND noted > ?", (_key(provider, ask), noted))
        found = row.fetchone()
    with suppress(ValueError, TypeError):
        return replace(Reply(**json.loads(found[0])), input_tokens=0, output_tokens=0, seconds=0.0) if found else None
    return None


def keep(provider: Provider, ask: Ask, reply: Reply, folder: Path | None = None) -> None:
    """Effect: the next equal question has this reply; the oldest of too many go. Raises KeptError."""
    with opened(folder) as tables:
        row = (_key(provider, ask), json.dumps(asdict(reply)), int(time.time()))
        tables.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", row)
        oldest = "SELECT key FROM answers ORDER BY noted DESC LIMIT -1 OFFSET ?"
        tables.execute(f"DELETE FROM answers WHERE noted <= ? OR key IN ({oldest})", (row[2] - MAX_AGE, MOST))


def count(folder: Path | None = None) -> int:
    """Raises KeptError."""
    if not kept_file(folder).exists():
        return 0
    with opened(folder) as tables:
        return int(tables.execute("SELECT count(*) FROM answers").fetchone()[0])


def clear(folder: Path | None = None) -> None:
    """Effect: no reply is kept any more. Raises KeptError."""
    if kept_file(folder).exists():
        with opened(folder) as tables:
            tables.execute("DELETE FROM answers")


def _key(provider: Provider, ask: Ask) -> bytes:
    """Of everything that a reply depends on."""
    question = json.dumps([provider.name, provider.where, provider.model, asdict(ask)], sort_keys=True)
    return hashlib.sha256(question.encode("utf-8", "surrogatepass")).digest()
