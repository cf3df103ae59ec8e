"""What can drive a function, a file or a test when it is profiled, and the job that comes of the choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from perfwise_server.driving.callables import Function, find, parse
from perfwise_server.driving.doctests import documented_calls
from perfwise_server.driving.import_roots import place_of
from perfwise_server.driving.reaching import files_reaching, node_of, reaching
from perfwise_server.driving.seen import seen_calls
from perfwise_server.driving.tests import harvested_calls
from perfwise_server.profiles.report import What
from perfwise_server.profiling.generating import Generated, generated, longest
from perfwise_server.profiling.harvesting import Harvest, harvested
from perfwise_server.profiling.reasons import counted
from perfwise_server.profiling.running import Job, ProfilingError
from perfwise_server.profiling.typed_calls import refusal

Kind = Literal["test", "call", "inputs", "doctest", "script", "recorded"]
Progress = Callable[[str], None]

MEASURABLE = 5e-5  # Seconds of one call: too few of a shorter one are seen.
_SMALL: tuple[Kind, ...] = ("test", "doctest", "recorded")  # Whose inputs were not made to be measured.
_TESTS_TRIED = 2  # Where nobody chose one.
_MOST_CALLS = 20
_LEAST_SECONDS, _MOST_SECONDS = 5.0, 30.0  # That looking for calls may take.
_TEST_SECONDS, _UNCHOSEN_TEST_SECONDS = 60.0, 20.0


@dataclass(frozen=True)
class Driver:
    """`value` is a test as pytest names it, a call, or an inputs file; empty where the kind says all."""

    kind: Kind
    value: str
    label: str
    detail: str = ""


def drivers(
    path: str, text: str, function: str = "", what: What = "function", last: Mapping[str, str] | None = None
) -> list[Driver]:
    """The likeliest first, and before them the one chosen last, by its `kind` and `value`. Nothing is run.

    `function` is a qualified name, of a test `TestShop.test_sale`; empty for a whole file. Effect: reads the project's
    tests and the evidence.
    """
    found = list(_found(Path(path), text, function, what))
    chosen = _again(last, found, text) if last else None
    return [chosen, *(driver for driver in found if driver != chosen)] if chosen else found


def typed(call: str) -> Driver:
    return Driver("call", call, f"call {call}")


def from_file(inputs: str) -> Driver:
    return Driver("inputs", inputs, f"inputs of {inputs}")


def through(test: str, detail: str = "") -> Driver:
    return Driver("test", test, f"test {test}", detail)


def script(path: str) -> Driver:
    return Driver("script", "", f"run {Path(path).name} as a script", "with all that it does besides")


def _found(path: Path, text: str, function: str, what: What) -> Iterator[Driver]:
    if what == "test":
        yield through(node_of(path, function))
        return
    known = _function(text, function)
    if known is not None:
        for reached in reaching(known, path):
            yield through(reached.node, "" if not reached.steps else "calls it through other functions")
        if seen := seen_calls(str(path), known):
            yield Driver("recorded", "", f"{counted(len(seen), 'call')} that perfwise run kept", seen[0])
        if shown := documented_calls(known)[:_MOST_CALLS]:
            yield Driver("doctest", "", f"{counted(len(shown), 'call')} that its documentation shows", shown[0])
        yield Driver("inputs", "", "generated inputs", "as large as it takes to measure well")
    else:
        for node in files_reaching(path):
            yield through(node)
    yield script(str(path))


def _again(last: Mapping[str, str], found: list[Driver], text: str) -> Driver | None:
    """The driver chosen last, as far as there is such a one still."""
    kind, value = last.get("kind", ""), last.get("value", "")
    for driver in found:
        if (driver.kind, driver.value) == (kind, value):
            return driver
    if kind == "call" and not refusal(value, text):
        return typed(value)
    return from_file(value) if kind == "inputs" and value and Path(value).is_file() else None


async def prepared(job: Job, driver: Driver | None, progress: Progress, last: Mapping[str, str] | None = None) -> Job:
    """The job with what drives it; with no driver, the first of those there are that has something to call and no side
    effects beyond those of the project's tests, as long as its calls are not too short to be measured.

    Effect: runs tests and the function itself, each in a process that is ended with the caller. Raises ProfilingError.
    """
    function = job.function or ""
    if driver is not None:
        return await _driven(job, driver, _function(job.text, function), progress, _TEST_SECONDS)
    known = _function(job.text, function)
    reasons: list[str] = []
    too_short: list[Job] = []
    tests = 0
    for each in drivers(job.path, job.text, function, job.what, last):
        tests += each.kind == "test"
        if each.kind == "script" or (each.kind == "test" and tests > _TESTS_TRIED):
            continue
        try:
            found = await _driven(job, each, known, progress, _UNCHOSEN_TEST_SECONDS)
        except ProfilingError as error:
            reasons.append(str(error))
            continue
        if known is None or each.kind not in _SMALL or not found.calls:
            return found
        if await longest(found, known, _seconds(job)) >= MEASURABLE:
            return found
        too_short.append(found)
    if too_short:
        return too_short[0]
    why = reasons[-1] if reasons else f"{job.path} has no function {function}" if function else "nothing runs it"
    raise ProfilingError(f"nothing that drives {function or job.path} was found ({why})")


async def _driven(job: Job, driver: Driver, known: Function | None, progress: Progress, seconds: float) -> Job:
    if driver.kind == "script":
        return replace(job, script=True, driver=driver.label)
    if driver.kind == "test":
        return await _through_test(job, driver, known, progress, seconds)
    if driver.kind == "call":
        if why := refusal(driver.value, job.text):
            raise ProfilingError(f"{driver.value}: {why}")
        return replace(job, calls=(driver.value,), driver=driver.label)
    if driver.kind == "inputs" and driver.value:
        return replace(job, inputs=driver.value, driver=driver.label)
    if known is None:
        raise ProfilingError(f"{job.path} has no function {job.function}")
    if driver.kind == "inputs":
        return _with_inputs(job, await generated(job, known, _seen(job, known), _seconds(job), progress))
    calls = seen_calls(job.path, known) if driver.kind == "recorded" else documented_calls(known)
    if not calls:
        raise ProfilingError(f"no call of {known.name} is kept or shown any more")
    return replace(job, calls=tuple(calls[:_MOST_CALLS]), driver=driver.label)


async def _through_test(job: Job, driver: Driver, known: Function | None, progress: Progress, seconds: float) -> Job:
    """With the calls that the test makes, to be repeated; where they cannot be, with the test itself."""
    whole = replace(job, test=driver.value, driver=driver.label)
    if job.what == "test" or known is None:
        return whole
    progress(f"running {driver.value}")
    try:
        seen = await harvested(Path(job.path), known, driver.value, job.python, seconds)
    except ProfilingError:
        # What the test says can be read without pytest, as long as it needs no fixture.
        file = place_of(Path(job.path)).project / driver.value.partition("::")[0]
        calls = harvested_calls(known, file, _MOST_CALLS)
        if not calls:
            raise
        return replace(job, calls=tuple(calls), driver=f"{counted(len(calls), 'call')} of {driver.label}")
    return _harvested(whole, known.name, seen)


def _harvested(job: Job, function: str, seen: Harvest) -> Job:
    if not seen.times:
        raise ProfilingError(f"{job.test} {f'fails: {seen.failed}' if seen.failed else f'does not call {function}'}")
    if not seen.calls:
        if seen.failed:
            raise ProfilingError(f"{job.test} fails: {seen.failed}")
        return job
    label = f"{counted(len(seen.calls), 'call')} of {job.driver}"
    return replace(job, calls=seen.calls, test="", driver=label)


def _with_inputs(job: Job, found: Generated) -> Job:
    what = f"{counted(len(found.calls), 'generated input')}{f' of size {found.size:,}' if found.size else ''}"
    return replace(job, calls=found.calls, driver=what)


def _seen(job: Job, function: Function) -> list[str]:
    """Calls that show what its arguments look like."""
    return [*seen_calls(job.path, function), *harvested_calls(function, place_of(Path(job.path)).project)]


def _seconds(job: Job) -> float:
    return min(max(job.seconds, _LEAST_SECONDS), _MOST_SECONDS)


def _function(text: str, name: str) -> Function | None:
    try:
        return find(parse(text), name) if name else None
    except SyntaxError:
        return None  # Of another Python than the one that runs here.
