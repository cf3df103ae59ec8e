"""What moves in each round of a loop."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from perfwise_analyzers.cost.bindings import visible
from perfwise_analyzers.cost.terms import Term
from perfwise_analyzers.cost.updates import update_of
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Loop

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame


@dataclass(eq=False)
class Progress:
    """A loop makes at most `bound` rounds, each of which moves one of the `counters` or takes from the `container`.

    `made` are the statements that do it.
    """

    bound: Term
    frame: Frame
    loop: Loop
    counters: dict[str, frozenset[str]] = field(default_factory=dict)  # With the updates that move them on.
    container: n.Expr | None = None
    made: list[n.Node] = field(default_factory=list)

    def goes_on(self, outer: Loop) -> bool:
        """Whether in an outer loop's next round it goes on where it stopped, so that the bound is for all rounds."""
        if self.container is not None and self.frame.facts.effects.rebound_in(self.container, outer):
            return False
        if not self.counters and self.container is None:
            return False
        for name, allowed in self.counters.items():
            for binding in visible(self.loop.scope, name):
                inside = outer.start <= binding.node.start < outer.end and binding.kind != "parameter"
                if inside and update_of(self.frame, binding, outer) not in allowed:
                    return False
        return True
