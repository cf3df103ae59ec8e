"""What is tracked speaks of the project alone: of no machine it was made on, and no place its libraries came from."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("work", "root", "tmp", r"home/(?!user\b|me\b)\w+", r"Users/(?!user\b|me\b)\w+")
LOCAL_PATH = re.compile(r"(?<![\w./~*})-])/(?:" + "|".join(FOLDERS) + r")/\w")
REGISTRY = re.compile(
    r"(?:index-url|registry)\s*[=:]|https?://[\w.-]*(?:pypi|npmjs|artifact|nexus|mirror)[\w.-]*", re.IGNORECASE
)
ALLOWED = {"tests/project/test_tracked_files.py"}


def tracked() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.fail("the tests of the project's files run in a checkout")
    texts = {}
    for name in filter(None, listed.stdout.split("\0")):
        try:
            texts[name] = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    return {name: text for name, text in texts.items() if name not in ALLOWED}


@pytest.mark.parametrize("pattern", [LOCAL_PATH, REGISTRY], ids=["path of a machine", "address of a registry"])
def test_no_trace_of_a_machine(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in tracked().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_no_banner_and_no_loose_end() -> None:
    """Sources only: no licence blocks, no rulers, nothing put off."""
    loose = re.compile(r"(?:#|//)\s*(?:TODO|FIXME|XXX)|^\s*(?:#|//)\s*[-=*#]{5,}", re.MULTILINE)
    sources = {name: text for name, text in tracked().items() if name.endswith((".py", ".ts", ".mjs"))}
    assert len(sources) > 100
    assert [name for name, text in sources.items() if loose.search(text) and not name.startswith("tests/")] == []
