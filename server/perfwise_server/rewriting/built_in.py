"""The rewriter that asks no model: the rules' fixes of one function, composed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis, Options
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fix_all import fitting

_ROUNDS = 12
_MOST = 6

Choice = Callable[[Finding], bool]


def composed(text: str, function: str, options: Options | None = None) -> list[str]:
    """Texts of the module with fixes of the function in sensible combinations, the most thorough first.

    Fixes that are not proved safe are among them: all of it is to be checked.
    """
    options = options or Options()
    choices: list[Choice] = [_any, _is_algorithmic, _is_safe]
    first = [finding for finding in _findings(Document(text), function, options) if finding.fix]
    for finding in first:
        if not _is_safe(finding):
            choices += [_all_but(finding.code), _only(finding.code)]
    found = (_fixed(text, function, options, choice) for choice in choices)
    return [each for each in dict.fromkeys(found) if each != text][:_MOST]


def _any(_finding: Finding) -> bool:
    return True


def _is_algorithmic(finding: Finding) -> bool:
    return finding.severity == "info"


def _is_safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.level == "safe"


def _all_but(code: str) -> Choice:
    return lambda finding: finding.code != code


def _only(code: str) -> Choice:
    return lambda finding: finding.code == code or _is_safe(finding)


def _fixed(text: str, function: str, options: Options, choice: Choice) -> str:
    document = Document(text)
    for _ in range(_ROUNDS):
        analysis = _analysis(document, function, options)
        fixes = [each.fix for each in _of(analysis, function) if each.fix and choice(each)]
        composition = fitting(document, [*map(analysis.edits_of, fixes)])
        if not composition.taken:
            break
        for edit in reversed(composition.edits):
            document.edit(*edit)
    return document.text


def _findings(document: Document, function: str, options: Options) -> list[Finding]:
    return [*_of(_analysis(document, function, options), function)]


def _analysis(document: Document, function: str, options: Options) -> Analysis:
    """Its lines are taken for hot, so that small gains are told of too."""
    analysis = Analysis(document, options)
    places = [each.span for each in analysis.functions() if each.name == function]
    hot = {line + 1: 1.0 for span in places for line in range(span.start.line, span.end.line + 1)}
    return Analysis(document, options, hot)


def _of(analysis: Analysis, function: str) -> Iterator[Finding]:
    for finding in analysis.findings():
        if finding.function == function or finding.function.startswith(f"{function}."):
            yield finding
