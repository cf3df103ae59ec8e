"""Start, end, and what must not happen between."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import subprocess
import sys
import textwrap

import pytest
from lsprotocol import types

pytestmark = pytest.mark.usefixtures("server_path")


def run(*messages):
    """Sends messages to a server and closes its input."""
    body = b""
    for message in messages:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        body += b"Content-Length: %d\r\n\r\n%s" % (len(content), content)
    return subprocess.run(
        [sys.executable, "-m", "perfwise_server"], input=body, capture_output=True, timeout=60, check=False
    )


def converse(*messages):
    """The exit code and the replies."""
    done = run(*messages)
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
def test_the_exit_code_says_whether_the_end_was_in_order(messages, code):
    assert converse(*messages)[0] == code


def test_requests_out_of_turn_are_refused():
    hover = {
        "method": "textDocument/hover",
        "params": {"textDocument": {"uri": "file:///a"}, "position": {"line": 0, "character": 0}},
    }
    _, replies = converse(
        {"id": 7, **hover}, INITIALIZE, {"id": 2, "method": "shutdown"}, {"id": 8, **hover}, {"method": "exit"}
    )
    errors = {reply["id"]: reply["error"]["code"] for reply in replies if "error" in reply}
    assert errors == {7: types.ErrorCodes.ServerNotInitialized.value, 8: types.ErrorCodes.InvalidRequest.value}


def test_a_request_that_makes_no_sense_is_refused_and_the_server_goes_on():
    senseless = {"id": 5, "method": "textDocument/hover", "params": {"position": "here"}}
    code, replies = converse(INITIALIZE, senseless, {"id": 2, "method": "shutdown"}, {"method": "exit"})
    errors = {reply["id"]: reply["error"]["code"] for reply in replies if "error" in reply}
    assert errors == {5: types.ErrorCodes.InvalidParams.value}
    assert code == 0


def test_the_log_names_the_versions_and_never_the_source():
    source = "def secret_plan(a: list, b: list):\n    return [x for x in a if x in b"
    document = {"uri": "untitled:plan.py", "languageId": "python", "version": 1, "text": source}
    opened = {"method": "textDocument/didOpen", "params": {"textDocument": document}}
    wrong = {"method": "textDocument/didOpen", "params": {"textDocument": {"text": source}}}
    end = [{"id": 2, "method": "shutdown"}, {"method": "exit"}]
    said = run(INITIALIZE, {"method": "initialized", "params": {}}, opened, wrong, *end).stderr.decode()
    assert f"Python {platform.python_version()}" in said
    assert "secret_plan" not in said
    assert "Traceback" not in said


def test_the_server_ends_when_the_editor_is_gone():
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
        editor.communicate(b"\n", timeout=60)
        assert server.wait(timeout=60) == 1
    finally:
        for process in (editor, server):
            process.kill()
            process.wait()
        server.stdin.close()


async def test_over_tcp(unused_tcp_port):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "perfwise_server", "--tcp", f"127.0.0.1:{unused_tcp_port}", stderr=asyncio.subprocess.PIPE
    )
    try:
        while b"Serving on" not in (line := await asyncio.wait_for(process.stderr.readline(), 60)):
            assert line
        reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
        for message in (INITIALIZE, {"id": 2, "method": "shutdown"}, {"method": "exit"}):
            content = json.dumps({"jsonrpc": "2.0", **message}).encode()
            writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        assert b"codeActionProvider" in await asyncio.wait_for(reader.read(), 60)
        writer.close()
        assert await asyncio.wait_for(process.wait(), 60) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def test_modules_in_the_users_folder_are_not_imported(tmp_path):
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
