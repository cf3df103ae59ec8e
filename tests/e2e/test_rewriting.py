"""Faster versions suggested over the protocol, by the rules and by a model that replies what a script says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from perfwise_server.protocol import (
    ACCEPT_REWRITE,
    AGREE_TO_MODEL,
    KEY,
    MODEL,
    MODEL_PLAN,
    MODELS,
    REVOKE_MODEL,
    REWRITE_TEXT,
    REWRITES,
    SUGGEST,
)
from tests.rewriting.endpoint import Endpoint, Silence, Text

SECONDS = 240.0
COMMON = """\
def common(orders: list[int], users: list[int]) -> list[int]:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found
"""
MODULE = f'''\
"""A shop."""

API_KEY = "sk-live-0123456789abcdefghij"


{COMMON}

def  other( ):
    return 1
'''
FAST = """\
A set is looked up instead.
```python
from itertools import compress


def common(orders: list[int], users: list[int]) -> list[int]:
    known = set(users)
    return list(compress(orders, map(known.__contains__, orders)))
```
"""
WRONG = """\
```python
def common(orders: list[int], users: list[int]) -> list[int]:
    return sorted(set(orders) & set(users))
```
"""
CLOSEST = """\
def closest(values: list[int]) -> int:
    best = 1_000_000
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            best = min(best, abs(values[i] - values[j]))
    return best
"""
FORGETFUL = """\
```python
def closest(values: list[int]) -> int:
    ordered = sorted(set(values))
    return min((after - before for before, after in zip(ordered, ordered[1:])), default=1_000_000)
```
"""


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setenv("PERFWISE_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    for name in ("PERFWISE_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def executed(editor, command, *arguments, token=None):
    asked = types.ExecuteCommandParams(command, list(arguments), work_done_token=token)
    return asyncio.wait_for(editor.client.workspace_execute_command_async(asked), SECONDS)


def listened(editor) -> list[Any]:
    """Whatever is told of rewrites."""
    told: list[Any] = []
    editor.client.feature(REWRITES)(lambda news: told.append(news))
    return told


def answers(editor, method: str, answer: Callable[[Any], Any]) -> list[Any]:
    asked: list[Any] = []

    @editor.client.feature(method)
    async def _(params):
        asked.append(params)
        return await answer(params)

    return asked


async def no_key(_params):
    return {"key": ""}


async def until(holds):
    async with asyncio.timeout(SECONDS):
        while not (found := holds()):
            await asyncio.sleep(0.05)
    return found


def in_turn(*replies: str) -> Callable[[Any], str]:
    """To requests for code; there are ideas for who asks for those."""
    left = [*replies]
    ideas = "1. Look up the users in a set that is made once.\n2. Sort both and go through them side by side."
    return lambda asked: ideas if "No code." in asked.prompt else left.pop(0) if len(left) > 1 else left[0]


def model_of(endpoint: Endpoint, effort: str = "quick") -> dict[str, Any]:
    """The most effort has the most time to examine, for tests of what passes."""
    return {"model": {"provider": "openai", "baseUrl": endpoint.base_url, "name": "scripted", "effort": effort}}


def ours(settings: dict[str, Any] | None = None, trusted: bool = True) -> dict[str, Any]:
    """What the extension says of itself, and the settings, which would come later otherwise."""
    client = {"keys": True, "models": True}
    return {"clientCommands": True, "client": client, "trusted": trusted, "settings": settings or {}}


async def agreed(editor, uri: str, function: str = "closest") -> Any:
    plan = await executed(editor, MODEL_PLAN, uri, {"place": function, "model": True})
    assert await executed(editor, AGREE_TO_MODEL, uri, plan["provider"], plan["where"])
    return plan


@pytest.mark.timing
async def test_what_was_agreed_to_is_sent_and_what_passed_is_accepted_in_the_text_as_it_is_then(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    with Endpoint(in_turn(WRONG, FAST)) as endpoint:
        settings = model_of(endpoint, "thorough")
        async with start([tmp_path], options=ours(settings), settings=settings) as editor:
            told = listened(editor)
            keys = answers(editor, KEY, no_key)
            editor.open(uri, MODULE)
            plan = await agreed(editor, uri, "common")
            reply = asyncio.ensure_future(executed(editor, SUGGEST, uri, {"place": 8, "model": True}, ""))
            await until(lambda: endpoint.asked)
            editor.change(uri, '"""A shop."""\n', '"""A shop."""\n\nimport os\n')
            editor.change(uri, "return 1", "return (")
            found = await reply
            assert (found["function"], found["running"], found["asked"], found["problem"]) == (
                "common",
                False,
                True,
                "",
            )
            best, *_ = [each for each in found["offered"] if "by scripted" in each["title"]]
            assert all(f"| {name} |" in best["evidence"] for name in ("Inputs tried", "Tokens", "Lines of change"))
            assert "different: " in best["evidence"]
            assert "times as fast" in best["title"]
            assert [news.running for news in told[-2:]] == [True, False]
            assert plan["prompt"].split("[user]")[1].strip() in "\n".join(each.prompt for each in endpoint.asked)
            assert keys[0].where == plan["where"]

            editor.change(uri, "found = []", "found = list()")
            assert (await executed(editor, REWRITE_TEXT, found["id"], best["key"]))["stale"]
            with pytest.raises(JsonRpcException, match="no longer holds"):
                await executed(editor, ACCEPT_REWRITE, found["id"], best["key"])
            assert editor.applied == []
            editor.change(uri, "found = list()", "found = []")
            shown = await executed(editor, REWRITE_TEXT, found["id"], best["key"])
            await executed(editor, ACCEPT_REWRITE, found["id"], best["key"])
            (applied,) = editor.applied
            editor.apply(applied.edit)
            after = editor.models[uri].text
            assert (shown["text"], shown["stale"]) == (after, False)
            for kept in (
                "import os\n",
                "from itertools import compress\n",
                "compress(orders",
                "def  other( ):\n    return (\n",
            ):
                assert kept in after
            assert "found.append" not in after


async def test_nothing_is_sent_before_the_user_agrees_and_what_would_be_is_shown(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    text = (
        CLOSEST.replace("    best = 1", "    assert API_KEY\n    best = 1")
        + '\n\nAPI_KEY = "sk-live-0123456789abcdefghij"\n'
    )
    with Endpoint([FORGETFUL]) as endpoint:
        async with start([tmp_path], options=ours(model_of(endpoint)), settings=model_of(endpoint)) as editor:
            listened(editor)
            answers(editor, KEY, no_key)
            editor.open(uri, text)
            plan = await executed(editor, MODEL_PLAN, uri, {"place": "closest", "model": True})
            refused = await executed(editor, SUGGEST, uri, {"place": "closest", "model": True}, "")
            assert endpoint.asked == []
            assert (plan["agreed"], refused["asked"], plan["problem"]) == (False, False, "")
            assert "def closest(" in plan["prompt"]
            assert "API_KEY = " in plan["prompt"]
            assert "sk-live" not in plan["prompt"]
            assert plan["where"] in endpoint.base_url
            assert plan["price"].startswith("free")
            assert await executed(editor, AGREE_TO_MODEL, uri, plan["provider"], "elsewhere") is False
            await agreed(editor, uri)
            plan_then = await executed(editor, MODEL_PLAN, uri, {"place": "closest", "model": True})
            assert (plan_then["agreed"], plan_then["prompt"]) == (True, "")
            listed = await executed(editor, MODELS)
            assert [each["where"] for each in listed["consents"]] == [plan["where"]]
            assert await executed(editor, REVOKE_MODEL, plan["where"]) == 1
            assert (await executed(editor, MODELS))["consents"] == []


async def test_nothing_passed_is_said_with_the_nearest_miss(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    with Endpoint([FORGETFUL]) as endpoint:
        async with start([tmp_path], options=ours(model_of(endpoint)), settings=model_of(endpoint)) as editor:
            listened(editor)
            answers(editor, KEY, no_key)
            editor.open(uri, CLOSEST)
            await agreed(editor, uri)
            asked = {"place": "closest", "model": True, "hint": "the values are always sorted"}
            found = await executed(editor, SUGGEST, uri, asked, "")
    assert found["offered"] == []
    assert "The nearest: closest(" in found["message"]
    assert "# closest: nothing passed" in found["evidence"]
    assert "## The difference" in found["evidence"]
    assert "the values are always sorted" in endpoint.asked[0].prompt


async def test_a_reply_without_code_is_told_of_without_any(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    with Endpoint(["I know nothing of it."]) as endpoint:
        async with start([tmp_path], options=ours(model_of(endpoint)), settings=model_of(endpoint)) as editor:
            listened(editor)
            answers(editor, KEY, no_key)
            editor.open(uri, CLOSEST)
            await agreed(editor, uri)
            found = await executed(editor, SUGGEST, uri, {"place": "closest", "model": True}, "")
    assert "has no code in it" in found["evidence"]
    assert "```" not in found["evidence"]


async def test_it_is_cancelled_while_a_model_thinks_and_the_request_ends(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    with Endpoint([Silence()]) as endpoint:
        async with start([tmp_path], options=ours(model_of(endpoint)), settings=model_of(endpoint)) as editor:
            listened(editor)
            answers(editor, KEY, no_key)
            editor.client.progress_reports["suggest"] = []
            editor.open(uri, CLOSEST)
            await agreed(editor, uri)
            asked = {"place": "closest", "model": True}
            reply = asyncio.ensure_future(executed(editor, SUGGEST, uri, asked, "", token="suggest"))
            await until(lambda: endpoint.asked)
            editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams("suggest"))
            with pytest.raises(JsonRpcException, match="cancelled"):
                await reply
            await until(endpoint.left.is_set)
            assert editor.applied == []


@pytest.mark.timing
async def test_what_passed_before_it_was_cancelled_is_offered_and_nothing_runs_any_more(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    with Endpoint([Silence()]) as endpoint:
        settings = model_of(endpoint, "thorough")
        async with start([tmp_path], options=ours(settings), settings=settings) as editor:
            told = listened(editor)
            answers(editor, KEY, no_key)
            editor.client.progress_reports["suggest"] = []
            editor.open(uri, COMMON)
            await agreed(editor, uri, "common")
            asked = {"place": "common", "model": True}
            reply = asyncio.ensure_future(executed(editor, SUGGEST, uri, asked, "", token="suggest"))
            await until(lambda: told and told[-1].offered)
            assert told[-1].running
            editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams("suggest"))
            with pytest.raises(JsonRpcException, match="cancelled"):
                await reply
            news = await until(lambda: [each for each in told if not each.running])
            assert (len(news), len(news[0].offered)) == (1, 1)
            assert "still thinks" not in news[0].message
            await executed(editor, ACCEPT_REWRITE, news[0].id, news[0].offered[0].key)
            assert len(editor.applied) == 1


async def test_the_editors_own_model_is_asked_through_the_client(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()

    async def answer(_params):
        return {"text": FORGETFUL, "model": "Theirs", "inputTokens": 10, "outputTokens": 20, "error": ""}

    settings = {"model": {"provider": "editor", "effort": "quick"}}
    async with start([tmp_path], options=ours(settings), settings=settings) as editor:
        listened(editor)
        asked = answers(editor, MODEL, answer)
        editor.open(uri, CLOSEST)
        plan = await agreed(editor, uri)
        found = await executed(editor, SUGGEST, uri, {"place": "closest", "model": True}, "")
    assert plan["where"] == "the editor"
    assert (found["asked"], found["refused"]) == (True, 1)
    assert "by Theirs" in found["evidence"]
    assert asked[0].messages[0].role == "system"


async def test_what_the_editors_model_says_is_wrong_is_told(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()

    async def answer(_params):
        return {"text": "", "model": "", "inputTokens": None, "outputTokens": None, "error": "the quota is used up"}

    settings = {"model": {"provider": "editor", "effort": "quick"}}
    async with start([tmp_path], options=ours(settings), settings=settings) as editor:
        listened(editor)
        answers(editor, MODEL, answer)
        editor.open(uri, CLOSEST)
        await agreed(editor, uri)
        found = await executed(editor, SUGGEST, uri, {"place": "closest", "model": True}, "")
    assert found["problem"] == "The model was not of use: the quota is used up."


@pytest.mark.timing
async def test_another_editor_is_asked_and_told_by_messages(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    with Endpoint([Text(FAST)]) as endpoint:
        settings = model_of(endpoint, "thorough")
        async with start([tmp_path], options={"settings": settings}, settings=settings) as editor:
            listened(editor)
            questions = answers(editor, types.WINDOW_SHOW_MESSAGE_REQUEST, first_choice)
            editor.open(uri, COMMON)
            (hint,) = list(await editor.hints(uri, bool))[:1]
            assert "Suggest a faster version of common" in await titles(editor, uri, hint.range)
            found = await executed(editor, SUGGEST, uri, {"place": "common"})
            assert [each.message.partition(" ")[0] for each in questions] == ["Send", "common:"]
            (applied,) = editor.applied
    assert found["asked"]
    assert "(users)" in str(applied.edit)


async def titles(editor, uri: str, place: types.Range) -> list[str]:
    context = types.CodeActionContext([], ["quickfix"])
    asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
    return [each.title for each in await editor.client.text_document_code_action_async(asked) or ()]


async def first_choice(params):
    return params.actions[0]


async def test_nothing_of_a_workspace_that_is_not_trusted_is_run_or_sent(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    with Endpoint([FAST]) as endpoint:
        options = ours(model_of(endpoint), trusted=False)
        async with start([tmp_path], options=options, settings=model_of(endpoint)) as editor:
            editor.open(uri, MODULE)
            (hint,) = await editor.hints(uri, bool)
            assert not any(title.startswith("Suggest") for title in await titles(editor, uri, hint.range))
            for command in (SUGGEST, MODEL_PLAN):
                with pytest.raises(JsonRpcException, match="trusted"):
                    await executed(editor, command, uri, {"place": "common", "model": True}, "")
    assert endpoint.asked == []
