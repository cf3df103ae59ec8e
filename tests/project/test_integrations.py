"""The hooks of pre-commit and the action of GitHub call the command as it is."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfwise_server.cli import main
from tests.sources import FINE, SLOW

ROOT = Path(__file__).resolve().parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERFWISE_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "shop.py").write_text(SLOW)
    (tmp_path / "fine.py").write_text(FINE)
    return tmp_path / "shop.py"


@pytest.mark.parametrize(("hook", "code"), [(HOOKS[0], 1), (HOOKS[1], 0)], ids=lambda value: str(value)[:22])
def test_a_hook_is_accepted_by_the_command(shop: Path, hook: dict[str, Any], code: int) -> None:
    program, *arguments = shlex.split(hook["entry"])
    assert (program, hook["language"]) == ("perfwise", "python")
    assert main([*arguments, "shop.py", "fine.py"]) == code
    assert main([*arguments, "fine.py"]) == 0
    assert ("set(users)" in shop.read_text()) == (hook["id"] == "perfwise-fix")


def test_every_input_of_the_action_is_described_and_used() -> None:
    used = str(STEPS)
    assert [name for name, given in ACTION["inputs"].items() if f"${{{{ inputs.{name} }}}}" not in used] == []
    assert all(given["description"] and "default" in given for given in ACTION["inputs"].values())


def test_the_action_keeps_what_is_given_out_of_its_scripts() -> None:
    """A name of a branch put into a script could run as one."""
    assert [step["run"] for step in STEPS if "${{" in step.get("run", "")] == []


def check(inputs: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the action's last step as GitHub does, with our sources where the step before it installs."""
    installed = folder / "runner/perfwise"
    installed.mkdir(parents=True)
    for package in (*ROOT.glob("server/perfwise_*"), *ROOT.glob("analyzers/perfwise_*")):
        (installed / package.name).symlink_to(package)
    known = {f"inputs.{name}": str(given["default"]) for name, given in ACTION["inputs"].items()}
    known |= {f"inputs.{name}": value for name, value in inputs.items()}
    known["steps.python.outputs.python-path"] = sys.executable
    step = STEPS[-1]
    given = {
        name: re.sub(r"\$\{\{ (.*?) \}\}", lambda match: known[match[1]], value) for name, value in step["env"].items()
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={**os.environ, "RUNNER_TEMP": str(folder / "runner"), **given},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("inputs", "code", "notices"),
    [
        ({}, 1, 1),
        ({"fail": "false"}, 0, 1),
        ({"paths": "fine.py"}, 0, 0),
        ({"paths": "fine.py shop.py", "arguments": "--ignore PW1"}, 0, 0),
        ({"changed": "HEAD"}, 0, 0),
        ({"changed": "no; echo ::notice"}, 2, 0),
        ({"arguments": "--unknown"}, 2, 0),
    ],
    ids=str,
)
def test_the_action_checks(shop: Path, inputs: dict[str, str], code: int, notices: int) -> None:
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@b.c")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "a")):
        subprocess.run([*git, *arguments], check=True)
    done = check(inputs, shop.parent)
    assert (done.returncode, done.stdout.count("::notice file=shop.py")) == (code, notices), done.stderr
