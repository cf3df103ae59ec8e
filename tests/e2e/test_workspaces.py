"""Settings, projects, folders, notebooks, other clients, and the end of it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import textwrap

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

NONE = types.Range(types.Position(0, 0), types.Position(0, 0))


def gone(found):
    return not found


def notebook_uri(tmp_path):
    return (tmp_path / "shop.ipynb").as_uri()


def open_notebook(editor, notebook, cells):
    uris = [f"{notebook.replace('file:', 'vscode-notebook-cell:')}#{index}" for index in range(len(cells))]
    for uri, text in zip(uris, cells, strict=True):
        editor.models[uri] = editor.Model(text)
    editor.client.notebook_document_did_open(
        types.DidOpenNotebookDocumentParams(
            types.NotebookDocument(
                notebook, "jupyter-notebook", 1, [types.NotebookCell(types.NotebookCellKind.Code, uri) for uri in uris]
            ),
            [types.TextDocumentItem(uri, "python", 1, text) for uri, text in zip(uris, cells, strict=True)],
        )
    )
    return uris


def change_notebook(editor, notebook, cells):
    editor.client.notebook_document_did_change(
        types.DidChangeNotebookDocumentParams(
            types.VersionedNotebookDocumentIdentifier(2, notebook), types.NotebookDocumentChangeEvent(cells=cells)
        )
    )


async def test_settings_of_the_editor_change_what_is_shown(editor, uri, quadratic):
    editor.open(uri, quadratic)
    await editor.hints(uri, bool)
    for setting, shown in (
        ({"ignore": ["PW101"]}, False),
        ({"ignore": ["list-membership-in-loop"]}, False),
        ({"select": ["PW1xx"]}, True),
        ({"enable": False}, False),
        ({}, True),
    ):
        editor.client.set_configuration(setting, section="perfwise")
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await editor.hints(uri, bool if shown else gone)


async def test_a_project_overrides_the_editor_and_is_read_again_when_it_changes(editor, uri, quadratic, tmp_path):
    editor.open(uri, quadratic)
    await editor.hints(uri, bool)
    project = tmp_path / "pyproject.toml"
    for table, shown in (('ignore = ["PW101"]', False), ('exclude = ["shop.py"]', False), ("", True)):
        project.write_text(f"[tool.perfwise]\n{table}\n")
        event = types.FileEvent(project.as_uri(), types.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await editor.hints(uri, bool if shown else gone)


async def test_every_folder_has_its_own_settings(start, quadratic, tmp_path):
    loud, quiet = tmp_path / "loud", tmp_path / "quiet"
    for folder in (loud, quiet):
        folder.mkdir()
    (quiet / "pyproject.toml").write_text('[tool.perfwise]\nignore = ["PW101"]\n')
    async with start([loud, quiet]) as editor:
        for folder in (loud, quiet):
            editor.open((folder / "a.py").as_uri(), quadratic)
        assert len(await editor.hints((loud / "a.py").as_uri())) == 1
        assert await editor.hints((quiet / "a.py").as_uri()) == []
        editor.client.set_configuration({"perfwise": {"enable": False}}, scope_uri=loud.as_uri())
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await editor.hints((loud / "a.py").as_uri(), gone)


async def test_hints_on_save_wait_for_it_and_move_with_the_text(start, uri, quadratic, tmp_path):
    async with start([tmp_path], settings={"run": "onSave"}) as editor:
        editor.open(uri, quadratic.replace("in users", "in [users]"))
        assert await editor.hints(uri) == []
        editor.change(uri, "in [users]", "in users")
        assert await editor.hints(uri) == []
        editor.save(uri)
        (hint,) = await editor.hints(uri, bool)
        editor.edit(uri, [types.TextEdit(NONE, "import math\n\n\n")])
        (moved,) = await editor.hints(uri)
        assert moved.range.start.line == hint.range.start.line + 3
        assert any(each.is_preferred for each in await editor.actions(uri, moved.range))
        editor.change(uri, "in users", "in sorted(users)")
        (kept,) = await editor.hints(uri)
        assert not any(each.is_preferred for each in await editor.actions(uri, kept.range))


async def test_a_broken_project_file_is_logged_and_the_hints_stay(editor, uri, quadratic, tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.perfwise\n")
    editor.open(uri, quadratic)
    assert len(await editor.hints(uri, bool)) == 1


async def test_cells_share_one_scope_and_are_hinted_each_in_its_place(editor, tmp_path, quadratic):
    notebook = notebook_uri(tmp_path)
    use = "for order in orders:\n    if order in users:\n        print(order)\n"
    first, second = open_notebook(editor, notebook, ["users = sorted(open('users'))\norders = sorted(open('orders'))", use])
    assert await editor.hints(first) == []
    (hint,) = await editor.hints(second, bool)
    assert hint.range.start.line == 1


async def test_a_hint_in_a_cell_is_fixed_in_the_cell(editor, tmp_path, quadratic):
    notebook = notebook_uri(tmp_path)
    first, second = open_notebook(editor, notebook, ["import math", quadratic.rstrip("\n")])
    action = await editor.fix(second)
    (change,) = action.edit.document_changes
    assert change.text_document.uri == second
    editor.apply_to_cells(notebook, action.edit)
    assert await editor.hints(second, gone) == []
    compile(editor.models[second].text, second, "exec")


async def test_cells_come_go_and_move(editor, tmp_path, quadratic):
    notebook = notebook_uri(tmp_path)
    first, second = open_notebook(editor, notebook, ["import math", quadratic])
    (hint,) = await editor.hints(second, bool)
    third = f"{second}-new"
    cell = types.NotebookCell(types.NotebookCellKind.Code, third)
    editor.models[third] = editor.Model(quadratic)
    change_notebook(
        editor,
        notebook,
        types.NotebookDocumentCellChanges(
            types.NotebookDocumentCellChangeStructure(
                types.NotebookCellArrayChange(0, 1, [cell]),
                did_open=[types.TextDocumentItem(third, "python", 1, quadratic)],
                did_close=[types.TextDocumentIdentifier(first)],
            )
        ),
    )
    for uri in (third, second):
        (found,) = await editor.hints(uri, bool)
        assert found.range == hint.range
    moved = [types.NotebookCell(types.NotebookCellKind.Code, uri) for uri in (second, third)]
    change_notebook(
        editor,
        notebook,
        types.NotebookDocumentCellChanges(
            types.NotebookDocumentCellChangeStructure(types.NotebookCellArrayChange(0, 2, moved))
        ),
    )
    for uri in (second, third):
        (found,) = await editor.hints(uri, bool)
        assert found.range == hint.range


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_columns_are_in_the_encoding_agreed_on(start, tmp_path, uri, quadratic, encoding):
    text = quadratic.replace("if order", 'if "😀é" and order')
    async with start([tmp_path], encodings=[encoding]) as editor:
        editor.open(uri, text)
        (hint,) = await editor.hints(uri, bool)
        assert shown(text.splitlines()[hint.range.start.line], hint.range, encoding) == "order in users"


def shown(line, place, encoding):
    codec, width = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding]
    return line.encode(codec)[place.start.character * width : place.end.character * width].decode(codec)


async def test_a_client_that_cannot_wait_gets_the_edit_at_once(start, uri, quadratic, tmp_path):
    bare = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(version_support=True)
        )
    )
    async with start([tmp_path], capabilities=bare) as editor:
        editor.open(uri, quadratic)
        (hint,) = await editor.hints(uri, bool)
        fixes = [each for each in await editor.actions(uri, hint.range) if each.edit]
        assert fixes
        assert all(list(each.edit.changes) == [uri] for each in fixes)


async def test_hints_may_be_had_at_once(start, uri, quadratic, tmp_path):
    async with start([tmp_path], options={"steadyHints": False}) as editor:
        editor.open(uri, quadratic.replace("in users", "is users"))
        assert await editor.hints(uri) == []
        editor.change(uri, "is users", "in users")
        assert len(await editor.hints(uri)) == 1


async def test_a_cancelled_request_is_answered_and_the_server_goes_on(editor, uri, quadratic):
    editor.open(uri, quadratic * 200)
    client = editor.client
    asked = client.protocol.send_request(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionParams(types.TextDocumentIdentifier(uri), NONE, types.CodeActionContext([])),
        msg_id="to-be-cancelled",
    )
    client.cancel_request(types.CancelParams("to-be-cancelled"))
    try:
        assert await asyncio.wait_for(asyncio.wrap_future(asked), 30) is not None
    except JsonRpcException as error:
        assert error.code == types.LSPErrorCodes.RequestCancelled
    assert len(await editor.hints(uri, bool)) >= 1


async def test_a_huge_file_is_hinted_where_it_is_edited(editor, uri, quadratic):
    innocent = "".join(f"def f{number}(x):\n    y = x + {number}\n    return y\n\n\n" for number in range(6000))
    editor.open(uri, innocent + quadratic)
    (hint,) = await editor.hints(uri, bool)
    editor.edit(uri, [types.TextEdit(NONE, "import math\n")])
    (moved,) = await editor.hints(uri, bool)
    assert moved.range.start.line == hint.range.start.line + 1


def converse(*messages, arguments=()):
    """Sends messages to a server, closes its input, and returns its exit code and its replies."""
    body = b""
    for message in messages:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        body += b"Content-Length: %d\r\n\r\n%s" % (len(content), content)
    done = subprocess.run(
        [sys.executable, "-m", "perfwise_server", *arguments], input=body, capture_output=True, timeout=60, check=False
    )
    replies = [json.loads(part[part.index(b"{") :]) for part in done.stdout.split(b"Content-Length:")[1:]]
    return done.returncode, replies


INITIALIZE = {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([INITIALIZE, {"id": 2, "method": "shutdown"}, {"method": "exit"}], 0),
        ([INITIALIZE, {"method": "exit"}], 1),
        ([{"method": "exit"}], 1),
        ([INITIALIZE], 1),
    ],
    ids=["in order", "without shutdown", "at once", "the pipe closes"],
)
def test_the_exit_code_says_whether_the_end_was_in_order(messages, code, server_path):
    assert converse(*messages)[0] == code


def test_requests_out_of_turn_are_refused(server_path):
    hover = {"method": "textDocument/hover", "params": {"textDocument": {"uri": "file:///a"}, "position": {"line": 0, "character": 0}}}
    _, replies = converse(
        {"id": 7, **hover}, INITIALIZE, {"id": 2, "method": "shutdown"}, {"id": 8, **hover}, {"method": "exit"}
    )
    errors = {reply["id"]: reply["error"]["code"] for reply in replies if "error" in reply}
    assert errors == {7: types.ErrorCodes.ServerNotInitialized.value, 8: types.ErrorCodes.InvalidRequest.value}


def test_the_server_ends_when_the_editor_is_gone(server_path):
    """The pipe stays open: what holds it is this test."""
    editor = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    server = subprocess.Popen(
        [sys.executable, "-m", "perfwise_server"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    try:
        for message in (
            {**INITIALIZE, "params": {**INITIALIZE["params"], "processId": editor.pid}},
            {"method": "initialized", "params": {}},
        ):
            content = json.dumps({"jsonrpc": "2.0", **message}).encode()
            server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        server.stdin.flush()
        editor.communicate(b"\n", timeout=30)
        assert server.wait(timeout=60) == 1
    finally:
        for process in (editor, server):
            process.kill()
            process.wait()
        server.stdin.close()


async def test_over_tcp(server_path, unused_tcp_port):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "perfwise_server", "--tcp", f"127.0.0.1:{unused_tcp_port}", stderr=asyncio.subprocess.PIPE
    )
    try:
        while b"Serving on" not in (line := await asyncio.wait_for(process.stderr.readline(), 30)):
            assert line
        reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
        for message in (INITIALIZE, {"id": 2, "method": "shutdown"}, {"method": "exit"}):
            content = json.dumps({"jsonrpc": "2.0", **message}).encode()
            writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        assert b"codeActionProvider" in await asyncio.wait_for(reader.read(), 30)
        writer.close()
        assert await asyncio.wait_for(process.wait(), 30) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def test_modules_in_the_users_folder_are_not_imported(tmp_path, server_path, monkeypatch):
    trap = textwrap.dedent("""
        raise SystemExit("the user's module was imported")
    """)
    for name in ("attrs.py", "server.py", "lsprotocol.py", "logging.py"):
        (tmp_path / name).write_text(trap)
    content = json.dumps({"jsonrpc": "2.0", **INITIALIZE}).encode()
    done = subprocess.run(
        [sys.executable, "-P" if sys.version_info >= (3, 11) else "-E", "-m", "perfwise_server"],
        input=b"Content-Length: %d\r\n\r\n%s" % (len(content), content),
        capture_output=True,
        timeout=60,
        check=False,
        cwd=tmp_path if sys.version_info >= (3, 11) else os.path.dirname(__file__),
    )
    assert b"capabilities" in done.stdout
    assert b"user's module" not in done.stderr
