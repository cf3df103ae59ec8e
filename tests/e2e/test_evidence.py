"""What `perfwise run` keeps appears in open files, moves with the edits, and goes when it is cleared."""

from __future__ import annotations

from lsprotocol import types

from perfwise_server.evidence.gathering import key_in
from perfwise_server.evidence.store import Seen, Sizes, Store

SIZES = {"orders": Sizes({"list": 3}, 900, 20), "users": Sizes({"list": 3}, 8000, 3)}


def told(hints: list[types.Diagnostic]) -> bool:
    return any("in your runs" in hint.message for hint in hints)


async def test_evidence_in_hint_lens_and_hover(start, tmp_path, quadratic, monkeypatch):
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path / "data"))
    file = tmp_path / "shop.py"
    file.write_text(quadratic)
    async with start([tmp_path]) as editor:
        uri = file.as_uri()
        editor.open(uri, quadratic)
        assert not told(await editor.hints(uri))
        Store().keep([Seen(str(file), "common", b"key", 3, 4.1, sizes=SIZES)])
        (hint,) = await editor.hints(uri, told)
        assert hint.message.endswith("(in your runs: `orders` up to 900, `users` up to 8,000, 3 calls, 4.1 s)")

        document = types.TextDocumentIdentifier(uri)
        (lens,) = await editor.client.text_document_code_lens_async(types.CodeLensParams(document))
        resolved = await editor.client.code_lens_resolve_async(lens)
        assert resolved.command.title.endswith(" (3 calls, 4.1 s)")
        over = types.HoverParams(document, lens.range.start)
        hover = await editor.client.text_document_hover_async(over)
        assert "- In your runs: 3 calls, 4.1 s\n- `orders` up to 900, 20 as a rule" in hover.contents.value

        top = types.Range(types.Position(0, 0), types.Position(0, 0))
        editor.edit(uri, [types.TextEdit(top, "# One more line.\n")])
        assert told(await editor.hints(uri, told))
        Store().clear()
        assert await editor.hints(uri, lambda hints: bool(hints) and not told(hints))


async def test_a_renamed_file_keeps_what_its_functions_showed(start, tmp_path, quadratic, monkeypatch):
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path / "data"))
    key = key_in(quadratic, "common")
    assert key is not None
    Store().keep([Seen(str(tmp_path / "old.py"), "common", key, 3, 4.1, sizes=SIZES)])
    file = tmp_path / "new.py"
    file.write_text(quadratic)
    async with start([tmp_path]) as editor:
        editor.open(file.as_uri(), quadratic)
        assert told(await editor.hints(file.as_uri(), told))
