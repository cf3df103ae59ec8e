"""What is sent and what is understood, in each dialect, streaming and not."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from perfwise_server.rewriting.providers.choosing import provider
from perfwise_server.rewriting.providers.discovery import Found, found_here
from perfwise_server.rewriting.providers.keys import is_loopback
from perfwise_server.rewriting.providers.provider import (
    Kind,
    Message,
    ProviderError,
    ProviderSettings,
    asked_tokens,
    estimated_tokens,
)
from tests.rewriting.endpoint import Endpoint, Text
from tests.rewriting.providers.conftest import ASK, Make

CODE = "```python\ndef f(xs):\n    return sorted(xs)  # größer ≥\n```\n"
CERTIFICATE = Path(__file__).with_name("localhost.pem")

both = pytest.mark.parametrize("kind", ["openai", "anthropic"])


@both
@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
@pytest.mark.parametrize("can_stream", [True, False], ids=["", "an endpoint without streams"])
async def test_reply(make: Make, stream: bool, can_stream: bool) -> None:
    shown: list[str] = []
    with Endpoint([Text(CODE)], can_stream=can_stream) as endpoint:
        reply = await make(endpoint, stream=stream).reply(ASK, shown.append)
    assert (reply.text, reply.model) == (CODE, "scripted")
    assert (reply.input_tokens, reply.output_tokens) == (100, len(CODE) // 4)
    assert not reply.is_cut
    assert "".join(shown) == CODE
    assert (len(shown) > 1) == (stream and can_stream)


@both
@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
async def test_a_reply_that_its_limit_ended(make: Make, stream: bool) -> None:
    with Endpoint([Text("def f(", is_cut=True)]) as endpoint:
        assert (await make(endpoint, stream=stream).reply(ASK)).is_cut


async def test_tokens_that_nobody_counted_are_estimated(make: Make) -> None:
    with Endpoint([Text(CODE, counts=False)]) as endpoint:
        reply = await make(endpoint).reply(ASK)
    assert (reply.input_tokens, reply.output_tokens) == (asked_tokens(ASK), estimated_tokens(CODE))


async def test_what_openai_is_asked(make: Make) -> None:
    with Endpoint(["x"]) as endpoint:
        await make(endpoint, key="k").reply(replace(ASK, seed=7))
    asked = endpoint.asked[0]
    assert asked.headers["authorization"] == "Bearer k"
    assert asked.body == {
        "model": "scripted",
        "messages": [{"role": "system", "content": "You write Python."}, {"role": "user", "content": "Write f."}],
        "max_tokens": 64,
        "temperature": 0.7,
        "seed": 7,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


async def test_what_anthropic_is_asked() -> None:
    with Endpoint(["x"]) as endpoint:
        asked_of = provider(ProviderSettings("anthropic", "m", endpoint.base_url, key="k", stream=False))
        await asked_of.reply(ASK)
        await asked_of.close()
    asked = endpoint.asked[0]
    assert (asked.dialect, asked.headers["x-api-key"]) == ("anthropic", "k")
    assert asked.headers["anthropic-version"]
    assert asked.body == {
        "model": "m",
        "system": "You write Python.",
        "messages": [{"role": "user", "content": "Write f."}],
        "max_tokens": 64,
        "temperature": 0.7,
        "stream": False,
    }


REFUSALS = {
    "temperature": ("anthropic", {}),
    "seed": ("openai", {}),
    "stream_options": ("openai", {}),
    "max_tokens": ("openai", {"max_completion_tokens": 64}),
}


@pytest.mark.parametrize(("kind", "field", "instead"), [(kind, name, new) for name, (kind, new) in REFUSALS.items()])
async def test_what_an_endpoint_does_not_take_is_left_out(make: Make, field: str, instead: Mapping[str, Any]) -> None:
    with Endpoint(["first", "second"], refuses=[field]) as endpoint:
        asked_of = make(endpoint)
        for text in ("first", "second"):
            assert (await asked_of.reply(replace(ASK, seed=1))).text == text
    assert [field in asked.body for asked in endpoint.asked] == [False, False]
    assert instead.items() <= endpoint.asked[0].body.items()


@both
async def test_without_a_name_the_only_model_is_asked(make: Make) -> None:
    with Endpoint(["x"], models=["one"]) as endpoint:
        asked_of = make(endpoint, model="")
        assert (await asked_of.reply(ASK)).text == "x"
    assert asked_of.model == endpoint.asked[0].body["model"] == "one"


async def test_without_a_name_several_are_named(make: Make) -> None:
    with Endpoint(["x"], models=["one", "two"]) as endpoint, pytest.raises(ProviderError, match="has one, two"):
        await make(endpoint, model="").reply(ASK)


@pytest.mark.parametrize(
    ("kind", "environment", "given", "used"),
    [
        ("openai", {}, "", ""),
        ("openai", {"OPENAI_API_KEY": "b", "PERFWISE_API_KEY": "a"}, "", "Bearer a"),
        ("openai", {"OPENAI_API_KEY": " b\n", "ANTHROPIC_API_KEY": "c"}, "", "Bearer b"),
        ("openai", {"ANTHROPIC_API_KEY": "c"}, "", ""),
        ("openai", {"PERFWISE_API_KEY": "a"}, "g", "Bearer g"),
        ("anthropic", {"OPENAI_API_KEY": "b", "ANTHROPIC_API_KEY": "c"}, "", "c"),
    ],
)
async def test_the_key(
    make: Make, kind: Kind, environment: dict[str, str], given: str, used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with Endpoint(["x"]) as endpoint:
        await make(endpoint, key=given).reply(ASK)
    header = "authorization" if kind == "openai" else "x-api-key"
    assert endpoint.asked[0].headers.get(header, "") == used


async def test_a_key_is_not_sent_unencrypted_and_a_proxy_is_used(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint(["x"]) as endpoint:
        origin = endpoint.base_url.removesuffix("/v1")
        monkeypatch.setenv("http_proxy", origin)
        await make("http://models.example/v1", key="k").reply(ASK)
    (asked,) = endpoint.asked
    assert "authorization" not in asked.headers


async def test_this_machine_is_not_asked_through_a_proxy(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with Endpoint(["x"]) as endpoint:
        assert (await make(endpoint).reply(ASK)).text == "x"


async def test_certificates(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint(["x"], certificate=CERTIFICATE) as endpoint:
        with pytest.raises(ProviderError, match=r"cannot be trusted: .* SSL_CERT_FILE"):
            await make(endpoint, key="k").reply(ASK)
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        await make(endpoint, key="k").reply(ASK)
    assert [asked.headers["authorization"] for asked in endpoint.asked] == ["Bearer k"]


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.0.0.1/v1", True),
        ("http://127.8.0.1/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://192.168.0.5/v1", False),
        ("http://localhost.example/v1", False),
        ("http://127.0.0.1.example/v1", False),
    ],
)
def test_loopback(url: str, is_here: bool) -> None:
    assert is_loopback(url) is is_here


async def test_what_runs_here_is_found() -> None:
    with Endpoint(["x"], models=["qwen", "llama"]) as ollama, Endpoint(["x"], key="k") as closed:
        usual = [
            ("Ollama", ollama.base_url),
            ("a web server", ollama.base_url.removesuffix("/v1")),
            ("closed", closed.base_url),
            ("nothing", "http://127.0.0.1:1/v1"),
        ]
        assert await found_here(usual) == [Found("Ollama", ollama.base_url, ("qwen", "llama"))]
        assert ollama.asked == []


async def test_the_clients_models() -> None:
    asked: list[Mapping[str, Any]] = []

    async def request(question: Mapping[str, Any]) -> Mapping[str, Any]:
        asked.append(question)
        return {"text": CODE, "model": "copilot", "inputTokens": 9}

    reply = await provider(ProviderSettings("client", "gpt"), request).reply(ASK)
    assert (reply.text, reply.model) == (CODE, "copilot")
    assert (reply.input_tokens, reply.output_tokens) == (9, estimated_tokens(CODE))
    messages = [{"role": message.role, "content": message.content} for message in ASK.messages]
    assert asked == [{"model": "gpt", "messages": messages}]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"error": "You have no quota left: wait until tomorrow."}, "You have no quota left"),
        ({"text": ""}, "no usable reply"),
        ({}, "no usable reply"),
        ({"text": 3}, "no usable reply"),
    ],
)
async def test_what_the_client_refuses(answer: Mapping[str, Any], said: str) -> None:
    async def request(_question: Mapping[str, Any]) -> Mapping[str, Any]:
        return answer

    with pytest.raises(ProviderError, match=said):
        await provider(ProviderSettings("client"), request).reply(ASK)


async def test_the_client_is_told_of_a_cancelled_question() -> None:
    started, cancelled = asyncio.Event(), asyncio.Event()

    async def request(_question: Mapping[str, Any]) -> Mapping[str, Any]:
        started.set()
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.set()
        return {}

    asking = asyncio.create_task(provider(ProviderSettings("client"), request).reply(ASK))
    await started.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert cancelled.is_set()


def test_settings_do_not_show_their_key() -> None:
    assert "k" * 9 not in repr(ProviderSettings("openai", key="k" * 9))


def test_messages_are_estimated_together() -> None:
    more = replace(ASK, messages=(*ASK.messages, Message("user", "x" * 350)))
    assert asked_tokens(more) == asked_tokens(ASK) + 101
