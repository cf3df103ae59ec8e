"""Opening, changing, saving and closing of files and notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from perfwise_server.session import Buffer
from perfwise_server.steady import SETTLING_SECONDS

if TYPE_CHECKING:
    from perfwise_server.server import Server


def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    if buffer := ls.session.open(params.text_document):
        ls.analyse(buffer)


def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    _changed(ls, ls.session.change(params.text_document, params.content_changes))


def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    view = ls.session.view(params.text_document.uri)
    _saved(ls, view.buffer if view else None)


def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    if buffer := ls.session.close(params.text_document.uri):
        ls.closed(buffer, [buffer.uri])


def notebook_did_open(ls: Server, params: types.DidOpenNotebookDocumentParams) -> None:
    ls.analyse(ls.session.open_notebook(params.notebook_document, params.cell_text_documents))


def notebook_did_change(ls: Server, params: types.DidChangeNotebookDocumentParams) -> None:
    cells = params.change.cells
    if cells is None:
        return
    buffer = None
    if cells.structure and (found := ls.session.change_cells(params.notebook_document.uri, cells.structure)):
        buffer, gone = found
        ls.closed(buffer, gone)
    for content in cells.text_content or ():
        buffer = ls.session.change(content.document, content.changes) or buffer
    _changed(ls, buffer)
    if buffer and ls.session.client.pulls:
        _refresh_cells(ls, buffer)


def _refresh_cells(ls: Server, buffer: Buffer) -> None:
    """Shows what an edit changed in other cells: a client pulls for the cell that was edited only."""
    ls.jobs.later(("cells", buffer.uri), SETTLING_SECONDS, lambda: ls.refresh(buffer))


def notebook_did_save(ls: Server, params: types.DidSaveNotebookDocumentParams) -> None:
    _saved(ls, ls.session.buffers.get(params.notebook_document.uri))


def notebook_did_close(ls: Server, params: types.DidCloseNotebookDocumentParams) -> None:
    if buffer := ls.session.close_notebook(params.notebook_document.uri):
        ls.jobs.cancel(("cells", buffer.uri))
        ls.closed(buffer, buffer.cells or [])


def _saved(ls: Server, buffer: Buffer | None) -> None:
    if buffer:
        buffer.saved()
        ls.saved(buffer)


def _changed(ls: Server, buffer: Buffer | None) -> None:
    if buffer:
        ls.edited(buffer)


def register(server: Server) -> None:
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(did_open)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(did_save)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    server.feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)(notebook_did_open)
    server.feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)(notebook_did_change)
    server.feature(types.NOTEBOOK_DOCUMENT_DID_SAVE)(notebook_did_save)
    server.feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)(notebook_did_close)
