"""One version's calls, and everything they did that can be observed, as plain data."""

from __future__ import annotations

import os
import random
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from perfwise_worker import arguments, calls, compare
from perfwise_worker.collector import collector_paused
from perfwise_worker.guard import guard
from perfwise_worker.lazy import finished
from perfwise_worker.lines import Tracer
from perfwise_worker.loading import Version
from perfwise_worker.portrait import Part, Portrait, View, drain, type_name
from perfwise_worker.protocol import Outcome
from perfwise_worker.state import state

SECOND = "second call: "
OUTCOME = ("result", "exception", "exception cause")
CALLERS = "the frames that it is called from"
MOST_OUTPUT = 1_000_000
MOST_SAID = 1000

Held = Callable[[], "dict[str, Any]"]  # What the module holds now, by name.


class Observation(NamedTuple):
    """Of one call made twice. `returned` is what was seen before any iterator was drained, None if there was none.

    There is nothing in `finished` when the call could not be made.
    """

    outcome: Outcome
    returned: View | None
    finished: View
    unjudged: tuple[str, ...] = ()


class _Run(NamedTuple):
    given: list[Any]  # Every object with an identity that could be reached before the call.
    call: calls.Call
    outcome: dict[str, Any]
    warned: list[tuple[str, str]]
    seconds: float
    error: BaseException | None


def observe(
    version: Version, sources: Sequence[str], function: str = "", tracer: Tracer | None = None, seed: int = 0
) -> Iterator[Observation]:
    """Makes each call twice, with fresh arguments: the second shows what the first left behind.

    Of the module, the state that `function` can come to is looked at. Effect: the lines that run are noted in the
    tracer.
    """
    version.activate()
    module, needed = version.module, version.needed(function)

    def held() -> dict[str, Any]:
        return dict(state(module, needed, version.world))

    random.seed(seed)  # A copied process has been given a seed of its own.
    for source in sources:
        try:
            build = calls.builder(source, vars(module))
            first = build()
        except Exception as error:
            yield Observation(unmade(source, error), None, View([], {}))
        else:
            yield _observe(held, source, first, build, tracer)


def unmade(source: str, error: Exception) -> Outcome:
    return Outcome(source, "call", type_name(type(error)), said(error))


def _observe(
    held: Held, source: str, first: calls.Call, build: Callable[[], calls.Call], tracer: Tracer | None
) -> Observation:
    key, sizes = arguments.key(first, source), arguments.sizes(first)
    before = _state(held)
    guard.looks_at_callers = False
    with _captured() as output:
        with tracer.active() if tracer else nullcontext():
            runs = [_run(first), _run(build())]
        seen = output()
        with collector_paused():
            view, portrait = _view(held, runs, seen, before, {})
        returned = None
        if portrait.iterators:
            with tracer.active() if tracer else nullcontext():
                drained = {id(iterator): drain(iterator) for iterator in portrait.iterators}
            with collector_paused():
                returned, (view, portrait) = view, _view(held, runs, output(), before, drained)
            if any(id(iterator) not in drained for iterator in portrait.iterators):
                portrait.unjudged.add("an iterator that came out of an iterator")
    if guard.looks_at_callers:
        portrait.unjudged.add(CALLERS)
    raised = next((run.error for run in runs if run.error is not None), None)
    outcome = Outcome(
        source,
        "returned" if raised is None else "raised",
        "" if raised is None else type_name(type(raised)),
        "" if raised is None else said(raised),
        runs[0].seconds,
        sizes=sizes,
        key=key,
    )
    return Observation(outcome, returned, view, tuple(sorted(portrait.unjudged)))


def said(error: BaseException) -> str:
    try:
        return str(error)[:MOST_SAID]
    except Exception:
        return ""


def _run(call: calls.Call) -> _Run:
    reach = Portrait()
    reach.of((call.receiver, call.arguments, call.keywords))
    given = [value for value, node in zip(reach.objects, reach.nodes) if node and node[2]]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        start, error = time.perf_counter(), None
        try:
            outcome = {"result": finished(call())}
        except BaseException as raised:
            outcome, error = _raised(raised), raised
        seconds = time.perf_counter() - start
    # When something is collected that was not closed is chance, and Python does not show it by itself.
    heard = [each for each in caught if not issubclass(each.category, ResourceWarning)]
    warned = [(type_name(each.category), str(each.message)) for each in heard]
    return _Run(given, call, outcome, warned, seconds, error)


def _raised(error: BaseException) -> dict[str, Any]:
    # The words of these two belong to the interpreter, and say how deep or how large rather than what went wrong.
    said = None if isinstance(error, (RecursionError, MemoryError)) else error
    return {"exception type": type_name(type(error)), "exception": said, "exception cause": error.__cause__}


def _view(
    held: Held,
    runs: list[_Run],
    output: dict[str, str],
    before: tuple[Portrait, dict[str, Part]],
    drained: dict[int, list[Any]],
) -> tuple[View, Portrait]:
    portrait = Portrait(drained)
    parts: dict[str, Part] = {}
    for prefix, run in zip(("", SECOND), runs):
        parts[f"{prefix}receiver"] = portrait.of(run.call.receiver)
        parts[f"{prefix}arguments"] = portrait.of(run.call.arguments)
        parts[f"{prefix}keywords"] = portrait.of(run.call.keywords)
        parts[f"{prefix}given"] = portrait.of(run.given)
        for name, value in run.outcome.items():
            parts[prefix + name] = portrait.of(value)
        parts[f"{prefix}warnings"] = portrait.of(run.warned)
    for stream, text in output.items():
        parts[stream] = portrait.of(text)
    now = {name: portrait.of(value) for name, value in held().items()}
    same = compare.same(View(before[0].nodes, before[1]), View(portrait.nodes, now))
    parts.update((f"module.{name}", part) for name, part in now.items() if name not in same)
    parts.update((f"module.{name}", ("absent", None)) for name in before[1].keys() - now.keys())
    return View(portrait.nodes, parts), portrait


def _state(held: Held) -> tuple[Portrait, dict[str, Part]]:
    portrait = Portrait()
    return portrait, {name: portrait.of(value) for name, value in held().items()}


@contextmanager
def _captured() -> Iterator[Callable[[], dict[str, str]]]:
    """Effect: what is printed, also by child processes, goes to files; the value reads what came so far."""
    with ExitStack() as stack:
        files = {}
        for name, descriptor in (("stdout", 1), ("stderr", 2)):
            files[name] = stack.enter_context(TemporaryFile())
            saved = os.dup(descriptor)
            stack.callback(os.close, saved)
            stack.callback(os.dup2, saved, descriptor)
            os.dup2(files[name].fileno(), descriptor)

        def read() -> dict[str, str]:
            _flush()
            return {name: _text(file) for name, file in files.items()}

        stack.callback(_flush)
        yield read


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # The user's code may have replaced or closed it.
            stream.flush()


def _text(file: IO[bytes]) -> str:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    text = file.read(MOST_OUTPUT).decode("utf-8", "backslashreplace")
    file.seek(0, os.SEEK_END)
    return text if size <= MOST_OUTPUT else f"{text}... ({size} bytes)"
