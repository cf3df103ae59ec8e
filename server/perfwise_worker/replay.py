"""Differences that show only after other calls, with those calls."""

from __future__ import annotations

from dataclasses import replace

from perfwise_worker.agreement import Agreement
from perfwise_worker.loading import Version
from perfwise_worker.protocol import Compare, Compared

MOST_TRIED = 20


def replayable(old: Version, new: Version, request: Compare, compared: Compared) -> Compared:
    """The calls are made again alone; where nothing differs then, the nearest one before them that is needed is found.

    Only for the call that differed first; differences of later ones are left out where they may follow from it.
    """
    if not compared.differences:
        return compared
    call = compared.differences[0].call
    before = request.calls[: request.calls.index(call)]
    if not before or _differs(old, new, request, (call,)):
        return compared
    nearest = dict.fromkeys(reversed(before[-MOST_TRIED:]))
    after = next(((other,) for other in nearest if _differs(old, new, request, (other, call))), before)
    own = [replace(each, after=after) for each in compared.differences if each.call == call]
    return replace(compared, differences=tuple(own))


def _differs(old: Version, new: Version, request: Compare, calls: tuple[str, ...]) -> bool:
    found = Agreement(old, new, replace(request, calls=calls)).compared().differences
    return any(each.call == calls[-1] for each in found)
