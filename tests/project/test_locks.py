"""The lock files say which releases, and nothing of where the machine that made them found these."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"""[A-Za-z0-9_.-]+==[\w.]+(; python_version (<|>=) "3\.\d+")?""")
CONSTRAINTS = (ROOT / "constraints.txt").read_text("utf-8").splitlines()


def keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from keys(each)


def test_the_npm_lock_records_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert "resolved" not in keys(lock)
    assert all(path == "" or path.startswith("node_modules/") for path in lock["packages"])


def test_the_constraints_are_exact_releases_alone() -> None:
    assert [line for line in CONSTRAINTS if not PIN.fullmatch(line)] == []


def test_what_the_extension_bundles_is_pinned() -> None:
    bundled = [line for line in (ROOT / "packaging" / "bundled.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in CONSTRAINTS}
    assert set(bundled) <= pinned
