"""What clients differ in: encodings, capabilities, patience."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcRequestCancelled

pytestmark = pytest.mark.asyncio(loop_scope="module")

NONE = types.Range(types.Position(0, 0), types.Position(0, 0))


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
    with contextlib.suppress(JsonRpcRequestCancelled):
        await asyncio.wait_for(asyncio.wrap_future(asked), 60)
    assert len(await editor.hints(uri, bool)) >= 1


async def test_a_huge_file_is_hinted_where_it_is_edited(editor, uri, quadratic):
    innocent = "".join(f"def f{number}(x):\n    y = x + {number}\n    return y\n\n\n" for number in range(6000))
    editor.open(uri, innocent + quadratic)
    (hint,) = await editor.hints(uri, bool)
    editor.edit(uri, [types.TextEdit(NONE, "import math\n")])
    (moved,) = await editor.hints(uri, bool)
    assert moved.range.start.line == hint.range.start.line + 1
