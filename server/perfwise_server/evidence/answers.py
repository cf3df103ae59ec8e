"""What the user said of a function's inputs, and the question that was asked last."""

from __future__ import annotations

import os
import time
from pathlib import Path

from perfwise_server.evidence.store import Store, bound

MOST_ANSWERS = 5_000


class Answers:
    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, path: str | Path, name: str) -> dict[str, bool]:
        """By the question."""
        return {question: bool(answer) for question, answer in self._rows(path, name) if answer is not None}

    def asked(self, path: str | Path, name: str) -> str:
        """The question that has no answer yet, empty where there is none."""
        return next((question for question, answer in self._rows(path, name) if answer is None), "")

    def ask(self, path: str | Path, name: str, question: str) -> None:
        """Effect: this is the question that waits for an answer."""
        self._keep(path, name, question, None)

    def answer(self, path: str | Path, name: str, question: str, answer: bool) -> None:
        """Effect: the answer is remembered."""
        self._keep(path, name, question, answer)

    def forget(self, path: str | Path, name: str) -> None:
        """Effect: all that was said of the function is taken back."""
        with self._store.opened(writing=True) as table:
            if table is not None:
                table.execute("DELETE FROM answers WHERE path = ? AND name = ?", (os.path.realpath(path), name))

    def _rows(self, path: str | Path, name: str) -> list[tuple[str, int | None]]:
        with self._store.opened(writing=False) as table:
            if table is not None:
                select = "SELECT question, answer FROM answers WHERE path = ? AND name = ? ORDER BY question"
                return table.execute(select, (os.path.realpath(path), name)).fetchall()
        return []

    def _keep(self, path: str | Path, name: str, question: str, answer: bool | None) -> None:
        now, of = int(time.time()), (os.path.realpath(path), name)
        with self._store.opened(writing=True) as table:
            if table is not None:
                table.execute("DELETE FROM answers WHERE path = ? AND name = ? AND answer IS NULL", of)
                table.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", (*of, question, answer, now))
                bound(table, "answers", MOST_ANSWERS, now)
