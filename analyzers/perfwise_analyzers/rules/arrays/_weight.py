"""Whether a loop does little else than what a rule would spare it."""

from __future__ import annotations

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.arrays import ARRAYS, ELEMENTWISE
from perfwise_analyzers.facts.structure import Loop


def is_light(facts: Facts, loop: Loop) -> bool:
    """Whether the loop calls nothing but arithmetic on single numbers, beside which little would not count."""
    for node in facts.effects.inside(loop):
        if isinstance(node, n.Call):
            callee = facts.inference.callee(node)
            if callee in ELEMENTWISE:
                if any(facts.type_of(argument).name in ARRAYS for argument in node.args):
                    return False
            elif callee.rpartition(".")[0] not in ("builtins", "math", "random") and not (
                isinstance(node.func, n.Attribute) and node.func.attr in ("append", "add", "get", "items")
            ):
                return False
    return True
