"""Analysis reads its text and nothing else, and the guard that says so works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.finding import Position, Span
from perfwise_analyzers.metrics import file_metrics, function_metrics
from perfwise_analyzers.thresholds import threshold_findings

ROOT = Path(__file__).parents[2]
SOURCES = sorted((*(ROOT / "tests/recall").glob("*_*.py"), *(ROOT / "examples").glob("*.py")))


def analyse(text: str) -> int:
    """Everything that the analyzers offer, before and after an edit. Returns the number of findings."""
    document = Document(text)
    analysis = Analysis(document)
    found = analysis.findings()
    for finding in found:
        if finding.fix:
            analysis.edits_of(finding.fix)
    analysis.functions()
    function_metrics(document)
    file_metrics(document)
    threshold_findings(document, analysis.options)
    document.edit(Span(Position(10, 0), Position(12, 3)), "x = [1]\n")
    analysis.update()
    analysis.findings_between(0, 20)
    return len(found)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_analysis_does_no_input_or_output(path: Path, no_input_output) -> None:
    text = path.read_text(encoding="utf-8")
    found = analyse(text)  # Libraries may be imported late, once.
    with no_input_output():
        assert analyse(text) == found


@pytest.mark.parametrize(
    "reach_out",
    [
        lambda: open(__file__),  # noqa: SIM115
        lambda: Path(__file__).read_text(encoding="utf-8"),
        lambda: subprocess.run([sys.executable, "-c", ""], check=False),
        lambda: list(ROOT.iterdir()),
    ],
    ids=["open", "read", "run", "list"],
)
def test_guard_notices(reach_out, no_input_output) -> None:
    with pytest.raises(AssertionError), no_input_output():
        reach_out()
