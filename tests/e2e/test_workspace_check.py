"""Checking the whole workspace: what is found, told, followed and given up."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from perfwise_server.protocol import CHECK_WORKSPACE, CLEAR_WORKSPACE, FIX_HINT, WORKSPACE_HINTS

pytestmark = pytest.mark.usefixtures("own_cache")

SECONDS = 60.0
TOKEN = "check"
CUBIC = """\
def common(orders: list[int], users: list[int], shops: list[int]) -> list[int]:
    found = []
    for order in orders:
        for shop in shops:
            if order + shop in users:
                found.append(order)
    return found
"""
MANY = "\n\n".join(CUBIC.replace("common", f"common_{number}") for number in range(40))
HOT = {"n_cpu_percent_python": 45.0, "n_cpu_percent_c": 0.0, "n_sys_percent": 0.0}
CHEAP = "def least(prices: list[int]) -> int:\n    return sorted(prices)[0]\n"


@pytest.fixture
def own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("PERFWISE_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


async def check(editor, token=None):
    asked = types.ExecuteCommandParams(CHECK_WORKSPACE, work_done_token=token)
    return await asyncio.wait_for(editor.client.workspace_execute_command_async(asked), SECONDS)


def followed(editor):
    """What the server tells of files that changed, as it comes."""
    changes = []

    @editor.client.feature(WORKSPACE_HINTS)
    async def _(change):
        changes.append(change)
        await editor.news()

    return changes


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def places(reply, folder):
    """File, line and code of each hint, in the order of the reply."""
    prefix = folder.as_uri() + "/"
    return [(each["uri"].removeprefix(prefix), each["range"]["start"]["line"], each["code"]) for each in reply["hints"]]


def by_commands(folder):
    """What `perfwise check` finds there."""
    done = subprocess.run(
        [sys.executable, "-m", "perfwise_server.cli", "check", ".", "--format", "json", "--exit-zero", "--no-cache"],
        cwd=folder,
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )
    report = json.loads(done.stdout)
    return {(each["path"], each["line"] - 1, each["code"]) for each in report["findings"]}, report["files"]


async def test_what_the_command_finds_is_found_and_the_costliest_comes_first(start, quadratic, tmp_path):
    folder = write(
        tmp_path / "shop",
        {
            "a_cheap.py": CHEAP,
            "b/orders.py": quadratic,
            "b/cubic.py": CUBIC,
            "ignored/orders.py": quadratic,
            ".venv/orders.py": quadratic,
            ".gitignore": "ignored/\n",
            "excluded/orders.py": quadratic,
            "pyproject.toml": '[tool.perfwise]\nexclude = ["excluded"]\n',
        },
    )
    (folder / "binary.py").write_bytes(b"\0")
    async with start([folder]) as editor:
        first = await check(editor)
        again = await check(editor)
    assert [name for name, _, _ in places(first, folder)] == ["b/cubic.py", "b/orders.py", "a_cheap.py"]
    assert (set(places(first, folder)), first["files"] - 1) == by_commands(folder)
    assert [(Path(each["path"]).name, each["reason"]) for each in first["skipped"]] == [
        ("binary.py", "is a binary file")
    ]
    assert places(again, folder) == places(first, folder)


async def test_every_folder_follows_its_own_project_and_settings(start, quadratic, tmp_path):
    loud, quiet, off = (write(tmp_path / name, {"a.py": quadratic}) for name in ("loud", "quiet", "off"))
    write(quiet, {"pyproject.toml": '[tool.perfwise]\nignore = ["PW101"]\n', "sub/pyproject.toml": "[tool.perfwise\n"})
    async with start([loud, quiet, off]) as editor:
        editor.client.set_configuration({"perfwise": {"enable": False}}, scope_uri=off.as_uri())
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        editor.open((off / "a.py").as_uri(), quadratic)
        await editor.hints((off / "a.py").as_uri(), lambda hints: not hints)
        assert places(await check(editor), loud) == [("a.py", 3, "PW101")]


async def test_a_text_in_the_editor_goes_before_its_file_and_is_followed(start, quadratic, tmp_path):
    folder = write(tmp_path / "shop", {"a.py": quadratic, "b.py": quadratic})
    opened = (folder / "a.py").as_uri()
    async with start([folder], options={"clientCommands": True}) as editor:
        changes = followed(editor)
        editor.open(opened, "import math\n\n" + quadratic)
        await editor.hints(opened, bool)
        assert places(await check(editor), folder) == [("a.py", 5, "PW101"), ("b.py", 3, "PW101")]
        editor.change(opened, "users: list[int]", "users: set[int]")
        editor.change(opened, "import math", "import math  # Not saved.")
        await editor.until(lambda: any(not change.hints for change in changes))
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(opened)))
        await editor.until(lambda: bool(changes[-1].hints))
        (hint,) = changes[-1].hints
        assert (changes[-1].uri, hint.range.start.line, hint.code) == (opened, 3, "PW101")


async def test_progress_is_told_under_the_token_asked_for(start, quadratic, tmp_path):
    folder = write(tmp_path / "shop", {f"m{number}.py": quadratic for number in range(5)})
    async with start([folder]) as editor:
        editor.client.progress_reports[TOKEN] = []
        reply = await check(editor, TOKEN)
        begin, *reports, end = editor.client.progress_reports[TOKEN]
    assert (reply["files"], len(reply["hints"])) == (5, 5)
    assert (begin.kind, begin.cancellable, end.kind) == ("begin", True, "end")
    assert reports[-1].message == "5 of 5 files"
    assert [each.percentage for each in reports] == sorted(each.percentage for each in reports)


@pytest.mark.parametrize("how", ["progress", "request"])
async def test_a_check_that_is_given_up_leaves_no_process_and_the_keys_are_served_meanwhile(
    start, quadratic, tmp_path, how
):
    folder = write(tmp_path / "shop", {f"m{number}.py": MANY for number in range(400)})
    elsewhere = (tmp_path / "b.py").as_uri()
    async with start([folder]) as editor:
        asked = types.ExecuteCommandParams(CHECK_WORKSPACE, work_done_token=TOKEN)
        editor.client.progress_reports[TOKEN] = []
        reply = editor.client.protocol.send_request_async(types.WORKSPACE_EXECUTE_COMMAND, asked, msg_id="check")
        checking = asyncio.ensure_future(reply)
        server = psutil.Process(editor.client._server.pid)
        children = await workers(server)
        editor.open(elsewhere, quadratic)
        assert len(await editor.hints(elsewhere, bool)) == 1
        assert not checking.done()
        if how == "progress":
            editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(TOKEN))
        else:
            editor.client.cancel_request(types.CancelParams("check"))
        with pytest.raises(JsonRpcException) as refused:
            await asyncio.wait_for(checking, SECONDS)
        assert refused.value.code == types.LSPErrorCodes.RequestCancelled
        _, alive = psutil.wait_procs(children, timeout=SECONDS)
        assert alive == []
        assert (await check_of_nothing(editor, folder))["hints"] == []


async def workers(server):
    """The processes below a server, once some of them share the work."""
    deadline = time.monotonic() + SECONDS
    while len(found := server.children(recursive=True)) < 3:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
    return found


async def check_of_nothing(editor, folder):
    for file in folder.glob("*.py"):
        file.unlink()
    return await check(editor)


async def test_without_a_folder_it_says_so(start):
    async with start([]) as editor:
        with pytest.raises(JsonRpcException, match="no folder"):
            await check(editor)


@pytest.mark.parametrize("pulls", [False, True])
async def test_hints_of_closed_files_are_problems_only_where_a_setting_says_so(start, quadratic, tmp_path, pulls):
    folder = write(tmp_path / "shop", {"a.py": quadratic, "b.py": quadratic})
    first, second = ((folder / name).as_uri() for name in ("a.py", "b.py"))

    def shown(uri):
        return len(editor.published[uri].diagnostics) if uri in editor.published else 0

    async with start([folder], pulls=pulls) as editor:
        await check(editor)
        assert editor.published == {}
        editor.client.set_configuration({"workspaceProblems": True}, section="perfwise")
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await editor.until(lambda: shown(first) == shown(second) == 1)
        assert editor.published[first].diagnostics[0].code == "PW101"
        editor.open(first, quadratic)
        await editor.until(lambda: shown(first) == (0 if pulls else 1))
        assert len(await editor.hints(first, bool)) == 1
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(first)))
        await editor.until(lambda: shown(first) == 1)
        await editor.client.workspace_execute_command_async(types.ExecuteCommandParams(CLEAR_WORKSPACE))
        await editor.until(lambda: shown(first) == shown(second) == 0)


async def test_the_fix_of_a_hint_is_made_where_it_stands_now(start, quadratic, tmp_path):
    folder = write(tmp_path / "shop", {"a.py": quadratic})
    uri = (folder / "a.py").as_uri()
    async with start([folder]) as editor:
        (hint,) = (await check(editor))["hints"]
        assert hint["fix"] == "safe"
        editor.open(uri, quadratic)
        for line, expected in ((3, True), (4, False)):
            asked = types.ExecuteCommandParams(FIX_HINT, [uri, hint["code"], line])
            assert await editor.client.workspace_execute_command_async(asked) is expected
        editor.apply(editor.applied[0].edit)
        assert "set(users)" in editor.models[uri].text


async def test_hints_in_a_notebook_name_their_cell(start, tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["Users"], "metadata": {}},
        {"cell_type": "code", "source": ["users = [f'🐍{n}' for n in range(900)]\n", "names = users[::3]"]},
        {"cell_type": "code", "source": ["for name in names:\n", "    print('🐍🐍', name in users)\n"]},
    ]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    folder = write(tmp_path / "shop", {"a.ipynb": notebook})
    async with start([folder]) as editor:
        (hint,) = (await check(editor))["hints"]
    assert (hint["code"], hint["cell"], hint["range"]["start"]) == ("PW101", 1, {"line": 1, "character": 18})


async def test_with_a_profile_the_seconds_come_first(start, quadratic, tmp_path):
    folder = write(tmp_path / "shop", {"a.py": quadratic, "b.py": CUBIC, "c.py": CHEAP})
    lines = [{"lineno": at, "line": text, **HOT} for at, text in enumerate(CHEAP.splitlines(True), 1)]
    profile = {"elapsed_time_sec": 4.0, "files": {str(folder / "c.py"): {"lines": lines, "functions": []}}}
    write(folder, {"profile.json": json.dumps(profile)})
    async with start([folder], settings={"profile": "profile.json"}) as editor:
        reply = await check(editor)
    assert [name for name, _, _ in places(reply, folder)] == ["c.py", "b.py", "a.py"]
    assert reply["hints"][0]["rank"][0] > 1
