"""What improving a function does in a process of its own, since a long module takes long to be read.

The last two arguments of each are those that `verifying.background.run` gives.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from perfwise_analyzers.cost.terms import big_o
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_server.evidence.profiles import Profiles
from perfwise_server.evidence.store import Store
from perfwise_server.improvement import BUILT_IN, Job
from perfwise_server.profiles.heat import Heat
from perfwise_server.profiles.report import Report
from perfwise_server.rewriting import prompt
from perfwise_server.rewriting.asking import Proposal
from perfwise_server.rewriting.built_in import composed
from perfwise_server.rewriting.duplicates import shape
from perfwise_server.rewriting.gate import fitted
from perfwise_server.rewriting.pieces import LINE_END, Source, UnfitError, path_to
from perfwise_server.rewriting.providers.provider import Message
from perfwise_server.rewriting.situation import Situation, situation_of
from perfwise_server.verifying.dependence import needed
from perfwise_server.verifying.laboratory import Case, examine
from perfwise_server.verifying.verdict import Verdict

Progress = Callable[[str], None]


class Prepared(NamedTuple):
    situation: Situation
    texts: list[str]  # What the rules make of the module.
    shape: bytes


class Tried(NamedTuple):
    """What became of a proposal; without a verdict it was met before."""

    shape: bytes = b""
    verdict: Verdict | None = None
    text: str = ""
    code: str = ""
    cost: str = ""
    diff: str = ""


async def opened(job: Job, case: Case, progress: Callable[[str | Prepared], None]) -> Tried | None:
    """What is known is told as soon as it is, for a model to be asked; the first of the rules' rewrites is tried."""
    progress("reading")
    situation = _situation(job, case.function)
    texts = composed(job.text, case.function, job.options)
    prepared = Prepared(situation, texts, shape(job.text, case.function))
    progress(prepared)
    if not texts:
        return None
    return await tried(Proposal("", BUILT_IN, texts[0]), frozenset((prepared.shape,)), case, progress)


async def question(job: Job, case: Case, progress: Progress) -> tuple[Message, ...]:
    progress("reading")
    situation = _situation(job, case.function)
    return prompt.first(situation, examples=job.strategies.examples)


def _situation(job: Job, function: str) -> Situation:
    hot = _last_profile(job, function)
    return situation_of(job.text, function, job.path, needed(job.text, function), hot, job.options, job.wish)


def _last_profile(job: Job, function: str) -> Mapping[int, float]:
    """The seconds of lines, of those that are as they were then."""
    lines = LINE_END.split(job.text)
    kept = Profiles(Store()).of_function(Path(job.path), function, text=job.text) if job.path else []
    reports = (Report.from_record(each.record) for each in kept[:1])
    return next((Heat(report, 0, lines.__getitem__, len(lines)).seconds for report in reports), {})


async def tried(proposal: Proposal, met: frozenset[bytes], case: Case, progress: Progress) -> Tried:
    try:
        text = proposal.text or fitted(case.old, case.function, proposal.code)
    except UnfitError as error:
        return Tried(b"", Verdict("broken", f"the reply {error}"), "", proposal.code)
    found = shape(text, case.function)
    if found in met:
        return Tried(found)
    verdict = await examine(replace(case, new=text), progress)
    source = Source(text)
    costs = {each.name: each.cost for each in Analysis(Document(text)).costs()}
    return Tried(
        found,
        verdict,
        text,
        source.whole(path_to(source.tree, case.function)[-1]),
        big_o(costs.get(case.function)),
        _diff(case.old, text, case.path),
    )


def _diff(old: str, new: str, path: str) -> str:
    name = path or "module.py"
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), name, name, lineterm="")
    return "\n".join(lines)
