"""Fixes that are not proved from the source, tried one after the other in the laboratory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from perfwise_analyzers import Analysis
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Options
from perfwise_analyzers.fixing.edits import apply
from perfwise_server.verifying.errors import LaboratoryError
from perfwise_server.verifying.fixing import case_of
from perfwise_server.verifying.laboratory import Case
from perfwise_server.verifying.verdict import Verdict

_MOST = 200  # Fixes of one file.

Verify = Callable[[Case], Verdict]


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


def proved(path: str, python: str, text: str, options: Options, verify: Verify) -> Proved:
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
        try:
            verdict = verify(case_of(path, python, result.text, new, finding.function))
        except LaboratoryError as error:
            verdict = Verdict("undecided", str(error))
        if verdict.verdict == "proved":
            result.text, result.applied = new, result.applied + 1
        else:
            said = verdict.question or verdict.reason
            result.refused.append(Refused(path, finding.span.start.line + 1, finding.code, verdict.verdict, said))
    return result
