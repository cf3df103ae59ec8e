"""The server's state: what the editor has open, and the settings in force for each of it.

A `Buffer` holds the only copy of a text. A `View` is one text document as the client knows it: a file, or one cell of
a notebook, whose cells share a buffer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.rule import Edit, Finding, Position, Span
from pygls.uris import to_fs_path, uri_scheme

from perfwise_server.client import Client
from perfwise_server.configuration import Settings, merged
from perfwise_server.convert import Units
from perfwise_server.steady import Clock, Steady

log = logging.getLogger(__name__)

SCHEMES = frozenset({"file", "untitled", "vscode-notebook-cell"})
LANGUAGE = "python"

Change = types.TextDocumentContentChangePartial | types.TextDocumentContentChangeWholeDocument


class Buffer:
    """One text, its analysis, and the hints of it that are on screen.

    What fails in the analysis of one buffer takes away the hints of that buffer and nothing else.
    """

    def __init__(self, uri: str, document: Document, settings: Settings, cells: list[str] | None, session: Session) -> None:
        self.uri = uri
        self.path = path_of(uri)
        self.document = document
        self.settings = settings
        self.cells = cells  # None: a file.
        self.versions: dict[str, int | None] = {}
        self.languages: dict[str, str] = {}
        self._session = session
        self._lost = False
        self._saved = True
        self.configure(settings)

    def configure(self, settings: Settings) -> None:
        """Starts anew under these settings."""
        self.settings = settings
        self._crashed = False
        try:
            self.analysis = Analysis(self.document, settings.options(self.path))
            self._analysed = self.document.version
            self.steady = Steady(
                self.document, self.analysis, still=self._session.client.steady, clock=self._session.clock
            )
        except Exception as error:
            self._fail("analyse", error)

    @property
    def silent(self) -> bool:
        return not self.settings.enable or bool(self.path and self.settings.excludes(self.path))

    def edit(self, span: Span, text: str) -> None:
        self._saved = False
        try:
            self.document.edit(span, text)
            self.steady.edited(span, text)
        except Exception as error:
            self._lost = True
            self._fail("follow the edits of", error)

    def saved(self) -> None:
        self._saved = True

    def hints(self) -> list[Finding]:
        """What is to be shown now, in the order of the text."""
        if self.silent or self._lost:
            return []
        try:
            if self.settings.run == "onSave" and not self._saved:
                return self.steady.frozen()
            self.update()
            return self.steady.hints()
        except Exception as error:
            self._fail("analyse", error)
            return []

    def waiting(self) -> float | None:
        """Seconds until there may be more hints than `hints` gave, though nothing is edited."""
        return None if self.silent or self._crashed else self.steady.waiting()

    def update(self) -> None:
        """Brings the analysis up to date; raises what it raises."""
        if self._crashed:
            self.configure(self.settings)
        if self._analysed != self.document.version:
            started = time.perf_counter()
            self.analysis.update()
            self._analysed = self.document.version
            log.debug("updated %s in %.1f ms", self.uri, (time.perf_counter() - started) * 1000)

    def current(self, finding: Finding) -> Finding | None:
        """The finding as the text stands now, if what is shown there is true of it: only then may its fix be offered."""
        line = finding.span.start.line
        try:
            self.update()
            if self.analysis.broken(self.document.index_at(line)):
                return None
            found = self.analysis.findings_between(line, line)
        except Exception as error:
            self._fail("analyse", error)
            return None
        same = (finding.code, finding.span, finding.message)
        return next((each for each in found if (each.code, each.span, each.message) == same), None)

    def keys(self, findings: Sequence[Finding]) -> list[str]:
        """Names for findings that live as long as their function's text and what they say of it do not change."""
        seen: dict[str, int] = {}
        keys = []
        for finding in findings:
            index = self.document.index_at(finding.span.start.line)
            first = self.document.start_line(index)
            fix = finding.fix and [finding.fix.title, [(e.span.shifted(-first), e.text) for e in finding.fix.edits]]
            told = (finding.code, finding.message, finding.span.shifted(-first), fix, self.document.segments[index].text)
            digest = blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
            seen[digest] = seen.get(digest, 0) + 1
            keys.append(f"{digest}-{seen[digest]}")
        return keys

    def find(self, key: str) -> Finding | None:
        """The finding of this key, or None when its function, or what it depended on, is not what it was."""
        findings = [finding for finding in self.hints() if self.current(finding)]
        return dict(zip(self.keys(findings), findings, strict=True)).get(key)

    def _fail(self, what: str, error: Exception) -> None:
        self._crashed = True
        log.error("could not %s %s: %s: %s", what, self.uri, type(error).__name__, error)
        log.debug("traceback", exc_info=error)


class View(NamedTuple):
    """One text document of the client: `count` lines of a buffer, from the line `first`."""

    uri: str
    buffer: Buffer
    first: int
    count: int

    @property
    def version(self) -> int | None:
        return self.buffer.versions.get(self.uri)

    def holds(self, line: int) -> bool:
        return self.first <= line < self.first + self.count

    def hints(self) -> list[Finding]:
        hints = self.buffer.hints()
        return hints if self.buffer.cells is None else [each for each in hints if self.holds(each.span.start.line)]

    def span(self, units: Units, place: types.Range) -> Span:
        return units.span(self.buffer.document.line, self.first + self.count, place, self.first)

    def range(self, units: Units, span: Span) -> types.Range:
        return units.range(self.buffer.document.line, span, self.first)


class Session:
    def __init__(self, clock: Clock = time.monotonic) -> None:
        self.clock = clock
        self.client = Client()
        self.units = Units()
        self.folders: dict[str, str] = {}
        self.buffers: dict[str, Buffer] = {}
        self._editor_settings: dict[str, Mapping[str, Any]] = {}
        self._notebook_of: dict[str, Buffer] = {}

    def start(self, client: Client, folders: Iterable[types.WorkspaceFolder]) -> None:
        self.client = client
        self.units = Units(client.utf)
        self.folders = {folder.uri: folder.name for folder in folders}
        self._editor_settings = {"": client.settings}

    def open(self, document: types.TextDocumentItem) -> Buffer | None:
        """None for what is none of ours: another language, or a scheme such as `git:`."""
        if document.language_id != LANGUAGE or uri_scheme(document.uri) not in SCHEMES:
            return None
        buffer = Buffer(document.uri, Document(document.text), self.settings(document.uri), None, self)
        buffer.versions[document.uri] = document.version
        self.buffers[document.uri] = buffer
        return buffer

    def change(self, document: types.VersionedTextDocumentIdentifier, changes: Iterable[Change]) -> Buffer | None:
        if (view := self.view(document.uri)) is None:
            return None
        view.buffer.versions[document.uri] = document.version
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                span = view.span(self.units, change.range)
            else:
                last = view.first + view.count - 1
                span = Span(Position(view.first, 0), Position(last, len(view.buffer.document.line(last))))
            view.buffer.edit(span, change.text)
            view = self.view(document.uri) or view
        return view.buffer

    def close(self, uri: str) -> Buffer | None:
        return self.buffers.pop(uri, None)

    def view(self, uri: str) -> View | None:
        if buffer := self.buffers.get(uri):
            return View(uri, buffer, 0, max(buffer.document.line_count, 1))
        return None

    def views(self, buffer: Buffer) -> Iterator[View]:
        for uri in (buffer.uri,) if buffer.cells is None else buffer.cells:
            if view := self.view(uri):
                yield view

    def settings(self, uri: str) -> Settings:
        """Those in force for a file: of the editor for its folder, under those of its project."""
        folder = self.folder(uri)
        settings = merged(self._editor_settings.get(folder, self._editor_settings.get("", {})), path_of(uri) or path_of(folder))
        for problem in settings.problems:
            log.warning("%s", problem)
        return settings

    def folder(self, uri: str) -> str:
        """The innermost workspace folder that holds a document; empty outside all of them."""
        return max((each for each in self.folders if uri.startswith(each.rstrip("/") + "/")), key=len, default="")

    def configure(self, settings: Mapping[str, Mapping[str, Any]]) -> bool:
        """Takes the editor's settings, by folder ("" for those outside), and reads the projects' again.

        Open buffers start anew where theirs changed; whether any did.
        """
        self._editor_settings = {**self._editor_settings, **settings}
        changed = [(buffer, found) for buffer in self.buffers.values() if (found := self.settings(buffer.uri)) != buffer.settings]
        for buffer, found in changed:
            buffer.configure(found)
        return bool(changed)


def path_of(uri: str) -> Path | None:
    """None for what is not on disk."""
    path = to_fs_path(uri)
    return Path(path) if path else None
