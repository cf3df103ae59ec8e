"""What is run at the user's request: fixes that are verified before they are made, and growth measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lsprotocol import types

from perfwise_analyzers.fixing.edits import apply
from perfwise_server import fixes
from perfwise_server.durations import seconds
from perfwise_server.evidence.answers import Answers
from perfwise_server.jobs import MEASURING, refusal
from perfwise_server.protocol import (
    ANSWER_QUESTION,
    COMPARE_GROWTH,
    MEASURE_GROWTH,
    VERIFY_FIX,
    GrowthCurve,
    GrowthReply,
    VerifyReply,
)
from perfwise_server.session import Buffer

if TYPE_CHECKING:
    from perfwise_analyzers.finding import Finding
    from perfwise_server.background import Result, Work
    from perfwise_server.driving.callables import Function
    from perfwise_server.server import Server
    from perfwise_server.verifying.growth import Growth
    from perfwise_server.verifying.laboratory import Case
    from perfwise_server.verifying.verdict import Verdict

GROWTH_SECONDS = 15.0
STALE = "The code changed since, so what was found no longer holds. Ask again."
CANCELLED = "It was cancelled, and nothing was changed."
NO_FUNCTION = "There is no function here that could be called."
NOT_VERIFIED = "No fix was verified yet."
APPLY_ANYWAY, YES, NO = "Apply Anyway", "Yes", "No"


async def verify(ls: Server, uri: str, key: str, python: str, token: types.ProgressToken | None) -> VerifyReply:
    """Effect: asks the client to make a fix that the laboratory proves. Raises JsonRpcException where it is stale."""
    from perfwise_server.verifying.dependence import holds, needed
    from perfwise_server.verifying.errors import LaboratoryError
    from perfwise_server.verifying.fixing import case_of
    from perfwise_server.verifying.laboratory import examine
    from perfwise_server.verifying.verdict import Verdict

    buffer = ls.runnable(uri).buffer
    if (finding := buffer.find(key)) is None or finding.fix is None:
        raise refusal(STALE)
    old = buffer.document.text
    new = apply(old, buffer.analysis.edits_of(finding.fix))
    function, parts = finding.function, tuple[str, ...]()
    try:
        case = case_of(str(buffer.path or ""), buffer.python(python), old, new, function)
        case = replace(case, witness=True)
        function, parts = case.function, needed(old, case.function)
        ls.session.verified = case
        title = f"Verifying: {finding.fix.title}"
        verdict = await ls.answer(MEASURING, _run(ls, examine, case, title, token), CANCELLED)
    except LaboratoryError as error:
        verdict = Verdict("undecided", str(error))
    view = ls.session.view(uri)
    finding = view.buffer.find(key) if view else None
    if view is None or finding is None or not holds(parts, view.buffer.document.text):
        raise refusal(STALE)
    is_applied = verdict.verdict == "proved" and await _apply(ls, view.buffer, finding)
    reply = _reply(verdict, is_applied, buffer.path, old, new, function)
    if not ls.session.client.commands:
        return await _told(ls, reply, view.buffer, key) or await verify(ls, uri, key, python, token)
    return reply


async def _apply(ls: Server, buffer: Buffer, finding: Finding) -> bool:
    assert finding.fix is not None
    edit = fixes.one(ls.session, buffer, finding, is_agreed=True)
    done = await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, finding.fix.title))
    return done.applied


async def _told(ls: Server, reply: VerifyReply, buffer: Buffer, key: str) -> VerifyReply | None:
    """Effect: the user of a client without our commands reads it, and is asked what is left to decide.

    None where the user answered the laboratory's question, so that there is another verdict to be had.
    """
    choices = [YES, NO] if reply["question"] else [APPLY_ANYWAY] if reply["verdict"] == "not faster" else []
    kind = types.MessageType.Info if reply["applied"] else types.MessageType.Warning
    if not choices:
        ls.window_show_message(types.ShowMessageParams(kind, reply["message"]))
        return reply
    actions = [types.MessageActionItem(each) for each in choices]
    asked = types.ShowMessageRequestParams(kind, reply["message"], actions)
    chosen = await ls.window_show_message_request_async(asked)
    if chosen and chosen.title == APPLY_ANYWAY and (finding := buffer.find(key)):
        reply["applied"] = await _apply(ls, buffer, finding)
    if chosen and chosen.title in (YES, NO):
        remember(ls, buffer.uri, reply["function"], reply["question"], chosen.title == YES)
        return None
    return reply


def remember(ls: Server, uri: str, function: str, question: str, answered: bool | None) -> None:
    """Effect: later verdicts on the function heed the answer; None takes back all of them. Raises JsonRpcException."""
    path = ls.runnable(uri).buffer.path
    answers = Answers(ls.session.evidence)
    if path and answered is None:
        answers.forget(path, function)
    elif path and answered is not None:
        answers.answer(path, function, question, answered)


def _reply(verdict: Verdict, is_applied: bool, path: Path | None, old: str, new: str, function: str) -> VerifyReply:
    from perfwise_server.driving.import_roots import place_of
    from perfwise_server.verifying.report import as_test, markdown, summary

    example = verdict.counterexample
    files, test = ("", ""), None
    if example:
        files = _kept(path, old, new)
        test = as_test(example, place_of(path or Path("module.py")).module, function)
    calls = [(example.call, example.old), (example.call, example.new)] if example else [("", ""), ("", "")]
    return {
        "verdict": verdict.verdict,
        "applied": is_applied,
        "message": summary(verdict) if is_applied else f"Not applied: {summary(verdict)}",
        "evidence": markdown(verdict, *files, function, test),
        "question": verdict.question if path else "",  # Of a text without a file nothing is remembered.
        "assumed": list(verdict.assumed),
        "function": function,
        "before": _version(old, function, *calls[0]),
        "after": _version(new, function, *calls[1]),
    }


def _version(text: str, function: str, call: str, outcome: str) -> str:
    """A function as it is in a text, under what a call of it makes."""
    from perfwise_server.driving import callables, places

    try:
        found = callables.find(callables.parse(text), function)
    except SyntaxError:
        found = None
    shown = places.source_of(found) if found else text
    said = [line for each in (call, outcome) for line in each.splitlines()]
    return "\n".join([*(f"# {line}" for line in said), *([""] if said else []), shown, ""])


def _kept(path: Path | None, old: str, new: str) -> tuple[str, str]:
    """The files of both versions, of which the new one, and an old one that is not on disk so, is written for that.

    A later pair of the same name takes their place.
    """
    from perfwise_server.cache_folder import cache_folder
    from perfwise_server.checking.source import UnreadableError, decode, read

    folder = cache_folder()
    name = path.name if path else "module.py"
    before, after = folder / "before" / name, folder / "after" / name
    try:
        if path and decode(read(path)).text == old:
            before = path
        for file, text in ((before, old), (after, new)):
            if file != path:
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
    except (OSError, UnreadableError):  # Then the command names files that are yet to be written.
        pass
    return str(before), str(after)


async def grow(ls: Server, uri: str, place: int | str, python: str, token: types.ProgressToken | None) -> GrowthReply:
    """The growth of the function of this name or at this line. Raises JsonRpcException."""
    from perfwise_server.verifying.dependence import holds, needed
    from perfwise_server.verifying.errors import LaboratoryError
    from perfwise_server.verifying.growing import measure
    from perfwise_server.verifying.laboratory import Case
    from perfwise_server.verifying.report import compared_growth

    view = ls.runnable(uri)
    buffer, text = view.buffer, view.buffer.document.text
    function = _function(text, place if isinstance(place, str) else view.first + place)
    written = _written_cost(buffer, function)
    parts = needed(text, function.name)
    path = str(buffer.path or "")
    case = Case(text, text, function.name, path, seconds=GROWTH_SECONDS, python=buffer.python(python))
    work = _run(ls, measure, case, f"Measuring the growth of {function.name}", token)
    try:
        measured = await ls.answer(MEASURING, work, CANCELLED)
    except LaboratoryError as error:
        raise refusal(str(error)) from None
    if not holds(parts, buffer.document.text):
        raise refusal(STALE)
    found = measured.old
    return {
        "function": function.name,
        "call": measured.call,
        "summary": compared_growth(found, written),
        "curves": [_curve("before", found, written)],
        "compared": "",
        "crossing": None,
    }


async def grow_both(ls: Server, token: types.ProgressToken | None) -> GrowthReply:
    """The growth of both versions of the fix that was verified last. Raises JsonRpcException."""
    from perfwise_server.verifying.errors import LaboratoryError
    from perfwise_server.verifying.growing import measure, written_cost
    from perfwise_server.verifying.growth import compared

    if (verified := ls.session.verified) is None:
        raise refusal(NOT_VERIFIED)
    case = replace(verified, calls=(), inputs="", seconds=GROWTH_SECONDS)
    work = _run(ls, measure, case, f"Measuring the growth of {case.function}, before and after", token)
    try:
        measured = await ls.answer(MEASURING, work, CANCELLED)
    except LaboratoryError as error:
        raise refusal(str(error)) from None
    curves = [
        _curve("before", measured.old, written_cost(case.old, case.function)),
        _curve("after", measured.new, written_cost(case.new, case.function)),
    ]
    said = compared(measured.old.points, measured.new.points)
    return {
        "function": case.function,
        "call": measured.call,
        "summary": " ".join([*(f"{each['version']}: measured {each['measured']}." for each in curves), said]),
        "curves": curves,
        "compared": said,
        "crossing": measured.crossing,
    }


def _curve(version: Literal["before", "after"], found: Growth, written: str) -> GrowthCurve:
    from perfwise_server.verifying.report import named

    return {
        "version": version,
        "measured": named(found),
        "others": [f"O({each})" for each in found.candidates if each != found.name],
        "written": written,
        "points": [{"n": n, "seconds": taken, "shown": seconds(taken)} for n, taken in found.points],
    }


def _function(text: str, place: int | str) -> Function:
    from perfwise_server.driving import callables, places

    try:
        module = callables.parse(text)
    except SyntaxError as error:
        raise refusal(f"The file does not parse: {error.msg} (line {error.lineno}).") from None
    found = callables.find(module, place) if isinstance(place, str) else places.at(module, place)
    if found is None:
        raise refusal(NO_FUNCTION)
    return found


def _written_cost(buffer: Buffer, function: Function) -> str:
    from perfwise_analyzers.cost.terms import big_o

    line = function.node.lineno - 1
    costs = {cost.name: cost.cost for cost in buffer.costs(line, line)}
    return big_o(costs[function.name]) if function.name in costs else "unknown"


async def _run(ls: Server, work: Work[Result], case: Case, title: str, token: types.ProgressToken | None) -> Result:
    from perfwise_server.verifying.background import run

    async with ls.showing_progress(title, token, lambda: ls.jobs.cancel(MEASURING)) as report:
        return await run(work, case, lambda message: report(message, None))


def register(server: Server) -> None:
    """pygls reads a command's parameters from its signature, hence the closures. The token comes last."""

    @server.command(VERIFY_FIX)
    async def _(uri: str, key: str, *rest: Any) -> Any:
        return await verify(server, uri, key, rest[0] if len(rest) > 1 else "", rest[-1])

    @server.command(ANSWER_QUESTION)
    async def _(uri: str, function: str, question: str, answered: bool | None) -> None:
        remember(server, uri, function, question, answered)

    @server.command(COMPARE_GROWTH)
    async def _(token: Any) -> Any:
        return await grow_both(server, token)

    @server.command(MEASURE_GROWTH)
    async def _(uri: str, place: Any, *rest: Any) -> Any:
        return await grow(server, uri, place, rest[0] if len(rest) > 1 else "", rest[-1])
