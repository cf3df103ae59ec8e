"""Work on many files, in processes where that pays."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children
from typing import TypeVar

from perfwise_server.checking.errors import CheckError

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
    executor = ProcessPoolExecutor(count)
    try:
        with _children_deaf_to_interrupts():
            results = through(executor, function, jobs, count)
        yield from results
    except BrokenProcessPool:
        raise CheckError("a worker process was ended from outside, for want of memory perhaps") from None
    except BaseException:
        for child in active_children():
            child.terminate()
        raise
    executor.shutdown()


def through(
    executor: Executor, function: Callable[[Job], Result], jobs: Sequence[Job], workers: int
) -> Iterator[Result]:
    """The same on any executor, a cluster's too; everything is handed over before the first result is asked for."""
    return executor.map(function, jobs, chunksize=max(1, min(32, len(jobs) // (workers * 4))))


@contextmanager
def _children_deaf_to_interrupts() -> Iterator[None]:
    """The terminal sends Ctrl+C to every process of the group, and only this one is to answer it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
