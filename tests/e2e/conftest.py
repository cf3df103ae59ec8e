"""An editor for tests: the real server over real standard input and output, and a text model of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from tests.sources import SLOW

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0


class Model:
    """A text as an LSP client keeps it: columns in UTF-16 units, counted the plain way."""

    def __init__(self, text: str, version: int = 1) -> None:
        self.text = text
        self.version = version

    def offset(self, position: types.Position) -> int:
        lines = [*self.text.splitlines(keepends=True), ""]
        units, column = 0, 0
        line = lines[position.line]
        while units < position.character:
            units += 2 if ord(line[column]) > 0xFFFF else 1
            column += 1
        return sum(map(len, lines[: position.line])) + column

    def replace(self, place: types.Range, new: str) -> None:
        self.text = self.text[: self.offset(place.start)] + new + self.text[self.offset(place.end) :]


class Editor:
    """Drives one server. `hints` waits for what the server says of the version the editor has."""

    def __init__(self, client: LanguageClient, pulls: bool) -> None:
        self.client = client
        self.pulls = pulls
        self.models: dict[str, Model] = {}
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.publications = 0
        self.refreshes = 0
        self.applied: list[types.ApplyWorkspaceEditParams] = []
        self.registered: dict[str, Any] = {}
        self._news = asyncio.Condition()

    async def news(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(holds), SECONDS)

    def open(self, uri: str, text: str, language: str = "python") -> None:
        self.models[uri] = Model(text)
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )

    def change(self, uri: str, old: str, new: str) -> None:
        """Puts `new` in the place of the first `old`, as one incremental change."""
        model = self.models[uri]
        at = model.text.index(old)
        place = types.Range(position_of(model.text, at), position_of(model.text, at + len(old)))
        self.edit(uri, [types.TextEdit(place, new)])

    def edit(self, uri: str, edits: Iterable[types.TextEdit]) -> None:
        """Edits that all mean the text before them; sent from the last to the first."""
        model = self.models[uri]
        ordered = sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True)
        for edit in ordered:
            model.replace(edit.range, edit.new_text)
        model.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(model.version, uri),
                [types.TextDocumentContentChangePartial(edit.range, edit.new_text) for edit in ordered],
            )
        )

    def apply(self, edit: types.WorkspaceEdit) -> None:
        """As an editor does: refused when it is for another version."""
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            uri = change.text_document.uri
            assert change.text_document.version == self.models[uri].version
            self.edit(uri, [types.TextEdit(each.range, each.new_text) for each in change.edits])

    Model = Model

    def apply_to_cells(self, notebook: str, edit: types.WorkspaceEdit) -> None:
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            model = self.models[change.text_document.uri]
            ordered = sorted(
                change.edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True
            )
            for each in ordered:
                model.replace(each.range, each.new_text)
            model.version += 1
            content = types.NotebookDocumentCellContentChanges(
                types.VersionedTextDocumentIdentifier(model.version, change.text_document.uri),
                [types.TextDocumentContentChangePartial(each.range, each.new_text) for each in ordered],
            )
            self.client.notebook_document_did_change(
                types.DidChangeNotebookDocumentParams(
                    types.VersionedNotebookDocumentIdentifier(model.version, notebook),
                    types.NotebookDocumentChangeEvent(cells=types.NotebookDocumentCellChanges(text_content=[content])),
                )
            )

    def save(self, uri: str) -> None:
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def hints(
        self, uri: str, holds: Callable[[list[types.Diagnostic]], bool] = lambda _: True
    ) -> list[types.Diagnostic]:
        """The diagnostics of the text as it is, once they satisfy `holds`."""
        if self.pulls:
            refreshes = self.refreshes
            while not holds(found := await self.pull(uri)):
                await self.until(partial(self._refreshed_since, refreshes))
                refreshes = self.refreshes
            return found

        def current() -> bool:
            news = self.published.get(uri)
            return bool(news and news.version == self.models[uri].version and holds(list(news.diagnostics)))

        await self.until(current)
        return list(self.published[uri].diagnostics)

    def _refreshed_since(self, refreshes: int) -> bool:
        return self.refreshes > refreshes

    async def pull(self, uri: str) -> list[types.Diagnostic]:
        report = await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        )
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return list(report.items)

    async def actions(self, uri: str, place: types.Range, only: list[str] | None = None) -> list[types.CodeAction]:
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(types.TextDocumentIdentifier(uri), place, types.CodeActionContext([], only))
        )
        return [each for each in found or () if isinstance(each, types.CodeAction)]

    async def action(self, uri: str, place: types.Range, title: str) -> types.CodeAction:
        """The one whose title starts so, resolved."""
        (found,) = [each for each in await self.actions(uri, place) if each.title.startswith(title)]
        return await self.client.code_action_resolve_async(found)

    async def fix(self, uri: str) -> types.CodeAction:
        """The preferred quick fix of the first hint, resolved."""
        hint = (await self.hints(uri, bool))[0]
        preferred = [each for each in await self.actions(uri, hint.range) if each.is_preferred]
        return await self.client.code_action_resolve_async(preferred[0])


def position_of(text: str, offset: int) -> types.Position:
    before = text[:offset].splitlines(keepends=True) or [""]
    if before[-1].endswith(("\n", "\r")):
        before.append("")
    return types.Position(len(before) - 1, len(before[-1].encode("utf-16-le")) // 2)


def capabilities_of(pulls: bool, encodings: list[str] | None = None) -> types.ClientCapabilities:
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=encodings),
        window=types.WindowClientCapabilities(work_done_progress=True),
        notebook_document=types.NotebookDocumentClientCapabilities(types.NotebookDocumentSyncClientCapabilities()),
        text_document=types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(version_support=True),
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
            code_action=types.CodeActionClientCapabilities(
                code_action_literal_support=types.ClientCodeActionLiteralOptions(
                    types.ClientCodeActionKindOptions([""])
                ),
                is_preferred_support=True,
                data_support=True,
                resolve_support=types.ClientCodeActionResolveOptions(["edit"]),
            ),
        ),
        workspace=types.WorkspaceClientCapabilities(
            apply_edit=True,
            configuration=True,
            workspace_folders=True,
            workspace_edit=types.WorkspaceEditClientCapabilities(
                document_changes=True, change_annotation_support=types.ChangeAnnotationsSupportOptions()
            ),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
            code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True),
            inlay_hint=types.InlayHintWorkspaceClientCapabilities(refresh_support=True),
        ),
    )


def environment() -> dict[str, str]:
    """The user's own, with the sources importable when the package is not installed."""
    paths = [os.environ.get("PYTHONPATH", ""), str(ROOT / "server"), str(ROOT / "analyzers")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


Start = Callable[..., Any]


@asynccontextmanager
async def started(
    folders: Iterable[Path],
    pulls: bool = False,
    options: dict[str, Any] | None = None,
    settings: dict[str, Any] | None = None,
    encodings: list[str] | None = None,
    capabilities: types.ClientCapabilities | None = None,
) -> AsyncIterator[Editor]:
    client = LanguageClient(converter_factory=default_converter, configuration={"": {"perfwise": settings or {}}})
    editor = Editor(client, pulls)

    async def published(_: LanguageClient, params: types.PublishDiagnosticsParams) -> None:
        editor.published[params.uri] = params
        editor.publications += 1
        await editor.news()

    async def refreshed(_: LanguageClient, __: None) -> None:
        editor.refreshes += 1
        await editor.news()

    async def apply_edit(_: LanguageClient, params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        editor.applied.append(params)
        await editor.news()
        return types.ApplyWorkspaceEditResult(applied=True)

    async def registered(_: LanguageClient, params: types.RegistrationParams) -> None:
        editor.registered |= {each.id: each.register_options for each in params.registrations}
        await editor.news()

    async def unregistered(_: LanguageClient, params: types.UnregistrationParams) -> None:
        for each in params.unregisterations:
            del editor.registered[each.id]
        await editor.news()

    def lenses_or_inlays_refreshed(_: LanguageClient, __: None) -> None: ...

    register_lsp_features(
        client,
        {
            **DEFAULT_CLIENT_FEATURES,
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: published,
            types.WORKSPACE_DIAGNOSTIC_REFRESH: refreshed,
            types.WORKSPACE_APPLY_EDIT: apply_edit,
            types.CLIENT_REGISTER_CAPABILITY: registered,
            types.CLIENT_UNREGISTER_CAPABILITY: unregistered,
            types.WORKSPACE_CODE_LENS_REFRESH: lenses_or_inlays_refreshed,
            types.WORKSPACE_INLAY_HINT_REFRESH: lenses_or_inlays_refreshed,
        },
    )
    await client.start_io(sys.executable, "-m", "perfwise_server", env=environment(), cwd=ROOT)
    try:
        await client.initialize_session(
            types.InitializeParams(
                capabilities=capabilities or capabilities_of(pulls, encodings),
                workspace_folders=[types.WorkspaceFolder(each.as_uri(), each.name) for each in folders],
                initialization_options=options,
            )
        )
        yield editor
        await client.shutdown_session()
        assert client._server is not None
        assert client._server.returncode == 0
    finally:
        if client._server and client._server.returncode is None:
            client._server.kill()
        await client.stop()


@pytest.fixture
def start() -> Start:
    return started


@pytest_asyncio.fixture(params=["push", "pull"], scope="module", loop_scope="module")
async def editor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """One for all the tests of a module, which therefore share its event loop."""
    async with started([tmp_path_factory.mktemp("workspace")], pulls=request.param == "pull") as editor:
        yield editor


@pytest.fixture(params=["push", "pull"])
async def fresh_editor(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Editor]:
    async with started([tmp_path], pulls=request.param == "pull") as editor:
        yield editor


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return (tmp_path / "shop.py").as_uri()


@pytest.fixture
def quadratic() -> str:
    return SLOW


@pytest.fixture
def server_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Child processes find the sources though the package may not be installed."""
    monkeypatch.setenv("PYTHONPATH", environment()["PYTHONPATH"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What strays from the protocol's specification fails the test it happens in."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(
                pytest.mark.filterwarnings(
                    f"error::{pytest_lsp.LspSpecificationWarning.__module__}.LspSpecificationWarning"
                )
            )
