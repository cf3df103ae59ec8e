"""Fixing everything at once, with what the fixes uncover."""

from __future__ import annotations

import pytest
from lsprotocol import types

pytestmark = pytest.mark.asyncio(loop_scope="module")

# The fix of the concatenation makes a loop of appends, which has a fix of its own.
TWICE = """\
def joined(chunks: list[bytes]) -> bytes:
    data = b""
    for chunk in chunks:
        data = data + chunk
    return data"""
ONCE = TWICE.replace("joined", "other").replace("data = data + chunk", "print(chunk)")
MENDED = "data_parts.extend(chunks)"
WHOLE = types.Range(types.Position(0, 0), types.Position(99, 0))
KIND = "source.fixAll.perfwise"


async def fixed(editor, uri) -> types.WorkspaceEdit:
    (offered,) = await editor.actions(uri, WHOLE, [KIND])
    edit = (await editor.client.code_action_resolve_async(offered)).edit
    assert edit
    return edit


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "text", [TWICE, f"{TWICE}\n", f"{ONCE}\n\n\n{TWICE}\n\n\n{ONCE}\n"], ids=["end", "all", "some"]
)
async def test_one_edit_leaves_nothing_that_is_safe(editor, uri, text, ending):
    editor.open(uri, text.replace("\n", ending))
    await editor.hints(uri, bool)
    editor.apply(await fixed(editor, uri))
    mended = editor.models[uri].text
    assert MENDED in mended
    assert mended.count("\n") == mended.count(ending)
    assert mended.endswith(text.replace("\n", ending)[-12:])
    assert await editor.hints(uri, lambda hints: not hints) == []
    assert await editor.actions(uri, WHOLE, [KIND]) == []


async def test_the_edit_of_a_notebook_stays_in_its_cells(editor, tmp_path):
    notebook = (tmp_path / "a.ipynb").as_uri()
    texts = {f"{notebook}#{number}": text for number, text in enumerate(("import math", TWICE, ONCE))}
    editor.models |= {uri: editor.Model(text) for uri, text in texts.items()}
    editor.client.notebook_document_did_open(
        types.DidOpenNotebookDocumentParams(
            types.NotebookDocument(
                notebook,
                "jupyter-notebook",
                1,
                [types.NotebookCell(types.NotebookCellKind.Code, uri) for uri in texts],
            ),
            [types.TextDocumentItem(uri, "python", 1, text) for uri, text in texts.items()],
        )
    )
    edit = await fixed(editor, f"{notebook}#1")
    editor.apply_to_cells(notebook, edit)
    first, second, third = (editor.models[uri].text for uri in texts)
    assert (first, third) == ("import math", ONCE)
    assert MENDED in second
    assert second.endswith("return data")
