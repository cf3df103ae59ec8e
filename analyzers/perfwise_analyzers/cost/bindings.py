"""Where a name in a target stands, and which bindings of a name are seen."""

from __future__ import annotations

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Binding, ScopeInfo

MOST_BINDINGS = 24  # A name that may come from more places than these is not followed.


def path_to(target: n.Expr | None, name: n.Node) -> list[int]:
    """The way to a name inside an unpacking target: [1, 0] for `b` in `a, (b, c)`."""
    path: list[int] = []
    while isinstance(target, (n.Tuple, n.List)):
        for index, elt in enumerate(target.elts):
            if elt.start <= name.start and name.end <= elt.end:
                if isinstance(elt, n.Starred):
                    return path
                path.append(index)
                target = elt
                break
        else:
            break
    return path


def visible(scope: ScopeInfo, name: str) -> list[Binding]:
    return [binding for binding in scope.bindings.get(name, ()) if binding.region is None]
