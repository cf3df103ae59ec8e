"""Replies of a model kept by question, in a file of JSON lines, so that a measurement with it can be run again.

Questions that nobody answers are kept beside it, in a file whose name ends in .unanswered.jsonl, for a model that
cannot be reached from here. Its replies are added as lines with `question` and `text`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from perfwise_server.rewriting.providers.provider import (
    Ask,
    Provider,
    ProviderError,
    Reply,
    estimated_tokens,
    heard_nothing,
)

_MOST_TOKENS = 400  # Of one reply: a small model may go on for ever.
# What was measured differs from run to run, and is no part of what makes two questions the same.
_MEASURED = (
    (re.compile(r"^- line \d+, \d+%: .*\n?", re.MULTILINE), ""),
    (re.compile(r"^Also tried: .*\n?", re.MULTILINE), ""),
    (re.compile(r"[\d.]+ times as fast"), "times as fast"),
)


class KeptReplies:
    """Effect: what is kept is in the file at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        lines = file.read_text("utf-8").splitlines() if file.exists() else ()
        self._replies = {row["question"]: _reply(row) for row in map(json.loads, lines)}
        self._unanswered: set[str] = set()

    def get(self, question: str) -> Reply | None:
        return self._replies.get(question)

    def keep(self, question: str, reply: Reply) -> None:
        self._replies[question] = reply
        _add(self._file, {"question": question, **asdict(reply), "seconds": round(reply.seconds, 1)})

    def keep_unanswered(self, question: str, ask: Ask) -> None:
        if question not in self._unanswered:
            self._unanswered.add(question)
            said = [asdict(message) for message in ask.messages]
            _add(self._file.with_suffix(".unanswered.jsonl"), {"question": question, "messages": said})


def _add(path: Path, row: dict[str, object]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def _reply(row: dict[str, Any]) -> Reply:
    """Tokens that nobody counted are estimated."""
    told = {name: value for name, value in row.items() if name != "question"}
    unknown = {"input_tokens": 0, "output_tokens": estimated_tokens(row["text"]), "seconds": 0.0, "model": "a model"}
    return Reply(**{**unknown, **told})


class Replayed:
    """A provider that gives what is kept, and asks `inner` for what is not.

    A question that comes twice gets two replies, and a new provider begins with the first of them. `delay` are the
    seconds that a kept reply takes.
    """

    name = "kept replies"

    def __init__(self, kept: KeptReplies, inner: Provider | None, delay: float) -> None:
        self._kept, self._inner, self._delay = kept, inner, delay
        self._asked: Counter[str] = Counter()

    @property
    def model(self) -> str:
        return self._inner.model if self._inner else ""

    @property
    def where(self) -> str:
        return self._inner.where if self._inner else "a file"

    async def reply(self, ask: Ask, on_text: Callable[[str], None] = heard_nothing) -> Reply:
        question = _key(ask)
        self._asked[question] += 1
        question += f"-{self._asked[question]}"
        if found := self._kept.get(question):
            await asyncio.sleep(self._delay)
            return found
        if self._inner is None:
            self._kept.keep_unanswered(question, ask)
            raise ProviderError("no reply to this question is kept: name an endpoint to ask it")
        reply = await self._inner.reply(replace(ask, max_tokens=min(ask.max_tokens, _MOST_TOKENS)), on_text)
        self._kept.keep(question, reply)
        return reply

    async def close(self) -> None:
        if self._inner:
            await self._inner.close()


def _key(ask: Ask) -> str:
    text = "\n".join([str(ask.temperature), *(f"{each.role}: {each.content}" for each in ask.messages)])
    for pattern, replacement in _MEASURED:
        text = pattern.sub(replacement, text)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
