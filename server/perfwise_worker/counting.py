"""How many instructions a call takes, which is steady where times are not: in a worker that callgrind runs."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from perfwise_worker.clock import exhaust
from perfwise_worker.guard import guard
from perfwise_worker.instances import Instance
from perfwise_worker.loading import Version
from perfwise_worker.processes import UnansweredError, apart
from perfwise_worker.protocol import Count, Counted
from perfwise_worker.samples import Versions

_SUM = b"totals: "
_TAIL = 200  # Bytes of callgrind's file, the end of which holds the sum.


def counted(versions: Versions, request: Count) -> Counted:
    """Raises UnansweredError when a call does not come to an end, or nothing counts."""
    old, new = (apart(partial(_count, each, request.call), request.seconds, measured=True) for each in versions)
    return Counted(old, new)


def _count(version: Version, source: str) -> int:
    """What a copy of this process that makes the call executes beyond one that does not."""
    call = Instance(version, version.module).call(source)
    guard.disarm()
    sums = []
    for is_made in (False, True):
        number = os.fork()
        if not number:
            try:
                if is_made:
                    guard.arm(calls=True)
                    exhaust(call())
                os._exit(0)
            finally:
                os._exit(1)
        status = os.waitpid(number, 0)[1]
        if status:
            raise UnansweredError("call", "it did not come back while instructions were counted")
        sums.append(_sum_of(number))
    return sums[1] - sums[0]


def _sum_of(process: int) -> int:
    try:
        with Path(f"callgrind.out.{process}").open("rb") as file:
            file.seek(-_TAIL, os.SEEK_END)
            return int(file.read().rpartition(_SUM)[2])
    except (OSError, ValueError):
        raise UnansweredError("crash", "nothing counts instructions here") from None
