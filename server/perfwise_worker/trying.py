"""Calls made on one version, each in a process of its own, to see what they do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial

from perfwise_worker import arguments, calls
from perfwise_worker.clock import exhaust
from perfwise_worker.lines import Tracer
from perfwise_worker.loading import Version
from perfwise_worker.observe import said, unmade
from perfwise_worker.portrait import type_name
from perfwise_worker.processes import UnansweredError, apart
from perfwise_worker.protocol import Outcome, Try


def tried(version: Version, request: Try) -> Iterator[Outcome]:
    """The outcomes, as long as there is time."""
    end = time.monotonic() + request.seconds
    tracer = version.tracer(request.function)
    for source in request.calls:
        left = end - time.monotonic()
        if left <= 0:
            return
        try:
            yield apart(partial(_outcome, version, source, tracer), min(left, request.each))
        except UnansweredError as failure:
            yield Outcome(source, failure.kind, message=failure.message)


def _outcome(version: Version, source: str, tracer: Tracer | None) -> Outcome:
    version.activate()
    try:
        call = calls.builder(source, vars(version.module))()
    except Exception as error:
        return unmade(source, error)
    key, sizes = arguments.key(call, source), arguments.sizes(call)
    raised: BaseException | None = None
    with tracer.active() if tracer else nullcontext():
        start = time.perf_counter()
        try:
            exhaust(call())
        except BaseException as error:
            raised = error
        seconds = time.perf_counter() - start
    lines = tuple(sorted(tracer.ran)) if tracer else ()
    if raised is None:
        return Outcome(source, "returned", "", "", seconds, lines, sizes, key)
    return Outcome(source, "raised", type_name(type(raised)), said(raised), seconds, lines, sizes, key)
