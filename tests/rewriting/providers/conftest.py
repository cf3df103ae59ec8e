"""Providers asked without the keys and proxies of whoever runs the tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from perfwise_server.rewriting.providers.choosing import provider
from perfwise_server.rewriting.providers.provider import Ask, Kind, Message, Provider, ProviderSettings
from tests.rewriting.endpoint import Endpoint

ASK = Ask((Message("system", "You write Python."), Message("user", "Write f.")), max_tokens=64)
_OUTSIDE = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
_KEYS = ("PERFWISE_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY")

Make = Callable[..., Provider]


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*_OUTSIDE, *(each.lower() for each in _OUTSIDE), *_KEYS):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def kind() -> Kind:
    return "openai"


@pytest_asyncio.fixture
async def make(kind: Kind) -> AsyncIterator[Make]:
    """Makes providers that hardly wait between attempts, and closes them."""
    made: list[Provider] = []

    def of(endpoint: Endpoint | str, **settings: Any) -> Provider:
        base_url = endpoint if isinstance(endpoint, str) else endpoint.base_url
        given = {"kind": kind, "model": "scripted", "base_url": base_url, "backoff": 0.01, **settings}
        made.append(provider(ProviderSettings(**given)))
        return made[-1]

    yield of
    for each in made:
        await each.close()
