"""Hints on code that is too complex: thresholds on the figures of `metrics`, not patterns.

A threshold of 0 is not "off" for the two complexities: what is far beyond sense is told in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Options
from perfwise_analyzers.finding import Finding, Position, Span
from perfwise_analyzers.metrics import file_metrics, function_metrics
from perfwise_analyzers.rule import Rule
from perfwise_analyzers.selection import chosen
from perfwise_analyzers.suppressions import silenced

CYCLOMATIC_BEYOND_SENSE = 50
COGNITIVE_BEYOND_SENSE = 100
START = Position(0, 0)

_PAGE = """{summary}

# What it costs

{cost}

# The cheaper form

{cheaper}

# When it does not pay

{not_pay}

# Fix safety

There is no automatic fix: where to cut a function is a decision about its meaning.
"""

_SPLIT = (
    "Give a part that can be named a function of its own; replace a chain of conditions on one value by a table; "
    "return early instead of nesting."
)

CYCLOMATIC = Rule(
    "PW901",
    "cyclomatic-complexity",
    "A function has more independent paths than its threshold allows.",
    triggers=(),
    bad=(),
    good=(),
    severity="warning",
    doc=_PAGE.format(
        summary="A function has more independent paths than its threshold allows.",
        cost=(
            "Each path needs a test of its own, and a slow path hides among the others. The figure is radon's: 1, plus "
            "1 for each `if`, loop, handler, case, assertion, comprehension and boolean operator. The threshold is "
            "`thresholds.cyclomatic`; where it is 0, only a figure over 50 is told."
        ),
        cheaper=_SPLIT,
        not_pay="A flat dispatch over many cases reads well although its figure is high. Suppress the hint there.",
    ),
)

COGNITIVE = Rule(
    "PW902",
    "cognitive-complexity",
    "A function is harder to follow than its threshold allows.",
    triggers=(),
    bad=(),
    good=(),
    severity="warning",
    doc=_PAGE.format(
        summary="A function is harder to follow than its threshold allows.",
        cost=(
            "What cannot be followed cannot be made faster safely. The figure is SonarSource's: 1 for each break in "
            "the flow, and 1 more for each level it is nested. The threshold is `thresholds.cognitive`; where it is 0, "
            "only a figure over 100 is told."
        ),
        cheaper=_SPLIT,
        not_pay="Generated code and parsers written as one state machine are read by few people, and seldom.",
    ),
)

MAINTAINABILITY = Rule(
    "PW903",
    "maintainability",
    "A file's maintainability index is below its threshold.",
    triggers=(),
    bad=(),
    good=(),
    severity="warning",
    doc=_PAGE.format(
        summary="A file's maintainability index is below its threshold.",
        cost=(
            "The index goes from 0 to 100 and falls with the file's length, its Halstead volume and its cyclomatic "
            "complexity; radon calls 20 and more good. The threshold is `thresholds.maintainability`; 0 turns it off."
        ),
        cheaper="Split the file by subject.",
        not_pay="Tables of data lower the index and harm nobody.",
    ),
)

THRESHOLDS: tuple[Rule, ...] = (CYCLOMATIC, COGNITIVE, MAINTAINABILITY)

_LONG_STRING = re.compile(r'(?s)""".*?"""|\'\'\'.*?\'\'\'')
# Whatever counts in either figure, but for the first and recursion, is one of these words, and so is whatever nests.
_DECISION = re.compile(r"\b(?:if|elif|else|for|while|except|and|or|assert|case|match|def|lambda)\b")


def threshold_findings(document: Document, options: Options) -> list[Finding]:
    """PW901 to PW903 as far as the options ask for them, in the order of the text, without those a comment silences."""
    return [
        finding
        for finding in every_threshold_finding(document, options)
        if not silenced(finding, document.line(finding.span.start.line))
    ]


def every_threshold_finding(document: Document, options: Options) -> list[Finding]:
    """The same with those a comment silences."""
    codes = {rule.code for rule in chosen(THRESHOLDS, options.select, options.ignore)}
    findings = [*_function_findings(document, options), *_file_findings(document, options)] if codes else []
    return sorted(
        (finding for finding in findings if finding.code in codes), key=lambda finding: (finding.span, finding.code)
    )


def _function_findings(document: Document, options: Options) -> Iterator[Finding]:
    limits = {
        CYCLOMATIC: options.cyclomatic or CYCLOMATIC_BEYOND_SENSE,
        COGNITIVE: options.cognitive or COGNITIVE_BEYOND_SENSE,
    }
    # So many words cannot nest deeper than their number, nor count more together than this; 1 is for recursion.
    fewest = next(
        words for words in count() if words >= limits[CYCLOMATIC] or words * (words + 1) // 2 + 1 > limits[COGNITIVE]
    )
    suspects = function_metrics(document, lambda source: _decisions(source) >= fewest)
    if not any(
        (suspect.cyclomatic or 0) > limits[CYCLOMATIC] or (suspect.cognitive or 0) >= limits[COGNITIVE]
        for suspect in suspects
    ):
        return
    for function in function_metrics(document):
        for rule, figure in ((CYCLOMATIC, function.cyclomatic), (COGNITIVE, function.cognitive)):
            if figure is not None and figure > limits[rule]:
                kind = rule.name.replace("-", " ")
                message = f"`{function.name}` has a {kind} of {figure}, over the threshold of {limits[rule]}"
                yield _finding(rule, message, function.place, function.name)


def _file_findings(document: Document, options: Options) -> Iterator[Finding]:
    figures = file_metrics(document) if options.maintainability else None
    if figures is not None and figures.maintainability < options.maintainability:
        index, threshold = f"{figures.maintainability:.1f}", f"{options.maintainability:g}"
        message = f"the maintainability index of this file is {index}, under the threshold of {threshold}"
        yield _finding(MAINTAINABILITY, message, Span(START, START), "")


def _decisions(source: str) -> int:
    """How many words could count. Long strings are set aside, since documentation is full of such words."""
    return sum(1 for _ in _DECISION.finditer(_LONG_STRING.sub("", source)))


def _finding(rule: Rule, message: str, span: Span, function: str) -> Finding:
    return Finding(rule.code, rule.name, message, span, rule.severity, "", "", function)
