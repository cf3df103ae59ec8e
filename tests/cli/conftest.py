"""The real command, in a process of its own or in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from perfwise_server.cli import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache; it and the evidence are such that no test meets what another left, nor the user's."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("PERFWISE_CACHE_DIR", str(folder))
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path / "data"))
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one, and a repository's top as far as .gitignore files go."""
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def perfwise(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs the command in this process."""

    def run(*arguments: str) -> Outcome:
        code = main(arguments)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def command() -> Callable[..., Outcome]:
    """Runs the command as a user does, in a process of its own."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Outcome:
        path = os.pathsep.join(str(ROOT / root) for root in ("server", "analyzers"))
        done = subprocess.run(
            [sys.executable, "-m", "perfwise_server.cli", *arguments],
            input=stdin,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": path, **environment},
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
