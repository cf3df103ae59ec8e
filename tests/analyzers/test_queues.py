"""A list that several functions use becomes a deque in all of them, or nowhere."""

from __future__ import annotations

import sys

import pytest

from perfwise_analyzers import Options
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.finding import Finding, Position, Span
from perfwise_analyzers.fixing.edits import apply
from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Compare, Compared, Load

CLASS = """\
class Jobs:
    def __init__(self, first):
        self.waiting = []
        self.done = 0
        self.add(first)

    def add(self, job):
        self.waiting.append(job)

    def urgent(self, job):
        # Before all others.
        self.waiting.insert(0, job)

    def run(self):
        while self.waiting:
            job = self.waiting.pop(0)
            self.done += job
            if job > 1:
                self.add(job - 1)
            elif job == 1:
                self.urgent(0)
        return self.done

    def reset(self):
        self.waiting = list(range(3))
        return len(self.waiting)


def total(first):
    jobs = Jobs(first)
    return jobs.run(), jobs.reset(), jobs.run()
"""
MODULE = """\
WAITING = [1]


def add(job):
    WAITING.append(job)


def run(limit):
    done = 0
    while WAITING:
        job = WAITING.pop(0)
        done += job
        if job < limit:
            add(job + 1)
    return done
"""
HELPER = """\
class Jobs:
    def __init__(self, first):
        self._waiting = [first]

    def add(self, job):
        self._waiting.append(job)

    def step(self):
        return self._waiting.pop(0)

    def run(self):
        done = 0
        while self._waiting:
            job = self.step()
            done += job
            if job > 0:
                self.add(job - 1)
        return done


def total(first):
    return Jobs(first).run()
"""
LOCAL = """\
def total(limit):
    waiting = []

    def add(job):
        waiting.append(job)

    def step():
        return waiting.pop(0)

    add(1)
    done = 0
    while waiting:
        job = step()
        done += job
        if job < limit:
            add(job + 1)
    return done
"""


def found(text: str) -> tuple[Finding, str | None]:
    """The finding of a text, and the text once it is fixed."""
    analysis = Analysis(Document(text), Options(select=("PW106",)))
    (finding,) = analysis.findings()
    return finding, apply(text, analysis.edits_of(finding.fix)) if finding.fix else None


@pytest.mark.parametrize(
    ("text", "call"), [(CLASS, "total(6)"), (HELPER, "total(4)"), (MODULE, "run(8)"), (LOCAL, "total(5)")]
)
def test_every_use_is_adapted(text: str, call: str) -> None:
    finding, fixed = found(text)
    assert finding.fix
    assert finding.fix.level == "verify"
    assert fixed
    assert fixed.startswith("from collections import deque\n")
    assert "pop(0)" not in fixed
    assert "insert(" not in fixed
    assert "= []" not in fixed
    assert "list(" not in fixed
    assert fixed.count("#") == text.count("#")
    assert Analysis(Document(fixed), Options(select=("PW106",))).findings() == []
    _, compared = converse(sys.executable, Load(text, fixed), Compare((call,)))
    assert isinstance(compared, Compared)
    assert compared.returned == 1
    assert {(each.kind, each.where.split("[")[0]) for each in compared.differences} <= {
        ("module state", "module.WAITING")
    }


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("    def shown(self):\n        return self.waiting[1:]\n", id="sliced"),
        pytest.param("    def all(self):\n        return self.waiting\n", id="handed out"),
        pytest.param("    def sort(self):\n        self.waiting.sort()\n", id="sorted in place"),
        pytest.param("    def set(self, jobs: list[int]):\n        self.waiting = jobs\n", id="somebody else's list"),
        pytest.param("    def third(self):\n        return self.waiting.pop(2)\n", id="taken from the middle"),
        pytest.param(
            "    def each(self):\n        for job in self.waiting:\n            job()\n", id="open to changes in a loop"
        ),
        pytest.param("    def text(self):\n        return f'{self.waiting}'\n", id="shown"),
        pytest.param("    waiting = []\n", id="bound in the class"),
        pytest.param("    def broken(self):\n        return self.waiting[\n", id="does not parse"),
        pytest.param("\ndef peek(jobs):\n    return jobs.waiting[:3]\n", id="another function slices it"),
        pytest.param("\ndef take(jobs):\n    return jobs.waiting.pop(0)\n", id="another function may take from it"),
        pytest.param(
            "\nclass More(Jobs):\n    def skip(self):\n        del self.waiting[:2]\n", id="a class made of it"
        ),
    ],
)
def test_a_use_that_a_deque_has_no_answer_to_prevents_it(other: str) -> None:
    text = CLASS.replace("\n\ndef total", other + "\n\ndef total")
    assert other in text
    finding, _ = found(text)
    assert finding.fix is None


@pytest.mark.parametrize(
    "other",
    [
        "\ndef left(jobs):\n    return len(jobs.waiting)\n",
        "\nclass Other:\n    def __init__(self):\n        self.waiting = {}\n\n"
        "    def f(self):\n        return self.waiting['a']\n",
        "    def largest(self):\n        return max(job for job in self.waiting)\n",
    ],
)
def test_a_use_that_is_the_same_for_both_does_not(other: str) -> None:
    finding, _ = found(CLASS.replace("\n\ndef total", other + "\n\ndef total"))
    assert finding.fix


def test_a_fix_comes_and_goes_with_what_other_functions_do() -> None:
    document = Document(CLASS)
    analysis = Analysis(document, Options(select=("PW106",)))
    assert [bool(finding.fix) for finding in analysis.findings()] == [True]
    end = document.line_count - 1
    document.edit(Span(Position(end, 0), Position(end, 0)), "\ndef peek(jobs):\n    return jobs.waiting[1]\n")
    analysis.update()
    assert [bool(finding.fix) for finding in analysis.findings()] == [False]
    document.edit(Span(Position(end + 2, 0), Position(end + 2, 99)), "    return jobs.waiting[0]")
    analysis.update()
    assert [bool(finding.fix) for finding in analysis.findings()] == [True]
