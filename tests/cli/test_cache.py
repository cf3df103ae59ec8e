"""The cache of `perfwise check`: what it saves, when it must not speak, and that it never stands in the way."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from perfwise_analyzers import RULES
from perfwise_server.checking import cache as module
from tests.sources import FINE, SLOW

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
TOLD = "told by the cache"


@contextmanager
def table(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / module.FILE_NAME)) as connection, connection:
        yield connection


def kept(folder: Path) -> list[str]:
    with table(folder) as connection:
        return [zlib.decompress(found).decode() for (found,) in connection.execute("SELECT found FROM checks")]


def mark(folder: Path) -> None:
    """Effect: every message that is kept says that it was."""
    with table(folder) as connection:
        for key, found in connection.execute("SELECT key, found FROM checks").fetchall():
            rows = json.loads(zlib.decompress(found))
            for finding, _ in rows:
                finding[2] = TOLD
            changed = zlib.compress(json.dumps(rows).encode())
            connection.execute("UPDATE checks SET found = ? WHERE key = ?", (changed, key))


def messages(outcome: Any) -> list[str]:
    return [finding["message"] for finding in outcome.json["findings"]]


@pytest.mark.timing
def test_an_unchanged_tree_costs_a_tenth(project: Path, perfwise: Run) -> None:
    shutil.copytree(ROOT / "analyzers/perfwise_analyzers/facts", project / "facts")
    spent, found = [], []
    for _ in range(2):
        started = time.process_time()
        outcome = perfwise("check", ".", "--format", "json", "--jobs", "1")
        spent.append(time.process_time() - started)
        found.append((outcome.json["findings"], outcome.json["files"]))
    assert found[0] == found[1]
    assert spent[1] * 10 <= spent[0]


def test_hints_come_back_whole(project: Path, perfwise: Run) -> None:
    for number, example in enumerate(example for rule in RULES for example in rule.bad):
        (project / f"example{number}.py").write_text(example.code, encoding="utf-8")
    cell = {"cell_type": "code", "source": SLOW.splitlines(keepends=True)}
    notebook = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    (project / "shop.ipynb").write_text(notebook, encoding="utf-8")
    for form in ("json", "github", "sarif"):
        fresh = perfwise("check", ".", "--format", form, "--no-cache")
        outcomes = [perfwise("check", ".", "--format", form) for _ in range(2)]
        for outcome in outcomes:
            if form == "json":
                assert outcome.json["findings"] == fresh.json["findings"]
            else:
                assert outcome.out == fresh.out


def test_what_is_kept_is_told_until_something_changes(project: Path, perfwise: Run, cache: Path) -> None:
    shop = project / "shop.py"
    shop.write_text(SLOW)
    (fresh,) = messages(perfwise("check", "shop.py", "--format", "json"))
    mark(cache)
    for path in ("shop.py", "."):
        assert messages(perfwise("check", path, "--format", "json")) == [TOLD]
    assert messages(perfwise("check", "shop.py", "--format", "json", "--no-cache")) == [fresh]
    (older,) = messages(perfwise("check", "shop.py", "--format", "json", "--python-version", "3.9"))
    assert older not in (TOLD, fresh)
    (project / "pyproject.toml").write_text("[tool.perfwise.thresholds]\ncognitive = 2\n")
    assert TOLD not in messages(perfwise("check", "shop.py", "--format", "json"))
    (project / "pyproject.toml").unlink()
    shop.write_text(f"{SLOW}\n")
    assert messages(perfwise("check", "shop.py", "--format", "json")) == [fresh]


def test_another_program_finds_anew(project: Path, cache: Path, tmp_path: Path) -> None:

    (project / "shop.py").write_text(SLOW)
    roots = [shutil.copytree(ROOT / root, tmp_path / root) for root in ("server", "analyzers")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, roots))}
    arguments = [sys.executable, "-P", "-m", "perfwise_server.cli", "check", "shop.py"]
    if sys.version_info < (3, 11):
        arguments.remove("-P")

    def out() -> str:
        return subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False).stdout

    assert "PW101" in out()
    mark(cache)
    assert TOLD in out()
    with (roots[1] / "perfwise_analyzers/rule.py").open("a") as source:
        source.write("\nCHANGED = True\n")
    assert "PW101" in (changed := out())
    assert TOLD not in changed


def test_no_source_is_kept(project: Path, perfwise: Run, cache: Path) -> None:
    (project / "shop.py").write_text(SLOW.replace("in users:", "in users:  # a secret"))
    assert "a secret" in perfwise("check", "shop.py").out
    (entry,) = kept(cache)
    assert "PW101" in entry
    assert "secret" not in entry
    assert "secret" in perfwise("check", "shop.py").out


def test_a_file_that_cannot_be_read_is_not_kept(project: Path, perfwise: Run, cache: Path) -> None:
    (project / "broken.py").write_bytes(b"\0")
    (project / "fine.py").write_text(FINE)
    for _ in range(2):
        assert [each["path"] for each in perfwise("check", ".", "--format", "json").json["skipped"]] == ["broken.py"]
    assert kept(cache) == ["[]"]


@pytest.mark.parametrize("damage", ["no folder", "no table", "broken table", "broken entry", "another table", "empty"])
def test_a_cache_that_is_of_no_use_does_no_harm(project: Path, perfwise: Run, cache: Path, damage: str) -> None:
    (project / "shop.py").write_text(SLOW)
    file = cache / module.FILE_NAME
    if damage == "no folder":
        cache.write_text("a file")
    else:
        perfwise("check", "shop.py")
        mark(cache)
        content = file.read_bytes()
        if damage == "no table":
            file.write_bytes(b"no database" * 1000)
        elif damage == "broken table":
            file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
        elif damage == "empty":
            file.write_bytes(b"")
        else:
            with table(cache) as connection:
                if damage == "broken entry":
                    connection.execute("UPDATE checks SET found = ?", (zlib.compress(b'[["PW101", []]]'),))
                else:
                    connection.execute("DROP TABLE checks")
                    connection.execute("CREATE TABLE checks (other)")
    for _ in range(3):
        outcome = perfwise("check", "shop.py", "--format", "json")
        assert (outcome.code, outcome.err, len(messages(outcome))) == (1, "", 1)
        assert TOLD not in messages(outcome)
    if damage in ("no table", "broken table", "broken entry", "empty"):
        mark(cache)
        assert messages(perfwise("check", "shop.py", "--format", "json")) == [TOLD]


def test_runs_at_the_same_time_share_it(project: Path, command: Run, cache: Path) -> None:
    for number in range(20):
        (project / f"shop{number}.py").write_text(SLOW + f"# {number}\n")
    with ThreadPoolExecutor(3) as threads:
        outcomes = list(threads.map(lambda _: command("check", ".", "--format", "json"), range(3)))
    assert {(outcome.code, outcome.err, len(messages(outcome))) for outcome in outcomes} == {(1, "", 20)}
    assert len(kept(cache)) == 20


def test_what_was_long_of_no_use_is_dropped(project: Path, perfwise: Run, cache: Path) -> None:
    for number, name in enumerate(("old", "used", "new")):
        (project / f"{name}.py").write_text(f"{SLOW}# {number}\n")
    perfwise("check", "old.py", "used.py")
    with table(cache) as connection:
        connection.execute("UPDATE checks SET used = used - ?", (module.MAX_AGE + 1,))
    perfwise("check", "used.py")
    perfwise("check", "new.py")
    assert len(kept(cache)) == 2


def test_its_size_is_bounded(project: Path, perfwise: Run, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 40_000)
    for number in range(6):
        (project / "shop.py").write_text((SLOW.replace("users", f"users{number}") + FINE) * 160)
        perfwise("check", "shop.py", "--exit-zero")
    assert (cache / module.FILE_NAME).stat().st_size < 2 * 40_000
    assert kept(cache)
