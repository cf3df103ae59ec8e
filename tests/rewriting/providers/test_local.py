"""A real model in a GGUF file: loaded by a child of ours, asked, ended."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import pytest
import pytest_asyncio

from perfwise_server.rewriting.providers.choosing import provider
from perfwise_server.rewriting.providers.local import LocalModel
from perfwise_server.rewriting.providers.provider import Ask, Message, ProviderError, ProviderSettings
from tests.living import below, words_of
from tests.rewriting.weights import weights

ASK = Ask((Message("user", "Say hello."),), max_tokens=8, temperature=0.0, seed=1)
WAIT = 60  # Seconds for what should take a few.


@pytest_asyncio.fixture
async def model() -> AsyncIterator[LocalModel]:
    made = provider(ProviderSettings("local", str(weights())))
    assert isinstance(made, LocalModel)
    yield made
    await made.close()


def children() -> list[psutil.Process]:
    return below(having="providers.serving")


async def test_a_conversation_and_its_end(model: LocalModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-for-children")
    shown: list[str] = []
    assert children() == []
    reply = await model.reply(ASK, shown.append)
    assert reply.text == "".join(shown)
    assert len(shown) > 1
    assert (reply.model, reply.is_cut, reply.output_tokens) == (weights().name, True, 8)
    turns = await asyncio.gather(model.reply(ASK), model.reply(ASK))
    assert [each.text for each in turns] == [reply.text] * 2  # The same child, the same seed.

    (child,) = children()
    assert "OPENAI_API_KEY" not in child.environ()
    (port,) = {each.laddr for each in child.net_connections() if each.status == psutil.CONN_LISTEN}
    assert port.ip == "127.0.0.1"
    async with httpx.AsyncClient(trust_env=False) as stranger:
        asked = {"messages": [{"role": "user", "content": "hello"}], "max_tokens": 4}
        refused = await stranger.post(f"http://127.0.0.1:{port.port}/v1/chat/completions", json=asked)
    assert refused.status_code == 401

    heard = asyncio.Event()
    long = asyncio.create_task(model.reply(replace(ASK, max_tokens=4000), lambda _text: heard.set()))
    await asyncio.wait_for(heard.wait(), WAIT)
    long.cancel()
    with pytest.raises(asyncio.CancelledError):
        await long
    assert (await asyncio.wait_for(model.reply(ASK), WAIT)).text == reply.text

    child.kill()
    await asyncio.wait_for(_gone(child), WAIT)
    assert (await model.reply(ASK)).text == reply.text  # A new child.

    await model.close()
    assert children() == []


async def test_a_start_that_is_cancelled(model: LocalModel) -> None:
    starting = asyncio.create_task(model.reply(ASK))
    while not children():
        await asyncio.sleep(0.01)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert children() == []


async def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    file = tmp_path / "broken.gguf"
    file.write_bytes(b"GGUF but not really")
    broken = provider(ProviderSettings("local", str(file)))
    with pytest.raises(ProviderError, match=r"broken\.gguf cannot be served: .*; name another GGUF file"):
        await broken.reply(ASK)
    assert children() == []


_OWNER = """
import asyncio, sys
from perfwise_server.rewriting.providers.choosing import provider
from perfwise_server.rewriting.providers.provider import Ask, Message, ProviderSettings

async def main():
    model = provider(ProviderSettings("local", sys.argv[1]))
    await model.reply(Ask((Message("user", "hello"),), max_tokens=1))
    print("replied", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def test_the_child_ends_with_an_owner_that_is_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", _OWNER, str(weights())], stdout=subprocess.PIPE, env=environment, text=True
    ) as owner:
        try:
            assert owner.stdout is not None
            assert owner.stdout.readline() == "replied\n"
            (child,) = below(owner.pid)
        finally:
            owner.kill()
    _, alive = psutil.wait_procs([child], timeout=WAIT)
    assert alive == []


async def _gone(process: psutil.Process) -> None:
    while words_of(process):
        await asyncio.sleep(0.01)
