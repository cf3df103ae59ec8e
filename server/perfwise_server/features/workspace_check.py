"""Checking every file of the workspace, and what becomes of the hints found while files change."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.uris import from_fs_path

from perfwise_analyzers.finding import Finding
from perfwise_server import fixes
from perfwise_server.convert import plain, plain_diagnostic
from perfwise_server.protocol import (
    CHECK_WORKSPACE,
    CLEAR_WORKSPACE,
    FIX_HINT,
    WORKSPACE_HINTS,
    WorkspaceChange,
    WorkspaceHint,
    WorkspaceReply,
)
from perfwise_server.server import Listener, Server
from perfwise_server.session import Buffer, path_of

if TYPE_CHECKING:
    from perfwise_server.checking.background import Ended, Request
    from perfwise_server.checking.hints import Hint

JOB = "check workspace"
UPDATE_SECONDS = 0.3  # After the last key.
NO_FOLDER = "There is no folder open to check."
CANCELLED = "The check of the workspace was cancelled."


async def check(ls: Server, token: types.ProgressToken | None) -> WorkspaceReply:
    """The hints of all files in the workspace's folders. Raises JsonRpcException, also where it was cancelled.

    Effect: they are followed from now on, in the place of what a check found before. One that still runs is ended.
    """
    return await ls.answer(JOB, _check(ls, token), CANCELLED)


async def _check(ls: Server, token: types.ProgressToken | None) -> WorkspaceReply:
    from perfwise_server.checking.background import Request, Root

    started = time.perf_counter()
    if asked := ls.jobs.running("settings"):
        await asyncio.wait([asked])
    roots = [Root(str(path), ls.session.settings_on_disk(uri)) for uri in ls.session.folders if (path := path_of(uri))]
    if not roots:
        raise _refusal(NO_FOLDER)
    request = Request(tuple(roots), frozenset(_open(ls)))
    async with ls.showing_progress("Checking the workspace", token, lambda: ls.jobs.cancel(JOB), 0) as report:
        found, ended = await _found(ls, request, report)
    for left in ended.left:
        found[left] = await _hints_of_open(ls, left)
    _forget(ls)
    ls.session.checked = found
    _show_all_problems(ls)
    hints = [hint for some in found.values() for hint in some]
    return {
        "hints": sorted(hints, key=_order),
        "files": ended.files,
        "skipped": [{"path": each.path, "reason": each.reason} for each in ended.skipped],
        "seconds": round(time.perf_counter() - started, 3),
    }


async def _found(
    ls: Server, request: Request, report: Any = lambda *_: None
) -> tuple[dict[str, list[WorkspaceHint]], Ended]:
    """What a process finds in the files on disk, by path. Raises JsonRpcException."""
    from perfwise_server.checking import background

    found = {}
    async with aclosing(background.check(request)) as messages:
        async for message in messages:
            if isinstance(message, background.Checked):
                found[message.path] = _hints_of_closed(ls, message.path, message.hints)
            elif isinstance(message, background.Progress):
                done, files = message
                report(f"{done:,} of {files:,} files", 100 * done // max(files, 1))
            elif isinstance(message, background.Failed):
                raise _refusal(message.reason)
            else:
                return found, message
    raise AssertionError("a check has an end")


def _open(ls: Server) -> dict[str, Buffer]:
    return {buffer.path.as_posix(): buffer for buffer in ls.session.buffers.values() if buffer.path}


async def _hints_of_open(ls: Server, path: str) -> list[WorkspaceHint]:
    """Of a text of the editor's, once it is analysed; of the file, if it was closed meanwhile."""
    if buffer := _open(ls).get(path):
        if analysis := ls.jobs.running(("analyse", buffer.uri)):
            await asyncio.wait([analysis])
        return _hints_of_buffer(ls, path, buffer)
    return await _hints_on_disk(ls, path)


async def _hints_on_disk(ls: Server, path: str) -> list[WorkspaceHint]:
    """None of a file that is gone."""
    from perfwise_server.checking.background import Request, Root

    settings = ls.session.settings_on_disk(ls.session.folder(_uri(path)))
    try:
        found, _ = await _found(ls, Request((Root(path, settings),)))
    except JsonRpcException:
        return []
    return found.get(path, [])


def _hints_of_buffer(ls: Server, path: str, buffer: Buffer) -> list[WorkspaceHint]:
    return [
        _hint(_uri(path), None if buffer.cells is None else cell, view.range(ls.session.units, each.span), each)
        for cell, view in enumerate(ls.session.views(buffer))
        for each in view.hints()
    ]


def _hints_of_closed(ls: Server, path: str, hints: Sequence[Hint]) -> list[WorkspaceHint]:
    result = []
    for hint in hints:
        (start, end), starts = hint.finding.span, hint.cells.starts
        cell = sum(line <= start.line for line, _ in starts) - 1
        lines = {end.line: hint.last, start.line: hint.excerpt}
        place = ls.session.units.range(lines.__getitem__, hint.finding.span, starts[cell][0] if starts else 0)
        result.append(_hint(_uri(path), cell if starts else None, place, hint.finding))
    return result


def _hint(uri: str, cell: int | None, place: types.Range, finding: Finding) -> WorkspaceHint:
    from perfwise_server.checking.ranking import rank

    return {
        "uri": uri,
        "cell": cell,
        "range": plain(place),
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "severity": finding.severity,
        "cost": finding.cost,
        "betterCost": finding.better_cost,
        "fix": finding.fix.level if finding.fix else None,
        "rank": list(rank(finding)),
    }


def _order(hint: WorkspaceHint) -> Any:
    return [-each for each in hint["rank"]], hint["uri"], hint["cell"] or 0, hint["range"]["start"]["line"]


def _follow(ls: Server, buffer: Buffer) -> None:
    if buffer.path and buffer.uri in ls.session.buffers:
        path = buffer.path.as_posix()
        _update(ls, path, _hints_of_buffer(ls, path, buffer))


async def _follow_disk(ls: Server, path: str) -> None:
    _update(ls, path, await _hints_on_disk(ls, path))


def _update(ls: Server, path: str, hints: list[WorkspaceHint]) -> None:
    if path in ls.session.checked and ls.session.checked[path] != hints:
        ls.session.checked[path] = hints
        if ls.session.client.commands:
            change: WorkspaceChange = {"uri": _uri(path), "hints": hints}
            ls.protocol.send_plain(WORKSPACE_HINTS, change)
    _show_problems(ls, path)


def _show_all_problems(ls: Server) -> None:
    """Effect: the hints of closed files are among the client's problems, if the settings say so."""
    for path in {*ls.session.checked, *ls.session.problems}:
        _show_problems(ls, path)


def _show_problems(ls: Server, path: str) -> None:
    is_open = path in _open(ls)
    wanted = ls.session.settings("").workspace_problems and not is_open
    shown = [
        plain_diagnostic(each["range"], each["severity"], each["code"], each["name"], each["message"])
        for each in ls.session.checked.get(path, ())
        if wanted and each["cell"] is None  # The client knows cells by names that closed ones do not have.
    ]
    if shown or path in ls.session.problems:
        (ls.session.problems.add if shown else ls.session.problems.discard)(path)
        if not is_open or ls.session.client.pulls:  # Else what is pushed of the open file takes their place.
            params = {"uri": _uri(path), "diagnostics": shown}
            ls.protocol.send_plain(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def _forget(ls: Server) -> None:
    """Effect: what the last check found is no longer followed, nor shown among the problems."""
    ls.session.checked = {}
    _show_all_problems(ls)


async def fix(ls: Server, uri: str, code: str, line: int) -> bool:
    """Effect: asks the client to make the fix of a hint in an open file or cell; whether there is one."""
    if view := await ls.view(uri):
        for finding in map(view.buffer.current, view.hints()):
            if finding and finding.fix and finding.code == code and finding.span.start.line == view.first + line:
                edit = fixes.one(ls.session, view.buffer, finding)
                ls.workspace_apply_edit(types.ApplyWorkspaceEditParams(edit, finding.fix.title))
                return True
    return False


def _refusal(reason: str) -> JsonRpcException:
    return JsonRpcException(reason, code=types.LSPErrorCodes.RequestFailed.value)


def _uri(path: str) -> str:
    """The same whether the file is open or not: clients write their own in different ways."""
    return from_fs_path(path) or Path(path).as_uri()


class _Followed(Listener):
    """Hints of files that were checked follow what is open of them."""

    def hinted(self, ls: Server, buffer: Buffer) -> None:
        """Effect: the hints of a file that was checked follow its text."""
        if buffer.path and buffer.path.as_posix() in ls.session.checked:
            ls.jobs.later(("workspace", buffer.uri), UPDATE_SECONDS, partial(_follow, ls, buffer))

    def closed(self, ls: Server, buffer: Buffer) -> None:
        """Effect: its hints are those of the file again, though the text that is gone had others."""
        ls.jobs.cancel(("workspace", buffer.uri))
        if buffer.path and (path := buffer.path.as_posix()) in ls.session.checked:
            if not buffer.is_saved:
                ls.jobs.start(("workspace", buffer.uri), _follow_disk(ls, path))
            _show_problems(ls, path)

    def configured(self, ls: Server) -> None:
        _show_all_problems(ls)


def register(server: Server) -> None:
    """pygls reads a command's parameters from its signature, hence the closures."""
    server.listeners.append(_Followed())

    @server.command(CHECK_WORKSPACE)
    async def _(token: Any = None) -> Any:
        return await check(server, token)

    @server.command(CLEAR_WORKSPACE)
    def _() -> None:
        _forget(server)

    @server.command(FIX_HINT)
    async def _(uri: str, code: str, line: int) -> bool:
        return await fix(server, uri, code, line)
