"""`perfwise optimize`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_server.checking.errors import reason
from perfwise_server.checking.source import Source, UnreadableError, decode, read, write
from perfwise_server.checking.walk import walk
from perfwise_server.cli.changed import Changes
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import FOUND, NOTHING_FOUND
from perfwise_server.cli.output import counted, print_json, styled
from perfwise_server.cli.progress import shown_progress
from perfwise_server.cli.verify import interpreter_of
from perfwise_server.configuration import ConfigurationError, Settings, project_settings
from perfwise_server.driving import callables
from perfwise_server.evidence.store import Store
from perfwise_server.improve import improve
from perfwise_server.improvement import BUILT_IN, Candidate, Improvement, Job
from perfwise_server.model_access import project_patterns
from perfwise_server.rewriting.effort import EffortName
from perfwise_server.rewriting.guarded import Guard, Guarded
from perfwise_server.rewriting.private import Ignored
from perfwise_server.rewriting.providers.choosing import provider as chosen
from perfwise_server.rewriting.providers.provider import (
    Ask,
    Kind,
    Provider,
    ProviderError,
    ProviderSettings,
    Reply,
    heard_nothing,
)
from perfwise_server.verifying.report import replay, sentences

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


class Target(NamedTuple):
    path: str
    function: str


class Done(NamedTuple):
    target: Target
    improvement: Improvement
    applied: bool


def optimize(
    targets: Sequence[str],
    *,
    provider: str,
    model: str,
    base_url: str,
    candidates: int | None,
    calls: tuple[str, ...],
    inputs: str,
    effort: EffortName,
    hint: str,
    apply: bool,
    changed: str | None,
    python: str,
    output: str,
) -> int:
    if provider == BUILT_IN and (model or base_url or candidates):
        raise CommandError("--model, --base-url and --candidates need a --provider that is a model")
    begun = time.monotonic()
    if changed is None:
        asked = [*map(_target, targets)]
        if not asked:
            raise CommandError("name the function as FILE::FUNC, or give --changed REV")
    else:
        asked = _touched(targets or ["."], changed)
    if (calls or inputs) and len(asked) != 1:
        raise CommandError("--call and --inputs are for one function")
    settings = ProviderSettings(_kind(provider), model, base_url) if provider != BUILT_IN else None
    done = []
    for target in asked:
        source, data = _read(target.path)
        project = _project(target.path)
        job = _job(target, source, calls, inputs, effort, candidates, hint, python, project)
        improvement = _improved(job, settings, project_patterns(project))
        best = improvement.best
        if apply and best is not None:
            _apply(target.path, source, data, best)
        done.append(Done(target, improvement, apply and best is not None))
        if output != "json":
            _print(done[-1], apply)
    if output == "json":
        records = [_record(each) for each in done]
        seconds = round(time.monotonic() - begun, 3)
        print_json(records[0] if changed is None and len(records) == 1 else {"functions": records, "seconds": seconds})
    elif not done:
        print("no function changed")
    return NOTHING_FOUND if all(each.improvement.best for each in done) else FOUND


def _target(text: str) -> Target:
    path, separator, function = text.partition("::")
    if not separator or not function:
        raise CommandError(f"{text}: name the function as FILE::FUNC")
    return Target(path, function)


def _kind(provider: str) -> Kind:
    kinds: dict[str, Kind] = {"openai": "openai", "anthropic": "anthropic", "local": "local"}
    return kinds[provider]


def _touched(paths: Sequence[str], revision: str) -> list[Target]:
    """The functions that changed, those first that took most time in the user's runs."""
    if wrong := [path for path in paths if "::" in path]:
        raise CommandError(f"{wrong[0]}: with --changed, name files and folders")
    changes = Changes(paths, revision)
    found: list[tuple[float, Target]] = []
    for file in walk(paths, project_settings, ()).files:
        if file.file.suffix == ".ipynb" or not (lines := changes.lines(file.path)):
            continue
        seen = Store().of_file(file.file)
        for name in _functions_at(_read(file.path)[0].text, lines):
            seconds = seen[name].seconds if name in seen else 0.0
            found.append((seconds, Target(file.path, name)))
    return [target for _, target in sorted(found, key=lambda each: -each[0])]


def _functions_at(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Those that can be called from outside and have one of these lines."""
    try:
        names = {*callables.names(callables.parse(text))}
    except SyntaxError:
        return
    for place in Analysis(Document(text)).functions():
        first, last = place.span.start.line, place.span.end.line
        if place.name in names and any(start <= last and first <= end for start, end in lines):
            yield place.name


def _read(path: str) -> tuple[Source, bytes]:
    if path.endswith(".ipynb"):
        raise CommandError(f"{path}: notebooks are optimised in the editor")
    try:
        data = read(Path(path))
        return decode(data), data
    except UnreadableError as error:
        raise CommandError(f"{path}: {error}") from None


def _project(path: str) -> Settings:
    try:
        return project_settings(Path(path))
    except ConfigurationError as error:
        raise CommandError(str(error)) from None


def _job(
    target: Target,
    source: Source,
    calls: tuple[str, ...],
    inputs: str,
    effort: EffortName,
    candidates: int | None,
    hint: str,
    python: str,
    project: Settings,
) -> Job:
    path = Path(target.path)
    return Job(
        source.text,
        target.function,
        target.path,
        calls,
        inputs,
        python or interpreter_of(path),
        effort,
        candidates or 0,
        hint,
        options=project.options(path),
    )


def _improved(job: Job, settings: ProviderSettings | None, ignored: Ignored) -> Improvement:
    """Effect: shows progress on a terminal. To name a provider is to agree to it. Raises CommandError."""
    with shown_progress() as progress:
        try:
            if settings is None:
                return asyncio.run(improve(job, progress))
            guard = Guard(Path(job.path), is_agreed=True, ignored=(ignored,))
            return asyncio.run(_asked(job, Guarded(chosen(settings), guard), progress))
        except ProviderError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{job.python}: cannot be started: {reason(error)}") from None


async def _asked(job: Job, provider: Provider, progress: Callable[[str], None]) -> Improvement:
    """Raises ProviderError as soon as it is known that the model which was named does not answer."""
    watched = _Watched(provider)
    work = asyncio.ensure_future(improve(job, progress, provider=watched))
    try:
        either: list[asyncio.Future[Any]] = [work, watched.failure]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if watched.failure.done():
            raise watched.failure.result()
        return await work
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        watched.failure.cancel()
        await provider.close()


class _Watched:
    """A provider whose first questions, when all of them fail, set `failure`."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self.name, self.model, self.where = provider.name, provider.model, provider.where
        self.failure: asyncio.Future[ProviderError] = asyncio.get_running_loop().create_future()
        self._open = self._replied = 0

    async def reply(self, ask: Ask, on_text: Callable[[str], None] = heard_nothing) -> Reply:
        self._open += 1
        try:
            reply = await self._provider.reply(ask, on_text)
            self._replied += 1
            return reply
        except ProviderError as error:
            if self._open == 1 and not self._replied and not self.failure.done():
                self.failure.set_result(error)
            raise
        finally:
            self._open -= 1

    async def close(self) -> None:
        await self._provider.close()


def _apply(path: str, source: Source, data: bytes, best: Candidate) -> None:
    """Effect: the file has the rewrite, in its encoding and with its line ends. Raises CommandError."""
    file = Path(path)
    try:
        if read(file) != data:
            raise CommandError(f"{path}: changed meanwhile, and was left alone: run it again")
        if source.text.encode(source.encoding) != data:
            raise CommandError(f"{path}: does not survive being read and written in its encoding, {source.encoding}")
        write(file, best.text, source.encoding)
    except UnreadableError as error:
        raise CommandError(f"{path}: {error}") from None


def _record(done: Done) -> dict[str, Any]:
    return {"path": Path(done.target.path).as_posix(), **done.improvement.record(), "applied": done.applied}


def _print(done: Done, apply: bool) -> None:
    (path, function), found = done.target, done.improvement
    offered = [each for each in found.candidates if each.is_offered]
    others = [each for each in found.candidates if not each.is_offered]
    if best := found.best:
        said = f"{function}: {counted(len(offered), 'rewrite')} passed, the best by {best.by}"
        print(styled(said, fg="green", bold=True))
        for line in sentences(best.verdict):
            print(line)
        print(_costs(found, best))
        for line in best.diff.splitlines():
            print(styled(line, fg=_COLOURS.get(line[:1])))
        for each in offered[1:]:
            print(f"also passed: by {each.by}, {each.verdict.speedup:.2f} times as fast, {each.size} lines of change")
    else:
        tried = f"none of {counted(len(others), 'rewrite')} passed" if others else "there is no rewrite to check"
        print(styled(f"{function}: {tried}", fg="yellow", bold=True))
    for index, each in enumerate(others):
        if index == 0 and not best:
            print(f"nearest, by {each.by}:")
            for line in sentences(each.verdict):
                print(f"  {line}")
            if each.verdict.counterexample and each.text:
                print(f"  see it: {replay(each.verdict.counterexample, path, 'NEW.py', function)}")
            continue
        said = each.verdict.question or each.verdict.reason
        print(styled(f"not offered, by {each.by}: {each.verdict.verdict}: {said}", dim=True))
    for problem in found.problems:
        print(f"the model: {problem}")
    if found.requests:
        tokens = f"{found.input_tokens:,} tokens in, {found.output_tokens:,} out"
        print(f"{counted(found.requests, 'request')}, {tokens}, {found.seconds:.1f} s")
    if done.applied:
        print(f"applied to {path}")
    elif best and not apply:
        print("to apply it, run it again with --apply")
    elif not best and not found.requests:
        print("a model may find more: name one with --provider")
    elif not best:
        print("what you know of its inputs may help: tell it with --hint")


def _costs(found: Improvement, best: Candidate) -> str:
    written = f"by its source {found.cost} -> {best.cost}"
    if found.before and found.after:
        return f"{written}; measured O({found.before.name}) -> O({found.after.name})"
    return written
