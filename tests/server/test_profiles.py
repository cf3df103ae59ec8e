"""Profiles: read from what Scalene writes, and placed in a text that was edited since."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from perfwise_analyzers.document import Document
from perfwise_analyzers.finding import Position, Span
from perfwise_server.profiles.hot import HotLines
from perfwise_server.profiles.profile import Profile, ProfiledFile, ProfileError
from perfwise_server.profiles.scalene import MOST_BYTES, read

PROFILES = Path(__file__).resolve().parents[1] / "profiles"
RECORDED = PROFILES / "report.json"
TEXT = ("def f(xs):\n", "    for x in xs:\n", "        g(x)\n", "        h(x)\n", "    return xs\n")


def test_a_recorded_profile() -> None:
    profile = read(RECORDED)
    (name,) = profile.files
    assert name == "/srv/shop/report.py"
    file = profile.files[name]
    assert [line.rstrip("\n") for line in file.lines] == (PROFILES / "report.py").read_text("utf-8").splitlines()
    assert {line: round(seconds, 1) for line, seconds in file.seconds.items()} == {
        8: 1.1,  # The first line of `known`, for its loop.
        18: 0.4,
        19: 0.4,
        25: 0.3,
        26: 0.3,
    }


def test_scalene_as_it_is_today_writes_what_is_read(tmp_path: Path) -> None:
    busy = (
        "def busy(count: int) -> int:\n    total = 0\n    while total < count:\n        total += 1\n    return total\n"
    )
    program, written = tmp_path / "busy.py", tmp_path / "profile.json"
    program.write_text(f"{busy}\n\nbusy(12_000_000)\n")
    options = ("--cpu-only", "--no-async", "--no-stacks", "-o", str(written))
    command = [sys.executable, "-m", "scalene", "run", *options, str(program)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    file = read(written).file(program, tmp_path)
    assert file is not None
    assert [line.rstrip("\n") for line in file.lines][:2] == busy.splitlines()[:2]
    assert sum(file.seconds.get(line, 0) for line in (1, 3, 4)) > 0.5 * sum(file.seconds.values()) > 0


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read: no such file or directory"),
        ("{}", "holds nothing: the program ended before Scalene took a sample"),
        ("{", "is not JSON"),
        ("[]", "is not a profile of Scalene 2"),
        ('{"files": {}}', "is not a profile of Scalene 2"),
        ('{"elapsed_time_sec": 1, "files": {"a.py": {"lines": [{"lineno": 1}]}}}', "is not a profile of Scalene 2"),
    ],
)
def test_what_is_no_profile_is_told_in_a_line(tmp_path: Path, content: str | None, problem: str) -> None:
    path = tmp_path / "profile.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ProfileError, match=f"^{problem}$"):
        read(path)


def test_what_would_hold_up_the_server_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"^is not a file$"):
        read(tmp_path)
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ProfileError, match=r"^is larger than 64 MB; --no-stacks makes Scalene write less$"):
        read(large)


def test_a_profile_is_read_again_when_it_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_text(RECORDED.read_text("utf-8"))
    before = read(path)
    content = json.loads(RECORDED.read_text("utf-8"))
    path.write_text(json.dumps({**content, "elapsed_time_sec": 100 * content["elapsed_time_sec"]}))
    (file,), (longer,) = before.files.values(), read(path).files.values()
    assert longer.seconds == pytest.approx({line: 100 * seconds for line, seconds in file.seconds.items()})


def test_unchanged_lines_are_found_wherever_they_went() -> None:
    file = ProfiledFile(TEXT, {2: 0.5, 3: 1.0, 4: 2.0})
    assert file.placed(TEXT) == ({2: 0.5, 3: 1.0, 4: 2.0}, 0)
    assert file.placed(["import g\r\n", *(line.replace("\n", "\r\n") for line in TEXT)]) == (
        {3: 0.5, 4: 1.0, 5: 2.0},
        0,
    )
    assert file.placed([TEXT[0], TEXT[1], "        k(x)\n", *TEXT[3:]]) == ({2: 0.5, 4: 2.0}, 1)
    assert file.placed([*TEXT[:2], TEXT[3]]) == ({2: 0.5, 3: 2.0}, 1)
    assert file.placed([]) == ({}, 3)


def test_a_profile_made_elsewhere_is_of_the_same_paths_below(tmp_path: Path) -> None:
    shop, deep = ProfiledFile(("a\n",), {1: 1.0}), ProfiledFile(("b\n",), {1: 1.0})
    profile = Profile({"/ci/build/app/shop.py": shop, "/ci/build/app/old/app/shop.py": deep})
    assert profile.file(tmp_path / "app" / "shop.py", tmp_path) is shop
    assert profile.file(tmp_path / "old" / "app" / "shop.py", tmp_path) is deep
    assert profile.file(tmp_path / "hop.py", tmp_path) is None
    assert profile.file(tmp_path / "app" / "shop.py", tmp_path / "elsewhere") is None
    here = Profile({(tmp_path / "shop.py").as_posix(): shop})
    assert here.file(tmp_path / "shop.py", Path("/elsewhere")) is shop


def test_seconds_follow_edits_of_the_text() -> None:
    document = Document("".join(TEXT))
    hot = HotLines(ProfiledFile(TEXT, {2: 0.5, 3: 1.0, 4: 2.0}), document.line, document.line_count)
    seconds = hot.seconds
    for span, text, expected in (
        (Span(Position(0, 0), Position(0, 0)), "import g\r\n", {3: 0.5, 4: 1.0, 5: 2.0}),
        (Span(Position(3, 12), Position(3, 12)), "\n        k(x)", {3: 0.5, 4: 1.0, 6: 2.0}),
        (Span(Position(2, 0), Position(2, 0)), "    # In turn.\n", {4: 0.5, 5: 1.0, 7: 2.0}),
        (Span(Position(4, 8), Position(4, 9)), "f", {4: 0.5, 7: 2.0}),
        (Span(Position(4, 0), Position(6, 0)), "", {4: 0.5, 5: 2.0}),
        (Span(Position(3, 0), Position(6, 14)), "", {}),
    ):
        document.edit(span, text)
        hot.edited(span.start.line, span.end.line, document.line_count)
        assert hot.seconds == expected
    assert hot.seconds is seconds


@pytest.mark.parametrize("seed", range(20))
def test_a_hot_line_is_always_what_was_profiled(seed: int) -> None:
    chance = random.Random(seed)
    lines = [f"line({number})" for number in range(30)]
    profiled = ProfiledFile(tuple(lines), {number: float(number) for number in range(1, 31, 2)})
    hot = HotLines(profiled, lambda number: lines[number], len(lines))
    for step in range(40):
        first = chance.randint(0, len(lines))
        last = chance.randint(first, min(first + 3, len(lines)))
        new = [f"new({step}, {number})" for number in range(chance.randint(0, 3))]
        lines[first:last] = new
        hot.edited(first, last, len(lines))
    kept = {
        number: lines.index(f"line({number - 1})") + 1 for number in profiled.seconds if f"line({number - 1})" in lines
    }
    assert hot.seconds == {place: float(number) for number, place in kept.items()}
