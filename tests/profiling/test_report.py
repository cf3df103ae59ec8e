"""A report survives being kept, and tells no share of which it cannot be sure."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from perfwise_server.profiles.report import LineReport, Report

LINE = LineReport(2, "    return [*xs]", 0.75, 0.5, 0.2, 0.05, 1.25, 7.5, 3.0, 0.1, 750)
REPORT = Report(
    "C.f",
    "/project/module.py",
    "function",
    "call C().f([1])",
    3,
    1.5,
    1000,
    (LINE, replace(LINE, line=3, share=0.25, python=0.25, native=0.0, system=0.0, peak_mb=None, gpu=None, samples=250)),
    "",
    "3.11.7",
    "Scalene 2.4.0",
    "2026-11-23T12:00:00+00:00",
    "def f(xs):\n    return [*xs]\n",
    "{}",
)


def test_a_record_is_json_of_which_the_report_can_be_made_again() -> None:
    assert Report.from_record(json.loads(json.dumps(REPORT.record()))) == REPORT


def test_shares_are_percentages_in_a_record() -> None:
    line = REPORT.record()["lines"][0]
    assert (line["cpu_percent"], line["python_percent"], line["native_percent"]) == (75.0, 50.0, 20.0)
    assert line["peak_mb"] == 7.5


@pytest.mark.parametrize(
    ("samples", "confidence"), [(0, "none"), (49, "none"), (50, "low"), (299, "low"), (300, "medium"), (1000, "high")]
)
def test_confidence_is_a_matter_of_samples(samples: int, confidence: str) -> None:
    assert replace(REPORT, samples=samples).confidence == confidence


def test_too_few_samples_tell_no_share() -> None:
    record = replace(REPORT, samples=49).record()
    assert record["confidence"] == "low"
    assert {line["cpu_percent"] for line in record["lines"]} == {None}


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises((KeyError, TypeError)):
        Report.from_record({"function": "f"})
