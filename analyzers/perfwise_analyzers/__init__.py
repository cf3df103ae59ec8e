"""What Python code costs, from its source alone: text in, findings out."""

from perfwise_analyzers.engine import Analysis, FunctionPlace, Options, find
from perfwise_analyzers.finding import Edit, Finding, Fix, Position, Span
from perfwise_analyzers.rule import Rule
from perfwise_analyzers.rules import RULES

__all__ = [
    "RULES",
    "Analysis",
    "Edit",
    "Finding",
    "Fix",
    "FunctionPlace",
    "Options",
    "Position",
    "Rule",
    "Span",
    "find",
]
