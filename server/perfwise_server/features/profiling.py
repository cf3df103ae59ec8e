"""What can drive a profile, and running one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from lsprotocol import types

from perfwise_server.jobs import MEASURING, refusal
from perfwise_server.profile_replies import reply
from perfwise_server.protocol import (
    CHECK_CALL,
    COMPLETE_CALL,
    PROFILE,
    PROFILE_DRIVERS,
    CallCompletion,
    CallReply,
    DriversReply,
    Profiler,
    ProfileReply,
    ProfileRequest,
    Scope,
)

if TYPE_CHECKING:
    from perfwise_server.profiling.availability import Availability
    from perfwise_server.profiling.background import Outcome
    from perfwise_server.profiling.drivers import Driver
    from perfwise_server.profiling.running import Job, Progress
    from perfwise_server.server import Server
    from perfwise_server.session import View

CANCELLED = "It was cancelled before there was anything to show."
NO_FUNCTION = "There is no function here that could be called: put the cursor into one, or profile the file."


async def drivers(ls: Server, uri: str, place: int | str, what: Scope, python: str) -> DriversReply:
    """Raises JsonRpcException. Nothing is run."""
    from perfwise_server.profiling.availability import InterpreterError, availability
    from perfwise_server.profiling.background import proposed
    from perfwise_server.profiling.running import ProfilingError

    view = ls.runnable(uri)
    path, text = ls.file(view.buffer), view.buffer.document.text
    name = _function(view, place, what)
    last = ls.session.profiles.chosen(path, name, what)
    try:
        found = await proposed(str(path), text, name, what, last)
        profiler = await availability(view.buffer.python(python))
    except (ProfilingError, InterpreterError, OSError) as error:
        raise refusal(str(error)) from None
    chosen = {"kind": last["kind"], "value": last["value"]} if last else None
    indexes = (at for at, each in enumerate(found) if {"kind": each.kind, "value": each.value} == chosen)
    return {
        "function": name,
        "what": what,
        "drivers": [
            {"kind": each.kind, "value": each.value, "label": each.label, "detail": each.detail} for each in found
        ],
        "last": next(indexes, None),
        "profiler": _profiler(profiler),
    }


async def profile(
    ls: Server, uri: str, request: ProfileRequest, python: str, token: types.ProgressToken | None
) -> ProfileReply:
    """Effect: keeps the profile, and shows its heat. Raises JsonRpcException; what was gathered before the user
    cancelled it is shown as well."""
    from perfwise_server.profiling.running import ProfilingError

    view = ls.runnable(uri)
    path = ls.file(view.buffer)
    job = _job(ls, view, request, python)
    name = job.function or ""
    driver = _driver(request)
    last = ls.session.profiles.chosen(path, name, job.what)
    try:
        found = await ls.answer(MEASURING, _run(ls, job, driver, last, token), CANCELLED)
    except (ProfilingError, OSError) as error:
        raise refusal(str(error)) from None
    report = found.report
    if found.cancelled and not report.samples:
        raise refusal(CANCELLED, types.LSPErrorCodes.RequestCancelled)
    if driver:
        ls.session.profiles.choose(path, name, job.what, {"kind": driver.kind, "value": driver.value})
    number = ls.session.profiles.keep(report.record()) if report.samples else 0
    shown = ls.show_report(report, number) if report.samples else []
    return reply(report, number, shown, cancelled=found.cancelled)


async def _run(
    ls: Server, job: Job, driver: Driver | None, last: dict[str, str] | None, token: types.ProgressToken | None
) -> Outcome:
    from perfwise_server.profiling.background import run

    of = job.function or Path(job.path).name
    async with ls.showing_progress(f"Profiling {of}", token, lambda: ls.jobs.cancel(MEASURING)) as report:

        def tell(news: Progress | str) -> None:
            report(news if isinstance(news, str) else _told(news), None)

        return await run(job, driver, last, tell)


def _told(news: Progress) -> str:
    samples = f"{news.samples:,} sample{'' if news.samples == 1 else 's'}"
    return ", ".join(filter(None, (f"{news.elapsed:.0f} s", samples, news.message)))


def complete(ls: Server, uri: str, place: int | str, prefix: str) -> list[CallCompletion]:
    from perfwise_server.profiling.typed_calls import complete as completed

    view = ls.opened(uri)
    found = completed(view.buffer.document.text, _function(view, place, "function"), prefix)
    return [{"label": each.label, "text": each.text, "detail": each.detail} for each in found]


def check(ls: Server, uri: str, text: str) -> CallReply:
    from perfwise_server.profiling import typed_calls

    return {"message": typed_calls.refusal(text, ls.opened(uri).buffer.document.text)}


def _job(ls: Server, view: View, request: ProfileRequest, python: str) -> Job:
    from perfwise_server.profiling.running import Job

    buffer, what = view.buffer, request.get("what", "function")
    if what not in get_args(Scope):
        raise refusal(f"{what} is none of {', '.join(get_args(Scope))}.")
    lines = request.get("lines") if what == "selection" else None
    return Job(
        str(ls.file(buffer)),
        buffer.document.text,
        _function(view, request.get("place", ""), what, lines) or None,
        what,
        lines=(lines[0] + 1, lines[-1] + 1) if lines else None,
        seconds=request.get("seconds") or buffer.settings.profiling_seconds,
        python=buffer.python(python),
        memory=request.get("memory", buffer.settings.profiling_memory),
        gpu=request.get("gpu", buffer.settings.profiling_gpu),
    )


def _driver(request: ProfileRequest) -> Driver | None:
    from perfwise_server.profiling.drivers import Driver, Kind

    asked = request.get("driver")
    if not asked:
        return None
    kind, value = asked.get("kind"), asked.get("value", "")
    if kind not in get_args(Kind):
        raise refusal(f"{kind} is none of {', '.join(get_args(Kind))}.")
    return Driver(kind, value, asked.get("label") or f"{kind} {value}".rstrip())


def _function(view: View, place: int | str, what: Scope, lines: list[int] | None = None) -> str:
    """The name of what is meant; empty for a file, and for a selection that is in no one function."""
    from perfwise_server.driving import callables, places
    from perfwise_server.profiling.typed_calls import module_of

    if what == "file":
        return ""
    try:
        module = module_of(view.buffer.document.text)
    except SyntaxError as error:
        raise refusal(f"The file does not parse: {error.msg} (line {error.lineno}).") from None
    if lines:
        ends = [places.at(module, line) for line in (lines[0], lines[-1])]
        found = ends[0] if ends[0] and ends[1] and ends[0].name == ends[1].name else None
    else:
        found = callables.find(module, place) if isinstance(place, str) else places.at(module, place)
    if found is None and what != "selection":
        raise refusal(NO_FUNCTION)
    return found.name if found else ""


def _profiler(found: Availability) -> Profiler:
    return {
        "kind": "installed" if found.scalene else "bundled" if found.own else "sampler",
        "message": f"{found.sentence()}.",
        "install": [] if found.scalene else list(found.install_words),
    }


def register(server: Server) -> None:
    """pygls reads a command's parameters from its signature, hence the closures. A progress token comes last."""

    @server.command(PROFILE_DRIVERS)
    async def _(uri: str, place: Any, *rest: Any) -> Any:
        what: Any = rest[0] if len(rest) > 1 else "function"
        return await drivers(server, uri, place, what, rest[1] if len(rest) > 2 else "")

    @server.command(PROFILE)
    async def _(uri: str, request: Any, *rest: Any) -> Any:
        return await profile(server, uri, request, rest[0] if len(rest) > 1 else "", rest[-1])

    @server.command(COMPLETE_CALL)
    def _(uri: str, place: Any, prefix: str) -> Any:
        return complete(server, uri, place, prefix)

    @server.command(CHECK_CALL)
    def _(uri: str, text: str) -> Any:
        return check(server, uri, text)
