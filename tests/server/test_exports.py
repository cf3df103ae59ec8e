"""Exports: what other viewers make of them."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from perfwise_server.profiles.cpuprofile import cpuprofile
from perfwise_server.profiles.exporting import ENDINGS, FORMATS, ExportError, exported
from perfwise_server.profiles.report import LineReport, Report
from perfwise_server.profiles.speedscope import speedscope
from tests.reports import LINES, REPORT, TEXT

SCHEMA = json.loads((Path(__file__).resolve().parents[1] / "profiles" / "speedscope.schema.json").read_text("utf-8"))
FILE = replace(
    REPORT,
    function="",
    what="file",
    source=TEXT + "\n\nclass C:\n    def m(self):\n        return f([])\n\n\nC().m()\n",
    lines=(
        *LINES,
        LineReport(10, "        return f([])", 0.02, 0.02, 0, 0, 1),
        LineReport(13, "C().m()", 0.01, 0, 0, 0, 1),
    ),
)
NOTHING = replace(REPORT, lines=(), samples=0, seconds=0.0)


def self_times(profile: dict[str, Any]) -> dict[int, int]:
    """As VS Code's viewer counts them: a sample lasts until the next, the last one until the end."""
    times: defaultdict[int, int] = defaultdict(int)
    left = profile["endTime"] - profile["startTime"] - (profile["timeDeltas"] or [0])[0]
    for sample, delta in zip(profile["samples"], profile["timeDeltas"][1:], strict=False):
        times[sample] += delta
        left -= delta
    if profile["samples"]:
        times[profile["samples"][-1]] += left
    return times


@pytest.mark.parametrize("report", [REPORT, FILE, NOTHING], ids=["function", "file", "nothing"])
def test_cpuprofile_adds_up_as_its_viewers_count(report: Report) -> None:
    profile = cpuprofile(report)
    nodes = {node["id"]: node for node in profile["nodes"]}
    assert list(nodes) == list(range(1, len(nodes) + 1))
    below = [child for node in nodes.values() for child in node["children"]]
    assert sorted(below) == list(range(2, len(nodes) + 1))
    assert len(profile["samples"]) == len(profile["timeDeltas"])
    times = {nodes[number]["callFrame"]["lineNumber"] + 1: time for number, time in self_times(profile).items()}
    assert times == {line.line: round(line.share * 1e6) for line in report.lines}


def test_cpuprofile_has_lines_below_their_functions() -> None:
    profile = cpuprofile(FILE)
    names = {node["id"]: node["callFrame"]["functionName"] for node in profile["nodes"]}
    tree = {names[node["id"]]: [names[child] for child in node["children"]] for node in profile["nodes"]}
    assert tree["(root)"] == ["f", "C.m", "13: C().m()"]
    assert tree["f"] == ["2: total = 0", "3: for x in xs:", "4: total += g(x)", "5: total += h(x)"]
    assert tree["C.m"] == ["10: return f([])"]
    assert {node["callFrame"]["url"] for node in profile["nodes"]} == {"", "file:///srv/shop.py"}


@pytest.mark.parametrize("report", [REPORT, FILE, NOTHING], ids=["function", "file", "nothing"])
def test_speedscope_is_as_its_schema_says(report: Report) -> None:
    found = speedscope(report)
    jsonschema.validate(found, SCHEMA)
    (profile,) = found["profiles"]
    assert len(profile["samples"]) == len(profile["weights"]) == len(report.lines)
    assert profile["endValue"] == pytest.approx(sum(line.share for line in report.lines) * report.seconds)
    frames = found["shared"]["frames"]
    for stack in profile["samples"]:
        assert all(number < len(frames) for number in stack)
    assert [[frames[number]["line"] for number in stack] for stack in profile["samples"][:2]] == (
        [[1, 2], [1, 3]] if report.lines else []
    )


def test_the_schema_refuses_what_is_no_profile() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**speedscope(REPORT), "profiles": [{"type": "sampled"}]}, SCHEMA)


def test_formats() -> None:
    assert set(ENDINGS) == set(FORMATS)
    written = replace(REPORT, raw='{"files": {}}')
    assert [type(json.loads(exported(written, form))) for form in FORMATS] == [dict] * len(FORMATS)
    assert exported(written, "scalene") == written.raw
    with pytest.raises(ExportError, match=r"no JSON of Scalene: it was measured by Perfwise's own sampler"):
        exported(replace(REPORT, profiler="Perfwise's own sampler"), "scalene")
