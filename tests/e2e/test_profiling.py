"""Profiles over the protocol, with the real Scalene: from what drives one to heat that follows the edits, a comparison
and exports; and what is kept, opened, refused and cancelled."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from perfwise_server.evidence.profiles import Profiles
from perfwise_server.evidence.store import Store
from perfwise_server.protocol import (
    CHECK_CALL,
    CHECK_WORKSPACE,
    CLEAR_PROFILE,
    COMPARE_PROFILES,
    COMPLETE_CALL,
    EXPORT_PROFILE,
    HEAT,
    OPEN_PROFILE,
    PROFILE,
    PROFILE_DRIVERS,
    PROFILES,
    SHOW_PROFILE,
)
from tests.living import below
from tests.reports import REPORT

SECONDS = 60.0
TOKEN = "profile"
RECORDED = Path(__file__).resolve().parents[1] / "profiles"
SHOP = """\
STEP = 40


def price(count: int) -> int:
    total = 0
    for number in range(count):
        total += sum(range(20 * STEP))
        total += sum(range(STEP))
    return total


def other() -> int:
    return 1
"""
COSTLY = "        total += sum(range(20 * STEP))"
FIXED = "        total += 10 * STEP * (20 * STEP - 1)"
ENDLESS = """\
def forever(start: int) -> int:
    while True:
        start += 1
"""
TEST = """\
from shop import price


def test_price():
    assert price(300) > 0
"""


@pytest.fixture(autouse=True)
def own_evidence(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path_factory.mktemp("data")))


@asynccontextmanager
async def heated(start, folder, **options):
    """An editor that shows heat, and the notifications that it gets."""
    found = []
    async with start([folder], options={"client": {"heat": True}}, **options) as editor:

        @editor.client.feature(HEAT)
        async def _(params):
            found.append(params)
            await editor.news()

        yield editor, found


def executed(editor, command, *arguments, token=None, msg_id=None):
    asked = types.ExecuteCommandParams(command, list(arguments), work_done_token=token)
    reply = editor.client.protocol.send_request_async(types.WORKSPACE_EXECUTE_COMMAND, asked, msg_id=msg_id)
    return asyncio.ensure_future(asyncio.wait_for(reply, SECONDS))


def call_of(text, function="price", seconds=2.0):
    """Two seconds hold enough samples on a busy machine, too."""
    driver = {"kind": "call", "value": text, "label": f"call {text}", "detail": ""}
    return {"what": "function", "place": function, "driver": driver, "seconds": seconds}


def texts_of(heat, text):
    """The heated lines of a text, and whether they are said to have changed."""
    lines = text.splitlines()
    return {lines[each.line]: each.changed for each in heat.lines}


def processes(editor):
    """Those that profile for a server."""
    found = below(editor.client._server.pid, having="perfwise_server.background", recursive=False)
    return [each for one in found for each in (one, *below(one.pid))]


async def until(holds):
    deadline = time.monotonic() + SECONDS
    while not (found := holds()):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
    return found


def randomly_edited(editor, uri, chance):
    """Inserts, deletes and types anywhere in the text."""
    text = editor.models[uri].text
    lines = text.splitlines()
    at = chance.randrange(len(lines))
    kind = chance.choice(("above", "above", "type", "delete", "split"))
    start, end, new = types.Position(at, 0), types.Position(at, 0), f"# {chance.random()}\n"
    if kind == "type":
        start = end = types.Position(at, chance.randint(0, len(lines[at])))
        new = chance.choice("xyz ")
    elif kind == "delete" and lines[at].startswith("#"):
        end, new = types.Position(at + 1, 0), ""
    elif kind == "split":
        start = end = types.Position(at, len(lines[at]))
        new = "\n"
    editor.edit(uri, [types.TextEdit(types.Range(start, end), new)])


async def test_from_drivers_to_a_comparison_and_exports(start, tmp_path):
    file = tmp_path / "shop.py"
    file.write_text(SHOP)
    (tmp_path / "test_shop.py").write_text(TEST)
    uri = file.as_uri()
    async with heated(start, tmp_path) as (editor, heats):
        editor.client.progress_reports[TOKEN] = []
        editor.open(uri, SHOP)
        line = SHOP[: SHOP.index(COSTLY)].count("\n")
        proposed = await executed(editor, PROFILE_DRIVERS, uri, line, "function", sys.executable)
        assert (proposed["function"], proposed["last"]) == ("price", None)
        assert [each["kind"] for each in proposed["drivers"]] == ["test", "inputs", "script"]
        assert proposed["drivers"][0]["value"] == "test_shop.py::test_price"
        assert (proposed["profiler"]["kind"], proposed["profiler"]["install"]) == ("installed", [])

        first = await executed(editor, PROFILE, uri, call_of("price(300)"), sys.executable, token=TOKEN)
        assert (first["function"], first["driver"], first["cancelled"]) == ("price", "call price(300)", False)
        assert first["shown"] == [uri]
        hottest = max(first["lines"], key=lambda each: each["share"])
        assert (hottest["text"], hottest["line"]) == (COSTLY, line)
        assert hottest["share"] > 0.5
        begin, *reports, end = editor.client.progress_reports[TOKEN]
        assert (begin.kind, begin.cancellable, end.kind) == ("begin", True, "end")
        assert any(" s, " in each.message and " samples" in each.message for each in reports)

        await until(lambda: heats)
        shown = heats[-1]
        assert (shown.uri, shown.version, shown.id) == (uri, 1, first["id"])
        assert shown.title == first["title"]
        assert [each.level for each in shown.lines if each.line == line] == [5]
        heats.clear()

        chance = random.Random(5)
        texts = {}
        for _ in range(100):
            randomly_edited(editor, uri, chance)
            texts[editor.models[uri].version] = editor.models[uri].text
            if chance.random() < 0.3:
                await executed(editor, CHECK_CALL, uri, "price(1)")
        top = types.Range(types.Position(0, 0), types.Position(0, 0))
        editor.edit(uri, [types.TextEdit(top, "# The last edit.\n")])
        text = texts[editor.models[uri].version] = editor.models[uri].text
        await until(lambda: heats and heats[-1].version == editor.models[uri].version)
        profiled = {each["text"] for each in first["lines"] if each["share"] >= 0.01}
        for heat in heats:
            unchanged = {line for line, changed in texts_of(heat, texts[heat.version]).items() if not changed}
            assert unchanged <= profiled
        assert {line for line, changed in texts_of(heats[-1], text).items() if not changed} == {
            line for line in profiled if line in map(str.rstrip, text.splitlines())
        }

        whole = types.Range(types.Position(0, 0), types.Position(text.count("\n"), 0))
        fixed = SHOP.replace(COSTLY, FIXED)
        editor.edit(uri, [types.TextEdit(whole, fixed)])
        await until(lambda: heats[-1].version == editor.models[uri].version)
        assert texts_of(heats[-1], fixed)[FIXED] is True
        second = await executed(editor, PROFILE, uri, call_of("price(300)"), sys.executable)
        compared = await executed(editor, COMPARE_PROFILES, second["id"])
        assert compared["speedup"] > 1.5
        assert "times as fast" in compared["message"]
        assert (compared["before"]["id"], compared["after"]["id"]) == (first["id"], second["id"])
        rows = {each["text"]: (each["before"], each["after"]) for each in compared["lines"]}
        assert (rows[COSTLY], rows[FIXED]) == ((line, None), (None, line))
        assert rows["    return total"] == (8, 8)
        kept = await executed(editor, PROFILES, uri, "price")
        assert [each["id"] for each in kept] == [second["id"], first["id"]]

        for form in ("cpuprofile", "speedscope", "scalene"):
            written = await executed(editor, EXPORT_PROFILE, first["id"], form)
            assert written["name"].startswith("price.")
            content = json.loads(written["text"])
            assert COSTLY.strip() in written["text"]
            assert set(content) & {"nodes", "profiles", "files"}
        proposed = await executed(editor, PROFILE_DRIVERS, uri, "price", "function", sys.executable)
        assert proposed["last"] == 0
        assert proposed["drivers"][0]["value"] == "price(300)"
        assert await executed(editor, CLEAR_PROFILE, uri)
        await until(lambda: heats[-1].lines == [] and heats[-1].id == 0)
        assert processes(editor) == []


async def test_a_file_a_test_and_a_selection(start, tmp_path):
    shop, test = tmp_path / "shop.py", tmp_path / "test_shop.py"
    shop.write_text(SHOP + "\n\nif __name__ == '__main__':\n    price(3000)\n")
    test.write_text(TEST)
    text = shop.read_text()
    line = text[: text.index(COSTLY)].count("\n")
    async with start([tmp_path]) as editor:
        for file in (shop, test):
            editor.open(file.as_uri(), file.read_text())
        script = {"what": "file", "driver": {"kind": "script", "value": ""}, "seconds": 2}
        ran = await executed(editor, PROFILE, shop.as_uri(), script, sys.executable)
        selected = {**call_of("price(300)"), "what": "selection", "lines": [line, line], "place": line}
        part = await executed(editor, PROFILE, shop.as_uri(), selected, sys.executable)
    assert (ran["function"], ran["what"]) == ("", "file")
    assert max(ran["lines"], key=lambda each: each["samples"])["line"] == line
    assert (part["function"], part["what"]) == ("price", "selection")
    assert [each["line"] for each in part["lines"]] == [line]


async def test_cancelled_in_the_middle_it_shows_what_was_gathered_and_leaves_no_process(start, tmp_path):
    file = tmp_path / "shop.py"
    file.write_text(ENDLESS)
    uri = file.as_uri()
    async with heated(start, tmp_path) as (editor, heats):
        told = editor.client.progress_reports[TOKEN] = []
        editor.open(uri, ENDLESS)
        request = call_of("forever(1)", "forever", 50)
        reply = executed(editor, PROFILE, uri, request, sys.executable, token=TOKEN)
        await until(lambda: [each for each in told if each.kind == "report" and _samples(each.message) >= 60])
        running = processes(editor)
        assert len(running) > 1
        editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(TOKEN))
        found = await reply
        assert found["cancelled"]
        assert found["message"].startswith("Profile of forever")
        assert "cancelled" in found["message"]
        assert psutil.wait_procs(running, timeout=SECONDS)[1] == []
        await until(lambda: heats)
        assert {each.line for each in heats[-1].lines} <= {0, 1, 2}
        assert len(heats[-1].lines) >= 1
        assert processes(editor) == []


def _samples(message):
    words = message.split()
    at = next((at for at, word in enumerate(words) if word.startswith("sample")), 0)
    return int(words[at - 1].replace(",", "")) if at else 0


async def test_given_up_before_anything_ran_nothing_is_shown(start, tmp_path):
    file = tmp_path / "shop.py"
    file.write_text(ENDLESS)
    async with heated(start, tmp_path) as (editor, heats):
        editor.open(file.as_uri(), ENDLESS)
        reply = executed(editor, PROFILE, file.as_uri(), call_of("forever(1)", "forever", 50), "", msg_id="profile")
        running = await until(lambda: processes(editor))
        editor.client.cancel_request(types.CancelParams("profile"))
        with pytest.raises(JsonRpcException) as refused:
            await reply
        assert refused.value.code == types.LSPErrorCodes.RequestCancelled
        assert psutil.wait_procs(running, timeout=SECONDS)[1] == []
        assert await executed(editor, PROFILES, file.as_uri(), None) == []
        assert heats == []


def kept(file, **changes):
    """A profile of a file, kept as the one that it shows."""
    record = {**REPORT.record(), "path": str(file), "source": REPORT.source, **changes}
    profiles = Profiles(Store())
    number = profiles.keep(record)
    profiles.show(number)
    return number


async def test_other_editors_see_it_in_inlay_hints_and_hovers(start, tmp_path):
    file = tmp_path / "shop.py"
    kept(file)
    async with start([tmp_path]) as editor:
        editor.open(file.as_uri(), REPORT.source)
        document = types.TextDocumentIdentifier(file.as_uri())

        async def labels():
            span = types.Range(types.Position(0, 0), types.Position(20, 0))
            found = await editor.client.text_document_inlay_hint_async(types.InlayHintParams(document, span))
            return {each.position.line: each.label for each in found}

        assert (await labels())[3] == "62% · 3.1 ms a call · 51% Python, 49% native · peak 12 MB"
        over = types.HoverParams(document, types.Position(3, 10))
        hover = await editor.client.text_document_hover_async(over)
        assert hover.contents.value.startswith("**62%** of the time of `f`: 3.1 ms a call")
        editor.change(file.as_uri(), "g(x)", "g(x, x)")
        editor.change(file.as_uri(), "def f", "# One line more.\ndef f")
        found = await labels()
        assert found[4].endswith(" (changed since)")
        assert found[5].startswith("30%")
        assert await executed(editor, CLEAR_PROFILE)
        assert await labels() == {}


async def test_it_is_seen_again_when_the_file_is_opened_again_until_it_is_cleared(start, tmp_path):
    old, new = tmp_path / "old.py", tmp_path / "new.py"
    first, second = kept(old), kept(old)
    async with heated(start, tmp_path) as (editor, heats):
        editor.open(old.as_uri(), REPORT.source)
        await until(lambda: heats and heats[-1].id == second)
        shown = await executed(editor, SHOW_PROFILE, first)
        assert shown["shown"] == [old.as_uri()]
        await until(lambda: heats[-1].id == first)
        editor.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(old.as_uri()))
        )
        await until(lambda: (heats[-1].uri, heats[-1].lines) == (old.as_uri(), []))
        editor.open(new.as_uri(), REPORT.source.replace("def f(xs)", "def f( xs )"))
        await until(lambda: heats[-1].uri == new.as_uri() and heats[-1].id == first)
        await executed(editor, CLEAR_PROFILE)
        await until(lambda: heats[-1].lines == [])
        count = len(heats)
        editor.open(old.as_uri(), REPORT.source)
        await editor.hints(old.as_uri())
        assert len(heats) == count
    async with heated(start, tmp_path) as (editor, heats):
        kept(old)
        editor.open(old.as_uri(), REPORT.source.replace("g(x)", "k(x)"))
        await editor.hints(old.as_uri())
        assert heats == []


async def test_a_profile_of_a_whole_program_is_opened_and_its_hot_lines_speak(start, tmp_path):
    for name in ("report.py", "report.json"):
        shutil.copy(RECORDED / name, tmp_path)
    file = tmp_path / "report.py"
    async with heated(start, tmp_path) as (editor, heats):
        editor.open(file.as_uri(), file.read_text())
        before = await editor.hints(file.as_uri(), bool)
        found = await executed(editor, OPEN_PROFILE, str(tmp_path / "report.json"))
        assert found["files"] == [str(file)]
        assert "report.py takes 99% of 2.5" in found["message"]
        await until(lambda: heats)
        assert {each.line + 1 for each in heats[-1].lines} == {8, 18, 19, 25, 26}

        def is_hot(hints):
            return any("0.4 s in the profile" in hint.message for hint in hints)

        hot = await editor.hints(file.as_uri(), is_hot)
        assert {"PW410"} <= {hint.code for hint in hot} - {hint.code for hint in before}
        await executed(editor, CLEAR_PROFILE, file.as_uri())
        cold = await editor.hints(file.as_uri(), lambda hints: not is_hot(hints))
        assert [hint.code for hint in cold] == [hint.code for hint in before]
        with pytest.raises(JsonRpcException, match="is not JSON"):
            await executed(editor, OPEN_PROFILE, str(file))


async def test_an_opened_profile_tells_of_files_that_are_closed(start, tmp_path):
    for name in ("report.py", "report.json"):
        shutil.copy(RECORDED / name, tmp_path)

    async def hints_of_check(editor):
        return [each["message"] for each in (await executed(editor, CHECK_WORKSPACE))["hints"]]

    async with start([tmp_path]) as editor:
        assert not any("in the profile" in each for each in await hints_of_check(editor))
        await executed(editor, OPEN_PROFILE, str(tmp_path / "report.json"))
        assert any("0.4 s in the profile" in each for each in await hints_of_check(editor))
        await executed(editor, CLEAR_PROFILE)
        assert not any("in the profile" in each for each in await hints_of_check(editor))


async def test_a_call_is_completed_and_checked_as_it_is_typed(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path]) as editor:
        editor.open(uri, SHOP)
        found = await executed(editor, COMPLETE_CALL, uri, "price", "price(ST")
        assert "price(STEP" in [each["text"] for each in found]
        ready = await executed(editor, COMPLETE_CALL, uri, "price", "")
        assert ready[0]["text"].startswith("price(")
        assert await executed(editor, CHECK_CALL, uri, "price(STEP)") == {"message": ""}
        assert "parse" in (await executed(editor, CHECK_CALL, uri, "price("))["message"]


async def test_what_cannot_be_profiled_is_refused_in_a_sentence(start, tmp_path):
    file = tmp_path / "shop.py"
    uri = file.as_uri()
    missing = str(tmp_path / "no python")
    async with start([tmp_path]) as editor:
        editor.open(uri, SHOP)
        editor.open("untitled:Untitled-1", SHOP)
        for arguments, told in (
            ((PROFILE, uri, {"what": "function", "place": 0}), "no function here"),
            ((PROFILE, uri, {"what": "module", "place": 0}), "none of function, file"),
            ((PROFILE, uri, call_of("price(")), "does not parse"),
            ((PROFILE, uri, {"place": "price", "driver": {"kind": "magic"}}), "none of test, call"),
            ((PROFILE, uri, call_of("price(1)"), missing), "no python"),
            ((PROFILE_DRIVERS, uri, "price", "function", missing), "no python"),
            ((PROFILE_DRIVERS, "untitled:Untitled-1", "price"), "save this text"),
            ((PROFILE_DRIVERS, (tmp_path / "closed.py").as_uri(), 1), "not open"),
            ((COMPARE_PROFILES, 7), "not kept"),
            ((COMPARE_PROFILES, kept(file)), "no earlier profile"),
            ((EXPORT_PROFILE, 7, "cpuprofile"), "not kept"),
            ((EXPORT_PROFILE, 1, "svg"), "none of cpuprofile"),
            ((EXPORT_PROFILE, 1, "scalene"), "no JSON of Scalene"),
        ):
            with pytest.raises(JsonRpcException, match=told):
                await executed(editor, *arguments)
        editor.change(uri, "return total", "return (")
        with pytest.raises(JsonRpcException, match="does not parse"):
            await executed(editor, PROFILE_DRIVERS, uri, "price")


async def test_each_file_of_several_folders_shows_its_own_and_cells_show_none(start, tmp_path):
    files = [tmp_path / folder / "shop.py" for folder in ("one", "other")]
    numbers = {file.as_uri(): kept(file) for file in files}
    cell = types.TextDocumentItem("vscode-notebook-cell:/a.ipynb#1", "python", 1, REPORT.source)
    cells = [types.NotebookCell(types.NotebookCellKind.Code, cell.uri)]
    notebook = types.NotebookDocument("file:///a.ipynb", "jupyter-notebook", 1, cells)
    async with heated(start, tmp_path) as (editor, heats):
        editor.client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(notebook, [cell]))
        for file in files:
            editor.open(file.as_uri(), REPORT.source)
        await until(lambda: len(heats) == 2)
        with pytest.raises(JsonRpcException, match="not of cells"):
            await executed(editor, PROFILE_DRIVERS, cell.uri, "f")
        editor.open("untitled:Untitled-1", REPORT.source)
        await executed(editor, CLEAR_PROFILE, "untitled:Untitled-1")
        seen = [Profiles(Store()).get(number) for number in numbers.values()]
        assert all(each and each.shown for each in seen)
        await executed(editor, CLEAR_PROFILE, files[0].as_uri())
        await until(lambda: len(heats) == 3)
    assert {heat.uri: heat.id for heat in heats[:2]} == numbers
    assert (heats[2].uri, heats[2].lines) == (files[0].as_uri(), [])


async def test_nothing_of_a_workspace_that_is_not_trusted_is_run(start, tmp_path):
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path], options={"trusted": False}) as editor:
        editor.open(uri, SHOP)
        for command, *arguments in ((PROFILE_DRIVERS, "price"), (PROFILE, call_of("price(1)"))):
            with pytest.raises(JsonRpcException, match="trusted"):
                await executed(editor, command, uri, *arguments)
        assert await executed(editor, PROFILES, uri, None) == []


async def test_the_command_that_installs_scalene_is_named_and_not_run(start, tmp_path):
    """Another Python without it, of the server's own version: there the server's copy does."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True, timeout=SECONDS)
    bare = str(tmp_path / "bare" / ("Scripts" if os.name == "nt" else "bin") / "python")
    uri = (tmp_path / "shop.py").as_uri()
    async with start([tmp_path]) as editor:
        editor.open(uri, SHOP)
        proposed = await executed(editor, PROFILE_DRIVERS, uri, "price", "function", bare)
    assert proposed["profiler"]["kind"] == "bundled"
    assert proposed["profiler"]["install"] == [bare, "-m", "pip", "install", "scalene"]
    assert "not installed" in proposed["profiler"]["message"]
