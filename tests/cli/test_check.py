"""`perfwise check`: what it prints in each format, and its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.sources import FINE, SLOW, UNCHECKED

Run = Callable[..., Any]


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def paths(outcome: Any) -> list[str]:
    return sorted({finding["path"] for finding in outcome.json["findings"]})


def test_json(project: Path, perfwise: Run) -> None:
    write(project, {"shop.py": SLOW})
    outcome = perfwise("check", "shop.py", "--format", "json")
    assert (outcome.code, outcome.err) == (1, "")
    record = outcome.json
    assert set(record) == {"findings", "files", "skipped", "seconds"}
    assert (record["files"], record["skipped"]) == (1, [])
    assert record["seconds"] >= 0
    (finding,) = record["findings"]
    place = {key: finding[key] for key in ("path", "line", "column", "end_line", "end_column")}
    assert place == {"path": "shop.py", "line": 4, "column": 12, "end_line": 4, "end_column": 26}
    assert (finding["code"], finding["name"], finding["level"]) == ("PW101", "list-membership-in-loop", "info")
    assert (finding["cost"], finding["better_cost"]) == (
        "O(len(orders) * len(users))",
        "O(len(orders) + len(users))",
    )
    assert finding["fix"]["level"] == "safe"
    assert finding["fix"]["edits"] == [
        {
            "path": "shop.py",
            "line": 3,
            "column": 1,
            "end_line": 3,
            "end_column": 1,
            "text": "    users_set = set(users)\n",
        },
        {"path": "shop.py", "line": 4, "column": 21, "end_line": 4, "end_column": 26, "text": "users_set"},
    ]


def test_nothing_found(project: Path, perfwise: Run) -> None:
    write(project, {"fine.py": FINE})
    assert perfwise("check", "fine.py").code == 0
    outcome = perfwise("check", ".", "--format=json")
    assert (outcome.code, outcome.json["findings"], outcome.json["files"]) == (0, [], 1)


@pytest.mark.usefixtures("project")
def test_an_empty_folder_has_nothing_to_find(perfwise: Run) -> None:
    outcome = perfwise("check", ".")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("No Python files found")


def test_exit_zero(project: Path, perfwise: Run) -> None:
    write(project, {"shop.py": SLOW})
    assert perfwise("check", "shop.py", "--exit-zero").code == 0
    assert perfwise("check", "missing.py", "--exit-zero").code == 2


def test_findings_are_in_order(project: Path, perfwise: Run) -> None:
    write(project, {"b.py": SLOW + SLOW, "a/z.py": SLOW, "a.py": SLOW})
    found = perfwise("check", ".", "--format", "json").json["findings"]
    order = [(finding["path"], finding["line"], finding["column"], finding["code"]) for finding in found]
    assert order == sorted(order)
    assert [place[:2] for place in order] == [("a.py", 4), ("a/z.py", 4), ("b.py", 4), ("b.py", 10)]


def test_paths_are_shown_as_given(project: Path, perfwise: Run) -> None:
    write(project, {"in/shop.py": SLOW})
    assert paths(perfwise("check", "in", "--format", "json")) == ["in/shop.py"]
    assert paths(perfwise("check", str(project), "--format", "json")) == [(project / "in/shop.py").as_posix()]
    os.chdir(project / "in")
    assert paths(perfwise("check", "../in/shop.py", "--format", "json")) == ["../in/shop.py"]
    assert paths(perfwise("check", "shop.py", ".", "--format", "json")) == ["shop.py"]


def test_columns_count_code_points(project: Path, perfwise: Run) -> None:
    source = SLOW.replace("if order in users:", "if '\N{PILE OF POO}' and order in users:")
    write(project, {"bmp.py": SLOW.replace("if order in users:", "if 'p' and order in users:"), "astral.py": source})
    write(project, {"mark.py": b"\xef\xbb\xbf" + source.encode(), "lines.py": source.replace("\n", "\r\n")})
    found = perfwise("check", ".", "--format", "json").json["findings"]
    assert len(found) == 4
    assert len({tuple(finding[key] for key in ("line", "column", "end_line", "end_column")) for finding in found}) == 1


def test_text(project: Path, perfwise: Run) -> None:
    write(project, {"shop.py": SLOW, "other.py": UNCHECKED})
    outcome = perfwise("check", ".")
    assert "\nshop.py:4:12: PW101 list-membership-in-loop: " in outcome.out
    assert "\n  4 |         if order in users:\n    |            ^^^^^^^^^^^^^^\n" in outcome.out
    assert "(safe)\n" in outcome.out
    assert "(not checked)\n" in outcome.out
    summary = outcome.out.splitlines()[-1]
    assert summary.startswith("Found 2 hints in 2 files, ")
    assert summary.endswith("; 1 to be mended by `perfwise fix`; 1 more by `perfwise fix --unsafe`.")
    assert "\x1b[" not in outcome.out


def test_colours_are_for_terminals_or_by_request(project: Path, command: Run) -> None:
    write(project, {"shop.py": SLOW})
    assert "\x1b[" not in command("check", "shop.py").out
    assert "\x1b[" in command("check", "shop.py", FORCE_COLOR="1").out
    assert "\x1b[" not in command("check", "shop.py", FORCE_COLOR="1", NO_COLOR="1").out


def test_github(project: Path, perfwise: Run) -> None:
    write(project, {"a,b:c%.py": SLOW})
    (line,) = perfwise("check", ".", "--format", "github").out.splitlines()
    assert line.startswith(
        "::notice file=a%2Cb%3Ac%25.py,line=4,endLine=4,col=12,endColumn=26,title=PW101 list-membership-in-loop::"
    )


def test_sarif(project: Path, perfwise: Run) -> None:
    write(project, {"a b.py": SLOW, "broken.py": b"\0", "wide.py": "def f(a):\n" + "    if a: pass\n" * 60})
    outcome = perfwise("check", ".", "--format", "sarif")
    assert outcome.code == 1
    schema = json.loads(Path(__file__).with_name("sarif-2.1.0.json").read_text())
    jsonschema.Draft4Validator(schema).validate(outcome.json)
    (run,) = outcome.json["runs"]
    assert [(result["ruleId"], result["level"]) for result in run["results"]] == [
        ("PW101", "note"),
        ("PW901", "warning"),
    ]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location == {
        "artifactLocation": {"uri": "a%20b.py"},
        "region": {"startLine": 4, "startColumn": 12, "endLine": 4, "endColumn": 26},
    }
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == "broken.py: is a binary file"


def test_statistics(project: Path, perfwise: Run) -> None:
    write(project, {"shop.py": SLOW + SLOW})
    outcome = perfwise("check", "shop.py", "--statistics", "--format", "json")
    assert outcome.json["statistics"] == [{"code": "PW101", "name": "list-membership-in-loop", "count": 2}]
    assert "\n      2  PW101  list-membership-in-loop\n" in perfwise("check", "shop.py", "--statistics").out


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--select", "PW101"], 1),
        (["--select", "list-membership-in-loop"], 1),
        (["--select", "PW1"], 1),
        (["--select", "pw1xx"], 1),
        (["--select", "PW901,PW101"], 1),
        (["--select", "PW901", "--select", "PW101"], 1),
        (["--select", "PW901"], 0),
        (["--ignore", "PW1"], 0),
        (["--select", "PW1", "--ignore", "list-membership-in-loop"], 0),
    ],
)
def test_rules_are_chosen_by_code_name_or_family(project: Path, perfwise: Run, options: list[str], count: int) -> None:
    write(project, {"shop.py": SLOW})
    assert len(perfwise("check", "shop.py", "--format", "json", *options).json["findings"]) == count


def test_configuration(project: Path, perfwise: Run) -> None:
    write(
        project,
        {
            "pyproject.toml": '[tool.perfwise]\nexclude = ["old"]\nper-file-ignores = {"tests/*" = ["PW1"]}\n',
            "tests/test_shop.py": SLOW,
            "old/shop.py": SLOW,
            "shop.py": SLOW,
            "quiet/shop.py": SLOW,
            "quiet/pyproject.toml": '[tool.perfwise]\nignore = ["PW101"]\n',
        },
    )
    assert paths(perfwise("check", ".", "--format", "json")) == ["shop.py"]
    assert paths(perfwise("check", "old", "--format", "json")) == ["old/shop.py"]
    assert paths(perfwise("check", "quiet", "--select", "PW1", "--format", "json")) == []
    assert paths(perfwise("check", "quiet", "--ignore", "PW9", "--format", "json")) == ["quiet/shop.py"]


def test_standard_input(project: Path, command: Run) -> None:
    write(project, {"pyproject.toml": '[tool.perfwise.per-file-ignores]\n"tests/*" = ["PW1"]\n'})
    outcome = command("check", "-", "--stdin-filename", "src/shop.py", "--format", "json", stdin=SLOW.encode())
    assert (outcome.code, paths(outcome)) == (1, ["src/shop.py"])
    assert outcome.json["findings"][0]["fix"]["edits"][0]["path"] == "src/shop.py"
    assert paths(command("check", "-", "--format", "json", stdin=SLOW.encode())) == ["-"]
    silent = command("check", "-", "--stdin-filename", "tests/shop.py", "--format", "json", stdin=SLOW.encode())
    assert (silent.code, silent.json["files"]) == (0, 1)
    assert command("check", "-", stdin=b"\xff").err == "perfwise: -: is not valid utf-8 (line 1, byte 0xff)\n"


def test_a_notebook_is_checked_by_cells(project: Path, perfwise: Run) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Orders"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "import this"]},
        {"cell_type": "code", "source": SLOW.splitlines(keepends=True)},
    ]
    write(project, {"orders.ipynb": json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})})
    write(project, {"other.ipynb": "{}"})
    outcome = perfwise("check", ".", "--format", "json")
    (finding,) = outcome.json["findings"]
    assert (finding["path"], finding["cell"], finding["line"], finding["end_line"]) == ("orders.ipynb", 3, 4, 4)
    assert {edit["cell"] for edit in finding["fix"]["edits"]} == {3}
    assert outcome.json["skipped"] == [{"path": "other.ipynb", "reason": "is not a notebook"}]
    assert "orders.ipynb:cell 3:4:12: PW101" in perfwise("check", "orders.ipynb").out


def test_many_files_are_checked_in_processes(project: Path, command: Run) -> None:
    write(project, {f"shop{number:02}.py": SLOW + FINE * 100 for number in range(16)})
    alone = command("check", ".", "--format", "json", "--jobs", "1")
    together = command("check", ".", "--format", "json", "--jobs", "2")
    assert together.json["findings"] == alone.json["findings"]
    assert len(alone.json["findings"]) == 16


def test_a_closed_pipe_is_no_error(project: Path) -> None:
    write(project, {"shop.py": SLOW * 500})
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(root / each) for each in ("server", "analyzers"))}
    script = '"$0" -m perfwise_server.cli check shop.py | head -1'
    done = subprocess.run(["bash", "-c", script, sys.executable], capture_output=True, env=environment, check=False)
    assert (done.stdout.count(b"\n"), done.stderr) == (1, b"")
