"""Opening, changing, saving and closing of files and notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from perfwise_server.session import LANGUAGE, Buffer

if TYPE_CHECKING:
    from perfwise_server.app import Server

METHODS = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
)
NOTEBOOKS = types.NotebookDocumentSyncOptions(
    notebook_selector=[types.NotebookDocumentFilterWithCells(cells=[types.NotebookCellLanguage(LANGUAGE)])], save=True
)


def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    _changed(ls, ls.session.open(params.text_document))


def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    _changed(ls, ls.session.change(params.text_document, params.content_changes))


def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    if view := ls.session.view(params.text_document.uri):
        view.buffer.saved()
        _changed(ls, view.buffer)


def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    if buffer := ls.session.close(params.text_document.uri):
        ls.closed(buffer, [buffer.uri])


def _changed(ls: Server, buffer: Buffer | None) -> None:
    if buffer:
        ls.changed(buffer)


def register(server: Server) -> None:
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(did_open)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(did_save)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(did_close)
