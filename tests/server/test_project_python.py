"""The command and the editor ask the same Python of the nearest pyproject.toml, and say the same for it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from lsprotocol import types

from perfwise_analyzers import gains
from perfwise_server.cli import main
from perfwise_server.session import Session

SLOW = "def f(a: list[int], b: list[int]):\n    return [x for x in a if x in b]\n"
# No other test chooses rules like this, and what is chosen is kept.
TABLE = '[tool.perfwise]\nselect = ["PW101", "PW102"]\n'
RUNNING = ".".join(map(str, sys.version_info[:2]))


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gains.GAINS, "PW101", {"3.10": 1.2, "3.12": 1.3, "3.13": 40.0})


def both(file: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The messages for a file, on the command line and in the editor, which are the same."""
    file.write_text(SLOW, encoding="utf-8")
    main(["check", str(file), "--format", "json", "--no-cache"])
    told = [finding["message"] for finding in json.loads(capsys.readouterr().out)["findings"]]
    buffer = Session().open(types.TextDocumentItem(file.as_uri(), "python", 1, SLOW))
    assert buffer is not None
    assert [finding.message for finding in buffer.hints()] == told
    return told


@pytest.mark.parametrize(
    ("requires", "measured"),
    [
        (">=3.10", None),
        (">=3.9,<4", None),
        (">=3.12", "1.3 times faster at 2,000 items, Python 3.12"),
        ("~=3.13", "40 times faster at 2,000 items, Python 3.13"),
        (">=3.15", "40 times faster at 2,000 items, Python 3.13"),
    ],
)
def test_what_gains_too_little_there_is_silent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], requires: str, measured: str | None
) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[project]\nrequires-python = "{requires}"\n{TABLE}')
    found = both(tmp_path / "shop.py", capsys)
    assert [message.partition(" (measured: ")[2].removesuffix(")") for message in found] == [measured] * bool(measured)


def test_the_nearest_project_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[project]\nrequires-python = ">=3.13"\n{TABLE}')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.10"\n')
    assert len(both(tmp_path / "shop.py", capsys)) == 1
    assert both(inner / "shop.py", capsys) == []
    (inner / "pyproject.toml").write_text(f'[tool.perfwise]\npython-version = "3.12"\n{TABLE.partition("]")[2]}')
    assert len(both(inner / "shop.py", capsys)) == 1


def test_without_a_project_it_is_the_running_python(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gains.GAINS["PW101"][RUNNING] = 38.0
    (message,) = both(tmp_path / "shop.py", capsys)
    assert message.endswith(f"(measured: 38 times faster at 2,000 items, Python {RUNNING})")
