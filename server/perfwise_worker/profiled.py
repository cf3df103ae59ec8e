"""What runs under a profiler: it drives the user's code until there are samples enough, and says how it gets on.

The profiler, Scalene or our own, knows the code by the file name that `scope` gives it. Nothing else, such as making
arguments, is charged to it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from io import FileIO
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

from perfwise_worker.calls import builder
from perfwise_worker.checkpoints import checked, tree
from perfwise_worker.inputs import written
from perfwise_worker.loading import Place, load, own_name, said_of
from perfwise_worker.protocol import Inputs
from perfwise_worker.reaper import adopt_orphans, end_children
from perfwise_worker.repeating import Tally, is_cached, repeat
from perfwise_worker.sampling import Sampler
from perfwise_worker.scope import Scope
from perfwise_worker.whole import Repeated, run_script

_TICK = 0.25  # Seconds between two looks at how far it is.
_GRACE = 2.0  # A call that outlasts the time by more is cut off.
_MOST_SAMPLES = 100_000  # A line keeps so many.


class Job(NamedTuple):
    """As the server writes it, in JSON. The text is in the file `scope`."""

    path: str  # "" for a text that has no file.
    module: str
    roots: list[str]
    function: str
    scope: str
    project: str
    calls: list[str]
    inputs: str
    test: str
    script: bool
    seconds: float
    samples: int  # So many are enough.
    once: bool  # Whether one call, or each test once, is enough.
    sampler: str  # The file that our own sampler writes; "" where Scalene takes the samples.


class ImpossibleError(Exception):
    """There is nothing to be profiled; the text says why."""


def main(job_file: str) -> None:
    """Effect: standard input and output become the null device; what they were is the server's."""
    say = _taken_over()
    job = Job(**json.loads(Path(job_file).read_bytes()))
    adopt_orphans()
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [each for each in sys.path if each and os.path.abspath(each) != here]
    try:
        say(_run(job, say))
    except ImpossibleError as error:
        say({"kind": "impossible", "message": str(error)})
    end_children()


def _run(job: Job, say: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    source = Path(job.scope).read_bytes().decode("utf-8", "surrogatepass")
    sampler = Sampler(job.scope, job.sampler) if job.sampler else None
    scope = Scope(job.function, job.scope)
    watch = _Watch(job, sampler.count if sampler else _counter(job.scope), say)

    def begin(code: CodeType, note: str = "") -> Tally:
        lines = sorted(scope.lines(code))
        if not lines:
            raise ImpossibleError(f"there is no function {job.function} in it" if job.function else "it is empty")
        say({"kind": "loaded", "lines": lines, "before": scope.before, "loaded": note})
        watch.start()
        sampler.start() if sampler else sys.modules["scalene.scalene_profiler"].start()
        return watch.tally

    alarms = _Alarms() if not sampler else None
    drive = _test if job.test else _script if job.script else _calls
    try:
        outcome = {"kind": "end", "note": drive(job, source, scope, begin, watch.enough)}
    except (SystemExit, KeyboardInterrupt) as error:
        outcome = {"kind": "exit", "note": said_of(error)}
    finally:
        watch.stop()
    if sampler:
        sampler.write()
    else:
        sys.modules["scalene.scalene_profiler"].stop()
    set_alarms = alarms is not None and alarms.set
    return {**watch.tally.record(), "samples": watch.count(), "alarms": set_alarms, **outcome}


_Begin = Callable[..., Tally]
_Enough = Callable[[], bool]


def _calls(job: Job, source: str, scope: Scope, begin: _Begin, enough: _Enough) -> str:
    sys.path[:0] = [root for root in job.roots if root not in sys.path]
    place = Place(own_name(job.module), job.path, job.roots)
    try:
        version = load(
            source,
            place,
            Path(job.scope).parents[1] / "module",
            job.function,
            lambda code: scope.of(checked(code, source, job.function), source),
        )
    except SyntaxError as error:
        raise ImpossibleError(f"line {error.lineno}: {error.msg}") from None
    except BaseException as error:
        raise ImpossibleError(f"the module cannot be imported: {said_of(error)}") from None
    space = vars(version.module)
    try:
        builds = [builder(call, space) for call in _expressions(job)]
        first = builds[0]()
    except BaseException as error:
        raise ImpossibleError(f"the arguments cannot be made: {said_of(error)}") from None
    repeat(builds, begin(version.code, version.note), enough, job.once)
    return "its cache is emptied before each call" if is_cached(first.function) else ""


def _expressions(job: Job) -> list[str]:
    if not job.inputs:
        return job.calls
    arguments = written(Inputs(Path(job.inputs).read_text("utf-8"), job.inputs, 0, job.seconds))
    return [f"{job.function}(*{text})" for text in arguments]


def _script(job: Job, source: str, scope: Scope, begin: _Begin, enough: _Enough) -> str:
    del enough  # It runs once: what it does may be no good twice.
    code = _compiled(job, source, scope)
    run_script(code, job.path, job.project, begin(code))
    return ""


def _test(job: Job, source: str, scope: Scope, begin: _Begin, enough: _Enough) -> str:
    code = _compiled(job, source, scope)
    if not scope.lines(code):
        begin(code)
    repeated = Repeated(code, job.path, lambda: begin(code), lambda: job.once or enough())
    said = repeated.run(job.test, job.project, job.roots)
    if not repeated.begun:
        raise ImpossibleError(f"{job.test}: {said}")
    return said


def _compiled(job: Job, source: str, scope: Scope) -> CodeType:
    try:
        code = compile(tree(source, job.function), job.path or job.scope, "exec", dont_inherit=True)
        return scope.of(code, source)
    except SyntaxError as error:
        raise ImpossibleError(f"line {error.lineno}: {error.msg}") from None


class _Alarms:
    """Effect: the user's code sets no alarm, since Scalene takes its samples by the only one there is."""

    def __init__(self) -> None:
        self.set = False
        if hasattr(signal, "setitimer"):
            self._real = signal.setitimer
            signal.alarm = self._alarm
            signal.setitimer = self._timer

    def _alarm(self, _: int) -> int:
        self.set = True
        return 0

    def _timer(self, which: int, seconds: float, interval: float = 0.0) -> tuple[float, float]:
        if which != signal.ITIMER_REAL:
            return self._real(which, seconds, interval)
        self.set = True
        return (0.0, 0.0)


class _Watch(threading.Thread):
    """Tells the server how far it is, and ends what does not end. It sets no timer: those are the profiler's."""

    def __init__(self, job: Job, count: Callable[[], int], say: Callable[[dict[str, Any]], None]) -> None:
        super().__init__(daemon=True)
        self.count = count
        self._job, self._say = job, say
        self._end = 0.0
        self._samples = 0
        self._over = False

    def enough(self) -> bool:
        return self._samples >= self._job.samples or time.perf_counter() >= self._end

    def start(self) -> None:
        self.tally = Tally()
        self._end = time.perf_counter() + self._job.seconds
        super().start()

    def stop(self) -> None:
        self._over = True

    def run(self) -> None:
        while not self._over:
            time.sleep(_TICK)
            self._samples = self.count()
            is_late = time.perf_counter() > self._end + _GRACE
            if not self._over:
                said = {"kind": "cut" if is_late else "progress", "samples": self._samples}
                self._say({**self.tally.record(), **said})
                if is_late:
                    os.kill(os.getpid(), signal.SIGTERM)
                    return


def _counter(scope: str) -> Callable[[], int]:
    """The number of samples that Scalene has taken in the scope; it keeps them in no public place.

    Effect: it keeps all of them, of which it would otherwise keep some, and looks at no path but the scope's to tell
    what is in it: asking for each function where libraries are takes milliseconds, and a large program has thousands.
    """
    with suppress(AttributeError, KeyError):
        sys.modules["scalene.scalene_statistics"].CPU_SAMPLES_RESERVOIR_SIZE = _MOST_SAMPLES  # type: ignore[attr-defined]
        sys.modules["scalene.scalene_tracing"].ScaleneTracing.should_trace = lru_cache(None)(
            lambda _, file, __: file == scope
        )
    known = 0

    def count() -> int:
        nonlocal known
        with suppress(AttributeError, KeyError, RuntimeError):  # It may be adding one just now.
            statistics = sys.modules["scalene.scalene_profiler"].Scalene._Scalene__stats
            kept = list(statistics.cpu_stats.cpu_samples_list[scope].values())
            known = len({moment for line in kept for moment in list(line.reservoir_)})
        return known

    return count


def _taken_over() -> Callable[[dict[str, Any]], None]:
    """What says one thing to the server. Effect: the process ends when the server says so, or has ended itself."""
    asked, told = FileIO(os.dup(0)), FileIO(os.dup(1), "w")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    lock = threading.Lock()

    def say(message: dict[str, Any]) -> None:
        with lock, suppress(OSError):
            told.write(json.dumps(message).encode("ascii") + b"\n")

    def listen() -> None:
        asked.read(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=listen, daemon=True).start()
    return say
