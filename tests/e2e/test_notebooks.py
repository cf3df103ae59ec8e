"""Cells share one scope, and each shows its own hints."""

from __future__ import annotations

import pytest
from lsprotocol import types

pytestmark = pytest.mark.asyncio(loop_scope="module")


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


async def test_cells_share_one_scope_and_are_hinted_each_in_its_place(editor, tmp_path):
    notebook = notebook_uri(tmp_path)
    known = "users = sorted(open('users'))\norders = sorted(open('orders'))"
    use = "for order in orders:\n    if order in users:\n        print(order)\n"
    first, second = open_notebook(editor, notebook, [known, use])
    assert await editor.hints(first) == []
    (hint,) = await editor.hints(second, bool)
    assert hint.range.start.line == 1


async def test_what_is_typed_in_one_cell_changes_the_hints_of_another(editor, tmp_path):
    known = "users = sorted(open('users'))\norders = sorted(open('orders'))"
    use = "for order in orders:\n    if order in users:\n        print(order)\n"
    notebook = notebook_uri(tmp_path)
    first, second = open_notebook(editor, notebook, [known, use])
    await editor.hints(second, bool)
    place = types.Range(types.Position(0, 8), types.Position(0, 14))
    change = types.TextDocumentEdit(
        types.OptionalVersionedTextDocumentIdentifier(first, 1), [types.TextEdit(place, "frozenset")]
    )
    editor.apply_to_cells(notebook, types.WorkspaceEdit(document_changes=[change]))
    assert editor.models[first].text.startswith("users = frozenset(")
    await editor.hints(second, gone)


async def test_a_hint_in_a_cell_is_fixed_in_the_cell(editor, tmp_path, quadratic):
    notebook = notebook_uri(tmp_path)
    _, second = open_notebook(editor, notebook, ["import math", quadratic.rstrip("\n")])
    action = await editor.fix(second)
    (change,) = action.edit.document_changes
    assert change.text_document.uri == second
    editor.apply_to_cells(notebook, action.edit)
    assert await editor.hints(second, gone) == []
    compile(editor.models[second].text, second, "exec")


async def test_a_cell_has_only_those_lenses_that_work_in_a_notebook(start, tmp_path, quadratic):
    async with start([tmp_path], options={"clientCommands": True}) as editor:
        (cell,) = open_notebook(editor, notebook_uri(tmp_path), [quadratic])
        uri = (tmp_path / "shop.py").as_uri()
        editor.open(uri, quadratic)
        titles = []
        for each in (cell, uri):
            asked = types.CodeLensParams(types.TextDocumentIdentifier(each))
            lenses = await editor.client.text_document_code_lens_async(asked)
            titles.append([lens.command.title for lens in lenses if lens.command])
    assert titles == [["Measure growth"], ["Profile", "Measure growth", "Suggest a faster version"]]


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
