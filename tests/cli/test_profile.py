"""`perfwise check --profile`: hints on hot lines first, with their seconds, and small gains there only."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROFILES = Path(__file__).resolve().parents[1] / "profiles"

Run = Callable[..., Any]


@pytest.fixture
def report(project: Path) -> Path:
    for name in ("report.py", "report.json"):
        shutil.copy(PROFILES / name, project)
    return project / "report.py"


def found(outcome: Any) -> list[tuple[str, int]]:
    return [(finding["code"], finding["line"]) for finding in outcome.json["findings"]]


def test_hints_are_sorted_by_their_seconds(report: Path, perfwise: Run) -> None:
    source = report.read_text()
    report.write_text(source + source[source.index("def known") : source.index("def unknown")].replace("known", "cold"))
    outcome = perfwise("check", ".", "--profile", "report.json", "--format", "json")
    assert found(outcome) == [("PW101", 11), ("PW101", 19), ("PW410", 26), ("PW101", source.count("\n") + 4)]
    seconds = [finding["seconds"] for finding in outcome.json["findings"]]
    assert seconds == [1.075, 0.4, 0.307, None]
    assert outcome.json["profile"] == {"files": 1, "changed": []}
    messages = [finding["message"] for finding in outcome.json["findings"]]
    assert messages[0].startswith("up to 1.1 s in the profile: `users` is looked through")
    assert messages[1].startswith("0.4 s in the profile: `users` is looked through")
    assert "in the profile" not in messages[3]
    text = perfwise("check", ".", "--profile", "report.json").out
    assert text.index("report.py:19:") < text.index("report.py:26:18: PW410 pow-half: 0.31 s in the profile: ")


def test_other_formats_say_the_seconds_too(report: Path, perfwise: Run) -> None:
    del report
    sarif = perfwise("check", ".", "--profile", "report.json", "--format", "sarif").json["runs"][0]["results"]
    assert [result["properties"]["seconds"] for result in sarif] == [1.075, 0.4, 0.307]
    assert sarif[0]["properties"]["gain"]["times"] > 10
    assert sarif[2]["message"]["text"].startswith("0.31 s in the profile: ")
    github = perfwise("check", ".", "--profile", "report.json", "--format", "github").out.splitlines()
    assert "::up to 1.1 s in the profile: `users` is looked through" in github[0]


def test_small_gains_are_told_on_hot_lines_only(report: Path, perfwise: Run) -> None:
    assert report.read_text().count("number**0.5") == 2
    assert found(perfwise("check", ".", "--format", "json")) == [("PW101", 11), ("PW101", 19)]
    only = perfwise("check", ".", "--profile", "report.json", "--select", "PW410", "--format", "json")
    assert found(only) == [("PW410", 26)]


def test_a_cold_file_is_as_without_a_profile(report: Path, perfwise: Run) -> None:
    report.rename(report.with_name("other.py"))
    outcome = perfwise("check", ".", "--profile", "report.json", "--format", "json")
    assert found(outcome) == [("PW101", 11), ("PW101", 19)]
    assert outcome.json["profile"] == {"files": 0, "changed": []}
    assert "the profile is of none of these files\n" in perfwise("check", ".", "--profile", "report.json").out


def test_lines_that_changed_since_the_profile_have_no_seconds(report: Path, perfwise: Run) -> None:
    source = report.read_text().replace("import math\n", "import math\nimport os\n")
    report.write_text(source.replace("count += order not in users", "count += (order not in users)"))
    outcome = perfwise("check", ".", "--profile", "report.json", "--format", "json")
    assert found(outcome) == [("PW101", 12), ("PW410", 27), ("PW101", 20)]
    assert outcome.json["findings"][2]["seconds"] is None
    assert outcome.json["profile"]["changed"] == [{"path": "report.py", "lines": 1}]
    text = perfwise("check", ".", "--profile", "report.json").out
    assert "changed since the profile: 1 hot line of report.py\n" in text


def test_the_cache_does_not_speak_for_another_profile(report: Path, perfwise: Run) -> None:
    del report
    plain = perfwise("check", ".", "--format", "json").json["findings"]
    assert perfwise("check", ".", "--profile", "report.json", "--format", "json").json["findings"] != plain
    assert perfwise("check", ".", "--format", "json").json["findings"] == plain


@pytest.mark.usefixtures("report")
def test_what_is_no_profile_ends_the_command(project: Path, perfwise: Run) -> None:
    (project / "empty.json").write_text(json.dumps({}))
    outcome = perfwise("check", ".", "--profile", "empty.json", "--format", "json")
    problem = "empty.json: holds nothing: the program ended before Scalene took a sample"
    assert (outcome.code, outcome.json, outcome.err) == (2, {"error": problem}, f"perfwise: {problem}\n")
    assert perfwise("check", ".", "--profile", "missing.json").code == 2
