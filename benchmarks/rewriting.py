"""What asking for rewrites achieves: over replayed replies, or with any endpoint that is named.

    python -m benchmarks.rewriting                           functions of our own, replies of every kind
    python -m benchmarks.rewriting --pairs FILE              slow sides; the fast side comes among decoys
    python -m benchmarks.rewriting --strategies              each strategy left out in turn
    python -m benchmarks.rewriting --base-url URL --model M  a real model in the place of the replies
    python -m benchmarks.rewriting --replies FILE            what a model replied once; what is new is kept there

A FILE of pairs holds JSON lines with id, entry, slow, fast and inputs. The rules' own rewrites are tried as well, and
their score is told beside. "Beyond" are the seconds that the examinations took when no question was open. For the
strategies each function is profiled first, and its growth is measured, so that there is something to tell.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from statistics import median

from benchmarks.kept_replies import KeptReplies, Replayed
from benchmarks.laboratory import paired_trials
from perfwise_server.checking.errors import CheckError
from perfwise_server.driving import callables
from perfwise_server.evidence.profiles import Profiles
from perfwise_server.evidence.store import Store
from perfwise_server.improve import improve
from perfwise_server.improvement import BUILT_IN, Improvement, Job
from perfwise_server.profiling import running as profiling
from perfwise_server.profiling.drivers import prepared
from perfwise_server.rewriting.duplicates import shape
from perfwise_server.rewriting.effort import EFFORTS, Strategies
from perfwise_server.rewriting.gate import fitted
from perfwise_server.rewriting.pieces import UnfitError
from perfwise_server.rewriting.providers.choosing import provider
from perfwise_server.rewriting.providers.provider import Provider, ProviderSettings
from perfwise_server.verifying.laboratory import Case, examine
from tests.rewriting.endpoint import Asked, Endpoint, Text
from tests.rewriting.scripted import Place, read, script

RESULTS = Path(__file__).parent / "results"
_STRATEGIES = tuple(each.name for each in fields(Strategies))
NOWHERE = Place(Path("/nowhere/file"), 9, Path("/nowhere/secret"))


@dataclass(frozen=True)
class Task:
    name: str
    job: Job
    fast: str  # The reference.
    replies: tuple[str, ...]


@dataclass
class Figures:
    """Of one function. A speed-up is 1 where nothing was offered."""

    name: str
    reference: float | None = None  # Speed-up, where the laboratory passes it.
    achieved: float = 1.0
    rules: float = 1.0
    by_model: float = 1.0  # Whatever the rules made of it.
    proved: int = 0  # Of the model's rewrites.
    examined: int = 0
    by: str = ""
    first: float | None = None
    seconds: float = 0.0
    beyond: float = 0.0
    requests: int = 0
    tokens: int = 0
    problem: str = ""


@dataclass
class Summary:
    what: str
    figures: list[Figures] = field(default_factory=list)

    def told(self) -> str:
        passed = [each for each in self.figures if each.reference]
        achieved, wanted = (mean([get(each) for each in passed]) for get in (_achieved, _reference))
        rules = mean([each.rules for each in self.figures])
        firsts = [each.first for each in self.figures if each.first is not None]
        share = achieved / wanted if passed else 0.0
        return (
            f"{self.what}: offered {sum(each.achieved > 1 for each in self.figures)} of {len(self.figures)}; "
            f"where the reference passes ({len(passed)}): {achieved:.2f} times of {wanted:.2f}, {share:.1%}; "
            f"all: {mean([each.achieved for each in self.figures]):.2f}, rules alone {rules:.2f}; "
            f"the model alone: {mean([each.by_model for each in self.figures]):.2f}, "
            f"{sum(each.proved > 0 for each in self.figures)} functions, "
            f"{sum(each.proved for each in self.figures)} of {sum(each.examined for each in self.figures)} proved; "
            f"first after {median(firsts or [0]):.1f} s; "
            f"beyond the model {median([each.beyond for each in self.figures]):.1f} s, "
            f"at most {max(each.beyond for each in self.figures):.1f}; "
            f"{sum(each.requests for each in self.figures)} requests, "
            f"{sum(each.tokens for each in self.figures)} tokens"
        )


def _achieved(each: Figures) -> float:
    return each.achieved


def _reference(each: Figures) -> float:
    return each.reference or 1.0


def mean(ratios: Sequence[float]) -> float:
    """Geometric."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else 1.0


def own_tasks() -> Iterator[Task]:
    for each in read():
        replies = {kind: text for kind, text in each.replies(NOWHERE).items() if kind not in ("loops", "deletes")}
        yield Task(each.name, Job(each.old, each.name, growth=False), each.fast, tuple(replies.values()))


def paired_tasks(file: Path, folder: Path) -> Iterator[Task]:
    for trial in paired_trials(file, folder, 20.0):
        if trial.wanted != "proved":
            continue
        case = trial.case
        decoys = (
            case.old,
            case.new.replace("+ 1", "+ 2").replace("<=", "<").replace("range(", "range(1, 1 + ", 1),
            case.new[: len(case.new) * 2 // 3],
        )
        replies = [
            "It cannot be any faster.",
            *(f"```python\n{text}\n```" for text in (decoys[0], case.new, *decoys[1:])),
        ]
        yield Task(trial.name, Job(case.old, case.function, inputs=case.inputs, growth=False), case.new, tuple(replies))


@dataclass(frozen=True)
class Model:
    """Who is asked: what `kept` has, else an endpoint; without either the replies of the task itself."""

    settings: ProviderSettings | None
    kept: KeptReplies | None
    delay: float

    @property
    def is_scripted(self) -> bool:
        return self.settings is None and self.kept is None

    def provider(self) -> Provider:
        asked = provider(self.settings) if self.settings else None
        if self.kept:
            return Replayed(self.kept, asked, self.delay)
        assert asked is not None
        return asked


async def improved(task: Task, model: Model) -> Improvement:
    """Raises CheckError."""
    if not model.is_scripted:
        return await _improved(task.job, model.provider())
    answer = script({str(number): reply for number, reply in enumerate(task.replies)})
    with Endpoint(_delayed(answer, model.delay)) as endpoint:
        return await _improved(task.job, provider(ProviderSettings("openai", base_url=endpoint.base_url)))


def _delayed(answer: Callable[[Asked], str], delay: float) -> Callable[[Asked], Text]:
    return lambda asked: Text(answer(asked), delay=delay)


async def _improved(job: Job, asked: Provider) -> Improvement:
    try:
        return await improve(job, provider=asked)
    finally:
        await asked.close()


def _figures(task: Task, found: Improvement, reference: float | None) -> Figures:
    speeds = {each.by: each.verdict.speedup or 1.0 for each in reversed(found.candidates) if each.is_offered}
    best = found.best
    by_model = [each for each in found.candidates if each.by != BUILT_IN]
    return Figures(
        task.name,
        reference,
        best.verdict.speedup or 1.0 if best else 1.0,
        speeds.get(BUILT_IN, 1.0),
        max([1.0, *(each.verdict.speedup or 1.0 for each in by_model if each.is_offered)]),
        sum(each.is_offered for each in by_model),
        len(by_model),
        best.by if best else "",
        found.first_seconds,
        found.seconds,
        found.seconds - found.model_seconds,
        found.requests,
        found.input_tokens + found.output_tokens,
        "; ".join(found.problems),
    )


async def _speed_of_reference(task: Task, found: Improvement) -> float | None:
    """As it was measured among the candidates, else alone; None where the laboratory does not pass it."""
    job = task.job
    try:
        wanted = shape(fitted(job.text, found.function, task.fast), found.function)
    except UnfitError:
        wanted = b""
    for each in found.candidates:
        if each.is_offered and shape(each.text, found.function) == wanted:
            return each.verdict.speedup
    verdict = await examine(Case(job.text, task.fast, found.function, inputs=job.inputs))
    return verdict.speedup if verdict.verdict == "proved" else None


async def profiled(task: Task, folder: Path) -> Task:
    """The same with a file, a profile of it, and growth that is measured.

    Effect: writes into `folder` and the store.
    """
    job = task.job
    path = folder / f"{task.name}.py"
    path.write_text(job.text, "utf-8")
    function = callables.find(callables.parse(job.text), job.function)
    assert function is not None
    wanted = profiling.Job(str(path), job.text, function.name, seconds=3.0)
    try:
        report = await profiling.profile(await prepared(wanted, None, lambda _: None), lambda _: None)
        Profiles(Store()).keep(report.record())
    except CheckError as error:
        print(f"{task.name}: not profiled: {error}", flush=True)
    return replace(task, job=replace(job, path=str(path), growth=True))


async def measured(task: Task, left_out: Sequence[str], model: Model) -> list[Figures]:
    """With all strategies, then without each of `left_out`. Raises CheckError."""
    found = await improved(task, model)
    reference = await _speed_of_reference(task, found)
    figures = [_figures(task, found, reference)]
    for strategy in left_out:
        strategies = replace(Strategies(), **{strategy: False})
        varied = replace(task, job=replace(task.job, strategies=strategies))
        figures.append(_figures(task, await improved(varied, model), reference))
    return figures


def run(tasks: Sequence[Task], left_out: Sequence[str], model: Model, save: Callable[[list[Summary]], None]) -> None:
    """Effect: `save` gets what is known after each function."""
    summaries = [Summary("all strategies"), *(Summary(f"without {strategy}") for strategy in left_out)]
    for task in tasks:
        try:
            if left_out:
                with tempfile.TemporaryDirectory() as folder:
                    profiled_task = asyncio.run(profiled(task, Path(folder)))
                    found = asyncio.run(measured(profiled_task, left_out, model))
            else:
                found = asyncio.run(measured(task, left_out, model))
        except CheckError as error:
            print(f"{task.name}: {error}", flush=True)
            continue
        for summary, figures in zip(summaries, found, strict=True):
            summary.figures.append(figures)
            _print(summary.what if left_out else "", figures)
        save(summaries)
    for summary in summaries:
        print(summary.told() if summary.figures else f"{summary.what}: nothing was measured", flush=True)


def _print(what: str, figures: Figures) -> None:
    reference = f"{figures.reference:.2f}" if figures.reference else "not passed"
    first = f"{figures.first:.1f} s" if figures.first is not None else "never"
    print(
        f"{figures.name}{what and f', {what}'}: {figures.achieved:.2f} by {figures.by or 'nobody'}; reference "
        f"{reference}; rules {figures.rules:.2f}; the model {figures.by_model:.2f}, {figures.proved} of "
        f"{figures.examined} proved; first {first}, {figures.seconds:.1f} s in all, {figures.beyond:.1f} beyond; "
        f"{figures.requests} requests, {figures.tokens} tokens {figures.problem}",
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, help="JSON lines with id, entry, slow, fast and inputs")
    parser.add_argument("--only", default="", help="names that hold one of these texts, separated by commas")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth function")
    parser.add_argument(
        "--strategies", nargs="?", const=",".join(_STRATEGIES), default="", help="also without each, or without these"
    )
    parser.add_argument("--replies", type=Path, help="JSON lines: replies kept by question")
    parser.add_argument("--provider", default="openai", choices=("openai", "anthropic", "local"))
    parser.add_argument("--base-url", default="")
    parser.add_argument("--model", default="")
    parser.add_argument("--effort", default="normal", choices=tuple(EFFORTS))
    parser.add_argument("--delay", type=float, default=0.0, help="seconds that a replayed reply takes")
    parser.add_argument("--save", action="store_true", help=f"write dated figures to {RESULTS.name}/")
    given = parser.parse_args()
    is_real = given.base_url or given.model or given.provider != "openai"
    settings = ProviderSettings(given.provider, given.model, given.base_url) if is_real else None
    model = Model(settings, KeptReplies(given.replies) if given.replies else None, given.delay)
    left_out = [each for each in given.strategies.split(",") if each]
    if unknown := set(left_out) - set(_STRATEGIES):
        parser.error(f"no strategy is called {min(unknown)!r}: there are {', '.join(_STRATEGIES)}")

    def save(summaries: list[Summary]) -> None:
        if not given.save:
            return
        name = f"{time.strftime('%Y-%m-%d')}-rewriting{'-pairs' if given.pairs else ''}"
        record = {
            "python": platform.python_version(),
            "machine": platform.platform(),
            "effort": given.effort,
            "delay": given.delay,
            "replies": given.replies.name if given.replies else "",
            "summaries": [{"told": each.told(), "figures": [*map(asdict, each.figures)]} for each in summaries],
        }
        (RESULTS / f"{name}{'-strategies' if left_out else ''}.json").write_text(
            json.dumps(record, indent=2) + "\n", "utf-8"
        )

    with tempfile.TemporaryDirectory() as folder:
        os.environ["PERFWISE_DATA_DIR"] = str(Path(folder, "evidence"))
        tasks = [*(paired_tasks(given.pairs, Path(folder)) if given.pairs else own_tasks())]
        tasks = [each for each in tasks if any(part in each.name for part in given.only.split(","))][:: given.every]
        if not tasks:
            parser.error(f"no function has a name that holds {given.only!r}")
        tasks = [
            replace(
                each,
                job=replace(each.job, effort=given.effort, candidates=len(each.replies) if model.is_scripted else 0),
            )
            for each in tasks
        ]
        run(tasks, left_out, model, save)
    return 0


if __name__ == "__main__":
    sys.exit(main())
