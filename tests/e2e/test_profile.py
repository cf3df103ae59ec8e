"""A profile in the editor: hints on hot lines say their seconds, which move with the lines."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from lsprotocol import types

from perfwise_server.protocol import CHECK_WORKSPACE
from tests.e2e.conftest import capabilities_of

PROFILES = Path(__file__).resolve().parents[1] / "profiles"
TOP = types.Range(types.Position(0, 0), types.Position(0, 0))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    for name in ("report.py", "report.json"):
        shutil.copy(PROFILES / name, tmp_path)
    return tmp_path / "report.py"


def hot(hints: list[types.Diagnostic]) -> list[tuple[object, int, str]]:
    return [
        (hint.code, hint.range.start.line + 1, hint.message.partition(" in the profile: ")[0])
        for hint in hints
        if " in the profile: " in hint.message
    ]


def is_hot(hints: list[types.Diagnostic]) -> bool:
    return bool(hot(hints))


def is_cold(hints: list[types.Diagnostic]) -> bool:
    return bool(hints) and not is_hot(hints)


async def test_seconds_move_with_their_lines_and_leave_those_that_change(start, report, tmp_path):
    async with start([tmp_path], settings={"profile": "report.json"}) as editor:
        uri = report.as_uri()
        editor.open(uri, report.read_text())
        expected = [("PW101", 11, "up to 1.1 s"), ("PW101", 19, "0.4 s"), ("PW410", 26, "0.31 s")]
        assert hot(await editor.hints(uri, is_hot)) == expected
        editor.edit(uri, [types.TextEdit(TOP, "# One more line.\n")])
        assert hot(await editor.hints(uri, is_hot)) == [(code, line + 1, told) for code, line, told in expected]
        editor.change(uri, "count += order not in users", "count += order not in users  # Counts.")
        moved = hot(await editor.hints(uri, lambda hints: len(hot(hints)) == 2))
        assert moved == [("PW101", 12, "up to 1.1 s"), ("PW410", 27, "0.31 s")]
        editor.change(uri, "total += number**0.5", "total += 1 + number**0.5")
        hints = await editor.hints(uri, lambda hints: len(hot(hints)) == 1)
        assert [hint.code for hint in hints] == ["PW101", "PW101"]


@pytest.mark.parametrize("anywhere", [False, True], ids=["in a folder", "by name"])
async def test_the_profile_is_watched_and_read_again(start, report, tmp_path, anywhere):
    capabilities = capabilities_of(pulls=True)
    watched = capabilities.workspace.did_change_watched_files
    watched.relative_pattern_support = not anywhere
    (tmp_path / "report.json").rename(tmp_path / "kept.json")
    async with start([tmp_path], pulls=True, capabilities=capabilities) as editor:
        uri = report.as_uri()
        editor.open(uri, report.read_text())
        await editor.hints(uri, is_cold)
        editor.client.set_configuration({"profile": "report.json"}, section="perfwise")
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await editor.until(lambda: "perfwise-profiles" in editor.registered)
        (watcher,) = editor.registered["perfwise-profiles"]["watchers"]
        pattern = "**/report.json" if anywhere else {"baseUri": tmp_path.as_uri(), "pattern": "report.json"}
        assert watcher["globPattern"] == pattern
        content = json.loads((tmp_path / "kept.json").read_text())
        for elapsed, told in ((content["elapsed_time_sec"], "0.4 s"), (content["elapsed_time_sec"] * 10, "4 s")):
            (tmp_path / "report.json").write_text(json.dumps({**content, "elapsed_time_sec": elapsed}))
            event = types.FileEvent((tmp_path / "report.json").as_uri(), types.FileChangeType.Changed)
            editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
            found = await editor.hints(uri, lambda hints, told=told: ("PW101", 19, told) in hot(hints))
            assert len(hot(found)) == 3
        editor.client.set_configuration({}, section="perfwise")
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await editor.hints(uri, is_cold)
        await editor.until(lambda: "perfwise-profiles" not in editor.registered)


@pytest.mark.parametrize("content", [None, "{}", "[1"])
async def test_hints_stay_when_the_profile_cannot_be_read(start, report, tmp_path, content):
    if content is not None:
        (tmp_path / "none.json").write_text(content)
    async with start([tmp_path], settings={"profile": "none.json"}) as editor:
        editor.open(report.as_uri(), report.read_text())
        await editor.hints(report.as_uri(), is_cold)


async def test_a_check_of_the_workspace_takes_the_profile_of_the_folder(start, report, tmp_path, monkeypatch):
    monkeypatch.setenv("PERFWISE_CACHE_DIR", str(tmp_path / "cache"))
    async with start([tmp_path], settings={"profile": "report.json"}) as editor:
        await editor.until(lambda: "perfwise-profiles" in editor.registered)
        asked = types.ExecuteCommandParams(CHECK_WORKSPACE)
        reply = await asyncio.wait_for(editor.client.workspace_execute_command_async(asked), 60)
        found = [(each["code"], each["range"]["start"]["line"] + 1, each["message"][:10]) for each in reply["hints"]]
        assert {each["uri"] for each in reply["hints"]} == {report.as_uri()}
        assert found == [("PW101", 11, "up to 1.1 "), ("PW101", 19, "0.4 s in t"), ("PW410", 26, "0.31 s in ")]
