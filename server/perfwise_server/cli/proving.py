"""Fixes that are not proved from the source, tried one after the other in the laboratory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from perfwise_analyzers import Analysis
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Options
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.edits import apply
from perfwise_server.driving import callables
from perfwise_server.verifying.laboratory import Case
from perfwise_server.verifying.verdict import Verdict

_MOST = 200  # Fixes of one file.
_SECONDS = 20.0  # For one of them.

Verify = Callable[[str, str, str], Verdict]  # Of the old text, the new text and the function's name.


class Refused(NamedTuple):
    path: str
    line: int
    code: str
    verdict: str
    reason: str


@dataclass
class Proved:
    text: str
    applied: int = 0
    refused: list[Refused] = field(default_factory=list)


def proved(path: str, text: str, options: Options, verify: Verify) -> Proved:
    """The text with each fix of level verify that the laboratory proves; each is tried on what came before."""
    result = Proved(text)
    tried: set[tuple[str, str, str]] = set()
    for _ in range(_MOST):
        analysis = Analysis(Document(result.text), options)
        lines = result.text.splitlines()
        for finding in analysis.findings():
            key = (finding.code, finding.function, lines[finding.span.start.line].strip())
            if finding.fix and finding.fix.level == "verify" and key not in tried:
                break
        else:
            return result
        tried.add(key)
        new = apply(result.text, analysis.edits_of(finding.fix))
        verdict = _verdict(result.text, new, finding, verify)
        if verdict.verdict == "proved":
            result.text, result.applied = new, result.applied + 1
        else:
            said = verdict.question or verdict.reason
            result.refused.append(Refused(path, finding.span.start.line + 1, finding.code, verdict.verdict, said))
    return result


def _verdict(old: str, new: str, finding: Finding, verify: Verify) -> Verdict:
    if not finding.function:
        return Verdict("undecided", "it is in no function that could be called")
    try:
        function = callables.find(callables.parse(old), finding.function)
    except SyntaxError:
        return Verdict("undecided", "the file does not parse")
    # What is inside a function is reached by calling that function.
    return verify(old, new, function.name if function else finding.function)


def case_of(path: str, python: str, old: str, new: str, function: str) -> Case:
    return Case(old, new, function, path, seconds=_SECONDS, python=python)
