"""To whom the user has agreed that code is sent. Whatever cannot be read is no consent."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import NamedTuple

from perfwise_server.rewriting.kept import KeptError, kept_file, opened
from perfwise_server.rewriting.providers.provider import Provider

log = logging.getLogger(__name__)


class Consent(NamedTuple):
    provider: str
    where: str
    given: int  # Seconds since 1970.


def has_consent(provider: Provider, folder: Path | None = None) -> bool:
    return any((each.provider, each.where) == (provider.name, provider.where) for each in consents(folder))


def consents(folder: Path | None = None) -> list[Consent]:
    if not kept_file(folder).exists():
        return []
    try:
        with opened(folder) as tables:
            rows = tables.execute("SELECT provider, place, given FROM consents ORDER BY given").fetchall()
    except KeptError as error:
        log.warning("%s", error)
        return []
    return [Consent(*row) for row in rows]


def agree(provider: Provider, folder: Path | None = None) -> None:
    """Effect: code may be sent to this provider at this place until it is revoked. Raises KeptError."""
    with opened(folder) as tables:
        row = (provider.name, provider.where, int(time.time()))
        tables.execute("INSERT OR REPLACE INTO consents VALUES (?, ?, ?)", row)


def revoke(where: str = "", folder: Path | None = None) -> int:
    """How many were revoked: those of one place, or all. Raises KeptError."""
    if not kept_file(folder).exists():
        return 0
    with opened(folder) as tables:
        return tables.execute("DELETE FROM consents WHERE ? IN ('', place)", (where,)).rowcount
