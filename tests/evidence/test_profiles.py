"""Profiles are kept by function, found again by path or source, bounded, and cleared with the rest."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from perfwise_analyzers.document import Document
from perfwise_server.evidence import profiles as module
from perfwise_server.evidence import store as stores
from perfwise_server.evidence.profiles import Profiles
from perfwise_server.evidence.store import Store

TEXT = "def f(xs):\n    return sorted(xs)\n\n\ndef g():\n    return 1\n"


def record(path: Path, function: str = "f", **others: Any) -> dict[str, Any]:
    return {"path": str(path), "function": function, "what": "function", "source": TEXT, "raw": "{}", **others}


@pytest.fixture
def profiles(tmp_path: Path) -> Profiles:
    return Profiles(Store(tmp_path / "data"))


def test_the_newest_of_a_function_comes_first(profiles: Profiles, tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    assert profiles.of_file(file) == []
    first, second, other = (profiles.keep(record(file, name, calls=n)) for n, name in enumerate("ffg", 1))
    assert 0 < first < second < other
    assert [(kept.id, kept.record["calls"]) for kept in profiles.of_function(file, "f")] == [(second, 2), (first, 1)]
    assert [kept.id for kept in profiles.of_file(file)] == [other, second, first]
    before = profiles.before(second)
    assert before is not None
    assert (before.id, before.record) == (first, record(file, calls=1, raw=None))
    whole = profiles.whole(first)
    assert whole is not None
    assert whole.record == record(file, calls=1)
    assert profiles.whole(other + 1) is None
    assert profiles.before(first) is None
    assert profiles.get(other + 1) is None
    assert profiles.of_function(file, "f", "test") == []


def test_a_function_of_a_renamed_file_is_found_by_its_source(profiles: Profiles, tmp_path: Path) -> None:
    number = profiles.keep(record(tmp_path / "old.py"))
    new = tmp_path / "new.py"
    respelled = TEXT.replace("(xs):", "( xs ):  # all of them")
    assert [kept.id for kept in profiles.of_function(new, "f", text=respelled)] == [number]
    assert profiles.of_function(new, "f", text=TEXT.replace("sorted", "list")) == []
    assert profiles.of_function(new, "f") == []
    assert profiles.shown(new, Document(respelled)) is None
    profiles.show(number)
    shown = profiles.shown(new, Document(respelled))
    assert shown is not None
    assert shown.id == number
    assert profiles.shown(new, Document(TEXT.replace("sorted", "list"))) is None
    (tmp_path / "old.py").write_text(TEXT)  # Then it is no renamed file, but another with the same code.
    assert profiles.shown(new, Document(respelled)) is None


def test_one_of_a_file_is_shown_until_it_is_cleared_away(profiles: Profiles, tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    first, second = profiles.keep(record(file)), profiles.keep(record(file, "g"))
    assert profiles.shown(file, Document(TEXT)) is None
    profiles.show(second)
    profiles.show(first)
    assert [(kept.id, kept.shown) for kept in profiles.of_file(file)] == [(second, False), (first, True)]
    shown = profiles.shown(file, Document("# A comment.\n" + TEXT))
    assert shown is not None
    assert shown.id == first
    assert profiles.shown(file, Document(TEXT.replace("sorted", "list"))) is None
    for hidden in (file, None):
        profiles.show(first)
        profiles.hide(hidden)
        assert profiles.shown(file, Document(TEXT)) is None


def test_the_last_driver_of_a_function(profiles: Profiles, tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    assert profiles.chosen(file, "f") is None
    for value in ("f([1])", "f([2])"):
        profiles.choose(file, "f", "function", {"kind": "call", "value": value})
    assert profiles.chosen(file, "f") == {"kind": "call", "value": "f([2])"}
    assert profiles.chosen(file, "g") is None


def test_there_are_bounds(profiles: Profiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_OF_A_FUNCTION", 3)
    monkeypatch.setattr(module, "MOST_PROFILES", 6)
    monkeypatch.setattr(module, "MOST_RAW", 10)
    file = tmp_path / "shop.py"
    old = profiles.keep(record(file, "g"))
    store = Store(tmp_path / "data")
    with sqlite3.connect(store.file) as table:
        table.execute("UPDATE profiles SET noted = ?", (time.time() - stores.MAX_AGE - 10,))
    numbers = [profiles.keep(record(file, raw="{" * 20)) for _ in range(5)]
    assert profiles.get(old) is None
    assert [kept.id for kept in profiles.of_function(file, "f")] == numbers[:1:-1]
    whole = profiles.whole(numbers[-1])
    assert whole is not None
    assert whole.record["raw"] is None
    with sqlite3.connect(store.file) as table:
        table.execute("UPDATE profiles SET noted = noted - 100")
    kept = [profiles.keep(record(tmp_path / f"{number}.py")) for number in range(6)]
    assert all(map(profiles.get, kept))
    assert profiles.get(numbers[-1]) is None
    assert store.counts() == (0, 0, 6)


def test_nothing_is_left_when_the_evidence_is_cleared(profiles: Profiles, tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    number = profiles.keep(record(file))
    profiles.choose(file, "f", "function", {"kind": "call", "value": "f([2])"})
    Store(tmp_path / "data").clear()
    assert profiles.get(number) is None
    assert profiles.chosen(file, "f") is None
    profiles.hide(file)
    assert [*(tmp_path / "data").iterdir()] == []


def test_what_cannot_be_kept_has_no_number(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert Profiles(Store(tmp_path / "file" / "data")).keep(record(tmp_path / "shop.py")) == 0


def test_rows_that_say_nothing_are_passed_over(profiles: Profiles, tmp_path: Path) -> None:
    good, bad = profiles.keep(record(tmp_path / "a.py")), profiles.keep(record(tmp_path / "a.py"))
    with sqlite3.connect(Store(tmp_path / "data").file) as table:
        table.execute("UPDATE profiles SET record = ? WHERE id = ?", (b"no record", bad))
    assert [kept.id for kept in profiles.of_file(tmp_path / "a.py")] == [good]
