"""What the documents say is so: commands, rules, settings, output and pictures."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from docs import pages
from perfwise_server.pages import FOLDER

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))
BRING_UP_TO_DATE = "`make docs` writes them"


def test_pages_of_rules_are_fresh() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == pages.pages(), BRING_UP_TO_DATE


def test_tables_are_fresh() -> None:
    assert pages.readme(README) == README, BRING_UP_TO_DATE
    assert README.count("| PW1") >= 12


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_exist(document: Path) -> None:
    targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"(?m)(?:`|^ *)make ([a-z-]+)", text)
    assert set(named) <= set(targets)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_linked_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("https://")]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_output_of_the_command_is_real() -> None:
    command, shown = re.findall(r"(?m)^\$ (perfwise .+)\n((?:.+\n)+)", README)[0]
    arguments = [sys.executable, "-m", "perfwise_server.cli", *shlex.split(command)[1:]]
    found = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert shown.removesuffix("```\n") in found.stdout


def test_settings_for_a_project_are_understood(tmp_path: Path) -> None:
    table = re.findall(r"```toml\n(\[tool\.perfwise\]\n.*?)```", README, re.DOTALL)[0]
    (tmp_path / "pyproject.toml").write_text(table, encoding="utf-8")
    (tmp_path / "shop.py").write_text("x = 1\n", encoding="utf-8")
    arguments = [sys.executable, "-m", "perfwise_server.cli", "check", "shop.py"]
    found = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (found.returncode, found.stderr) == (1, "") or (found.returncode, found.stderr) == (0, "")


def test_architecture_is_short() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) < 200
