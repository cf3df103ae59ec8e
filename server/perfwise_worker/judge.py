"""What two observations of a call say: the differences, each with its kind."""

from __future__ import annotations

from typing import cast

from perfwise_worker.compare import Found, differences
from perfwise_worker.observe import OUTCOME, SECOND, Observation
from perfwise_worker.protocol import Difference, Kind, Outcome

_KIND_OF_ROOT: dict[str, Kind] = {
    "receiver": "mutation",
    "arguments": "mutation",
    "keywords": "mutation",
    "given": "mutation",
    "exception type": "exception type",
    "exception": "message",
    "exception cause": "message",
    "warnings": "output",
    "stdout": "output",
    "stderr": "output",
    "module": "module state",
}


def judge(old: Observation, new: Observation) -> list[Difference]:
    """Nothing when no difference was seen."""
    call = old.outcome.call
    if "call" in (old.outcome.ended, new.outcome.ended):
        return _unlike(old.outcome, new.outcome)
    found = _distinct(differences(old.finished, new.finished))
    result = [_difference(call, each, _kind(each)) for each in found]
    if old.returned and new.returned:
        early = _distinct(differences(old.returned, new.returned))
        known = {each.root for each in found}
        result += [_difference(call, each, "laziness") for each in early if each.root not in known]
    return result


def _unlike(old: Outcome, new: Outcome) -> list[Difference]:
    """Calls one of which could not be made; what the old version cannot be given says nothing about the new one."""
    if old.ended == "call" or new.ended != "call":
        return []
    return [Difference("call", old.call, "", "", f"{new.type}: {new.message}")]


def _distinct(found: list[Found]) -> list[Found]:
    """Without those that only follow from another one."""
    roots = {each.root for each in found}
    first = [each for each in found if not each.root.startswith(SECOND)]
    return [
        each
        for each in first or found
        # Where one version raises what the other does not, nothing else can agree.
        if not (_bare(each.root) in OUTCOME and each.root.replace(_bare(each.root), "exception type") in roots)
    ]


def _bare(root: str) -> str:
    return root.replace(SECOND, "").split(".")[0]


def _kind(found: Found) -> Kind:
    natural = cast(Kind, found.kind)
    return natural if natural == "aliasing" else _KIND_OF_ROOT.get(_bare(found.root), natural)


def _difference(call: str, found: Found, kind: Kind) -> Difference:
    old, new = found.old, found.new
    if _bare(found.root) == "exception type":
        old, new = ("it returned" if each == "absent" else each.strip("'") for each in (old, new))
    return Difference(kind, call, found.root + found.path, old, new)
