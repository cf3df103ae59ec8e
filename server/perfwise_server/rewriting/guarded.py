"""The one way to a model: nothing is sent without consent, beyond the budget, or with the user's secrets in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from perfwise_server.rewriting import answers, spending
from perfwise_server.rewriting.consent import has_consent
from perfwise_server.rewriting.kept import KeptError
from perfwise_server.rewriting.private import Ignored, why_private
from perfwise_server.rewriting.providers.provider import (
    Ask,
    Provider,
    ProviderError,
    Reply,
    asked_tokens,
    estimated_tokens,
    heard_nothing,
)
from perfwise_server.rewriting.secrets import Masking
from perfwise_server.rewriting.spending import Budget, Spent


class NoConsentError(ProviderError):
    """The user has not agreed to this provider; an editor asks, and then again."""


class BudgetError(ProviderError):
    """The budget does not allow it."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What is asked about, and what the user allows."""

    path: Path | None  # The file that the questions are about.
    is_trusted: bool = True
    is_agreed: bool = False  # For this run, by naming the provider on the command line.
    ignored: tuple[Ignored, ...] = ()  # Files that are never sent.
    budget: Budget = field(default_factory=Budget)
    use_kept: bool = True  # Whether a reply to an equal question will do.
    folder: Path | None = None  # Where consent, spending and replies are kept; None: the user's data folder.


class Guarded:
    """A provider behind a guard; its replies hold the user's secrets again. What it streams has them masked."""

    def __init__(self, provider: Provider, guard: Guard) -> None:
        self._provider = provider
        self._guard = guard
        self._pending = Spent()  # At most, by the questions that are under way.

    @property
    def name(self) -> str:
        return self._provider.name

    @property
    def model(self) -> str:
        return self._provider.model

    @property
    def where(self) -> str:
        return self._provider.where

    async def close(self) -> None:
        await self._provider.close()

    async def reply(self, ask: Ask, on_text: Callable[[str], None] = heard_nothing) -> Reply:
        self.check()
        masking = Masking(message.content for message in ask.messages)
        messages = (replace(message, content=masking.masked(message.content)) for message in ask.messages)
        ask = replace(ask, messages=tuple(messages))
        reply = self._kept(ask) if self._guard.use_kept else None
        if reply is None:
            reply = await self._sent(ask, on_text)
            with suppress(KeptError):
                answers.keep(self._provider, ask, reply, self._guard.folder)
        return replace(reply, text=masking.unmasked(reply.text))

    def check(self) -> None:
        """Raises ProviderError where nothing may be sent; `NoConsentError` where the user may change that."""
        guard = self._guard
        if not guard.is_trusted:
            raise ProviderError("nothing of an untrusted workspace is sent to a model: trust the workspace first")
        if guard.path is not None and (reason := why_private(guard.path, guard.ignored)):
            raise ProviderError(reason)
        if not guard.is_agreed and not has_consent(self._provider, guard.folder):
            raise NoConsentError(
                f"nothing has been agreed on with {self.name} ({self.where}): name the provider, or agree in the editor"
            )

    def _kept(self, ask: Ask) -> Reply | None:
        with suppress(KeptError):
            return answers.answer(self._provider, ask, self._guard.folder)
        return None

    async def _sent(self, ask: Ask, on_text: Callable[[str], None]) -> Reply:
        """Raises ProviderError. Effect: what it cost is added to what is spent, however it ended."""
        try:
            spent = spending.today(self._guard.folder)
        except KeptError as error:
            raise BudgetError(f"what is spent cannot be counted, so nothing is asked: {error}") from None
        most = self._spent(asked_tokens(ask), ask.max_tokens)
        if refusal := spending.refusal(self._provider, ask, self._guard.budget, _plus(spent, self._pending)):
            raise BudgetError(f"{refusal}: ask with less effort, or raise the editor's budget")
        heard: list[str] = []

        def hear(text: str) -> None:
            heard.append(text)
            on_text(text)

        self._pending = _plus(self._pending, most)
        used: Spent | None = None
        try:
            reply = await self._provider.reply(ask, hear)
            used = self._spent(reply.input_tokens, reply.output_tokens)
            return reply
        except (ProviderError, asyncio.CancelledError) as error:
            if heard or isinstance(error, asyncio.CancelledError):
                used = self._spent(asked_tokens(ask), estimated_tokens("".join(heard)))
            raise
        finally:
            self._pending = _plus(self._pending, most, -1)
            if used is not None:
                with suppress(KeptError):  # The next request is refused for it.
                    spending.add(self._provider, self.model, used, self._guard.folder)

    def _spent(self, input_tokens: int, output_tokens: int) -> Spent:
        price = spending.price_of(self.model, input_tokens, output_tokens)
        return Spent(1, input_tokens, output_tokens, price or 0.0)


def _plus(one: Spent, other: Spent, sign: int = 1) -> Spent:
    return Spent(
        one.requests + sign * other.requests,
        one.input_tokens + sign * other.input_tokens,
        one.output_tokens + sign * other.output_tokens,
        one.price + sign * other.price,
    )
