"""`perfwise verify` and `fix --verify`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT
from tests.living import below

Run = Callable[..., Any]

OLD = """\
def common(users: list[int], orders: list[int]) -> list[int]:
    return [order for order in orders if order in users]
"""
FASTER = """\
def common(users: list[int], orders: list[int]) -> list[int]:
    known = set(users)
    return [order for order in orders if order in known]
"""
WRONG = OLD.replace("[order for order in orders if order in users]", "list(set(users) & set(orders))")
KEYS = {
    "verdict",
    "equivalent",
    "counterexample",
    "speedup",
    "interval",
    "inputs",
    "coverage",
    "beyond",
}


@pytest.fixture
def versions(project: Path) -> Path:
    for name, text in (("old", OLD), ("faster", FASTER), ("wrong", WRONG), ("bare", OLD.replace(": list[int]", ""))):
        (project / f"{name}.py").write_text(text)
    return project


def arguments(new: str, *more: str, old: str = "old.py") -> tuple[str, ...]:
    return ("verify", old, new, "--function", "common", "--format", "json", *more)


@pytest.mark.timing
@pytest.mark.usefixtures("versions")
def test_a_faster_version_is_proved(perfwise: Run) -> None:
    outcome = perfwise(*arguments("faster.py"))
    found = outcome.json
    assert set(found) >= KEYS
    assert (outcome.code, found["verdict"], found["equivalent"]) == (0, "proved", True), found
    assert 1.05 < found["interval"][0] <= found["speedup"] <= found["interval"][1]
    assert found["inputs"]["returned"] >= 20
    assert found["inputs"]["origins"] == {"declared": found["inputs"]["tried"]}
    assert (found["coverage"], found["counterexample"]) == (1, None)


def test_a_wrong_version_is_refused_and_the_difference_kept(versions: Path, perfwise: Run) -> None:
    outcome = perfwise(*arguments("wrong.py", "--save-test", "test_kept.py", "--report", "report.md"))
    found = outcome.json
    assert (outcome.code, found["verdict"], found["equivalent"], found["speedup"]) == (1, "different", False, None)
    example = found["counterexample"]
    assert example["origin"] == "declared"
    assert len(example["call"]) < 30
    again = perfwise(*arguments("wrong.py", "--call", example["call"])).json
    assert again["counterexample"] == {**example, "origin": "given"}
    assert "# common: different" in (versions / "report.md").read_text()
    # The test passes on the old version and fails on the new one.
    for text, code in ((OLD, 0), (WRONG, 1)):
        (versions / "wrong.py").write_text(text)
        ran = subprocess.run(
            [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_kept.py"],
            cwd=versions,
            env={**os.environ, "PYTHONPATH": str(versions)},
            capture_output=True,
            timeout=60,
        )
        assert ran.returncode == code, ran.stdout


def test_guessed_inputs_end_in_a_question(versions: Path, perfwise: Run) -> None:
    (versions / "new.py").write_text(FASTER.replace(": list[int]", ""))
    outcome = perfwise(*arguments("new.py", old="bare.py"))
    assert (outcome.code, outcome.json["verdict"]) == (1, "undecided")
    assert "unhashable" in outcome.json["question"]
    text = perfwise("verify", "bare.py", "new.py", "--function", "common").out
    assert text.startswith("undecided: ")
    assert "see it again: perfwise verify bare.py new.py --function common --call " in text


def test_instructions_are_a_second_witness(project: Path, perfwise: Run) -> None:
    work = "def f(n: int) -> int:\n    total = 0\n    for i in range(n):\n        total += {}\n    return total\n"
    (project / "old.py").write_text(work.format("i * i + i % 7 + (i ^ 3) + 0 * i"))
    (project / "new.py").write_text(work.format("i * i + i % 7 + (i ^ 3)"))
    calls = ("--call", "f(40_000)", "--seconds", "120")
    asked = ("verify", "old.py", "new.py", "--function", "f", *calls, "--format", "json", "--report", "report.md")
    for _ in range(3):  # On a busy machine the clock may be surer of another ratio.
        found = perfwise(*asked).json
        assert found["equivalent"] is True, found
        if found["instructions"]:
            break
    assert 1.05 < found["instructions"] < 1.6, found
    assert "times fewer" in (project / "report.md").read_text()


def test_a_question_is_answered_once_and_the_answer_can_be_taken_back(versions: Path, perfwise: Run) -> None:
    (versions / "new.py").write_text(FASTER.replace(": list[int]", ""))

    def verified(*more: str) -> Any:
        return perfwise(*arguments("new.py", *more, old="bare.py"))

    early = verified("--answer", "no")
    assert (early.code, early.json["error"]) == (
        2,
        "no question about common waits for an answer: leave --answer out",
    )
    answers: list[str] = []
    found = verified().json
    while found["question"] and len(answers) < 10:
        answers.append(found["question"])
        found = verified("--answer", "no").json
        assert found["question"] not in answers
        assert len(found["assumed"]) == len(answers)
    assert found["verdict"] == "proved", found
    assert any(each.endswith("never holds unhashable values, such as lists") for each in found["assumed"])
    assert "unhashable" in verified("--answer", "forget").json["question"]
    refused = verified("--answer", "yes").json
    assert (refused["verdict"], refused["counterexample"]["origin"]) == ("different", "declared")


def test_given_inputs_alone_decide(versions: Path, perfwise: Run) -> None:
    (versions / "inputs.py").write_text("def make_inputs():\n    return [([n, 2], [2]) for n in range(3, 9)]\n")
    found = perfwise(*arguments("wrong.py", "--inputs", "inputs.py", "--call", "common([1], [1])")).json
    assert found["verdict"] in ("proved", "not faster")
    assert found["inputs"]["origins"]["given"] == 7
    assert found["beyond"][0]["origin"] == "declared"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("def common(users, orders:\n", "does not parse"),
        ("import nowhere\n" + OLD, "nowhere"),
        ("def other(users, orders): return []\n", "has no function common"),
        ("def common(users): return []\n", "changed the signature"),
    ],
    ids=["syntax", "import", "name", "signature"],
)
def test_a_new_version_may_be_broken(versions: Path, perfwise: Run, text: str, reason: str) -> None:
    (versions / "new.py").write_text(text)
    outcome = perfwise(*arguments("new.py"))
    assert (outcome.code, outcome.json["verdict"], outcome.json["equivalent"]) == (1, "broken", None), outcome.json
    assert reason in outcome.json["reason"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("missing.py", "old.py", "--function", "common"), "missing.py: cannot be read"),
        (("old.py", "old.py", "--function", "nothing"), "the old version has no function nothing"),
        (("bad.py", "old.py", "--function", "common"), "the old version cannot be loaded"),
        (("old.py", "old.py", "--function", "common", "--inputs", "old.py"), "old.py: "),
        (("old.py", "old.py", "--function", "common", "--python", "nowhere"), "nowhere: cannot be started"),
        (("old.py", "old.py", "--function", "common", "--seconds", "0"), "--seconds"),
        (("old.py", "old.py"), "--function"),
    ],
    ids=["file", "function", "syntax", "inputs", "python", "seconds", "no function"],
)
def test_errors_are_one_line(versions: Path, perfwise: Run, given: tuple[str, ...], reason: str) -> None:
    (versions / "bad.py").write_text("def common(users:\n")
    outcome = perfwise("verify", *given, "--format", "json")
    assert outcome.code == 2
    assert outcome.err.startswith("perfwise: ")
    assert outcome.err.count("\n") == 1
    assert reason in outcome.json["error"]


def test_ctrl_c_ends_it_and_the_worker(versions: Path) -> None:
    (versions / "hang.py").write_text("import time\ntime.sleep(50)\ndef common(users, orders): return []\n")
    path = os.pathsep.join(str(ROOT / root) for root in ("server", "analyzers"))
    process = subprocess.Popen(
        [sys.executable, "-m", "perfwise_server.cli", "verify", "hang.py", "hang.py", "--function", "common"],
        env={**os.environ, "PYTHONPATH": path},
        stderr=subprocess.PIPE,
        start_new_session=True,
        # A shell that runs the tests in the background has them ignore interrupts, and all they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        deadline = time.monotonic() + 60
        while not below(process.pid, having="perfwise_worker"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr is not None
        assert process.stderr.read().strip() == b""
    finally:
        process.kill()


UNPROVED = """\
def firsts(groups: list[list[int]]) -> list[int]:
    return [[number * 2 for number in group][0] for group in groups]


def joined(words: list[str]) -> str:
    text = ""
    for word in words:
        text += word
    return text
"""


@pytest.mark.timing
def test_fixes_are_verified_and_then_applied(project: Path, perfwise: Run) -> None:
    (project / "shop.py").write_text(UNPROVED)
    found = perfwise("fix", "shop.py", "--verify", "--format", "json").json
    assert [(refused["line"], refused["verdict"]) for refused in found["refused"]] == [(2, "different")]
    assert found["applied"] == 1
    text = (project / "shop.py").read_text()
    assert '"".join(words)' in text
    assert "[number * 2 for number in group][0]" in text
