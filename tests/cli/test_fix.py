"""`perfwise fix`: what it writes, and what it leaves alone."""

from __future__ import annotations

import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfwise_analyzers import Edit, Position, Span
from perfwise_analyzers.document import Document
from perfwise_analyzers.fix_all import fitting
from tests.sources import FAST, FINE, SLOW, UNCHECKED

Run = Callable[..., Any]


def test_safe_fixes_are_applied(project: Path, perfwise: Run) -> None:
    (project / "shop.py").write_text(SLOW)
    (project / "fine.py").write_text(FINE)
    outcome = perfwise("fix", ".", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    assert (project / "shop.py").read_text() == FAST
    assert {key: outcome.json[key] for key in ("changed", "applied", "skipped")} == {
        "changed": ["shop.py"],
        "applied": 1,
        "skipped": [],
    }
    again = perfwise("fix", ".", "--format", "json").json
    assert (again["changed"], again["applied"], again["diff"]) == ([], 0, "")
    assert perfwise("check", ".").code == 0


def test_diff_writes_nothing_and_can_be_applied(project: Path, perfwise: Run) -> None:
    (project / "shop.py").write_text(SLOW.rstrip("\n"))
    outcome = perfwise("fix", "shop.py", "--diff")
    assert (outcome.code, (project / "shop.py").read_text()) == (0, SLOW.rstrip("\n"))
    assert outcome.out.startswith("--- shop.py\n+++ shop.py\n@@ -1,6 +1,7 @@\n")
    assert outcome.out.endswith("Would apply 1 fix in 1 file.\n")
    diff = perfwise("fix", "shop.py", "--diff", "--format", "json").json["diff"]
    subprocess.run(["git", "apply", "-p0", "-"], input=diff.encode(), check=True)
    assert (project / "shop.py").read_text() == FAST.rstrip("\n")


def test_unchecked_fixes_are_applied_on_request_only(project: Path, perfwise: Run) -> None:
    (project / "shop.py").write_text(UNCHECKED)
    assert perfwise("fix", "shop.py", "--format", "json").json["applied"] == 0
    assert perfwise("fix", "shop.py", "--unsafe", "--format", "json").json["applied"] == 1
    assert (project / "shop.py").read_text() == FAST.replace("list[int]", "list")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SLOW.replace("\n", "\r\n").encode(), FAST.replace("\n", "\r\n").encode()),
        (b"\xef\xbb\xbf" + SLOW.encode(), b"\xef\xbb\xbf" + FAST.encode()),
        (
            f"# coding: latin-1\nname = 'é'\n{SLOW}".encode("latin-1"),
            f"# coding: latin-1\nname = 'é'\n{FAST}".encode("latin-1"),
        ),
        (SLOW.rstrip("\n").encode(), FAST.rstrip("\n").encode()),
    ],
    ids=["line ends", "byte order mark", "encoding", "no last line end"],
)
def test_the_rest_of_the_bytes_is_kept(project: Path, perfwise: Run, before: bytes, after: bytes) -> None:
    (project / "shop.py").write_bytes(before)
    assert perfwise("fix", "shop.py").code == 0
    assert (project / "shop.py").read_bytes() == after


def test_mode_and_links_are_kept(project: Path, perfwise: Run) -> None:
    (project / "tool.py").write_text(SLOW)
    (project / "tool.py").chmod(0o751)
    (project / "link.py").symlink_to("tool.py")
    assert perfwise("fix", "link.py").code == 0
    assert (project / "link.py").is_symlink()
    assert (project / "tool.py").read_text() == FAST
    assert stat.S_IMODE((project / "tool.py").stat().st_mode) == 0o751
    assert sorted(path.name for path in project.iterdir()) == [".git", "link.py", "tool.py"]


def test_several_fixes_compose(project: Path, perfwise: Run) -> None:
    two = SLOW + "\n\n" + SLOW.replace("common", "shared")
    (project / "shop.py").write_text(two)
    assert perfwise("fix", "shop.py", "--format", "json").json["applied"] == 2
    assert (project / "shop.py").read_text() == FAST + "\n\n" + FAST.replace("common", "shared")


def test_broken_source_is_fixed_where_it_parses(project: Path, perfwise: Run) -> None:
    broken = "def half(:\n    retu\n\n\n"
    (project / "shop.py").write_text(broken + SLOW)
    assert perfwise("fix", "shop.py", "--format", "json").json["applied"] == 1
    assert (project / "shop.py").read_text() == broken + FAST


def test_a_fix_that_breaks_the_source_is_left_out() -> None:
    start, text = Position(0, 0), "x = 1\ny = 2\n"
    breaking = (Edit(Span(Position(0, 4), Position(0, 5)), "("),)
    sound = (Edit(Span(start, start), "import this\n"),)
    assert fitting(Document(text), [breaking]).taken == ()
    assert fitting(Document(text), [breaking, sound]) == ((1,), sound)


def test_the_choice_of_rules_and_suppressions_hold(project: Path, perfwise: Run) -> None:
    (project / "shop.py").write_text(SLOW)
    assert perfwise("fix", "shop.py", "--ignore", "PW101", "--format", "json").json["applied"] == 0
    (project / "shop.py").write_text(SLOW.replace("users:", "users:  # perfwise: ignore[PW101]"))
    assert perfwise("fix", "shop.py", "--format", "json").json["applied"] == 0


def test_comments_that_silence_nothing_are_removed_on_request(project: Path, perfwise: Run) -> None:
    shop = project / "shop.py"
    used, idle = "  # perfwise: ignore[PW101]", "  # perfwise: ignore[PW102]"
    shop.write_text(SLOW.replace("in users:", f"in users:{used}").replace("return found", f"return found{idle}"))
    assert perfwise("check", "shop.py", "--format", "json").json["findings"] == []
    (finding,) = perfwise("check", "shop.py", "--report-unused", "--format", "json").json["findings"]
    assert (finding["code"], finding["line"], finding["level"]) == ("PW900", 6, "hint")
    assert perfwise("fix", "shop.py").code == 0
    assert idle in shop.read_text()
    (project / "pyproject.toml").write_text("[tool.perfwise]\nreport-unused = true\n")
    assert perfwise("fix", "shop.py", "--format", "json").json["applied"] == 1
    assert shop.read_text() == SLOW.replace("in users:", f"in users:{used}")
