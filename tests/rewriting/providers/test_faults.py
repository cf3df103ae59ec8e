"""Whatever goes wrong at an endpoint is one clear sentence with the way out, and no key is in it."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import socket

import pytest

from perfwise_server.rewriting.providers.http import LARGEST
from perfwise_server.rewriting.providers.provider import ProviderError
from tests.rewriting.endpoint import Answer, Cut, Endless, Endpoint, Huge, Silence, Status, StreamError, Text
from tests.rewriting.providers.conftest import ASK, Make

KEY = "sk-live-0123456789abcdefghij"
WAIT = 20  # Seconds for what should take a moment.
QUOTA = json.dumps({"error": {"message": f"You exceeded your quota with {KEY}"}})

# The answers, and what is said of them.
FAULTS: dict[str, tuple[Answer, str]] = {
    "401": (Status(401), r"does not accept the key: set \w+ or PERFWISE_API_KEY, or give it in the editor"),
    "403": (Status(403), r"does not let this key use it \(403: no\): check what the account may use"),
    "404": (Status(404), r"does not know this address or the model 'scripted' .*: check the base URL"),
    "404 page": (Status(404, "<h1>Not found", content_type="text/html"), r"the model 'scripted' \(404\): check"),
    "400": (Status(400), r"does not take the request \(400: no\): check the model and its settings"),
    "429": (Status(429), r"gets too many requests \(429: no\): try again later"),
    "429 for long": (Status(429, headers={"Retry-After": "90"}), r"wants no further request for 90 s .*try again then"),
    "429 quota": (Status(429, QUOTA), r"is used up \(429: You exceeded your quota with \*\*\*\): check its plan"),
    "500": (Status(500, "oops", content_type="text/plain"), r"has trouble of its own \(500\): try again later"),
    "503": (Status(503), r"has trouble of its own \(503: no\): try again later"),
    "silence": (Silence(), r"said nothing for 0.3 s: try again, or ask a faster model"),
    "cut": (Cut("x" * 100), r"the reply of .* broke off: try again"),
    "no JSON": (Status(200, "{"), r"did not reply as such an API does \(application/json\): check the base URL"),
    "other JSON": (Status(200, '{"choices": []}'), r"did not reply as such an API does"),
    "a list": (Status(200, "[1]"), r"did not reply as such an API does"),
    "a page": (Status(200, "<html>", content_type="text/html"), r"such an API does \(text/html\): check the base URL"),
    "broken events": (Status(200, "data: {\n\n", content_type="text/event-stream"), r"did not reply as such an API"),
    "packed": (Status(200, "{}", {"Content-Encoding": "gzip"}), r"did not reply as such an API does"),
    "50 MB": (Huge(50_000_000), r"is larger than 8 MB and was given up"),
    "redirect": (
        Status(302, headers={"Location": "http://127.0.0.2:1/v1"}),
        r"sends on to 127.0.0.2, where nothing was",
    ),
    "empty": (Text(" \n"), r"gave an empty reply: try again, or ask another model"),
    "error in a stream": (StreamError("overloaded"), r"has trouble of its own \(overloaded\): try again later"),
}


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
@pytest.mark.parametrize("name", FAULTS)
async def test_fault(make: Make, name: str, stream: bool, caplog: pytest.LogCaptureFixture) -> None:
    answer, said = FAULTS[name]
    caplog.set_level(logging.DEBUG)
    with Endpoint([answer]) as endpoint:
        provider = make(endpoint, key=KEY, stream=stream, silence=0.3)
        with pytest.raises(ProviderError, match=said) as raised:
            await asyncio.wait_for(provider.reply(ASK), WAIT)
    sentence = str(raised.value)
    assert sentence.startswith((provider.where, f"the reply of {provider.where}", f"the account at {provider.where}"))
    assert "\n" not in sentence
    assert KEY not in sentence + caplog.text + repr(provider) + repr(vars(provider))


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
async def test_what_is_too_large_is_not_held(make: Make, stream: bool) -> None:
    with Endpoint([Huge(50_000_000)]) as endpoint:
        with pytest.raises(ProviderError, match="larger than"):
            await asyncio.wait_for(make(endpoint, stream=stream).reply(ASK), WAIT)
        assert await asyncio.to_thread(endpoint.left.wait, WAIT)
        assert endpoint.sent < 4 * LARGEST  # What the system holds on its way is among them.


@pytest.mark.parametrize(
    "answers",
    [
        [Status(500), Status(502), "done"],
        [Status(429), "done"],
        [Status(429, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}), "done"],
        [Status(529), "done"],
    ],
    ids=["500 and 502", "429", "429 until a date", "529"],
)
async def test_what_passes_is_asked_again(make: Make, answers: list[Answer | str]) -> None:
    with Endpoint(answers) as endpoint:
        reply = await make(endpoint).reply(ASK)
    assert reply.text == "done"
    assert len(endpoint.asked) == len(answers)


async def test_the_pause_is_the_one_that_was_asked_for(make: Make) -> None:
    with Endpoint([Status(429, headers={"Retry-After": "0.05"}), "done"]) as endpoint:
        provider = make(endpoint, backoff=1_000.0)
        assert (await asyncio.wait_for(provider.reply(ASK), WAIT)).text == "done"


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_what_does_not_pass_is_not_asked_again(make: Make, status: int) -> None:
    with Endpoint([Status(status), "done"]) as endpoint, pytest.raises(ProviderError):
        await make(endpoint).reply(ASK)
    assert len(endpoint.asked) == 1


async def test_it_asks_three_times_at_most(make: Make) -> None:
    with Endpoint([Status(500)]) as endpoint, pytest.raises(ProviderError):
        await make(endpoint).reply(ASK)
    assert len(endpoint.asked) == 3


async def test_what_was_shown_is_not_shown_again(make: Make) -> None:
    shown: list[str] = []
    with Endpoint([Cut("x" * 100), "done"]) as endpoint, pytest.raises(ProviderError, match="broke off"):
        await make(endpoint).reply(ASK, shown.append)
    assert set("".join(shown)) == {"x"}
    assert len(endpoint.asked) == 1


async def test_a_redirect_is_not_followed(make: Make) -> None:
    with Endpoint(["stolen"]) as elsewhere:
        target = {"Location": f"{elsewhere.base_url}/chat/completions"}
        with Endpoint([Status(307, headers=target)]) as endpoint, pytest.raises(ProviderError, match="sends on"):
            await make(endpoint, key=KEY).reply(ASK)
    assert elsewhere.asked == []


async def test_nothing_answers(make: Make) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # And does not listen.
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ProviderError, match=f"nothing answers at {where}: start the model server, or correct"):
            await asyncio.wait_for(make(f"http://{where}/v1").reply(ASK), WAIT)


async def test_no_such_host(make: Make) -> None:
    # The second is what a resolver without a network comes to.
    with pytest.raises(
        ProviderError, match=r"no host of the name in nowhere\.invalid|nowhere\.invalid cannot be reached"
    ):
        await asyncio.wait_for(make("https://nowhere.invalid/v1", key=KEY).reply(ASK), WAIT)


@pytest.mark.parametrize(
    "url", ["nothing", "ftp://host/v1", "https://user:pw@host/v1", "http://", f"https://{'x' * 70}/v1"]
)
async def test_a_base_url_that_cannot_be(make: Make, url: str) -> None:
    with pytest.raises(ProviderError, match=r"base URL") as raised:
        await make(url).reply(ASK)
    assert "pw" not in str(raised.value)


async def test_a_reply_that_does_not_end(make: Make) -> None:
    with Endpoint([Endless()]) as endpoint:
        with pytest.raises(ProviderError, match=r"did not finish its reply within 0\.5 s: ask for less"):
            await asyncio.wait_for(make(endpoint, longest=0.5).reply(ASK), WAIT)
        assert await asyncio.to_thread(endpoint.left.wait, WAIT)


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
async def test_cancelling_ends_the_connection(make: Make, stream: bool) -> None:
    heard = asyncio.Event()
    with Endpoint([Endless() if stream else Silence()]) as endpoint:
        asking = asyncio.create_task(make(endpoint, stream=stream).reply(ASK, lambda _text: heard.set()))
        if stream:
            await asyncio.wait_for(heard.wait(), WAIT)
        else:
            await asyncio.wait_for(_asked(endpoint), WAIT)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asking, WAIT)
        assert await asyncio.to_thread(endpoint.left.wait, WAIT)


async def _asked(endpoint: Endpoint) -> None:
    while not endpoint.asked:
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"key": "two\nlines"}, "holds characters that no key has"),
        ({"kind": "local", "model": ""}, "name a GGUF file"),
        ({"kind": "local", "model": "missing.gguf"}, "there is no file missing.gguf"),
        ({"kind": "client"}, "this editor has no models"),
        ({"base_url": "", "key": ""}, "api.openai.com wants a key: set OPENAI_API_KEY or PERFWISE_API_KEY"),
        ({"base_url": "", "key": "", "kind": "anthropic"}, "api.anthropic.com wants a key: set ANTHROPIC_API_KEY"),
    ],
    ids=lambda value: next(iter(value.values())) if isinstance(value, dict) else "",
)
async def test_settings_that_cannot_be(make: Make, settings: dict[str, str], said: str) -> None:
    with pytest.raises(ProviderError, match=re.escape(said)) as raised:
        make("http://127.0.0.1:1/v1", **settings)
    assert "two" not in str(raised.value)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("HTTPS_PROXY", "nonsense://x", "HTTPS_PROXY and HTTP_PROXY must be like"),
        ("SSL_CERT_FILE", "missing.pem", "no certificates can be read from missing.pem: correct SSL_CERT_FILE"),
    ],
)
async def test_variables_that_cannot_be(
    make: Make, variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ProviderError, match=said):
        make("https://models.example/v1")
