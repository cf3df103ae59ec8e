"""The derivation of a cost in sentences."""

from __future__ import annotations

from perfwise_analyzers.cost.frame import FunctionCost, Step
from perfwise_analyzers.cost.terms import big_o


def derivation(cost: FunctionCost) -> list[str]:
    """A sentence for each step, what dominates first. Lines are those of the document, from 1."""
    return [f"line {cost.first_line + step.line + 1}: {_sentence(step)}" for step in cost.steps]


def _sentence(step: Step) -> str:
    source = f"`{step.source.replace('`', '')}`"
    if step.note:
        return step.note + (f": {big_o(step.cost)}" if step.cost is not None else "")
    if step.each is None:
        return f"what {source} costs is not known"
    if step.times is None:
        return f"how often {source} runs is not known"
    if step.each.constant:
        return f"{source} runs {step.times} times"
    if step.times.constant:
        return f"{source} is {big_o(step.each)}"
    return f"{source} is {big_o(step.each)}, run {step.times} times"
