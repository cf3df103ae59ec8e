"""The baseline: known hints are left out, wherever their code moves, and what is gone from the code is told of."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sources import FINE, SLOW

Run = Callable[..., Any]
KNOWN = ("check", ".", "--baseline", "known.json", "--format", "json")
SLOWER = SLOW.replace("common", "shared")


@pytest.fixture
def shop(project: Path, perfwise: Run) -> Path:
    """A file with two hints in one function, and a baseline that lists them."""
    file = project / "shop.py"
    file.write_text(SLOW.replace("    return", SLOW.partition("[]\n")[2].replace("    return found\n", "    return")))
    outcome = perfwise("check", ".", "--write-baseline", "known.json", "--format", "json")
    assert (outcome.code, outcome.json["findings"]) == (0, [])
    assert outcome.json["baseline"] == {"hidden": 2, "gone": []}
    return file


def lines(outcome: Any) -> list[tuple[str, int]]:
    return [(finding["path"], finding["line"]) for finding in outcome.json["findings"]]


def test_what_is_listed(project: Path, shop: Path) -> None:
    assert shop.read_text().count("if order in users:") == 2
    assert json.loads((project / "known.json").read_text()) == {
        "version": 1,
        "hints": [{"path": "shop.py", "function": "common", "code": "PW101", "line": "if order in users:", "count": 2}],
    }


def test_known_hints_are_left_out_and_new_ones_are_not(shop: Path, perfwise: Run) -> None:
    assert len(lines(perfwise("check", ".", "--format", "json"))) == 2
    assert perfwise(*KNOWN).code == 0
    shop.write_text(SLOWER + shop.read_text())
    outcome = perfwise(*KNOWN)
    assert (outcome.code, lines(outcome)) == (1, [("shop.py", 4)])
    assert outcome.json["baseline"] == {"hidden": 2, "gone": []}
    assert ", 2 more in the baseline" in perfwise(*KNOWN[:4]).out


def test_no_more_than_were_counted_are_left_out(shop: Path, perfwise: Run) -> None:
    shop.write_text(shop.read_text() + SLOW)
    assert len(lines(perfwise(*KNOWN))) == 1


@pytest.mark.parametrize("move", ["down", "into a branch", "to another file", "with its file"])
def test_code_that_moves_keeps_its_entries(shop: Path, perfwise: Run, move: str) -> None:
    source = shop.read_text()
    if move == "down":
        shop.write_text(FINE * 9 + source)
    elif move == "into a branch":
        header, _, body = source.partition("\n")
        inner = "".join(f"    {line}\n" for line in body.splitlines())
        shop.write_text(f"{header}\n    if orders:\n{inner}    return []\n")
    elif move == "to another file":
        shop.write_text(FINE)
        shop.with_name("market.py").write_text(source)
    else:
        (shop.parent / "in").mkdir()
        shop.rename(shop.parent / "in" / "shop.py")
    outcome = perfwise(*KNOWN)
    assert (outcome.code, lines(outcome)) == (0, [])
    assert outcome.json["baseline"] == {"hidden": 2, "gone": []}


def test_copied_code_is_new(shop: Path, perfwise: Run) -> None:
    shop.with_name("market.py").write_text(SLOW)
    assert lines(perfwise(*KNOWN)) == [("market.py", 4)]


def test_what_is_gone_is_told(shop: Path, perfwise: Run) -> None:
    shop.write_text(SLOW)
    outcome = perfwise(*KNOWN)
    entry = {"path": "shop.py", "function": "common", "code": "PW101", "line": "if order in users:"}
    assert (outcome.code, outcome.json["baseline"]) == (0, {"hidden": 1, "gone": [entry]})
    told = "gone, though in the baseline: shop.py: PW101 in common: if order in users:\n"
    assert told in perfwise(*KNOWN[:4]).out
    shop.unlink()
    shop.with_name("fine.py").write_text(FINE)
    assert perfwise(*KNOWN).json["baseline"]["gone"] == [entry, entry]


def test_what_was_not_looked_for_is_not_gone(shop: Path, perfwise: Run) -> None:
    shop.write_text(FINE)
    shop.with_name("fine.py").write_text(FINE)
    known = ("--baseline", "known.json", "--format", "json")
    assert len(perfwise("check", ".", *known).json["baseline"]["gone"]) == 2
    assert perfwise("check", "fine.py", *known).json["baseline"]["gone"] == []
    assert perfwise("check", ".", *known, "--select", "PW2").json["baseline"]["gone"] == []


def test_only_what_changed_is_compared(shop: Path, perfwise: Run) -> None:
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@b.c")
    shop.parent.joinpath(".git").rmdir()
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "a")):
        subprocess.run([*git, *arguments], check=True)
    shop.write_text(shop.read_text() + SLOWER)
    outcome = perfwise(*KNOWN, "--changed", "HEAD")
    assert [finding["function"] for finding in outcome.json["findings"]] == ["shared"]
    assert outcome.json["baseline"]["gone"] == []


def test_it_is_configured_for_a_project(project: Path, shop: Path, perfwise: Run, monkeypatch: Any) -> None:
    (project / "pyproject.toml").write_text('[tool.perfwise]\nbaseline = "known.json"\n')
    monkeypatch.chdir(project.parent)
    assert lines(perfwise("check", str(project), "--format", "json")) == []
    assert lines(perfwise("check", str(shop), "--format", "json")) == []
    shop.write_text(shop.read_text() + SLOWER)
    assert len(lines(perfwise("check", "project", "--format", "json"))) == 1
    (project / "known.json").unlink()
    outcome = perfwise("check", "project")
    assert outcome.code == 2
    assert outcome.err.endswith("known.json: no such file or directory; --write-baseline makes a baseline\n")
    written = perfwise("check", "project", "--write-baseline", "project/known.json")
    assert written.code == 0
    assert perfwise("check", "project").code == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 1, "hints": [1]}', '{"version": 2}', "\xff"])
def test_what_is_no_baseline(shop: Path, perfwise: Run, content: str) -> None:
    shop.with_name("known.json").write_bytes(content.encode("latin-1"))
    outcome = perfwise("check", ".", "--baseline", "known.json")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("perfwise: known.json: ")


@pytest.mark.parametrize("options", [["--baseline", "a"], ["--changed", "HEAD"]])
@pytest.mark.usefixtures("project")
def test_a_baseline_is_written_of_a_whole_check(perfwise: Run, options: list[str]) -> None:
    outcome = perfwise("check", ".", "--write-baseline", "known.json", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert not Path("known.json").exists()
