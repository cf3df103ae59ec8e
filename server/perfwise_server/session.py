"""The server's state: what the editor has open, and the settings in force for each of it.

A `Buffer` holds the only copy of a text. A `View` is one text document as the client knows it: a file, or one cell of
a notebook, whose cells share a buffer.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.uris import to_fs_path, uri_scheme

from perfwise_analyzers.cost.frame import FunctionCost
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.finding import Finding, Position, Span
from perfwise_analyzers.observed import Observation
from perfwise_server.client import Client
from perfwise_server.configuration import Settings, editor_settings, merged
from perfwise_server.convert import Units
from perfwise_server.evidence.gathering import in_text
from perfwise_server.evidence.profiles import Kept, Profiles
from perfwise_server.evidence.store import Store
from perfwise_server.profiles.heat import Heat
from perfwise_server.profiles.hot import HotLines
from perfwise_server.profiles.profile import ProfiledFile, ProfileError
from perfwise_server.profiles.report import Report
from perfwise_server.profiles.scalene import profiled
from perfwise_server.protocol import WorkspaceHint
from perfwise_server.steady import Clock, Steady

if TYPE_CHECKING:
    from perfwise_server.rewrite_replies import Suggestion
    from perfwise_server.verifying.laboratory import Case

log = logging.getLogger(__name__)

SCHEMES = frozenset({"file", "untitled", "vscode-notebook-cell"})
LANGUAGE = "python"

Change = types.TextDocumentContentChangePartial | types.TextDocumentContentChangeWholeDocument


class Buffer:
    """One text, its analysis, and the hints of it that are on screen.

    What fails in the analysis of one buffer takes away the hints of that buffer and nothing else.
    """

    def __init__(
        self, uri: str, document: Document, settings: Settings, cells: list[str] | None, session: Session
    ) -> None:
        self.uri = uri
        self.path = path_of(uri)
        self.document = document
        self.settings = settings
        self.cells = cells  # None: a file.
        self.versions: dict[str, int | None] = {}
        self._session = session
        self._lost = False
        self._saved = True
        self._shown = session.profile_of(self)
        self.heat_is_news = self._shown is not None
        self.configure(settings)

    def configure(self, settings: Settings) -> None:
        """Starts anew under these settings."""
        self.settings = settings
        self._failed_at: int | None = None  # The version of the document that could not be analysed.
        self._analysed_lines = 0
        self.profiled = self._session.profiled(self.uri, settings) if self.cells is None else None
        self._hot: HotLines | None = None
        self.heat: Heat | None = None
        self.observed: dict[str, Observation] = {}
        try:
            self._hot = self._hot_lines()
            if self._shown:
                self.heat = Heat(*self._shown, self.document.line, self.document.line_count)
            self._seconds: dict[int, float] = {}
            self._warm()
            self.observed = self._session.observed(self)
            hot = self._seconds if self._hot or self.heat else None
            self.analysis = Analysis(self.document, settings.options(self.path), hot, self.observed)
            self._analysed = self.document.version
            self._watch()
        except Exception as error:
            self._fail("analyse", error)

    def observe(self) -> bool:
        """Takes what runs have shown since; whether it is news."""
        observed = self._session.observed(self)
        is_news = self._failed_at is None and observed != self.observed
        if is_news:
            self.observed = self.analysis.observed = observed
        return is_news

    def show(self, report: Report | None, number: int = 0) -> None:
        """Shows the lines of a report, or of none. `number` is that under which it is kept. Starts anew."""
        self._shown = (report, number) if report else None
        self.heat_is_news = True
        self.configure(self.settings)

    def _warm(self) -> None:
        """The hot lines are those of the profile that the settings name, under those of the one that is shown."""
        self._seconds.clear()
        self._seconds |= {**(self._hot.seconds if self._hot else {}), **(self.heat.seconds if self.heat else {})}

    def _hot_lines(self) -> HotLines | None:
        if self.profiled is None:
            return None
        hot = HotLines(self.profiled, self.document.line, self.document.line_count)
        if hot.lost:
            log.info("%s hot lines of %s changed since they were profiled", hot.lost, self.uri)
        return hot

    def _watch(self) -> None:
        """What is held back is shown later: not to a client that asks for hints and cannot be told to ask again."""
        client = self._session.client
        still = client.steady and (client.refreshes_diagnostics or not client.pulls)
        self.steady = Steady(self.document, self.analysis, still=still, clock=self._session.clock)

    def python(self, chosen: str = "") -> str:
        """That which runs the file: the client's choice for it, the setting's, or one that is found."""
        from perfwise_server.driving.pythons import python_of

        return python_of(self.path or Path("module.py"), chosen or self.settings.interpreter)

    @property
    def silent(self) -> bool:
        return not self.settings.enable or bool(self.path and self.settings.excludes(self.path))

    def edit(self, span: Span, text: str) -> None:
        self._saved = False
        try:
            self.document.edit(span, text)
            lines = span.start.line, span.end.line, self.document.line_count
            if self._hot:
                self._hot.edited(*lines)
            if self.heat and self.heat.edited(*lines):
                self.heat_is_news = True
            if self._hot or self.heat:
                self._warm()
            if self._failed_at is None:
                self.steady.edited(span, text)
        except Exception as error:
            self._lost = True
            self._fail("follow the edits of", error)

    def saved(self) -> None:
        self._saved = True

    @property
    def is_saved(self) -> bool:
        return self._saved

    def restructured(self) -> None:
        """Cells came, went or moved."""
        self._saved = False
        if self._failed_at is None:
            self._watch()

    @property
    def line_ending(self) -> str:
        segments = self.document.segments
        return "\r\n" if segments and "\r\n" in segments[0].text else "\n"

    def hints(self) -> list[Finding]:
        """What is to be shown now, in the order of the text."""
        try:
            if self.silent or not self._follow():
                return []
            is_frozen = self.settings.run == "onSave" and not self._saved
            return self.steady.frozen() if is_frozen else self.steady.hints()
        except Exception as error:
            self._fail("analyse", error)
            return []

    def waiting(self) -> float | None:
        """Seconds until there may be more hints than `hints` gave, though nothing is edited."""
        return None if self.silent or self._failed_at is not None else self.steady.waiting()

    def show_slow(self, found: list[Finding]) -> bool:
        """Takes what was found off the path of the keys; whether it is news."""
        is_news = self._failed_at is None and self.steady.slow != found
        if is_news:
            self.steady.slow = found
        return is_news

    def _follow(self) -> bool:
        """Brings the analysis up to date. False after a failure, until the text changes and it starts anew."""
        if self._lost or self._failed_at == self.document.version:
            return False
        if self._failed_at is not None:
            self.configure(self.settings)
            return self._failed_at is None
        if self._analysed != self.document.version:
            started = time.perf_counter()
            self.analysis.update()
            self._analysed = self.document.version
            log.debug("updated %s in %.1f ms", self.uri, (time.perf_counter() - started) * 1000)
        return True

    def analyse_for(self, seconds: float) -> bool:
        """Goes on with the first analysis; whether it is done."""
        end = time.perf_counter() + seconds
        try:
            while self._follow() and self._analysed_lines < self.document.start_line(len(self.document.segments)):
                if time.perf_counter() > end:
                    return False
                self.analysis.findings_between(self._analysed_lines, self._analysed_lines)
                self._analysed_lines = self.document.start_line(self.document.index_at(self._analysed_lines) + 1)
        except Exception as error:
            self._fail("analyse", error)
        return True

    def current(self, finding: Finding) -> Finding | None:
        """The finding as the text stands now; None when it is shown though no longer true, so that it has no fix."""
        line = finding.span.start.line
        try:
            if not self._follow() or self.analysis.broken(self.document.index_at(line)):
                return None
            found = [*self.analysis.findings_between(line, line), *self.steady.slow]
        except Exception as error:
            self._fail("analyse", error)
            return None
        same = (finding.code, finding.span, finding.message)
        return next((each for each in found if (each.code, each.span, each.message) == same), None)

    def costs(self, first_line: int, last_line: int) -> list[FunctionCost]:
        """What the functions cost that are on these lines or in one segment with them."""
        try:
            return [] if self.silent or not self._follow() else self.analysis.costs(first_line, last_line)
        except Exception as error:
            self._fail("tell the costs of", error)
            return []

    def texts(self) -> list[str]:
        """The whole text, or each cell's."""
        if self.cells is None:
            return [self.document.text]
        return [self.cell_text(index) for index in range(len(self.cells))]

    def cell_text(self, index: int) -> str:
        first, count = self.document.cell_span(index)
        return "\n".join(map(self.document.line, range(first, first + count)))

    def keys(self, findings: Sequence[Finding]) -> list[str]:
        """Names for findings that live as long as their function's text and what they say of it do not change."""
        seen: dict[str, int] = {}
        keys = []
        for finding in findings:
            index = self.document.index_at(finding.span.start.line)
            first = self.document.start_line(index)
            fix = finding.fix and [finding.fix.title, [(e.span.shifted(-first), e.text) for e in finding.fix.edits]]
            told = (
                finding.code,
                finding.message,
                finding.span.shifted(-first),
                fix,
                self.document.segments[index].text,
            )
            digest = blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
            seen[digest] = seen.get(digest, 0) + 1
            keys.append(f"{digest}-{seen[digest]}")
        return keys

    def find(self, key: str) -> Finding | None:
        """The finding of this key, or None when its function, or what it depended on, is not what it was."""
        findings = [finding for finding in self.hints() if self.current(finding)]
        return dict(zip(self.keys(findings), findings, strict=True)).get(key)

    def _fail(self, what: str, error: Exception) -> None:
        self._failed_at = self.document.version
        log.error("could not %s %s: %s: %s", what, self.uri, type(error).__name__, error)
        log.debug("traceback", exc_info=error)


@dataclass(frozen=True, slots=True)
class View:
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

    @property
    def is_last(self) -> bool:
        return self.buffer.cells is None or self.uri == self.buffer.cells[-1]

    def clamped(self, span: Span) -> Span:
        """The part of it in this view: what ends at the start of the line after it ends at the end of its last."""
        last = self.first + self.count - 1
        end = Position(last, len(self.buffer.document.line(last)))
        return Span(min(span.start, end), min(span.end, end))

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
        self.checked: dict[str, list[WorkspaceHint]] = {}  # Found by the last check of the workspace, by path.
        self.problems: set[str] = set()  # The paths of those that the client shows though their file is closed.
        self.verified: Case | None = None  # Both versions of the fix that was verified last.
        self.profiles_watched: list[Path] = []
        self.evidence = Store()
        self.profiles = Profiles(self.evidence)
        self.opened: dict[str, Report] = {}  # Of the profile that the user opened, by paths without links.
        self.opened_from = ""  # The file it is in.
        self.suggestions: dict[int, Suggestion] = {}  # By number, the last few.
        self._evidence_stamp = self.evidence.stamp()
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

    def open_notebook(self, notebook: types.NotebookDocument, cells: Iterable[types.TextDocumentItem]) -> Buffer:
        documents = {cell.uri: cell for cell in cells}
        uris = [cell.document for cell in notebook.cells if cell.document in documents]
        document = Document.of_cells([documents[uri].text for uri in uris])
        buffer = Buffer(notebook.uri, document, self.settings(notebook.uri), uris, self)
        self.buffers[notebook.uri] = buffer
        for uri in uris:
            self._notebook_of[uri] = buffer
            buffer.versions[uri] = documents[uri].version
        return buffer

    def change_cells(
        self, uri: str, structure: types.NotebookDocumentCellChangeStructure
    ) -> tuple[Buffer, list[str]] | None:
        """The buffer, and the cells that are gone. Cells that moved are taken out and put in, their text unsaid."""
        buffer = self.buffers.get(uri)
        if buffer is None or buffer.cells is None:
            return None
        array = structure.array
        texts = {}
        for _ in range(min(array.delete_count, len(buffer.cells) - array.start)):
            texts[buffer.cells[array.start]] = buffer.cell_text(array.start)
            buffer.document.delete_cell(array.start)
            del buffer.cells[array.start]
        for opened in structure.did_open or ():
            texts[opened.uri] = opened.text
            buffer.versions[opened.uri] = opened.version
        for offset, cell in enumerate(array.cells or ()):
            buffer.document.insert_cell(array.start + offset, texts.get(cell.document, ""))
            buffer.cells.insert(array.start + offset, cell.document)
            self._notebook_of[cell.document] = buffer
        gone = [uri for uri in texts if uri not in buffer.cells]
        for each in gone:
            self._notebook_of.pop(each, None)
            buffer.versions.pop(each, None)
        buffer.restructured()
        return buffer, gone

    def close_notebook(self, uri: str) -> Buffer | None:
        buffer = self.buffers.pop(uri, None)
        for cell in (buffer and buffer.cells) or ():
            self._notebook_of.pop(cell, None)
        return buffer

    def view(self, uri: str) -> View | None:
        if buffer := self.buffers.get(uri):
            return View(uri, buffer, 0, buffer.document.line_count) if buffer.cells is None else None
        if (buffer := self._notebook_of.get(uri)) and buffer.cells:
            return View(uri, buffer, *buffer.document.cell_span(buffer.cells.index(uri)))
        return None

    def views(self, buffer: Buffer) -> Iterator[View]:
        for uri in (buffer.uri,) if buffer.cells is None else buffer.cells:
            if view := self.view(uri):
                yield view

    def settings(self, uri: str) -> Settings:
        """Those in force for a file: of the editor for its folder, under those of its project."""
        folder = self.folder(uri)
        settings = merged(self.editor_settings(folder), path_of(uri) or path_of(folder))
        for problem in settings.problems:
            log.warning("%s", problem)
        return settings

    def editor_settings(self, folder: str) -> Mapping[str, Any]:
        return self._editor_settings.get(folder, self._editor_settings.get("", {}))

    def settings_on_disk(self, folder: str) -> Mapping[str, Any]:
        """The same for files that are not open: of these, too, the profile that the user opened tells."""
        settings = self.editor_settings(folder)
        return {**settings, "profile": self.opened_from} if self.opened else settings

    def profile_paths(self) -> list[Path]:
        """Of the profiles that the folders' settings name."""
        roots = {folder: path for folder in self.folders if (path := path_of(folder))}
        named = {folder: editor_settings(self.editor_settings(folder)).profile for folder in roots}
        return sorted({(roots[folder] / name).absolute() for folder, name in named.items() if name})

    def profiled(self, uri: str, settings: Settings) -> ProfiledFile | None:
        """What the profile that the settings name, relative to the folder, holds of a file."""
        if (path := path_of(uri)) is None:
            return None
        try:
            return profiled(path, settings.profile, path_of(self.folder(uri)) or path.parent)
        except ProfileError as error:
            log.warning("%s: %s", settings.profile, error)
            return None

    def profile_of(self, buffer: Buffer) -> tuple[Report, int] | None:
        """What is shown of a file when it is opened, and its number: a profile that the user opened, or a kept one."""
        if buffer.path is None or buffer.cells is not None:
            return None
        if found := self.opened.get(os.path.realpath(buffer.path)):
            return found, 0
        kept = self.profiles.shown(buffer.path, buffer.document)
        report = report_of(kept)
        return (report, kept.id) if kept and report else None

    def observed(self, buffer: Buffer) -> dict[str, Observation]:
        """What runs showed of a file's functions, by name; those of a renamed file are found by their source."""
        if buffer.path is None or buffer.cells is not None:
            return {}
        return self.evidence.observations(buffer.path) or in_text(self.evidence, buffer.document)

    def observe(self) -> list[Buffer]:
        """Takes what runs have shown since the last call; the open buffers to which it is news."""
        if (stamp := self.evidence.stamp()) == self._evidence_stamp:
            return []
        self._evidence_stamp = stamp
        return [buffer for buffer in self.buffers.values() if buffer.observe()]

    def folder(self, uri: str) -> str:
        """The innermost workspace folder that holds a document; empty outside all of them."""
        return max((each for each in self.folders if uri.startswith(each.rstrip("/") + "/")), key=len, default="")

    def configure(self, settings: Mapping[str, Mapping[str, Any]]) -> list[Buffer]:
        """Takes the editor's settings, by folder ("" for those outside), and reads the projects' again.

        The open buffers whose settings or profile changed start anew; it says which.
        """
        self._editor_settings = {**self._editor_settings, **settings}
        changed = []
        for buffer in self.buffers.values():
            found = self.settings(buffer.uri)
            if found != buffer.settings or self.profiled(buffer.uri, found) != buffer.profiled:
                buffer.configure(found)
                changed.append(buffer)
        return changed


def path_of(uri: str) -> Path | None:
    """None for what is not on disk."""
    path = to_fs_path(uri)
    return Path(path) if path else None


def report_of(kept: Kept | None) -> Report | None:
    """None, too, for a record of another version of ours."""
    try:
        return Report.from_record(kept.record) if kept else None
    except (KeyError, TypeError):
        return None
