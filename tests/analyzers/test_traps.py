"""No safe fix falls for a rewrite that everybody knows and that is wrong for some input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import pytest

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.fixing.edits import apply, compose
from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Compare, Compared, Load
from tests.analyzers.trap_cases import TRAPS, Trap


def analysed(text: str) -> Analysis:
    """With every line as a hot one, so that rules on small gains speak too."""
    return Analysis(Document(text), hot=dict.fromkeys(range(1, text.count("\n") + 2), 1.0))


def safely_fixed(text: str) -> Iterator[str]:
    """The text after each of its safe fixes alone, and after all of them together."""
    analysis = analysed(text)
    edits = [analysis.edits_of(each.fix) for each in analysis.findings() if each.fix and each.fix.level == "safe"]
    yield from (apply(text, each) for each in edits)
    if len(edits) > 1:
        yield apply(text, compose(edits).edits)


def differing(old: str, versions: Sequence[str], call: str) -> list[bool]:
    """Whether each of the versions does something else on the call than the old one."""
    requests = [request for new in versions for request in (Load(old, new), Compare((call,)))]
    compared = converse(sys.executable, *requests)[1::2]
    assert len(compared) == len(versions)
    return [not isinstance(each, Compared) or bool(each.differences) for each in compared]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_safe_fix_does_not_fall_for_it(trap: Trap) -> None:
    assert {finding.code for finding in analysed(trap.slow).findings()} >= set(trap.rules)
    fixed = list(safely_fixed(trap.slow))
    known, *others = differing(trap.slow, [trap.rewritten, *fixed], trap.call)
    assert known, "the input is none on which the two differ"
    assert [text for text, differs in zip(fixed, others, strict=True) if differs] == []
