"""A function improved: rewrites asked for, examined in the laboratory, ranked by what was measured.

This is the only place that knows both who proposes and who decides.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from perfwise_server import examining
from perfwise_server.background import Work
from perfwise_server.checking.errors import CheckError
from perfwise_server.driving import callables
from perfwise_server.examining import Prepared, Progress, Tried
from perfwise_server.improvement import BUILT_IN, Candidate, Improvement, Job
from perfwise_server.rewriting import prompt
from perfwise_server.rewriting.asking import Asking, Proposal
from perfwise_server.rewriting.effort import EFFORTS
from perfwise_server.rewriting.providers.provider import Message, Provider
from perfwise_server.rewriting.situation import Situation
from perfwise_server.verifying.background import run
from perfwise_server.verifying.errors import CaseError, LaboratoryError
from perfwise_server.verifying.growing import Measured, measure
from perfwise_server.verifying.growth import Growth
from perfwise_server.verifying.laboratory import Case
from perfwise_server.verifying.verdict import Verdict

_FIRST_SECONDS = 5.5  # In which the rules' rewrite is examined, while a model still thinks.
_ALONE_SECONDS = 20.0  # For each of the rules' rewrites, where no model is asked.
_BASELINE_SECONDS = 4.0
_LEAST_SECONDS = 6.0  # With less, what is timed is too small to tell much.
_TOO_LITTLE = 3.0  # Seconds in which hardly anything is proved.
_UNTIL_FOUND = 10.0  # That a user waits longer where there is nothing to offer yet.
_GRACE = 20.0  # Seconds after which an examination that does not end is given up.
_ALIKE = 0.95  # Of the highest speed-up: what is as fast as that counts as fast as the fastest.
_MOST_MEASURED = 6.0
_MOST_LATE = 2
_NOT_TRIED = "its turn did not come in the time there is: more effort takes more time"
_SHORT = 0.0003  # Seconds of a call, that say that there was no time to look for larger inputs.
_UNCLEAR = 1.2  # Speed-ups up to which the interval of a rewrite that is not faster reaches, and it may be so.

Found = Callable[[Candidate], None]


class ImproveError(CheckError):
    """Nothing can be tried; the text is one line."""


def nothing_happens(_: object) -> None:
    """For who does not listen."""


async def improve(
    job: Job, progress: Progress = nothing_happens, found: Found = nothing_happens, provider: Provider | None = None
) -> Improvement:
    """Asks `provider`, if there is one, and the rules; `found` gets every candidate as soon as it is examined.

    Effect: runs the candidates in processes of their own, which end with the caller's task. Raises ImproveError and
    LaboratoryError.
    """
    function = _callable(job)
    work = _Improving(job, function, progress, found, provider)
    try:
        return await work.improvement()
    finally:
        await work.ended()


async def first_question(job: Job) -> tuple[Message, ...]:
    """What a model would be asked first, secrets included. Nothing of the user's is run.

    Raises ImproveError, LaboratoryError and OSError.
    """
    case = Case(job.text, job.text, _callable(job), job.path, python=job.python)
    return await run(partial(examining.question, job), case, nothing_happens)


def _callable(job: Job) -> str:
    """The function that can be called: the one itself, or the one that it is inside of."""
    try:
        found = callables.find(callables.parse(job.text), job.function)
    except SyntaxError as error:
        raise ImproveError(f"{job.path or 'the file'} does not parse: {error.msg}") from None
    if found is None:
        raise ImproveError(f"{job.path or 'the file'} has no function {job.function}")
    return found.name


class _Improving:
    def __init__(self, job: Job, function: str, progress: Progress, found: Found, provider: Provider | None) -> None:
        self.job, self.function, self.progress, self.found = job, function, progress, found
        self.effort = EFFORTS[job.effort]
        self.begun = time.monotonic()
        self.first: float | None = None
        self.candidates: list[Candidate] = []
        self.met: set[bytes] = set()
        self.shapes: dict[str, bytes] = {}  # By text.
        self.prepared = Prepared(Situation(function, ""), [], b"")
        self.before: Growth | None = None
        self.provider = provider
        self.asking: Asking | None = None

    async def improvement(self) -> Improvement:
        await self._try_rules()
        if asking := self.asking:
            if asking.is_asking and not asking.waiting:
                await self._measure_baseline()
            for rounds in range(self.effort.rounds):
                await self._try_replies()
                await self._try_late()
                if rounds + 1 == self.effort.rounds or self._is_over() or not self._ask_again():
                    break
        ranked = _ranked(self.candidates)
        after = await self._measure_after(ranked)
        asked = asking.asked if asking else None
        return Improvement(
            self.function,
            tuple(ranked),
            self.prepared.situation.cost,
            self.before,
            after,
            asked.requests if asked else 0,
            asked.replies if asked else 0,
            asked.input_tokens if asked else 0,
            asked.output_tokens if asked else 0,
            time.monotonic() - self.begun,
            asked.busy if asked else 0.0,
            self.first,
            tuple(dict.fromkeys(asked.problems)) if asked else (),
        )

    async def ended(self) -> None:
        if self.asking:
            await self.asking.ended()

    # What the rules make of it.

    async def _try_rules(self) -> None:
        """Effect: the model, if there is one, is asked as soon as there is something to tell it."""

        def listen(message: str | Prepared) -> None:
            if isinstance(message, str):
                self.progress(message)
            else:
                self._prepare(message)

        begun = time.monotonic()
        seconds = _FIRST_SECONDS if self.provider else _ALONE_SECONDS
        first = await self._within(partial(examining.opened, self.job), seconds, listen)
        if not self.prepared.shape:
            raise LaboratoryError(first.verdict.reason if first and first.verdict else "it could not be read")
        if first is None or self._keep(Proposal("", BUILT_IN), first, begun):
            return
        for text in self.prepared.texts[1:]:
            left = begun + (_FIRST_SECONDS if self.provider else 2 * _ALONE_SECONDS) - time.monotonic()
            if left < _FIRST_SECONDS / 2 or await self._try(Proposal("", BUILT_IN, text), left):
                break

    def _prepare(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.met.add(prepared.shape)
        if self.provider:
            strategies = self.job.strategies
            self.asking = Asking(self.provider, prepared.situation, self.effort, strategies, self.progress)
            self.asking.begin(self.job.candidates or self.effort.candidates)

    # What a model makes of it.

    async def _try_replies(self) -> None:
        """Until nothing is asked and nothing waits."""
        assert self.asking is not None
        asking = self.asking
        while asking.is_open:
            proposal = await asking.next()
            if proposal is None:
                continue
            self.progress(f"{asking.asked.replies} of {asking.asked.requests} replied")
            if self._is_over():
                self._keep(proposal, Tried(verdict=Verdict("undecided", _NOT_TRIED)), time.monotonic())
            elif await self._try(proposal, self._seconds()) is False:
                self._mend(proposal)

    async def _try_late(self) -> None:
        """Those for which there was too little time are given more, once, if it matters."""
        if self.job.effort != "thorough" and self._is_found():
            return
        is_given = bool(self.job.calls or self.job.inputs)  # Then small inputs are what the user wants.
        late = [each for each in self.candidates if each.text in self.shapes and _was_late(each.verdict, is_given)]
        for each in late[:_MOST_LATE]:
            seconds = min(_ALONE_SECONDS, self._most_left())
            if seconds < _LEAST_SECONDS:
                return
            self.candidates.remove(each)
            self.met.discard(self.shapes.pop(each.text))
            proposal = Proposal(each.code, each.by, each.text, each.approach)
            await self._try(proposal, seconds)
            self.shapes.pop(each.text, None)

    def _seconds(self) -> float:
        """For one examination: while the model still thinks there is time, and after that a share of what is left.

        Once there is something to offer, no examination lasts longer than the time there is.
        """
        assert self.asking is not None
        if self.asking.is_asking:
            return self.effort.seconds
        left = self._left()
        least = min(_LEAST_SECONDS, left) if self._is_found() else _LEAST_SECONDS
        return max(least, min(self.effort.seconds, left / (self.asking.waiting + 1)))

    def _left(self) -> float:
        """Seconds in which the user may wait for examinations though nothing is asked any more."""
        assert self.asking is not None
        return self.effort.waiting - (time.monotonic() - self.begun - self.asking.asked.busy)

    def _most_left(self) -> float:
        """With what is added where there is nothing to offer yet."""
        return self._left() + (0.0 if self._is_found() else _UNTIL_FOUND)

    def _is_found(self) -> bool:
        return any(each.is_offered for each in self.candidates)

    def _is_over(self) -> bool:
        """Whether the time for something to offer, or for something faster, is up."""
        assert self.asking is not None
        return not self.asking.is_asking and self._most_left() < (_TOO_LITTLE if self._is_found() else 0.0)

    def _mend(self, proposal: Proposal) -> None:
        assert self.asking is not None
        last = self.candidates[-1].verdict
        if last.verdict not in ("different", "broken", "undecided") or last.question:
            return
        why = f"It {last.reason}."
        if example := last.counterexample:
            why = prompt.different(example.call, example.old, example.new, example.kind)
        elif last.verdict == "undecided":
            return  # Nothing that another rewrite would mend.
        self.asking.mend(proposal, why)

    def _ask_again(self) -> bool:
        """A further round, from the fastest of a model or of the rules."""
        assert self.asking is not None
        ranked = [each for each in _ranked(self.candidates) if each.is_offered]
        if not ranked:
            return False
        best = ranked[0]
        proposal = Proposal(best.code, best.by, best.text, best.approach)
        tried = [f"{each.approach or each.by}: {_brief(each.verdict)}" for each in self.candidates if each is not best]
        return self.asking.again(proposal, f"{best.verdict.speedup:.1f} times as fast as the original", tried)

    # Examining.

    async def _try(self, proposal: Proposal, seconds: float) -> bool | None:
        """Whether the rewrite may be offered; None for one that was met before."""
        begun = time.monotonic()
        if proposal.refused:
            verdict = Verdict("broken", f"the reply {proposal.refused}")
            return self._keep(proposal, Tried(verdict=verdict, code=proposal.code), begun)
        self.progress(f"checking a rewrite by {proposal.by}")
        tried = await self._within(partial(examining.tried, proposal, frozenset(self.met)), seconds, self.progress)
        return self._keep(proposal, tried or Tried(), begun)

    async def _within(self, work: Work[Tried | None], seconds: float, progress: Progress) -> Tried | None:
        try:
            return await asyncio.wait_for(run(work, self._case(seconds), progress), seconds + _GRACE)
        except (asyncio.TimeoutError, TimeoutError):
            verdict = Verdict("undecided", "its examination did not come to an end")
        except CaseError:
            raise  # No other rewrite would mend it.
        except LaboratoryError as error:
            verdict = Verdict("undecided", str(error))
        return Tried(verdict=verdict)

    def _keep(self, proposal: Proposal, tried: Tried, begun: float) -> bool | None:
        if tried.verdict is None:
            return None
        if tried.text:  # Of a rewrite that was never put in its place nothing is known by which to meet it again.
            self.met.add(tried.shape)
            self.shapes[tried.text] = tried.shape
        candidate = Candidate(
            tried.text,
            tried.code or proposal.code,
            proposal.by,
            proposal.approach,
            tried.verdict,
            tried.cost,
            tried.diff,
            proposal.input_tokens,
            proposal.output_tokens,
            proposal.seconds + time.monotonic() - begun,
        )
        self.candidates.append(candidate)
        if candidate.is_offered and self.first is None:
            self.first = time.monotonic() - self.begun
        self.found(candidate)
        return candidate.is_offered

    def _case(self, seconds: float = _ALONE_SECONDS) -> Case:
        job = self.job
        return Case(job.text, job.text, self.function, job.path, job.calls, job.inputs, seconds, job.python)

    # Growth.

    async def _measure_baseline(self) -> None:
        """Effect: what the function costs now is measured while the model thinks, and told with later questions."""
        assert self.asking is not None
        measured = await self._measured(self.job.text, _BASELINE_SECONDS)
        if measured:
            self.before = measured.old
            if measured.old.name != "unknown":
                self.asking.measured(measured.old.name)

    async def _measure_after(self, ranked: list[Candidate]) -> Growth | None:
        """Of the best, where there is time for it."""
        if not ranked or not ranked[0].is_offered or (self.asking and self._left() < _MOST_MEASURED):
            return None
        measured = await self._measured(ranked[0].text, _MOST_MEASURED)
        if measured is None:
            return None
        self.before = self.before or measured.old
        return measured.new

    async def _measured(self, new: str, seconds: float) -> Measured | None:
        job = self.job
        if job.calls or job.inputs or not job.growth:
            return None  # They say nothing of other sizes.
        self.progress("measuring growth")
        case = replace(self._case(seconds), new=new)
        try:
            return await asyncio.wait_for(run(measure, case, nothing_happens), seconds + _GRACE)
        except (LaboratoryError, asyncio.TimeoutError, TimeoutError):
            return None


def _ranked(candidates: list[Candidate]) -> list[Candidate]:
    """What may be offered, the fastest first, of those as fast as the fastest the smallest change; then the others."""
    offered = sorted((each for each in candidates if each.is_offered), key=lambda each: -(each.verdict.speedup or 0))
    if offered:
        most = offered[0].verdict.speedup or 0
        equals = [each for each in offered if (each.verdict.speedup or 0) >= _ALIKE * most]
        offered = [*sorted(equals, key=lambda each: each.size), *offered[len(equals) :]]
    return [*offered, *sorted((each for each in candidates if not each.is_offered), key=_distance)]


def _distance(candidate: Candidate) -> tuple[int, int]:
    """How far from being offered."""
    verdict = candidate.verdict
    order = ["undecided", "different", "not faster", "broken"]
    rank = order.index(verdict.verdict) + (4 if verdict.verdict == "undecided" and not verdict.question else 0)
    return rank, -verdict.tried


def _was_late(verdict: Verdict, is_given: bool) -> bool:
    """Whether more time might decide otherwise: it sufficed for small inputs only, or for an unclear answer."""
    if verdict.verdict == "not faster" and verdict.interval is not None:
        return verdict.interval[1] > _UNCLEAR or (not is_given and (verdict.old_seconds or 0.0) < _SHORT)
    return verdict.verdict == "undecided" and verdict.counterexample is None and not verdict.is_lasting


def _brief(verdict: Verdict) -> str:
    return verdict.verdict + (f", {verdict.reason}" if verdict.reason else "")
