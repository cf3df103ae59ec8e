"""Profiles that are kept, or opened: listed, shown, cleared away, compared, exported."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, get_args

from perfwise_server.jobs import refusal
from perfwise_server.profile_replies import kept as as_kept
from perfwise_server.profile_replies import reply
from perfwise_server.profiles.report import Report
from perfwise_server.profiles.telling import percent, took
from perfwise_server.protocol import (
    CLEAR_PROFILE,
    COMPARE_PROFILES,
    EXPORT_PROFILE,
    OPEN_PROFILE,
    PROFILES,
    SHOW_PROFILE,
    CompareReply,
    ExportReply,
    KeptProfile,
    OpenedReply,
    ProfileReply,
    Scope,
)
from perfwise_server.session import path_of, report_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfwise_server.evidence.profiles import Kept
    from perfwise_server.server import Server

NOT_KEPT = "This profile is not kept: only those that Perfwise made are, until the evidence is cleared."
ALONE = "There is no earlier profile of it to compare with."


def kept(ls: Server, uri: str, function: str | None) -> list[KeptProfile]:
    """Newest first, of the function or of whatever is in the file."""
    buffer = ls.opened(uri).buffer
    path, text, profiles = ls.file(buffer), buffer.document.text, ls.session.profiles
    if function is None:
        found = profiles.of_file(path)
    else:
        found = [each for what in get_args(Scope) for each in profiles.of_function(path, function, what, text)]
        found.sort(key=lambda each: -each.id)
    return [as_kept(report, each.id) for each in found if (report := report_of(each))]


def show(ls: Server, number: int) -> ProfileReply:
    report = _report(ls.session.profiles.get(number))
    return reply(report, number, ls.show_report(report, number), cancelled=False)


def clear(ls: Server, uri: str | None) -> bool:
    """Effect: the file, or every file, shows no profile any more, now and when it is opened again."""
    session = ls.session
    only = ls.opened(uri).buffer if uri else None
    if only is None:
        session.profiles.hide(None)
        session.opened.clear()
    elif only.path:
        session.profiles.hide(only.path)
        session.opened.pop(os.path.realpath(only.path), None)
    for buffer in [only] if only else list(session.buffers.values()):
        if buffer.heat:
            ls.show(buffer, None)
    return True


def compare(ls: Server, number: int, before: int | None) -> CompareReply:
    from perfwise_server.profiles.comparing import compare as compared

    profiles = ls.session.profiles
    now = _report(profiles.get(number))
    earlier = profiles.before(number) if before is None else profiles.get(before)
    was = report_of(earlier)
    if was is None or earlier is None:
        raise refusal(ALONE)
    found = compared(was, now)
    return {
        "function": now.function,
        "before": as_kept(was, earlier.id),
        "after": as_kept(now, number),
        "beforeMs": found.before_ms,
        "afterMs": found.after_ms,
        "speedup": found.speedup,
        "message": found.message,
        "lines": [
            {
                "before": None if line.before is None else line.before - 1,
                "after": None if line.after is None else line.after - 1,
                "text": line.text,
                "beforeMs": line.before_ms,
                "afterMs": line.after_ms,
            }
            for line in found.lines
        ],
    }


def export(ls: Server, number: int, form: str) -> ExportReply:
    from perfwise_server.profiles.exporting import ENDINGS, FORMATS, ExportError, exported

    if form not in FORMATS:
        raise refusal(f"{form} is none of {', '.join(FORMATS)}.")
    report = _report(ls.session.profiles.whole(number))
    try:
        text = exported(report, form)
    except ExportError as error:
        raise refusal(str(error)) from None
    of = report.function or Path(report.path).stem
    return {"name": f"{of}{ENDINGS[form]}", "text": text}


async def open_profile(ls: Server, path: str) -> OpenedReply:
    """Effect: files that are open, or are opened later, show what the profile says of them."""
    from perfwise_server.profiling.background import opened as read
    from perfwise_server.profiling.job import ProfilingError

    try:
        found = await read(path)
    except (ProfilingError, OSError) as error:
        raise refusal(str(error)) from None
    folders = [Path(each) for uri in ls.session.folders if (each := path_of(uri))]
    here = {local: report for name, report in found.items() if (local := _local(name, folders))}
    ls.session.opened = {os.path.realpath(local): report for local, report in here.items()}
    ls.session.opened_from = path
    for buffer in list(ls.session.buffers.values()):
        if buffer.path and (opened := ls.session.opened.get(os.path.realpath(buffer.path))):
            ls.show(buffer, opened)
    if not here:
        return {"message": f"None of the {len(found)} files that it is of is in this workspace.", "files": []}
    hottest, report = next(iter(here.items()))
    share = percent(sum(line.share for line in report.lines))
    message = f"{len(here)} of {len(found)} files: {Path(hottest).name} takes {share} of {took(report)}."
    return {"message": message, "files": list(here)}


def _report(found: Kept | None) -> Report:
    """Raises JsonRpcException."""
    report = report_of(found)
    if report is None:
        raise refusal(NOT_KEPT)
    return report


def _local(name: str, folders: Iterable[Path]) -> str | None:
    """Where a file of a profile is on this machine: there, or below one of the folders as it is below some other."""
    if Path(name).is_file():
        return name
    parts = PurePosixPath(name).parts
    candidates = (folder.joinpath(*parts[at:]) for at in range(1, len(parts)) for folder in folders)
    return next((str(each) for each in candidates if each.is_file()), None)


def register(server: Server) -> None:
    """pygls reads a command's parameters from its signature, hence the closures."""

    @server.command(PROFILES)
    def _(uri: str, *function: Any) -> Any:
        return kept(server, uri, function[0] if function else None)

    @server.command(SHOW_PROFILE)
    def _(number: int) -> Any:
        return show(server, number)

    @server.command(CLEAR_PROFILE)
    def _(*uri: Any) -> Any:
        return clear(server, uri[0] if uri else None)

    @server.command(COMPARE_PROFILES)
    def _(number: int, *before: Any) -> Any:
        return compare(server, number, before[0] if before else None)

    @server.command(EXPORT_PROFILE)
    def _(number: int, form: str) -> Any:
        return export(server, number, form)

    @server.command(OPEN_PROFILE)
    async def _(path: str) -> Any:
        return await open_profile(server, path)
