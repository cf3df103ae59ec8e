"""Model servers that run on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

import httpx

from perfwise_server.rewriting.providers.http import MalformedError, model_names, parsed

USUAL = (
    ("Ollama", "http://127.0.0.1:11434/v1"),
    ("LM Studio", "http://127.0.0.1:1234/v1"),
    ("llama.cpp", "http://127.0.0.1:8080/v1"),
    ("vLLM", "http://127.0.0.1:8000/v1"),
)
PATIENCE = 1.0  # Seconds; what runs here answers at once.
LARGEST = 1_000_000  # Bytes of a list of models.


class Found(NamedTuple):
    name: str
    base_url: str
    models: tuple[str, ...]


async def found_here(usual: Sequence[tuple[str, str]] = USUAL) -> list[Found]:
    """Those that answer on their usual ports with a list of models. Nothing of the user's is sent."""
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
        models = await asyncio.gather(*(_models(client, base_url) for _, base_url in usual))
    return [Found(name, base_url, each) for (name, base_url), each in zip(usual, models, strict=True) if each]


async def _models(client: httpx.AsyncClient, base_url: str) -> tuple[str, ...]:
    """Empty where no model server is: other programs use these ports too."""
    try:
        return await asyncio.wait_for(_listing(client, base_url), 2 * PATIENCE)
    except (httpx.HTTPError, MalformedError, asyncio.TimeoutError, TimeoutError):
        return ()


async def _listing(client: httpx.AsyncClient, base_url: str) -> tuple[str, ...]:
    data = b""
    async with client.stream("GET", f"{base_url}/models", headers={"Accept-Encoding": "identity"}) as response:
        if response.status_code != 200:
            raise MalformedError
        async for piece in response.aiter_raw():
            data += piece
            if len(data) > LARGEST:
                raise MalformedError
    return model_names(parsed(data))
