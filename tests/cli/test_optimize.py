"""`perfwise optimize`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.rewriting.endpoint import Endpoint, Status

Run = Callable[..., Any]

SHOP = """\
def common(users: list[int], orders: list[int]) -> list[int]:
    return [order for order in orders if order in users]


def half(number: int) -> int:
    return number // 2
"""
RIGHT = """```python
def common(users, orders):
    known = frozenset(users)
    return [order for order in orders if order in known]
```"""
WRONG = """```python
def common(users, orders):
    return sorted(set(users) & set(orders))
```"""
KEYS = {"code", "verdict", "speedup", "interval", "reason"}
CALL = "common(list(range(600)), list(range(300, 900)))"


@pytest.fixture
def shop(project: Path) -> Path:
    file = project / "shop.py"
    file.write_text(SHOP)
    return file


def asking(endpoint: Endpoint, *more: str) -> tuple[str, ...]:
    model = ("--provider", "openai", "--base-url", endpoint.base_url, "--model", "scripted", "--effort", "quick")
    return ("optimize", "shop.py::common", *model, "--format", "json", *more)


@pytest.mark.timing
def test_the_rules_rewrite_is_checked_and_applied(shop: Path, perfwise: Run) -> None:
    text = SHOP.replace("def half", "# Größe\r\ndef half").replace("\n", "\r\n").replace("\r\r", "\r")
    shop.write_bytes(b"# coding: latin-1\r\n" + text.encode("latin-1"))
    outcome = perfwise("optimize", "shop.py::common", "--call", CALL, "--apply", "--format", "json")
    found = outcome.json
    assert (outcome.code, found["best"], found["applied"]) == (0, 0, True), found
    best = found["candidates"][0]
    assert set(best) >= KEYS
    assert (best["verdict"], best["by"], found["tokens"]) == ("proved", "built-in", {"in": 0, "out": 0})
    assert 1.05 < best["interval"][0] <= best["speedup"] <= best["interval"][1]
    written = shop.read_bytes()
    assert written.decode("latin-1") == best["code"]
    assert b"set(users)" in written
    assert written.count(b"\r\n") == written.count(b"\n")
    assert written.endswith(text[text.index("# Gr") :].encode("latin-1"))


@pytest.mark.timing
def test_a_models_rewrites_are_ranked_with_their_evidence(shop: Path, perfwise: Run) -> None:
    with Endpoint([WRONG, RIGHT, "none"]) as endpoint:
        outcome = perfwise(*asking(endpoint, "--call", CALL, "--candidates", "2", "--hint", "all numbers are small"))
    found = outcome.json
    assert outcome.code == 0, found
    assert found["tokens"]["in"] > 0
    assert found["requests"] == len(endpoint.asked)
    said = {each["by"]: each for each in found["candidates"]}
    assert set(said) == {"built-in", "scripted"}
    assert [each["verdict"] for each in found["candidates"]][found["best"]] == "proved"
    assert any("all numbers are small" in asked.prompt for asked in endpoint.asked)
    assert shop.read_text() == SHOP


def test_nothing_passed_is_said_with_the_nearest_miss(shop: Path, perfwise: Run) -> None:
    shop.write_text(SHOP.replace("order in users]", "order in users]  # perfwise: ignore[PW1]"))
    with Endpoint([WRONG]) as endpoint:
        outcome = perfwise(*asking(endpoint, "--candidates", "1", "--apply"))
    found = outcome.json
    assert (outcome.code, found["best"], found["applied"]) == (1, None, False), found
    nearest = found["candidates"][0]
    assert (nearest["verdict"], nearest["speedup"]) == ("different", None)
    assert nearest["counterexample"]["call"].startswith("common(")
    assert "def common" not in nearest["reason"]
    assert shop.read_text().count("perfwise: ignore") == 1
    assert any(nearest["counterexample"]["call"] in each.prompt for each in endpoint.asked)
    text = perfwise("optimize", "shop.py::half").out
    assert "there is no rewrite to check" in text
    assert "--provider" in text


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("shop.py",), "FILE::FUNC"),
        ((), "FILE::FUNC"),
        (("shop.py::none",), "shop.py has no function none"),
        (("none.py::f",), "none.py: cannot be read"),
        (("bad.py::f",), "bad.py does not parse"),
        (("shop.py::common", "--candidates", "3"), "--provider"),
        (("shop.py::common", "--provider", "openai", "--base-url", "http://127.0.0.1:9/v1"), "127.0.0.1:9"),
        (("shop.py::common", "--changed", "HEAD"), "name files and folders"),
        ((".", "--changed", "HEAD", "--call", "f()"), "git"),
        (("shop.py::common", "--python", "nowhere", "--call", "common([1], [1])"), "nowhere"),
    ],
    ids=["no name", "nothing", "function", "file", "syntax", "no model", "refused", "both", "repository", "python"],
)
def test_errors_are_one_line(shop: Path, perfwise: Run, given: tuple[str, ...], reason: str) -> None:
    (shop.parent / "bad.py").write_text("def f(:\n")
    outcome = perfwise("optimize", *given, "--format", "json")
    assert outcome.code == 2
    assert outcome.err.startswith("perfwise: ")
    assert outcome.err.count("\n") == 1
    assert reason in outcome.json["error"]
    assert shop.read_text() == SHOP


def test_a_key_is_never_shown(shop: Path, perfwise: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFWISE_API_KEY", "sk-very-secret")
    with Endpoint([Status(401, '{"error": {"message": "bad key sk-very-secret"}}')], key="another") as endpoint:
        outcome = perfwise(*asking(endpoint))
    assert outcome.code == 2
    assert "very-secret" not in outcome.out + outcome.err
    assert shop.read_text() == SHOP


def test_what_the_project_keeps_to_itself_is_not_sent(shop: Path, perfwise: Run) -> None:
    (shop.parent / "pyproject.toml").write_text('[tool.perfwise.model]\nignore = ["/shop.py"]\n')
    with Endpoint([RIGHT]) as endpoint:
        outcome = perfwise(*asking(endpoint))
    assert outcome.code == 2
    assert "shop.py is never sent to a model: it matches '/shop.py'" in outcome.json["error"]
    assert endpoint.asked == []


@pytest.mark.timing
def test_changed_functions_come_with_the_hottest_first(project: Path, perfwise: Run) -> None:
    def git(*arguments: str) -> None:
        identity = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        subprocess.run(["git", *arguments], cwd=project, check=True, timeout=60, env={**os.environ, **identity})

    (project / ".git").rmdir()
    file = project / "sums.py"
    file.write_text("def once(n: int) -> int:\n    return n\n\n\ndef often(n: int) -> int:\n    return n\n\n\nX = 1\n")
    git("init", "-q")
    git("add", "sums.py")
    git("commit", "-q", "-m", "first")
    assert perfwise("optimize", "--changed", "HEAD", "--format", "json").json["functions"] == []
    file.write_text(file.read_text().replace("return n", "return n + 1 - 1"))
    (project / "runs.py").write_text("import sums\nfor i in range(20000): sums.often(i)\nsums.once(1)\n")
    assert perfwise("run", "--format", "json", "--", sys.executable, "runs.py").code == 0
    found = perfwise("optimize", "--changed", "HEAD", "--format", "json")
    assert [each["function"] for each in found.json["functions"]] == ["often", "once"]
    assert found.code == 1
