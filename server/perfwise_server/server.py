"""The language server, as the features know it."""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcRequestCancelled
from pygls.io_ import StdoutWriter
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from perfwise_server import complexity, installed_version, stdio
from perfwise_server.jobs import Jobs, refusal
from perfwise_server.language_server_protocol import NOTEBOOKS, Protocol
from perfwise_server.session import Buffer, Session, View
from perfwise_server.steady import SETTLING_SECONDS

if TYPE_CHECKING:
    from pygls.server import ServerErrors

    from perfwise_server.profiles.report import Report

log = logging.getLogger(__name__)

FIRST_SLICE_SECONDS = 0.05  # Nearly every file is done within it.
SLICE_SECONDS = 0.01
REFUSALS = (types.LSPErrorCodes.RequestFailed.value, types.LSPErrorCodes.RequestCancelled.value)
NOTICEABLE_SECONDS = 1.0
MEASURE_AFTER_SECONDS = 0.5  # First the hints.
NOT_A_FILE = "A profiler tells of files: save this text to one first."
NOTEBOOK = "A profiler tells of files, not of cells: move the function into a module to profile it."
UNTRUSTED = "Nothing of a workspace is run before it is trusted: until then there are hints only."

Result = TypeVar("Result")


class Listener:
    """What a feature does when something has happened to a buffer."""

    def edited(self, ls: Server, buffer: Buffer) -> None:
        """Its text is new, and not analysed yet."""

    def hinted(self, ls: Server, buffer: Buffer) -> None:
        """Its hints may have changed."""

    def gone(self, ls: Server, uris: list[str]) -> None:
        """These files or cells are closed."""

    def closed(self, ls: Server, buffer: Buffer) -> None:
        """It is no longer among the session's."""

    def configured(self, ls: Server) -> None:
        """Settings may have changed."""


class Server(LanguageServer):
    protocol: Protocol

    def __init__(self, session: Session) -> None:
        super().__init__(
            "perfwise",
            installed_version(),
            notebook_document_sync=NOTEBOOKS,
            protocol_cls=Protocol,
            converter_factory=default_converter,
        )
        self.session = self.protocol.session = session
        self.jobs = Jobs()
        self.listeners: list[Listener] = []
        self.own_pid = os.getpid()

    def serve_stdio(self) -> None:
        """Runs until the client ends it, or its pipe does."""
        self.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
        try:
            asyncio.run(self._serve(sys.stdin.fileno()))
        except (BrokenPipeError, KeyboardInterrupt, SystemExit):
            log.debug("ended", exc_info=True)

    async def _serve(self, descriptor: int) -> None:
        try:
            await stdio.serve(descriptor, self.protocol.receive)
        finally:
            await self.jobs.end()

    @asynccontextmanager
    async def showing_progress(
        self,
        title: str,
        asked: types.ProgressToken | None = None,
        cancel: Callable[[], None] | None = None,
        percentage: int | None = None,
    ) -> AsyncIterator[Callable[[str, int | None], None]]:
        """Gives what tells the client how far it is, in words and, where a first percentage is given, as a percentage.

        Effect: the client shows that something runs: at once under the token it asked for, else if it runs longer than
        a moment. `cancel` is called when the client says so.
        """
        token = asked or str(uuid.uuid4())
        begun = False

        def begin() -> None:
            nonlocal begun
            begun = True
            value = types.WorkDoneProgressBegin(title, cancellable=bool(cancel), percentage=percentage)
            self.work_done_progress.begin(token, value)
            if cancel:
                future = self.work_done_progress.tokens[token]
                future.add_done_callback(lambda done: cancel() if done.cancelled() else None)

        async def begin_later() -> None:
            await asyncio.sleep(NOTICEABLE_SECONDS)
            await self.work_done_progress.create_async(token)
            begin()

        def report(message: str, percentage: int | None = None) -> None:
            if begun:
                value = types.WorkDoneProgressReport(message=message, percentage=percentage)
                self.work_done_progress.report(token, value)

        beginning = None
        if asked is not None:
            begin()
        elif self.session.client.shows_progress:
            beginning = asyncio.ensure_future(begin_later())
        try:
            yield report
        finally:
            if beginning:
                beginning.cancel()
            if begun:
                self.work_done_progress.end(token, types.WorkDoneProgressEnd())
                self.work_done_progress.tokens.pop(token, None)

    async def answer(self, key: Hashable, work: Coroutine[object, object, Result], cancelled: str) -> Result:
        """What a job makes of the request being answered; the job that runs under the same key is ended.

        Raises JsonRpcRequestCancelled, with the sentence `cancelled`, when the job was given up.
        """
        request = self.protocol.request()
        job = self.jobs.start(key, work)
        if request:
            request.add_done_callback(lambda done: job.cancel() if done.cancelled() else None)
        try:
            return await job
        except asyncio.CancelledError:
            if request and request.cancelled():  # And replied to.
                raise
            raise JsonRpcRequestCancelled(cancelled) from None

    async def view(self, uri: str) -> View | None:
        """A text document of the client's, once it has been analysed."""
        view = self.session.view(uri)
        while view and (analysis := self.jobs.running(("analyse", view.buffer.uri))):
            await asyncio.wait([analysis])
            view = self.session.view(uri)
        return view

    def opened(self, uri: str) -> View:
        """A text document of the client's. Raises JsonRpcException where there is none."""
        if view := self.session.view(uri):
            return view
        raise refusal(f"{uri} is not open as Python.")

    def runnable(self, uri: str) -> View:
        """The same; it raises JsonRpcException also where nothing may be run."""
        if not self.session.client.trusted:
            raise refusal(UNTRUSTED)
        return self.opened(uri)

    def file(self, buffer: Buffer) -> Path:
        """That of a text which can be profiled. Raises JsonRpcException."""
        if buffer.cells is not None:
            raise refusal(NOTEBOOK)
        if buffer.path is None:
            raise refusal(NOT_A_FILE)
        return buffer.path

    def show_report(self, report: Report, number: int) -> list[str]:
        """Effect: the buffers of the file that a report is of show it, also when they are opened again. Their uris."""
        self.session.profiles.show(number)
        path = os.path.realpath(report.path)
        self.session.opened.pop(path, None)
        found = [each for each in self.session.buffers.values() if each.path and os.path.realpath(each.path) == path]
        for each in found:
            self.show(each, report, number)
        return [each.uri for each in found]

    def show(self, buffer: Buffer, report: Report | None, number: int = 0) -> None:
        """Effect: a buffer shows the lines of a report, or of none."""
        buffer.show(report, number)
        self.analyse(buffer)
        self.refresh(buffer)

    def analyse(self, buffer: Buffer) -> None:
        """Effect: analyses a new buffer in slices, so that keys and requests are served meanwhile, then shows it."""
        self.jobs.cancel(("analyse", buffer.uri))
        self._tell_of_text(buffer)
        self.measure(buffer)
        if buffer.analyse_for(FIRST_SLICE_SECONDS):
            self.changed(buffer)
        else:
            self.jobs.start(("analyse", buffer.uri), self._analyse(buffer))

    def measure(self, buffer: Buffer) -> None:
        """Effect: shows what crosses a complexity threshold, in a moment, unless the text has changed by then."""
        self.jobs.start(("measure", buffer.uri), self._measure(buffer))

    async def _measure(self, buffer: Buffer) -> None:
        await asyncio.sleep(MEASURE_AFTER_SECONDS)
        version, options = buffer.document.version, buffer.settings.options(buffer.path)
        try:
            found = await complexity.find(buffer.texts(), buffer.cells is not None, options)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            log.warning("could not measure %s: %s: %s", buffer.uri, type(error).__name__, error)
            return
        if buffer.document.version == version and buffer.show_slow(found):
            self.refresh(buffer)

    async def _analyse(self, buffer: Buffer) -> None:
        async with self.showing_progress(f"Analysing {PurePath(buffer.uri).name}"):
            while not buffer.analyse_for(SLICE_SECONDS):
                await asyncio.sleep(0)
        self._tell_of_hints(buffer)

    def changed(self, buffer: Buffer) -> None:
        """Effect: pushes the buffer's hints, once what has arrived is read, to a client that does not pull."""
        if not self.jobs.running(("analyse", buffer.uri)):
            self._tell_of_hints(buffer)
        if self.session.client.pulls and buffer.cells and len(buffer.cells) > 1:  # It asks for the edited cell only.
            self.jobs.later(("cells", buffer.uri), SETTLING_SECONDS, self.refresh_diagnostics)

    def _tell_of_hints(self, buffer: Buffer) -> None:
        for listener in self.listeners:
            listener.hinted(self, buffer)

    def _tell_of_text(self, buffer: Buffer) -> None:
        for listener in self.listeners:
            listener.edited(self, buffer)

    def edited(self, buffer: Buffer) -> None:
        """Effect: the same after an edit; besides, unused suppressions are found anew, for their fix is withdrawn."""
        if buffer.settings.report_unused:
            self.measure(buffer)
        self._tell_of_text(buffer)
        self.changed(buffer)

    def saved(self, buffer: Buffer) -> None:
        """Effect: hints that wait for a save are shown, and the complexity of the text is measured anew."""
        self.measure(buffer)
        if buffer.settings.run == "onSave":
            self.refresh(buffer)

    def closed(self, buffer: Buffer, uris: list[str]) -> None:
        """Effect: the client shows nothing more of these files or cells."""
        if buffer.uri not in self.session.buffers:
            for kind in ("settle", "measure", "analyse", "cells", "heat"):
                self.jobs.cancel((kind, buffer.uri))
        for listener in self.listeners:
            listener.gone(self, uris)
            if buffer.uri not in self.session.buffers:
                listener.closed(self, buffer)

    def refresh(self, buffer: Buffer | None = None) -> None:
        """Effect: the client shows again what it shows of this buffer, or of all."""
        client = self.session.client
        for each in (buffer,) if buffer else self.session.buffers.values():
            self.changed(each)
        self.refresh_diagnostics()
        if client.refreshes_lenses:
            self.workspace_code_lens_refresh(None)
        if client.refreshes_inlays:
            self.workspace_inlay_hint_refresh(None)

    def refresh_diagnostics(self) -> None:
        """Effect: a client that pulls does so again."""
        if self.session.client.pulls and self.session.client.refreshes_diagnostics:
            self.workspace_diagnostic_refresh(None)

    def tell_user(self, message: str) -> None:
        """Effect: the extension shows it. Other clients show the errors of requests themselves."""
        if self.session.client.commands:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))

    def reconfigure(self, settings: Mapping[str, Mapping[str, Any]]) -> None:
        """Effect: the editor's settings, by workspace folder, and the projects' are in force for all that is open."""
        changed = self.session.configure(settings)
        for buffer in changed:
            self.analyse(buffer)
        if changed:
            self.refresh()
        for listener in self.listeners:
            listener.configured(self)
        logging.getLogger(__package__).setLevel(self.session.settings("").log_level.upper())

    @property
    def was_shut_down(self) -> bool:
        return bool(self.protocol._shutdown)

    def report_server_error(self, error: Exception, source: ServerErrors) -> None:
        """Effect: one line in the log. A request that fails says so in its reply."""
        is_refusal = getattr(error, "code", None) in REFUSALS
        told = str(error).partition("\n")[0]
        log.log(logging.INFO if is_refusal else logging.ERROR, "%s: %s", source.__name__, told)
        log.debug("traceback", exc_info=error)
