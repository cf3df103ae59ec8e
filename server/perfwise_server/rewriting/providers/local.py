"""A model in a GGUF file, served by a child process for as long as it is asked."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from perfwise_server.processes import end_group, ended, received, send, start_own
from perfwise_server.rewriting.providers import serving
from perfwise_server.rewriting.providers.openai import OpenAICompatible
from perfwise_server.rewriting.providers.provider import (
    THIS_MACHINE,
    Ask,
    ProviderError,
    ProviderSettings,
    Reply,
    heard_nothing,
)

LOADING = 120.0  # Seconds; a large file comes from a slow disk.


class LocalModel:
    name = "local model"
    where = THIS_MACHINE

    def __init__(self, settings: ProviderSettings) -> None:
        """Raises ProviderError."""
        if not settings.model:
            raise ProviderError("the local provider wants a model: name a GGUF file")
        if not Path(settings.model).is_file():
            raise ProviderError(f"there is no file {settings.model}: name a GGUF file")
        if find_spec("xllamacpp") is None:
            raise ProviderError("a local model wants a library: install it with pip install 'perfwise[local]'")
        self.model = settings.model
        self._settings = settings
        self._turn = asyncio.Lock()  # One question at a time: they would share the cores.
        self._process: asyncio.subprocess.Process | None = None
        self._server: OpenAICompatible | None = None

    async def reply(self, ask: Ask, on_text: Callable[[str], None] = heard_nothing) -> Reply:
        async with self._turn:
            reused = self._server is not None
            server = await self._started()
            try:
                reply = await server.reply(ask, on_text)
            except ProviderError as error:
                if not (reused and await self._has_ended()):
                    raise ProviderError(str(error).replace(server.where, Path(self.model).name)) from None
                reply = await (await self._started()).reply(ask, on_text)
        return replace(reply, model=Path(self.model).name)

    async def close(self) -> None:
        """Effect: the child has ended."""
        server, process = self._server, self._process
        self._server = self._process = None
        if server is not None:
            await server.close()
        if process is not None:
            await end_group(process)

    async def _has_ended(self) -> bool:
        """Whether the child that did not answer is gone, which the event loop learns a little later."""
        assert self._process is not None
        with suppress(asyncio.TimeoutError, TimeoutError):
            await asyncio.wait_for(ended(self._process), 1.0)
        return self._process.returncode is not None

    async def _started(self) -> OpenAICompatible:
        """The server, started where there is none or it has ended."""
        if self._server is not None and self._process is not None and self._process.returncode is None:
            return self._server
        await self.close()
        key = secrets.token_urlsafe(24)
        try:
            self._process = await start_own(serving.__name__)
            await send(self._process, serving.Model(self.model, key))
            said = await asyncio.wait_for(received(self._process), LOADING)
        except (OSError, asyncio.IncompleteReadError):
            said = serving.NotServing("its process ended, for want of memory perhaps")
        except (asyncio.TimeoutError, TimeoutError):
            said = serving.NotServing(f"it was not loaded within {LOADING:g} s")
        except asyncio.CancelledError:
            await self.close()
            raise
        if isinstance(said, serving.NotServing):
            await self.close()
            raise ProviderError(f"{Path(self.model).name} cannot be served: {said.reason}; name another GGUF file")
        self._server = OpenAICompatible(replace(self._settings, base_url=said.base_url, key=key, model="local"))
        return self._server
