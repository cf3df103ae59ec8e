"""The benchmarks run, and measure what they say they measure."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.texts import Text, texts

ROOT = Path(__file__).resolve().parents[2]


def run(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True).stdout


@pytest.fixture(scope="module")
def made() -> list[Text]:
    return texts()


def test_texts_are_long_and_stay_valid_while_typing(made: list[Text]) -> None:
    assert [text.source.count("\n") // 100 for text in made] == pytest.approx([26, 276, 30, 50], rel=0.25)
    for text in made:
        lines = text.source.split("\n")
        lines.insert(text.line, " " * text.indent + "typed_name")
        ast.parse("\n".join(lines))
        assert 0.4 < text.line / len(lines) < 0.6


def test_script_has_no_functions(made: list[Text]) -> None:
    script = ast.parse(made[-1].source)
    assert not any(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for node in ast.walk(script))


def test_keystrokes_are_measured_of_both_servers() -> None:
    figures = json.loads(run("keystroke", "--only", "2,600", "--keys", "3", "--starts", "1", "--json"))
    (text,) = figures["texts"]
    for server in ("perfwise", "ruff"):
        assert 0 < text[server]["p50_ms"] <= text[server]["p95_ms"]
        assert figures["start_ms"][server] > 0
    assert text["ruff"]["diagnostics"] > 10


def test_noise_shows_each_hint_with_its_line() -> None:
    shown = run("noise", "examples/primes.py")
    assert "examples/primes.py:10 PW112" in shown
    assert "> " + " " * 8 + "if number % divisor == 0:" in shown
    assert "0 broken fixes" in shown


def test_corpus_tells_hinted_sides_and_missed_ones(tmp_path: Path) -> None:
    slow = "def f(xs: list[int], ys: list[int]):\n    return [x for x in xs if x in ys]\n"
    pairs = [
        {"id": "one", "slow": slow, "fast": "x = 1\n", "static_detectable": "yes", "static_why": "a list is searched"},
        {"id": "two", "slow": "x = 1\n", "fast": slow, "static_detectable": "yes", "static_why": "hidden in a name"},
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("".join(json.dumps(pair) + "\n" for pair in pairs))
    told = run("corpus", str(file)).splitlines()
    assert "slow: PW101:2" in told[0]
    assert told[1].endswith("fast: PW101:2")
    assert told[2:] == ["missed two: hidden in a name", "1 of 2 detectable slow sides are hinted, 1 of 2 fast sides"]
