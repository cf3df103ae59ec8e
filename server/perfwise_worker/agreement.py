"""Both versions make the calls, each version in a process of its own, and what they did is compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from perfwise_worker.calls import compile_all
from perfwise_worker.collector import collector_paused
from perfwise_worker.judge import judge
from perfwise_worker.leftovers import leftovers_removed
from perfwise_worker.loading import Version
from perfwise_worker.observe import CALLERS, Observation, observe
from perfwise_worker.processes import UnansweredError, each_apart
from perfwise_worker.protocol import Compare, Compared, Difference, Lines, Outcome

# What the new version may take for a call that the old one returned from: seconds, and times the old one's.
LEAST_PATIENCE, PATIENCE = 2.0, 8.0


class Agreement:
    """What has been seen so far of the two versions."""

    def __init__(self, old: Version, new: Version, request: Compare) -> None:
        self.versions = old, new
        self.request = request
        self.end = time.monotonic() + request.seconds
        self.ran: tuple[set[int], set[int]] = (set(), set())
        self.differences: list[Difference] = []
        self.unjudged: set[str] = set()
        self.outcomes: list[Outcome] = []
        self.returned = 0

    def compared(self) -> Compared:
        """Makes the calls. What ends the old version's process ends one call; the others are made in another one."""
        calls = self.request.calls
        compile_all(calls)
        while len(self.outcomes) < len(calls) and self.left() > 0 and self._both(calls[len(self.outcomes) :]):
            pass
        can = [version.lines(self.request.function) for version in self.versions]
        lines = [Lines(those, tuple(sorted(ran))) for those, ran in zip(can, self.ran)]
        return Compared(
            tuple(self.differences),
            self.returned,
            tuple(sorted(self.unjudged)),
            outcomes=tuple(self.outcomes),
            old_lines=lines[0],
            new_lines=lines[1],
        )

    def left(self) -> float:
        return self.end - time.monotonic()

    def _both(self, calls: Sequence[str]) -> bool:
        """Whether there is more to be compared, in other processes."""
        seen, took, failure = self._observed(0, calls, self.left() / 2, lambda _: self.request.each)

        def patience(index: int) -> float:
            return max(min(self.request.each, LEAST_PATIENCE), PATIENCE * took[index])

        # Those that could not be made as well: what was tried for it may have left something behind.
        others, _, given_up = self._observed(1, [each.outcome.call for each in seen], self.left(), patience)
        with collector_paused():
            for mine, other in zip(seen, others):
                if CALLERS in mine.unjudged:  # They are ours, and not the same for both.
                    self.unjudged.add(CALLERS)
                else:
                    self.differences += judge(mine, other)
                    self.unjudged.update(mine.unjudged, other.unjudged)
                self.returned += mine.outcome.ended == other.outcome.ended == "returned"
        if given_up:
            last = seen[len(others)]
            seen = seen[: len(others) + 1]
            if last.outcome.ended != "call" and (given_up.kind != "time" or self.left() > 0):
                self.differences.append(_stopped(last.outcome, given_up))
        self.outcomes += [each.outcome for each in seen]
        if given_up or not failure or (failure.kind == "time" and self.left() <= 0):
            return False
        self.outcomes.append(Outcome(calls[len(seen)], failure.kind, message=failure.message))
        return True

    def _observed(
        self, which: int, calls: Sequence[str], seconds: float, each: Callable[[int], float]
    ) -> tuple[list[Observation], list[float], UnansweredError | None]:
        """What was observed, the seconds that each took, and what ended it."""
        version, seen, took = self.versions[which], list[Observation](), list[float]()
        tracer = version.tracer(self.request.function)

        def produce() -> Iterator[tuple[Observation, set[int]]]:
            for observation in observe(version, calls, self.request.function, tracer):
                yield observation, tracer.taken() if tracer else set()

        if not calls:
            return seen, took, None
        start = time.monotonic()
        try:
            with leftovers_removed():
                for observation, ran in each_apart(produce, seconds, lambda: each(min(len(seen), len(calls) - 1))):
                    seen.append(observation)
                    took.append(time.monotonic() - start)
                    start = time.monotonic()
                    self.ran[which].update(ran)
        except UnansweredError as failure:
            return seen, took, failure
        return seen, took, None


def _stopped(old: Outcome, failure: UnansweredError) -> Difference:
    shown = f"{old.type}: {old.message}" if old.ended == "raised" else "it returned"
    return Difference(failure.kind, old.call, "", shown, failure.message)
