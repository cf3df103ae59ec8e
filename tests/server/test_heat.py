"""Heat: which lines of a report are shown, what is said of them, and where they are while the text is edited."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from perfwise_analyzers.document import Document
from perfwise_analyzers.finding import Position, Span
from perfwise_server.profiles.heat import Heat
from perfwise_server.profiles.report import LineReport, Report
from perfwise_server.profiles.telling import HOTTEST, detail, hover, label, title
from tests.reports import LINES, REPORT, TEXT

FEW = replace(REPORT, samples=30, reason="It ran too short.")


def heated(report: Report = REPORT, text: str = TEXT) -> tuple[Document, Heat]:
    document = Document(text)
    return document, Heat(report, 1, document.line, document.line_count)


def edit(document: Document, heat: Heat, span: Span, text: str) -> bool:
    document.edit(span, text)
    return heat.edited(span.start.line, span.end.line, document.line_count)


def places(heat: Heat) -> list[tuple[int, int, bool]]:
    """Where each line that was profiled is now, and whether it changed."""
    return [(each.report.line, each.line, each.changed) for each in heat.lines]


def test_lines_are_heated_by_their_share() -> None:
    _, heat = heated()
    assert [(each.line, each.level) for each in heat.lines] == [(3, 2), (4, HOTTEST), (5, 4)]
    assert heat.seconds == pytest.approx({3: 0.05, 4: 0.62, 5: 0.3})


def test_what_is_said_of_a_line() -> None:
    assert label(REPORT, LINES[0]) == "62% · 3.1 ms a call · 51% Python, 49% native · peak 12 MB"
    assert label(REPORT, LINES[1]) == "30% · 1.5 ms a call · Python"
    sampled = replace(REPORT, profiler="Perfwise's own sampler")  # It does not know what is native.
    assert label(sampled, LINES[1]) == "30% · 1.5 ms a call"
    assert "Python, " not in hover(sampled, LINES[0])
    once = replace(REPORT, calls=1, what="file", function="")
    assert label(once, LINES[1]) == "30% · 300 ms · Python"
    told = hover(REPORT, LINES[0], changed=True)
    assert told.startswith("**62%** of the time of `f`: 3.1 ms a call\n- 31% Python, 30% native code, 1% waiting\n")
    assert "- peak memory 12 MB\n- 620 samples of 1,000, high confidence\n" in told
    assert told.endswith("The line has changed since.")
    assert title(REPORT) == "Profile of f: 5 ms a call"
    assert title(once) == "Profile of shop.py: 1 s"
    selected = replace(REPORT, what="selection")
    assert hover(selected, LINES[0]).startswith("**62%** of the time of what was selected in `f`: 3.1 ms a run\n")
    assert title(selected) == "Profile of what was selected in f: 5 ms a run"
    assert detail(REPORT).startswith(
        "200 calls, driven by call f([1]), 1 s of CPU, 1,000 samples, high confidence, Scalene 2.4.0 on Python 3.12.1, "
    )


def test_with_few_samples_there_are_no_shares_and_no_ranks() -> None:
    _, heat = heated(FEW)
    assert {each.level for each in heat.lines} == {1}
    assert heat.seconds == {}
    for each in heat.lines:
        assert "%" not in each.label + each.hover
    assert label(FEW, LINES[0]) == "620 samples · peak 12 MB"
    assert heat.lines[0].hover.endswith("It ran too short.")
    assert "too few for shares" in detail(FEW)
    assert title(FEW) == "Profile of f: 30 samples"


def test_lines_that_changed_fade_and_are_no_longer_hot() -> None:
    document, heat = heated()
    assert edit(document, heat, Span(Position(3, 8), Position(3, 8)), "other")
    assert places(heat) == [(3, 3, False), (4, 4, True), (5, 5, False)]
    assert set(heat.seconds) == {3, 5}
    assert edit(document, heat, Span(Position(3, 8), Position(3, 13)), "")
    assert places(heat) == [(3, 3, False), (4, 4, False), (5, 5, False)]
    assert edit(document, heat, Span(Position(2, 0), Position(4, 0)), "")
    assert places(heat) == [(5, 3, False)]
    assert edit(document, heat, Span(Position(2, 0), Position(2, 0)), "    for x in xs:\n        total += g(x)\n")
    assert places(heat) == [(3, 3, False), (4, 4, False), (5, 5, False)]
    assert not edit(document, heat, Span(Position(6, 0), Position(6, 0)), "# The end.\n")


def test_a_text_that_changed_before_it_is_opened() -> None:
    now = '"""Shop."""\n' + TEXT.replace("g(x)", "g(x) * 2").replace("        total += h(x)\n", "")
    _, heat = heated(text=now)
    assert places(heat) == [(3, 4, False), (4, 5, True)]


def test_a_text_that_is_replaced_whole() -> None:
    document, heat = heated()
    now = "import os\n\n" + TEXT.replace("total = 0", "total = 1")
    assert edit(document, heat, Span(Position(0, 0), Position(6, 0)), now.replace("\n", "\r\n"))
    assert places(heat) == [(3, 5, False), (4, 6, False), (5, 7, False)]


@pytest.mark.parametrize("seed", range(20))
def test_heat_stays_on_its_lines_in_a_hundred_edits(seed: int) -> None:
    """Words are told apart by their numbers; a line is hot while its own word stands alone on it."""
    chance = random.Random(seed)
    text = "".join(f"    word{number}()\n" for number in range(40))
    lines = tuple(LineReport(n, "", 0.05, 0.05, 0.0, 0.0, 1.0, samples=50) for n in range(1, 41, 2))
    document, heat = heated(replace(REPORT, source=text, lines=lines), text)
    for step in range(100):
        count = document.line_count
        first = chance.randrange(count)
        last = min(first + chance.choice((0, 0, 0, 0, 1, 2)), count - 1)
        ends = Position(first, chance.randint(0, len(document.line(first)))), Position(last, len(document.line(last)))
        new = chance.choice(("x", "", "\n", f"\n    new{step}()\n", f"    new{step}()\n    newer{step}()"))
        edit(document, heat, Span(min(ends), max(ends)) if last > first else Span(ends[0], ends[0]), new)
        texts = [document.line(number).rstrip() for number in range(document.line_count)]
        kept = {n: texts.index(f"    word{n - 1}()") + 1 for n in range(1, 41, 2) if f"    word{n - 1}()" in texts}
        assert {n: line for n, line, changed in places(heat) if not changed} == kept
        assert len({line for _, line, _ in places(heat)}) == len(places(heat))
