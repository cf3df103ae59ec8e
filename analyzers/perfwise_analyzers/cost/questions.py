"""Questions that lead to each other, and perhaps back: asked once, and never without end."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

_DEPTH = 30  # Of questions within questions: deeper ones are cut short.
_MOST = 4_000  # A function that raises more has no known cost.

T = TypeVar("T")


class Questions:
    def __init__(self) -> None:
        self._answers: dict[Hashable, object] = {}
        self._open: set[Hashable] = set()
        self._cuts = 0
        self._asked = 0

    @property
    def exhausted(self) -> bool:
        return self._asked > _MOST

    def is_open(self, question: Hashable) -> bool:
        """Whether it is being answered."""
        return question in self._open

    def cut(self) -> None:
        """Something was left out: what is being answered holds only for the outermost question."""
        self._cuts += 1

    def ask(self, question: Hashable, answer: Callable[[], T], otherwise: T) -> T:
        """The answer, or `otherwise` to a question that is asked while it is being answered."""
        if question in self._answers:
            return self._answers[question]  # type: ignore[return-value]
        self._asked += 1
        if question in self._open or len(self._open) > _DEPTH or self.exhausted:
            self._cuts += 1
            return otherwise
        cuts = self._cuts
        self._open.add(question)
        try:
            found = answer()
        finally:
            self._open.discard(question)
        if cuts == self._cuts or not self._open:
            self._answers[question] = found
        return found
