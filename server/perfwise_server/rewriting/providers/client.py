"""The editor's own models, which the client asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from perfwise_server.rewriting.providers.provider import (
    Ask,
    ClientRequest,
    ProviderError,
    ProviderSettings,
    Reply,
    asked_tokens,
    estimated_tokens,
    heard_nothing,
)

LARGEST = 1_000_000  # Characters.


class ClientModels:
    """`request` is given `model` (empty: the client's choice) and `messages` of `role` and `content`.

    It gives back `text` and the `model` that wrote it, and `inputTokens` and `outputTokens` where the editor counts;
    or `error`, a sentence for the user: without consent, without quota, without models.
    """

    name = "the editor's models"
    where = "the editor"

    def __init__(self, settings: ProviderSettings, request: ClientRequest) -> None:
        self.settings = settings
        self.model = settings.model
        self._request = request

    async def close(self) -> None:
        pass

    async def reply(self, ask: Ask, on_text: Callable[[str], None] = heard_nothing) -> Reply:
        started = time.monotonic()
        question = {
            "model": self.model,
            "messages": [{"role": message.role, "content": message.content} for message in ask.messages],
        }
        try:
            found = await asyncio.wait_for(self._request(question), self.settings.longest)
        except (asyncio.TimeoutError, TimeoutError):
            raise ProviderError(
                f"the editor's model did not reply within {self.settings.longest:g} s: try again, or choose another"
            ) from None
        if found.get("error"):
            raise ProviderError(str(found["error"]))
        text = found.get("text")
        if not isinstance(text, str) or not text.strip() or len(text) > LARGEST:
            raise ProviderError("the editor's model gave no usable reply: try again, or choose another")
        on_text(text)
        counted = found.get("inputTokens"), found.get("outputTokens")
        input_tokens, output_tokens = (count if isinstance(count, int) else None for count in counted)
        return Reply(
            text,
            asked_tokens(ask) if input_tokens is None else input_tokens,
            estimated_tokens(text) if output_tokens is None else output_tokens,
            time.monotonic() - started,
            str(found.get("model") or self.model),
        )
