"""Fixes that are verified before they are made, and growth measured, over the protocol."""

from __future__ import annotations

import ast
import asyncio
import re
import subprocess
import sys
import time

import psutil
import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from perfwise_server.protocol import ANSWER_QUESTION, COMPARE_GROWTH, MEASURE_GROWTH, VERIFY_FIX
from tests.living import below

pytestmark = pytest.mark.usefixtures("own_cache")

SECONDS = 120.0
TOKEN = "verify"
MEMBERSHIP = """\
LIMIT = 10_000


def is_known(order: int) -> bool:
    return order < LIMIT


def common(orders: list, users: list) -> list:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found if is_known(len(found)) else []


def other() -> int:
    return 1
"""
CHEAPEST = """\
def cheapest(offers: list[tuple[int, int]]) -> tuple[int, int]:
    ranked = sorted(offers, key=lambda offer: offer[1])
    return ranked[0]
"""
GUESSED = """\
def common(orders, users):
    known = list(users)
    return [order for order in orders if order in known]
"""
ENDLESS = """\
def common(orders: list, users: list) -> list:
    while True:
        for order in orders:
            if order in users:
                print(order)
"""


@pytest.fixture
def own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("PERFWISE_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path_factory.mktemp("data")))


def executed(editor, command, *arguments, token=None, msg_id=None):
    asked = types.ExecuteCommandParams(command, list(arguments), work_done_token=token)
    reply = editor.client.protocol.send_request_async(types.WORKSPACE_EXECUTE_COMMAND, asked, msg_id=msg_id)
    return asyncio.ensure_future(asyncio.wait_for(reply, SECONDS))


async def offered(editor, uri):
    """The command of the action that verifies the one fix of a file."""
    (hint,) = await editor.hints(uri, bool)
    context = types.CodeActionContext([], ["quickfix"])
    asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), hint.range, context)
    actions = await editor.client.text_document_code_action_async(asked)
    (action,) = [each for each in actions if each.title.startswith("Verify and apply: ")]
    # The client's library takes an action with a command for a command, whose name is then the text of the real one.
    command = ast.literal_eval(action.command)
    return command["command"], *command["arguments"]


async def verified(editor, uri):
    return await executed(editor, *await offered(editor, uri))


def told(editor):
    return [each.message for each in editor.client.messages]


async def until(holds):
    deadline = time.monotonic() + SECONDS
    while not (found := holds()):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
    return found


def workers(editor):
    """The processes that run a user's code for a server."""
    return below(editor.client._server.pid, having="perfwise_worker")


@pytest.mark.timing
async def test_what_is_proved_is_applied_whatever_is_typed_elsewhere(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path]) as editor:
        editor.client.progress_reports[TOKEN] = []
        editor.open(uri, MEMBERSHIP)
        command = await offered(editor, uri)
        reply = executed(editor, *command, token=TOKEN)
        await until(lambda: len(editor.client.progress_reports[TOKEN]) > 1)
        editor.change(uri, "return 1", "return (")
        found = await reply
        (applied,) = editor.applied
        editor.apply(applied.edit)
        begin, *reports, end = editor.client.progress_reports[TOKEN]
        assert await editor.hints(uri, lambda hints: not hints) == []
        assert told(editor) == [found["message"]]
        line = editor.models[uri].text[: editor.models[uri].text.index("common")].count("\n")
        over = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, 5))
        hover = await editor.client.text_document_hover_async(over)
    assert (found["verdict"], found["applied"]) == ("proved", True)
    assert re.search(
        r"- Verified (to|yester)day: no difference in \d+ inputs, .* as fast as before", hover.contents.value
    )
    assert "set(users)" in editor.models[uri].text
    assert found["message"].startswith("No difference in ")
    assert "times as fast" in found["message"]
    assert "| Inputs tried |" in found["evidence"]
    assert (begin.kind, begin.cancellable, begin.percentage, end.kind) == ("begin", True, None, "end")
    assert "timing" in [each.message for each in reports]


@pytest.mark.parametrize(
    ("old", "new"),
    [("found.append(order)", "found.append(order + 1)"), ("LIMIT = 10_000", "LIMIT = 10")],
    ids=["the function", "what it depends on"],
)
async def test_what_was_found_of_a_text_that_changed_is_refused(start, tmp_path, old, new):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path]) as editor:
        editor.open(uri, MEMBERSHIP)
        reply = verified(editor, uri)
        checking = asyncio.ensure_future(reply)
        await until(lambda: workers(editor))
        editor.change(uri, old, new)
        with pytest.raises(JsonRpcException, match="no longer holds"):
            await checking
        assert editor.applied == []


async def test_what_differs_is_refused_and_can_be_seen_again(start, tmp_path):
    file = tmp_path / "shop.py"
    file.write_text(CHEAPEST)
    async with start([tmp_path]) as editor:
        editor.open(file.as_uri(), CHEAPEST)
        found = await verified(editor, file.as_uri())
        assert (editor.applied, told(editor)) == ([], [found["message"]])
    assert (found["verdict"], found["applied"]) == ("different", False)
    assert found["message"].startswith("Not applied: cheapest([]) raises IndexError before and raises ValueError after")
    assert found["before"].startswith("# cheapest([])\n# raises IndexError\n\ndef cheapest(")
    assert found["after"].startswith("# cheapest([])\n# raises ValueError\n\ndef cheapest(")
    assert "sorted" in found["before"]
    assert "min" in found["after"]
    (command,) = [line for line in found["evidence"].splitlines() if line.startswith("perfwise verify ")]
    again = command.replace("perfwise", f"{sys.executable} -m perfwise_server.cli", 1)
    done = subprocess.run(again, shell=True, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.returncode, done.stdout.partition(":")[0]) == (1, "different")
    assert "def test_cheapest_keeps_its_exception_type():" in found["evidence"]


@pytest.mark.parametrize("how", ["progress", "request"])
async def test_it_can_be_given_up_and_leaves_no_process(start, tmp_path, how):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path]) as editor:
        editor.client.progress_reports[TOKEN] = []
        editor.open(uri, ENDLESS)
        command = await offered(editor, uri)
        reply = executed(editor, *command, token=TOKEN, msg_id="verify")
        running = await until(lambda: workers(editor))
        if how == "progress":
            editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(TOKEN))
        else:
            editor.client.cancel_request(types.CancelParams("verify"))
        with pytest.raises(JsonRpcException) as refused:
            await reply
        assert refused.value.code == types.LSPErrorCodes.RequestCancelled
        assert psutil.wait_procs(running, timeout=SECONDS)[1] == []
        assert editor.applied == []
        assert editor.models[uri].text == ENDLESS


async def test_nothing_of_a_workspace_that_is_not_trusted_is_run(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path], options={"trusted": False}) as editor:
        editor.open(uri, CHEAPEST)
        (hint,) = await editor.hints(uri, bool)
        titles = [each.title for each in await editor.actions(uri, hint.range)]
        assert not any(title.startswith("Verify") for title in titles)
        assert any(title.endswith("(not checked)") for title in titles)
        for command, argument in ((VERIFY_FIX, "any key"), (MEASURE_GROWTH, 1)):
            with pytest.raises(JsonRpcException, match="trusted"):
                await executed(editor, command, uri, argument)


async def test_a_python_that_cannot_be_started_is_told_with_the_setting(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    missing = str(tmp_path / "no python")
    async with start([tmp_path], settings={"interpreter": missing}) as editor:
        editor.open(uri, CHEAPEST)
        found = await verified(editor, uri)
        with pytest.raises(JsonRpcException, match=r"no python.* perfwise\.interpreter"):
            await executed(editor, MEASURE_GROWTH, uri, 1)
    assert (found["verdict"], found["applied"]) == ("undecided", False)
    assert missing in found["message"]
    assert "perfwise.interpreter" in found["message"]


async def test_the_python_that_the_client_names_goes_before_the_setting(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path], settings={"interpreter": str(tmp_path / "no python")}) as editor:
        editor.open(uri, CHEAPEST)
        command = await offered(editor, uri)
        found = await executed(editor, *command, sys.executable)
    assert found["verdict"] == "different"


@pytest.mark.timing
async def test_growth_is_measured_beside_the_cost_of_the_source(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path]) as editor:
        editor.open(uri, MEMBERSHIP)
        line = MEMBERSHIP[: MEMBERSHIP.index("found.append")].count("\n")
        found = await executed(editor, MEASURE_GROWTH, uri, line)
        with pytest.raises(JsonRpcException, match="no function"):
            await executed(editor, MEASURE_GROWTH, uri, 0)
        editor.change(uri, "return 1", "return (")
        with pytest.raises(JsonRpcException, match="does not parse"):
            await executed(editor, MEASURE_GROWTH, uri, "common")
    assert found["function"] == "common"
    assert found["call"].startswith("common(")
    (curve,) = found["curves"]
    assert curve["measured"] in ("O(n^2)", "unknown")
    assert {"len(orders)", "len(users)"} == set(curve["written"][2:-1].split(" * "))
    assert curve["written"] in found["summary"]
    sizes = [point["n"] for point in curve["points"]]
    assert len(sizes) >= 5
    assert sizes == sorted(set(sizes))
    assert all(point["seconds"] > 0 and point["shown"].endswith("s") for point in curve["points"])


@pytest.mark.timing
async def test_both_versions_of_a_verified_fix_are_measured(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path]) as editor:
        editor.open(uri, MEMBERSHIP)
        with pytest.raises(JsonRpcException, match="No fix was verified yet"):
            await executed(editor, COMPARE_GROWTH)
        applied = await verified(editor, uri)
        found = await executed(editor, COMPARE_GROWTH)
    assert applied["question"] == ""
    before, after = found["curves"]
    assert [each["version"] for each in found["curves"]] == ["before", "after"]
    assert [point["n"] for point in before["points"]] == [point["n"] for point in after["points"]]
    assert before["points"][-1]["seconds"] > after["points"][-1]["seconds"]
    assert found["compared"] in found["summary"]


async def test_an_answer_is_heeded_until_it_is_taken_back(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path], options={"clientCommands": True}) as editor:
        editor.open(uri, GUESSED)
        _, *where = await offered(editor, uri)
        command = (VERIFY_FIX, *where)
        asked = await executed(editor, *command)
        assert asked["verdict"] == "undecided"
        assert "unhashable" in asked["question"]
        await executed(editor, ANSWER_QUESTION, uri, "common", asked["question"], True)
        refused = await executed(editor, *command)
        assert (refused["verdict"], refused["question"]) == ("different", "")
        assert refused["assumed"][0].endswith("may hold unhashable values, such as lists")
        await executed(editor, ANSWER_QUESTION, uri, "common", "", None)
        assert (await executed(editor, *command))["question"] == asked["question"]


async def test_a_client_without_our_commands_asks_the_question(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    asked = []
    async with start([tmp_path]) as editor:

        @editor.client.feature(types.WINDOW_SHOW_MESSAGE_REQUEST)
        def _(request):
            asked.append(request)
            return request.actions[0]

        editor.open(uri, GUESSED)
        found = await verified(editor, uri)
    (request,) = asked
    assert [each.title for each in request.actions] == ["Yes", "No"]
    assert "unhashable" in request.message
    assert (found["verdict"], found["question"]) == ("different", "")
