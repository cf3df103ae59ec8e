"""One version's calls, and everything they did that can be observed, as plain data."""

from __future__ import annotations

import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from tempfile import TemporaryFile
from types import ModuleType
from typing import IO, Any, NamedTuple

from perfwise_worker import calls, compare, modules
from perfwise_worker.collector import collector_paused
from perfwise_worker.lazy import finished
from perfwise_worker.portrait import Part, Portrait, View, drain, type_name

SECOND = "second call: "
OUTCOME = ("result", "exception", "exception cause")
MOST_OUTPUT = 1_000_000


class Observation(NamedTuple):
    """Of one call made twice. `returned` is what was seen before any iterator was drained, None if there was none."""

    call: str
    normal: bool
    returned: View | None
    finished: View
    unjudged: tuple[str, ...]


class _Run(NamedTuple):
    given: list[Any]  # Every object with an identity that could be reached before the call.
    call: calls.Call
    outcome: dict[str, Any]
    warned: list[tuple[str, str]]


def observe(module: ModuleType, sources: Sequence[str]) -> list[Observation]:
    """Makes each call twice, with fresh arguments: the second shows what the first left behind.

    Raises ValueError when a source is no call, and whatever building its arguments raises.
    """
    modules.activate(module)
    random.seed(0)  # A copied process has been given a seed of its own.
    return [_observe(module, source) for source in sources]


def _observe(module: ModuleType, source: str) -> Observation:
    build = calls.builder(source, vars(module))
    before = _state(module)
    with _captured() as output:
        runs = [_run(build()), _run(build())]
        seen = output()
        with collector_paused():
            view, portrait = _view(module, runs, seen, before, {})
        if not portrait.iterators:
            return _observation(source, runs, None, view, portrait)
        drained = {id(iterator): drain(iterator) for iterator in portrait.iterators}
        with collector_paused():
            final, last = _view(module, runs, output(), before, drained)
        if any(id(iterator) not in drained for iterator in last.iterators):
            last.unjudged.add("an iterator that came out of an iterator")
    return _observation(source, runs, view, final, last)


def _observation(source: str, runs: list[_Run], returned: View | None, view: View, portrait: Portrait) -> Observation:
    normal = all("result" in run.outcome for run in runs)
    return Observation(source, normal, returned, view, tuple(sorted(portrait.unjudged)))


def _run(call: calls.Call) -> _Run:
    reach = Portrait()
    reach.of((call.receiver, call.arguments, call.keywords))
    given = [value for value, node in zip(reach.objects, reach.nodes) if node and node[2]]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            outcome = {"result": finished(call())}
        except BaseException as error:
            outcome = _raised(error)
    return _Run(given, call, outcome, [(type_name(each.category), str(each.message)) for each in caught])


def _raised(error: BaseException) -> dict[str, Any]:
    # The words of these two belong to the interpreter, and say how deep or how large rather than what went wrong.
    said = None if isinstance(error, (RecursionError, MemoryError)) else error
    return {"exception type": type_name(type(error)), "exception": said, "exception cause": error.__cause__}


def _view(
    module: ModuleType,
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
    for name, value in modules.state(module):
        part = portrait.of(value)
        if not (name in before[1] and compare.same(before[0].nodes, before[1][name], portrait.nodes, part)):
            parts[f"module.{name}"] = part
    for name in before[1].keys() - {name for name, _ in modules.state(module)}:
        parts[f"module.{name}"] = ("absent", None)
    return View(portrait.nodes, parts), portrait


def _state(module: ModuleType) -> tuple[Portrait, dict[str, Part]]:
    portrait = Portrait()
    return portrait, {name: portrait.of(value) for name, value in modules.state(module)}


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
