"""What the dialects over HTTP share: one question, its reply, and the fields that some endpoints do not take."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from perfwise_server.rewriting.providers.http import (
    BadRequestError,
    Endpoint,
    MalformedError,
    PassingError,
    events,
    is_stream,
    parsed,
    whole,
)
from perfwise_server.rewriting.providers.provider import (
    Ask,
    ProviderError,
    ProviderSettings,
    Reply,
    asked_tokens,
    estimated_tokens,
    heard_nothing,
)


@dataclass
class Heard:
    """What has come in of a reply."""

    on_text: Callable[[str], None]
    pieces: list[str] = field(default_factory=list)
    model: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    is_cut: bool = False
    is_whole: bool = False

    def add(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.on_text(text)


class HttpProvider(ABC):
    """A provider that speaks over HTTP; the dialects say how."""

    name: str
    path: str
    optional: tuple[str, ...]  # Fields of a request that go when the endpoint does not take them.

    def __init__(self, settings: ProviderSettings, base_url: str) -> None:
        """Raises ProviderError."""
        self.endpoint = Endpoint(settings, base_url)
        self.model = settings.model
        self.refused: set[str] = set()

    @property
    def where(self) -> str:
        return self.endpoint.where

    async def close(self) -> None:
        await self.endpoint.close()

    async def reply(self, ask: Ask, on_text: Callable[[str], None] = heard_nothing) -> Reply:
        started = time.monotonic()
        if not self.model:
            self.model = await self.endpoint.only_model(self.headers())
        while True:
            body = {name: value for name, value in self.body(ask).items() if name not in self.refused}
            try:
                heard = await self.endpoint.post(self.path, self.headers(), body, self._reader(on_text))
                break
            except BadRequestError as error:
                refused = self._to_leave_out(error.said, body)
                if not refused:
                    raise
                self.refused.add(refused)
        return self._reply(ask, heard, time.monotonic() - started)

    def _to_leave_out(self, said: str, body: Mapping[str, Any]) -> str:
        """The field that an endpoint complains of; empty where it names none that it can do without."""
        return next((name for name in self.optional if name in body and name in said), "")

    def _reader(self, on_text: Callable[[str], None]) -> Callable[[httpx.Response], Any]:
        async def read(response: httpx.Response) -> Heard:
            heard = Heard(on_text)
            try:
                if not is_stream(response):
                    self.hear_whole(await whole(response), heard)
                    return heard
                async for event in events(response):
                    if event.data == "[DONE]":
                        heard.is_whole = True
                    elif event.data:
                        self._hear_event(parsed(event.data), heard)
            except (KeyError, IndexError, TypeError, AttributeError, ValueError):
                raise MalformedError from None
            except httpx.RemoteProtocolError:
                heard.is_whole = False
            if not heard.is_whole:
                raise _failed(f"the reply of {self.where} broke off: try again", heard)
            return heard

        return read

    def _hear_event(self, data: Mapping[str, Any], heard: Heard) -> None:
        error = data.get("error")
        if error:
            said = self.endpoint.without_key(str(error.get("message", "") if isinstance(error, dict) else error))
            raise _failed(f"{self.where} has trouble of its own ({said}): try again later", heard)
        self.hear(data, heard)

    def _reply(self, ask: Ask, heard: Heard, seconds: float) -> Reply:
        text = "".join(heard.pieces)
        if not text.strip():
            raise ProviderError(f"{self.where} gave an empty reply: try again, or ask another model")
        if heard.input_tokens is None:
            heard.input_tokens = asked_tokens(ask)
        if heard.output_tokens is None:
            heard.output_tokens = estimated_tokens(text)
        model = heard.model or self.model
        return Reply(text, heard.input_tokens, heard.output_tokens, seconds, model, heard.is_cut)

    @abstractmethod
    def headers(self) -> Mapping[str, str]: ...

    @abstractmethod
    def body(self, ask: Ask) -> Mapping[str, Any]: ...

    @abstractmethod
    def hear_whole(self, found: Mapping[str, Any], heard: Heard) -> None:
        """Effect: takes in a reply that is no stream. Raises what looking into JSON raises."""

    @abstractmethod
    def hear(self, data: Mapping[str, Any], heard: Heard) -> None:
        """Effect: takes in one event of a stream. Raises what looking into JSON raises."""


def _failed(text: str, heard: Heard) -> ProviderError:
    """What has been shown is not shown again."""
    return ProviderError(text) if heard.pieces else PassingError(text)
