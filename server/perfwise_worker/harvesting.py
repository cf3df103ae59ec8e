"""The calls of one function that a test makes, as source text from which they can be made again."""

from __future__ import annotations

import io
import json
import os
import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

from perfwise_worker.inputs import text_of
from perfwise_worker.whole import options

_MOST = 12
_ALL = 4  # So many calls are looked at one after the other; then ever fewer.
_LONGEST = 1_500_000  # Characters of the arguments of one call.
_VARIADIC, _KEYWORDS = 0x04, 0x08
_TOOL = 3  # Of `sys.monitoring`; those below are the debugger's, coverage's and profilers'.


class Job(NamedTuple):
    """As the server writes it, in JSON."""

    path: str  # Of the function, without symbolic links.
    lines: list[int]  # Where the function begins, its decorators included.
    name: str
    without_first: bool  # What a class method is called on.
    test: str
    output: str  # The file that the calls go to, at once.


def main(job_file: str) -> None:
    """Effect: runs the test in the current folder; the process ends with pytest's status."""
    job = Job(**json.loads(Path(job_file).read_bytes()))
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [os.getcwd(), *(each for each in sys.path if each and os.path.abspath(each) != here)]
    import pytest  # The project's own.

    harvest = _Harvest(job)
    _watch(harvest)
    sys.exit(pytest.main([job.test, "-q", "-x", "-p", "no:cacheprovider", *options()]))


class _Harvest:
    def __init__(self, job: Job) -> None:
        self._job = job
        self._times = 0
        self._next = 1
        self._calls: dict[tuple[str, str], None] = {}
        self._start: dict[CodeType, int] = {}

    def is_wanted(self, code: CodeType) -> bool:
        job = self._job
        return (
            code.co_name == job.name
            and code.co_firstlineno in job.lines
            and os.path.realpath(code.co_filename) == job.path
        )

    def resumes(self, frame: FrameType) -> bool:
        """Whether a generator goes on, rather than begins."""
        return self._start.setdefault(frame.f_code, frame.f_lasti) != frame.f_lasti

    def saw(self, frame: FrameType) -> None:
        """Effect: the call is written down, if it can be made again."""
        self._times += 1
        if self._times < self._next or len(self._calls) >= _MOST:
            return
        self._next = self._times + 1 if self._times < _ALL else 2 * self._times
        try:
            given, named = _arguments(frame)
            if self._job.without_first:
                given = given[1:]
            _refuse_test_modules((given, named))
            texts = text_of(given), text_of(named) if named else ""
            if sum(map(len, texts)) <= _LONGEST:
                self._calls.setdefault(texts)
        except Exception:  # Whatever cannot be pickled, or does not want to be.
            pass
        record = {"times": self._times, "calls": list(self._calls)}
        Path(self._job.output).write_text(json.dumps(record), "utf-8")


def _watch(harvest: _Harvest) -> None:
    if sys.version_info >= (3, 12):
        monitoring = sys.monitoring
        monitoring.use_tool_id(_TOOL, "perfwise")

        def started(code: CodeType, _offset: int) -> Any:
            if not harvest.is_wanted(code):
                return monitoring.DISABLE
            return harvest.saw(sys._getframe(1))

        monitoring.register_callback(_TOOL, monitoring.events.PY_START, started)
        monitoring.set_events(_TOOL, monitoring.events.PY_START)
        return

    def called(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and harvest.is_wanted(frame.f_code) and not harvest.resumes(frame):
            harvest.saw(frame)

    watch: Callable[..., Any] = called
    threading.setprofile(watch)
    sys.setprofile(watch)


def _arguments(frame: FrameType) -> tuple[tuple[Any, ...], dict[str, Any]]:
    code, values = frame.f_code, frame.f_locals
    given = [values[name] for name in code.co_varnames[: code.co_argcount]]
    at = code.co_argcount + code.co_kwonlyargcount
    named = {name: values[name] for name in code.co_varnames[code.co_argcount : at]}
    if code.co_flags & _VARIADIC:
        given += values[code.co_varnames[at]]
        at += 1
    if code.co_flags & _KEYWORDS:
        named.update(values[code.co_varnames[at]])
    return tuple(given), named


class _Portable(pickle.Pickler):
    """Raises for what only the test's own modules can make again: they are not there when the call is repeated."""

    def persistent_id(self, value: Any) -> None:
        kind = value if isinstance(value, type) else type(value)
        module = kind.__module__ if not callable(value) else getattr(value, "__module__", None) or ""
        last = str(module).rpartition(".")[2]
        if last.startswith("test") or last.endswith("_test") or last in ("conftest", "__main__"):
            raise pickle.PicklingError(f"it is made in {module}")


def _refuse_test_modules(row: object) -> None:
    _Portable(io.BytesIO(), 4).dump(row)
