"""Work on many files, in processes where that pays."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

# Starting processes costs about as long as the analysis of this many bytes of source.
BYTES_WORTH_A_PROCESS = 200_000


def each(function: Callable[[Job], Result], jobs: Sequence[Job], size: int, workers: int | None) -> Iterator[Result]:
    """The results in the order of the jobs.

    `size` is the bytes of source in all, by which as many processes are started as pay where `workers` is None.
    """
    paying = max(1, size // BYTES_WORTH_A_PROCESS)
    count = min(len(jobs), workers or min(_processors(), paying))
    if count <= 1:
        yield from map(function, jobs)
        return
    # The terminal sends Ctrl+C to every process; only this one is to answer it.
    with ProcessPoolExecutor(count, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)) as executor:
        yield from through(executor, function, jobs, count)


def through(
    executor: Executor, function: Callable[[Job], Result], jobs: Sequence[Job], workers: int
) -> Iterator[Result]:
    """The same on any executor, a cluster's too."""
    try:
        yield from executor.map(function, jobs, chunksize=max(1, min(32, len(jobs) // (workers * 4))))
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
