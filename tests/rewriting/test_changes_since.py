"""A rewrite of a text as it was, made in the text as it has become."""

from __future__ import annotations

import random

import pytest

from perfwise_server.rewriting.merging import merged

OLD = "import re\n\n\ndef a():\n    x = 1\n    return x\n\n\ndef b():\n    return 2\n"
NEW = "import re\nfrom math import pi\n\n\ndef a():\n    return 1\n\n\ndef b():\n    return 2\n"


def made(old: str, new: str, now: str) -> str | None:
    changes = merged(old, new, now)
    if changes is None:
        return None
    lines = now.split("\n")
    for start, end, put in reversed(changes):
        lines[start:end] = put
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("edit", "by"),
    [
        ("import re\n", "import os\nimport re\n"),
        ("    return 2\n", "    return (\n"),
        ("def b():\n    return 2\n", ""),
        ("import re\n", '"""What it is."""\n\nimport re\n'),
    ],
)
def test_edits_elsewhere_are_kept(edit: str, by: str) -> None:
    assert made(OLD, NEW, OLD.replace(edit, by)) == NEW.replace(edit, by)


@pytest.mark.parametrize("edit", ["    x = 1\n", "    return x\n", "    x = 1\n    return x\n"])
def test_where_lines_that_change_were_edited_there_is_nothing_to_make(edit: str) -> None:
    assert made(OLD, NEW, OLD.replace(edit, "    return 3\n")) is None


def test_without_edits_since_it_is_the_rewrite() -> None:
    chance = random.Random(1)
    for _ in range(300):
        old, new = ("\n".join(chance.choices("abc", k=chance.randint(0, 12))) for _ in range(2))
        assert made(old, new, old) == new


def test_line_ends_do_not_matter() -> None:
    assert merged(OLD, NEW, OLD.replace("\n", "\r\n")) == merged(OLD, NEW, OLD)
