"""The cost of one version, or of two, measured on inputs of growing size."""

from __future__ import annotations

import ast
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from perfwise_analyzers.cost.terms import big_o
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_server import interpreter
from perfwise_server.driving import callables
from perfwise_server.driving.callables import Function
from perfwise_server.driving.import_roots import place_of
from perfwise_server.driving.observed import observed_shapes
from perfwise_server.driving.planning import Plan, constants_of, plans
from perfwise_server.driving.recipes import Recipe
from perfwise_server.driving.seen import seen_calls
from perfwise_server.evidence.gathering import defining
from perfwise_server.verifying.errors import InputsError, LaboratoryError
from perfwise_server.verifying.experiment import Experiment, ExperimentError
from perfwise_server.verifying.growth import Growth, Point, crossing, fitted
from perfwise_server.verifying.inputs import calls_of
from perfwise_server.verifying.laboratory import Case, Progress, loading, readable
from perfwise_worker.protocol import Failed, Grow, Grown, Outcome

_SIZES = tuple(dict.fromkeys(round(8 * 1.6**step) for step in range(26)))  # Up to about a million.
_SMALL_SIZES = tuple(range(4, 40, 2))  # For what at most doubles with each of them.
_FEWEST_POINTS = 7
_INPUT_SIZES = (8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384)
_MOST_PLANS = 8
_PROBES = (16, 64)
_LONGEST_STEP, _LONGEST_CALL = 1.5, 0.3  # Seconds.
_MOST_PASSES = 6  # Over all sizes, after the first, until two in a row agree.


@dataclass(frozen=True)
class Measured:
    """`call` is what was measured, an expression of `n`. The new version is the old one where there is none."""

    call: str
    old: Growth
    new: Growth
    crossing: float | None  # The size from which on the new version is faster.


async def measure(case: Case, inputs: str = "", progress: Progress = lambda _: None) -> Measured:
    """`case.calls` may hold one call with `n` in it; `inputs` is a file whose make_inputs takes a size.

    Raises LaboratoryError, InputsError, and OSError when the interpreter does not start.
    """
    end = time.monotonic() + case.seconds
    async with interpreter.started(case.python, readable(case)) as worker:
        experiment = Experiment(worker, case.function, end)
        progress("loading")
        reply = await worker.ask(loading(case, place_of(Path(case.path))), case.seconds)
        if isinstance(reply, Failed):
            raise LaboratoryError(f"{case.path or 'the module'} cannot be loaded: {reply.message}")
        try:
            call = await _call(case, inputs, experiment)
            progress("measuring")
            return await _measured(call, experiment, case.old == case.new)
        except ExperimentError as error:
            raise LaboratoryError(str(error)) from None


def written_cost(text: str, function: str) -> str:
    """What the source says, in the function's own names. It reads the functions of that name alone."""
    document = Document(text)
    analysis = Analysis(document)
    costs = {cost.name: cost.cost for line in defining(document, function) for cost in analysis.costs(line, line)}
    return big_o(costs[function]) if function in costs else "unknown"


async def _measured(call: str, experiment: Experiment, same: bool) -> Measured:
    """`same` says that there is one version only, so that whichever was quicker is believed."""
    end = experiment.end - experiment.left * 0.4
    if "lambda: " in call and "[n]()" in call:
        grown = await _points(call, _INPUT_SIZES, experiment, end)
    else:
        grown = await _points(call, _SIZES, experiment, end)
        if len(grown.old) < _FEWEST_POINTS:
            small = await _points(call, _SMALL_SIZES, experiment, experiment.end)
            grown = small if len(small.old) > len(grown.old) else grown
    numbers = _takes_numbers(call)

    def growths() -> tuple[Growth, Growth]:
        old, new = grown.old, grown.new
        if same:
            old = new = _quicker(old, new)
        return fitted(old, numbers=numbers), fitted(new, numbers=numbers)

    found = growths()
    for _ in range(_MOST_PASSES):
        begun, before = time.monotonic(), found
        again = await _again(call, grown, experiment)
        grown = Grown(_quicker(grown.old, again.old), _quicker(grown.new, again.new))
        found = growths()
        if all(map(_is_settled, before, found)) or experiment.left < 1.5 * (time.monotonic() - begun):
            break
    return Measured(call, *found, crossing(found[0].points, found[1].points))


def _is_settled(before: Growth, after: Growth) -> bool:
    return after.name == before.name != "unknown"


def _takes_numbers(call: str) -> bool:
    """Whether its arguments are numbers alone, so that nothing is far away in memory."""
    tree = ast.parse(call, mode="eval").body
    given = [*tree.args, *(each.value for each in tree.keywords)] if isinstance(tree, ast.Call) else []
    return bool(given) and all(
        isinstance(node, (ast.Name, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context))
        or (isinstance(node, ast.Constant) and isinstance(node.value, (int, float)))
        for each in given
        for node in ast.walk(each)
    )


async def _points(call: str, sizes: Sequence[int], experiment: Experiment, end: float) -> Grown:
    """A few sizes at a time, until a call takes too long; one that does not come to an end is the last."""
    found = Grown((), ())
    step = 3 if sizes is not _SMALL_SIZES else 1
    for start in range(0, len(sizes), step):
        left = end - time.monotonic()
        if left <= 0.2:
            break
        # On a busy machine the first step may need all the time there is.
        seconds = min(left, _LONGEST_STEP) if found.old else left
        ask = Grow(call, tuple(sizes[start : start + step]), min(seconds, _LONGEST_STEP), seconds)
        try:
            grown = await experiment.ask(ask, Grown, seconds)
        except ExperimentError:
            if not found.old:
                raise
            break
        found = Grown(found.old + grown.old, found.new + grown.new)
        if not grown.old or max(found.old[-1][1], found.new[-1][1]) > _LONGEST_CALL:
            break
    return found


async def _again(call: str, grown: Grown, experiment: Experiment) -> Grown:
    """The same sizes at another time, as many as there is time for."""
    sizes = tuple(n for n, _ in grown.old)
    try:
        return await experiment.ask(Grow(call, sizes, experiment.left, experiment.left), Grown, experiment.left)
    except ExperimentError:
        return Grown((), ())


def _quicker(points: Sequence[Point], others: Sequence[Point]) -> tuple[Point, ...]:
    """What else runs on the machine makes a call longer, and never shorter."""
    seconds = dict(others)
    return tuple((n, min(taken, seconds.get(n, taken))) for n, taken in points)


async def _call(case: Case, inputs: str, experiment: Experiment) -> str:
    if case.calls:
        return case.calls[0]
    if inputs:
        return await _call_of_inputs(inputs, case.function, experiment)
    try:
        function = callables.find(callables.parse(case.old), case.function)
    except SyntaxError as error:
        raise LaboratoryError(f"{case.path}: {error.msg} (line {error.lineno})") from None
    if function is None:
        raise LaboratoryError(f"{case.path} has no function {case.function}")
    function = await experiment.described(function)
    return await _generated(function, experiment, seen_calls(case.path, function) if case.path else [])


async def _call_of_inputs(path: str, function: str, experiment: Experiment) -> str:
    made: list[tuple[int, str]] = []
    for size in _INPUT_SIZES:
        try:
            calls = await calls_of(path, function, experiment, size)
        except InputsError:
            if not made:
                raise
            break
        made.append((size, calls[0]))
    # Each is built only when its size is asked for.
    arguments = ", ".join(f"{size}: lambda: {_arguments(call, function)}" for size, call in made)
    return f"{function}(*{{{arguments}}}[n]())"


def _arguments(call: str, function: str) -> str:
    inside = call[len(function) + 1 : -1]
    return inside[1:] if inside.startswith("*") else f"({inside},)" if inside else "()"


async def _generated(function: Function, experiment: Experiment, calls: Sequence[str]) -> str:
    """The way to grow the arguments that takes the longest, of those that the function accepts."""
    found: list[tuple[str, dict[str, int]]] = []
    for plan in _plans(function, calls):
        for growth in plan.growths(square=True):
            call = growth.call()
            if call not in (seen for seen, _ in found):
                found.append((call, {growth.at(size).call: size for size in _PROBES}))
    recipes = [Recipe(call, "guessed") for _, probes in found for call in probes]
    outcomes: dict[str, Outcome] = {}
    for each in (0.5, 3.0):  # On a busy machine the shortest call may take long.
        outcomes.update((one.call, one) for one in await experiment.attempt(recipes, experiment.left * 0.3, each))
        if not outcomes or any(one.ended != "time" for one in outcomes.values()):
            break
    slowest: dict[str, float] = {}
    for call, probes in found:
        seen = [outcomes[probe] for probe in probes if probe in outcomes]
        if not seen or seen[0].ended != "returned":
            continue
        slowest[call] = sum(each.seconds for each in seen) if seen[-1].ended != "time" else 1.0
        if seen[-1].ended == "raised":
            del slowest[call]
    if not slowest:
        raise LaboratoryError(
            f"no input was found that grows and that {function.name} accepts: give one with --call, with n for its size"
        )
    return max(slowest, key=lambda call: slowest[call])


def _plans(function: Function, calls: Sequence[str]) -> Sequence[Plan]:
    found = plans(function)
    if found and found[0].origin == "declared":
        return found
    shapes = observed_shapes(calls, function) if calls and not (found and found[0].receiver) else None
    if shapes is not None:
        found.insert(0, Plan(function, (), tuple(shapes), "guessed", constants_of(function.node)))
    return found[:_MOST_PLANS]
