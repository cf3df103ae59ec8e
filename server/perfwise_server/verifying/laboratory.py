"""Two versions of a function examined: loaded, driven, compared, timed; the verdict."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perfwise_server import interpreter
from perfwise_server.driving import callables
from perfwise_server.driving.accepting import accepted
from perfwise_server.driving.callables import Function, Parameter
from perfwise_server.driving.doctests import documented_calls
from perfwise_server.driving.import_roots import Place, place_of
from perfwise_server.driving.mutation import mutated
from perfwise_server.driving.planning import Plan
from perfwise_server.driving.recipes import Recipe
from perfwise_server.driving.seen import seen_calls
from perfwise_server.driving.tests import harvested_calls
from perfwise_server.evidence.answers import Answers
from perfwise_server.evidence.store import Store
from perfwise_server.verifying.assumptions import Assumptions, asked_of
from perfwise_server.verifying.errors import CaseError
from perfwise_server.verifying.experiment import Experiment, ExperimentError
from perfwise_server.verifying.inputs import calls_of
from perfwise_server.verifying.instructions import LEAST_SECONDS, counter, doubt, is_wanted, ratio
from perfwise_server.verifying.keeping import keep_verdict
from perfwise_server.verifying.timing import measured, to_be_timed
from perfwise_server.verifying.verdict import (
    ENOUGH_RETURNS,
    Counterexample,
    Verdict,
    changed_lines,
    listed,
)
from perfwise_worker.protocol import Failed, Load, Loaded, Outcome

Progress = Callable[[str], None]

_LOADING_SECONDS = 20.0
_DRAWING_ROUNDS = 6
_GIVE_SOME = "give some with --call or --inputs, or note those of your tests with perfwise run -- pytest"
# Classes carry these; locks have no state that two versions could leave differently.
_MADE_BY_PYTHON = (
    "the state of _abc._abc_data",
    "the state of property",
    "the state of functools.cached_property",
    "the state of _thread.",
    "the function __create_fn__.<locals>.",
)


@dataclass(frozen=True)
class Case:
    """`calls` are the user's: they alone decide. `path` is the file that the old version is of, or would be."""

    old: str
    new: str
    function: str
    path: str = ""
    calls: tuple[str, ...] = ()
    inputs: str = ""  # A file whose make_inputs gives more of the user's inputs.
    seconds: float = 20.0  # Of wall time, for everything.
    python: str = sys.executable
    witness: bool = False  # Whether instructions are counted, if they can be, where the clock leaves a doubt.
    harvest: bool = True  # Whether calls are taken from the project's tests, and what is remembered is heeded.


async def examine(case: Case, progress: Progress = lambda _: None) -> Verdict:
    """Effect: runs both versions in a worker of `case.python`, which is ended with the caller's task, and keeps the
    verdict with the evidence.

    Raises CaseError, InputsError among them, and OSError when the interpreter does not start.
    """
    start = time.monotonic()
    async with interpreter.started(case.python, readable(case)) as worker:
        experiment = Experiment(worker, case.function, start + case.seconds)
        found = await _Examination(case, experiment, progress).verdict()
    found = replace(found, seconds=time.monotonic() - start)
    if case.path and case.harvest:
        keep_verdict(case.old, case.new, case.function, found.record())
        if found.question:
            Answers(Store()).ask(case.path, case.function, found.question)
    return found


async def driven(case: Case) -> tuple[Experiment, Verdict | None]:
    """What comparing alone shows, untimed, and the verdict where that decides. Effects and errors are `examine`'s."""
    async with interpreter.started(case.python, readable(case)) as worker:
        experiment = Experiment(worker, case.function, time.monotonic() + case.seconds)
        return experiment, await _Examination(case, experiment, lambda _: None).compared()


def readable(case: Case) -> tuple[str, ...]:
    """What the worker is to read of the user's files."""
    return (*place_of(Path(case.path)).roots, case.path) if case.path else ()


def loading(case: Case, place: Place) -> Load:
    return Load(case.old, case.new, place.module, case.path, place.roots, case.function)


class _Decided(Exception):  # noqa: N818 - it is no error.
    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.verdict)
        self.verdict = verdict


class _Examination:
    def __init__(self, case: Case, experiment: Experiment, progress: Progress) -> None:
        self.case, self.experiment, self.progress = case, experiment, progress
        self.place = place_of(Path(case.path)) if case.path else Place("module", (), Path())
        remembered = Answers(Store()).of(case.path, case.function) if case.path and case.harvest else {}
        self.assumptions = Assumptions(remembered)
        experiment.denied = self.assumptions.denied
        self.beyond: list[Counterexample] = []
        self.notes: list[str] = []
        self.plans: list[Plan] = []
        self.exhausted = False  # Whether every input there is has been tried.

    async def verdict(self) -> Verdict:
        try:
            function = await self.loaded()
            await self.compare(function)
            self.decide()
            return await self.timed(function)
        except _Decided as decided:
            return decided.verdict
        except ExperimentError as error:
            return self.found("undecided", str(error))

    async def compared(self) -> Verdict | None:
        """The verdict where there is one without timing."""
        try:
            await self.compare(await self.loaded())
            self.decide()
            return None
        except _Decided as decided:
            return decided.verdict
        except ExperimentError as error:
            return self.found("undecided", str(error))

    async def loaded(self) -> Function | None:
        await self.load()
        function = self.find()
        if self.case.inputs:
            made = await calls_of(self.case.inputs, self.case.function, self.experiment)
            self.case = replace(self.case, calls=(*self.case.calls, *made))
        return function

    def found(self, word: str, reason: str = "", **more: object) -> Verdict:
        """The verdict with the figures so far."""
        changed = changed_lines(self.case.old, self.case.new)
        experiment = self.experiment
        result = Verdict(
            word,  # type: ignore[arg-type]
            reason,
            tried=len(experiment.outcomes),
            returned=len(experiment.returned),
            origins=experiment.origins,
            lines=len(experiment.can_run),
            lines_run=len(experiment.can_run & experiment.ran),
            missed=tuple(sorted((changed & experiment.can_run) - experiment.ran)),
            beyond=tuple(self.beyond),
            assumed=self.assumptions.sentences(),
            notes=tuple(self.notes),
        )
        return replace(result, **more)  # type: ignore[arg-type]

    # Loading.

    async def load(self) -> None:
        self.progress("loading both versions")
        notes = await self.load_versions(self.case)
        # Of a module that cannot be imported, what the function needs is loaded; that is no excuse for the new version.
        if notes and not await self.load_versions(replace(self.case, new=self.case.old)):
            raise _Decided(self.found("broken", f"the new version cannot be imported: {notes[0].partition(': ')[2]}"))
        if notes:
            await self.load_versions(self.case)
        self.notes += notes

    async def load_versions(self, case: Case) -> tuple[str, ...]:
        """What the worker has to say about it."""
        reply = await self.experiment.worker.ask(loading(case, self.place), min(_LOADING_SECONDS, case.seconds))
        if isinstance(reply, Loaded):
            return reply.notes
        said = reply.message if isinstance(reply, Failed) else type(reply).__name__
        if isinstance(reply, Failed) and reply.version == "new":
            what = "does not parse" if reply.kind == "syntax" else "cannot be loaded"
            raise _Decided(self.found("broken", f"the new version {what}: {said}"))
        raise CaseError(f"the old version cannot be loaded: {said}")

    def find(self) -> Function | None:
        """The old version's function, or None where only the interpreter can read it."""
        name = self.case.function
        try:
            modules = [callables.parse(text) for text in (self.case.old, self.case.new)]
        except SyntaxError:
            return None  # Of another Python than the one that runs here.
        old, new = (callables.find(module, name) for module in modules)
        last = name.rpartition(".")[2]
        if old is None:
            if last in modules[0].aliases or last in modules[0].imported:
                return None
            raise CaseError(f"the old version has no function {name}")
        if new is None:
            if last in modules[1].aliases or last in modules[1].imported:
                return old
            raise _Decided(self.found("broken", f"the new version has no function {name}"))
        if _signature(old) != _signature(new):
            raise _Decided(self.found("broken", f"the new version changed the signature of {name}"))
        return old

    # Comparing.

    async def compare(self, function: Function | None) -> None:
        given = [Recipe(call, "given") for call in dict.fromkeys(self.case.calls)]
        if given:
            self.progress(f"comparing on {len(given)} given inputs")
            # To see which lines run takes its time, and the small ones show it as well.
            given.sort(key=lambda recipe: len(recipe.call))
            half = (len(given) + 1) // 2
            await self.differ(given[:half], self.share(0.6), each=10.0)
            await self.differ(given[half:], self.share(0.75), each=10.0, watched=bool(self.found("undecided").missed))
            if len(self.experiment.outcomes) < len(given):
                reason = f"there was time for {len(self.experiment.outcomes)} of the {len(given)} given inputs only"
                raise _Decided(self.found("undecided", reason))
        if function is None:
            return
        observed: list[str] = list(self.case.calls)
        if not given:
            observed = self.harvested(function)
            await self.differ([Recipe(call, "given") for call in observed], self.share(0.3), each=2.0)
        seconds = min(2.0, self.share(0.2)) if given else self.share(0.45)
        await self.drive(function, observed, time.monotonic() + seconds)

    def harvested(self, function: Function) -> list[str]:
        found = documented_calls(function)
        if self.case.harvest and self.case.path:
            found += seen_calls(self.case.path, function)
            found += harvested_calls(function, self.place.project)
        return list(dict.fromkeys(found))

    async def drive(self, function: Function, observed: Sequence[str], end: float) -> None:
        """Compares on generated inputs, until every changed line ran and there are enough, or the time is up."""

        def left() -> float:
            return end - time.monotonic()

        described = await self.experiment.described(function)
        usable = self.plans = await accepted(described, observed, self.experiment.attempt, left())
        if not usable:
            for rank in range(_DRAWING_ROUNDS):
                if left() > 0 and not (rank > 1 and self.is_enough()):
                    await self.differ([Recipe(call, "guessed") for call in mutated(observed, 60, rank)], left())
            return
        best = usable[0]
        if best.is_finite() and len(usable) == 1 and len(best.all()) <= ENOUGH_RETURNS * 4:
            await self.differ(best.all(), left())
            self.exhausted = True
            return
        self.progress("comparing on boundary values")
        await self.differ(best.edges()[:40], left())
        for rank in range(_DRAWING_ROUNDS):
            if left() <= 0 or (rank > 1 and self.is_enough()):
                break
            self.progress(f"comparing on drawn inputs, {len(self.experiment.outcomes)} so far")
            recipes = best.drawn(60, rank)
            if rank == 0:
                recipes += best.edges()[40:]
            elif rank == 1:
                for plan in usable[1:]:
                    recipes += plan.edges()[:30]
                recipes += [Recipe(call, "guessed") for call in mutated(observed, 40, rank)]
            else:
                seen = [each.call for each in self.experiment.returned]
                recipes += [Recipe(call, best.origin) for call in mutated(seen, 60, rank)]
            await self.differ(recipes, left())
            if rank == 0:
                await self.differ(await self.large(best, left()), left())
        # They are the ones on which a rewrite differs most often, so on a busy machine too there is time for them.
        await self.differ(best.unusual(), max(left(), self.share(0.3)))

    async def large(self, plan: Plan, seconds: float) -> list[Recipe]:
        """Those calls with large numbers from which the old version comes back."""
        recipes = plan.large()
        outcomes = await self.experiment.attempt(recipes, min(seconds, 1.0), 0.1)
        fine = {outcome.call for outcome in outcomes if outcome.ended == "returned"}
        return [recipe for recipe in recipes if recipe.call in fine]

    async def differ(self, recipes: Sequence[Recipe], seconds: float, each: float = 0.4, watched: bool = True) -> None:
        """Raises the verdict when there is a difference that decides; `watched` says that lines are noted."""
        example = await self.experiment.compare(self.assumptions.applied(recipes), seconds, each, watched)
        if example is None:
            return
        if self.case.calls and example.origin != "given":
            self.beyond.append(example)
        elif example.origin == "guessed" and not self.experiment.differs_always():
            recipe = self.experiment.recipes.get(example.call)
            question = (recipe.trait if recipe else "") or asked_of(example.call)
            reason = f"the versions differ on an input that may be none: {example.kind}"
            raise _Decided(self.found("undecided", reason, counterexample=example, question=question))
        else:
            raise _Decided(self.found("different", _told(example), counterexample=example))

    def is_enough(self) -> bool:
        return len(self.experiment.returned) >= 3 * ENOUGH_RETURNS and not self.found("undecided").missed

    def share(self, part: float) -> float:
        return self.experiment.left * part

    def decide(self) -> None:
        """Raises the verdict where the inputs do not suffice."""
        experiment = self.experiment
        if experiment.unsteady:
            first = experiment.unsteady[0]
            reason = f"the old version disagrees with itself: {first.call} gave {first.old}, then {first.new}"
            raise _Decided(self.found("undecided", reason, is_lasting=True))
        unjudged = sorted(each for each in experiment.unjudged if not self.is_harmless(each))
        if unjudged:
            reason = f"what cannot be looked into: {', '.join(unjudged)}"
            raise _Decided(self.found("undecided", reason, is_lasting=True))
        if not experiment.outcomes:
            raise _Decided(self.found("undecided", f"no inputs were found: {_GIVE_SOME}"))
        returned = [each for each in experiment.returned if self.decides(each)]
        # Of the user's inputs those that both versions reject alike agree too, but some must come back.
        enough = bool(returned) if self.case.calls or self.exhausted else len(returned) >= ENOUGH_RETURNS
        if not enough:
            reason = f"only {len(returned)} inputs came back normally: {_GIVE_SOME}"
            raise _Decided(self.found("undecided", reason))
        missed = self.found("undecided").missed
        if missed:
            raise _Decided(self.found("undecided", f"no input reached {listed(missed)} of the new version"))

    def decides(self, outcome: Outcome) -> bool:
        return not self.case.calls or self.experiment.recipes[outcome.call].origin == "given"

    def is_harmless(self, unjudged: str) -> bool:
        """What the interpreter made, the same for both versions, or what the user wrote into the call."""
        return unjudged.startswith(_MADE_BY_PYTHON) or ("<lambda>" in unjudged and bool(self.case.calls))

    # Timing.

    async def timed(self, function: Function | None) -> Verdict:
        self.progress("timing")
        given_alone = bool(self.case.calls) or function is None
        chosen = await to_be_timed(self.experiment, self.plans, self.differ, given_alone=given_alone)
        self.decide()
        try:
            found = await measured(self.experiment, chosen)
        except ExperimentError as error:
            return self.found("undecided", f"no difference, but it could not be timed: {error}")
        self.notes += found.notes
        result = found.timed
        fewer = await self.counted(chosen.calls[0]) if self.case.witness and is_wanted(result) else None
        if not found.objection and (said := doubt(fewer, result.ratio)):
            return self.found("undecided", said, instructions=fewer)
        return self.found(
            "not faster" if found.objection else "proved",
            found.objection,
            instructions=fewer,
            speedup=result.ratio,
            interval=(result.low, result.high),
            clock=result.clock,
            old_seconds=result.old_seconds,
            new_seconds=result.new_seconds,
            old_peak=result.old_peak,
            new_peak=result.new_peak,
        )

    async def counted(self, call: str) -> float | None:
        """Times fewer instructions, where they can be counted in the time that is left."""
        if counter() is None or self.experiment.left < LEAST_SECONDS:
            return None
        self.progress("counting instructions")
        load = loading(self.case, self.place)
        return await ratio(load, readable(self.case), self.case.python, call, self.experiment.left)


def _signature(function: Function) -> object:
    """What callers depend on: names, kinds and defaults; annotations are nobody's business."""
    shown: list[Parameter] = [replace(each, annotation="") for each in function.parameters]
    return shown, function.binding, type(function.node)


def _told(example: Counterexample) -> str:
    return f"{example.call} differs: {example.kind}"
