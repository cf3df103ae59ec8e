"""After any edits, an analysis says what one of the final text says from the start."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from perfwise_analyzers import engine
from perfwise_analyzers.cost.derivation import derivation
from perfwise_analyzers.cost.terms import big_o
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding, Span
from perfwise_analyzers.rule import Rule
from tests.analyzers.dependency_edits import dependency_edits
from tests.analyzers.random_edits import PlainText, edits

FULL = bool(os.environ.get("PERFWISE_FULL"))
SEEDS = range(300 if FULL else 5)
EDITS = 40
RECALL = sorted((Path(__file__).parents[1] / "recall").glob("*_*.py"))
STANDARD = [
    Path(os.__file__).parent / name
    for name in (
        "bisect.py",
        "cmd.py",
        "fnmatch.py",
        "graphlib.py",
        "json/decoder.py",
        "queue.py",
        "sched.py",
        "shlex.py",
        "string.py",
        "textwrap.py",
        "types.py",
    )
]

told = Rule("PW199", "told", "Whatever the facts tell of an expression.", triggers=("",), bad=(), good=())


@told.check
def tell(facts: Facts) -> Iterator[Finding]:
    """No rule could tell more: a summary that goes stale shows here although no rule asks for it yet."""
    for kind in (n.Name, n.Attribute, n.Call):
        for node in facts.structure.all(kind):
            message = f"{facts.source(node)}: {facts.type_of(node)}"
            span = facts.positions.of(node)
            yield Finding(told.code, told.name, message, span, "info", "", "", facts.function_name(node))


def source(chance: random.Random) -> str:
    paths = chance.choice((chance.sample(RECALL, 2), [chance.choice(RECALL), chance.choice(STANDARD)]))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return "\n\n".join(texts).replace("\n", chance.choice(("\n", "\n", "\r\n")))


def told_costs(analysis: Analysis) -> list[tuple[str, Span, str, list[str]]]:
    return [(cost.name, cost.name_span, big_o(cost.cost), derivation(cost)) for cost in analysis.costs()]


def assert_fresh(analysis: Analysis, document: Document, text: str) -> None:
    assert document.text == text
    fresh_document = Document(text)
    fresh = Analysis(fresh_document, analysis.options)
    assert analysis.findings() == fresh.findings()
    assert analysis.functions() == fresh.functions()
    assert told_costs(analysis) == told_costs(fresh)
    assert [analysis.broken(index) for index in range(len(document.segments))] == [
        fresh.broken(index) for index in range(len(fresh_document.segments))
    ]


@pytest.fixture(params=["rules", "facts"])
def rules(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "facts":
        monkeypatch.setattr(engine, "RULES", (told,))
    engine._active.cache_clear()
    yield
    engine._active.cache_clear()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.usefixtures("rules")
def test_findings_equal_those_of_a_fresh_analysis(seed: int) -> None:
    print(f"seed {seed}")
    chance = random.Random(seed)
    plain = PlainText(source(chance))
    document = Document(plain.text)
    analysis = Analysis(document)
    analysis.findings()
    done = 0
    while done < EDITS:
        kind = dependency_edits if chance.random() < 0.4 else edits
        for span, text in islice(kind(plain, chance, chance.randint(1, 4)), 12):
            document.edit(span, text)
            plain.edit(span, text)
            done += 1
            if chance.random() < 0.3:
                analysis.update()
                analysis.findings_between(span.start.line, span.start.line + 30)
        analysis.update()
        assert_fresh(analysis, document, plain.text)
        if analysis.broken(document.index_at(chance.randrange(document.line_count))):
            whole = plain.span(0, len(plain.text))
            document.edit(whole, restored := source(chance))
            plain.edit(whole, restored)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_findings_of_cells_equal_those_of_fresh_cells(seed: int) -> None:
    chance = random.Random(seed)
    cells = chance.choice(RECALL).read_text(encoding="utf-8").split("\n\n\n")[:25]
    document = Document.of_cells(cells)
    analysis = Analysis(document)
    analysis.findings()
    for _ in range(EDITS):
        cell = chance.randrange(len(cells))
        match chance.choice(("edit", "insert", "delete", "move")):
            case "edit":
                plain = PlainText(cells[cell])
                first, _lines = document.cell_span(cell)
                for span, text in dependency_edits(plain, chance, 1):
                    document.edit(span.shifted(first), text)
                    plain.edit(span, text)
                    break
                cells[cell] = plain.text
            case "insert":
                cells.insert(cell, chance.choice(cells))
                document.insert_cell(cell, cells[cell])
            case "delete" if len(cells) > 5:
                del cells[cell]
                document.delete_cell(cell)
            case "move":
                to = chance.randrange(len(cells))
                cells.insert(to, cells.pop(cell))
                document.move_cell(cell, to)
        analysis.update()
        fresh = Analysis(Document.of_cells(cells))
        assert analysis.findings() == fresh.findings()
        assert told_costs(analysis) == told_costs(fresh)


def test_what_a_loop_calls_follows_the_loop() -> None:
    helper = (
        "from datetime import datetime\n\n\ndef parsed(text):\n    return datetime.strptime(text, '%Y-%m-%d')\n\n\n"
    )
    cold, hot = (
        "def f(text):\n    return parsed(text)\n",
        "def f(texts):\n    return [parsed(text) for text in texts]\n",
    )
    document = Document(helper + cold)
    analysis = Analysis(document)
    plain = PlainText(helper + cold)
    for caller, codes in ((hot, ["PW509"]), (cold, []), (hot, ["PW509"])):
        span = plain.span(len(helper), len(plain.text))
        document.edit(span, caller)
        plain.edit(span, caller)
        analysis.update()
        assert [finding.code for finding in analysis.findings()] == codes
        assert_fresh(analysis, document, plain.text)
