"""What runs showed is kept, within bounds, whatever becomes of the file."""

from __future__ import annotations

import logging
import multiprocessing
import sqlite3
import time
from pathlib import Path

import pytest

from perfwise_server.evidence import store as stores
from perfwise_server.evidence.keys import key_of
from perfwise_server.evidence.store import Seen, Sizes, Store

FUNCTION = "def f(xs):\n    return [x for x in xs]  # all\n"


def seen(path: Path, name: str = "f", calls: int = 3) -> Seen:
    sizes = {"xs": Sizes({"list": 2, "tuple": 1}, 8000, 20)}
    return Seen(str(path), name, key_of(FUNCTION), calls, 4.1, True, sizes, ("f([1, 2])",))


def keep_many(folder: Path, first: int) -> None:
    for number in range(first, first + 20):
        Store(folder).keep([seen(Path("/srv/shop.py"), f"f{number}")])


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    Store(tmp_path).keep([seen(file), seen(file, "g")])
    assert Store(tmp_path).of_file(file) == {"f": seen(file), "g": seen(file, "g")}
    assert Store(tmp_path).of_source(key_of(FUNCTION)) in (seen(file), seen(file, "g"))
    assert Store(tmp_path).counts() == (2, 0, 0)


def test_the_last_run_is_in_the_place_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    Store(tmp_path).keep([seen(file, calls=3)])
    before = Store(tmp_path).stamp()
    Store(tmp_path).keep([seen(file, calls=5)])
    assert Store(tmp_path).of_file(file)["f"].calls == 5
    assert Store(tmp_path).stamp() != before


def test_reading_makes_no_file_and_clearing_leaves_none(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    assert store.of_file(tmp_path) == {}
    assert not (tmp_path / "data").exists()
    store.keep([seen(tmp_path)])
    assert store.file.stat().st_mode & 0o077 == 0
    store.clear()
    assert [*(tmp_path / "data").iterdir()] == []
    store.clear()


def test_a_damaged_file_is_said_once_and_begins_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = Store(tmp_path)
    store.file.write_bytes(b"no database, and long enough to be taken for one" * 100)
    with caplog.at_level(logging.WARNING):
        assert store.of_file(tmp_path) == {}
        store.keep([seen(tmp_path)])
    assert len(caplog.messages) == 1
    assert "begins anew" in caplog.messages[0]
    assert store.counts() == (1, 0, 0)


def test_rows_that_say_nothing_are_passed_over(tmp_path: Path) -> None:
    Store(tmp_path).keep([seen(tmp_path), seen(tmp_path, "g")])
    with sqlite3.connect(Store(tmp_path).file) as table:
        table.execute("UPDATE functions SET sizes = '[' WHERE name = 'g'")
    assert [*Store(tmp_path).of_file(tmp_path)] == ["f"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    Store(tmp_path / "file" / "data").keep([seen(tmp_path)])
    assert "cannot be used" in caplog.text


def test_old_and_too_many_rows_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "MOST_FUNCTIONS", 10)
    store = Store(tmp_path)
    store.keep([seen(tmp_path, f"f{number}") for number in range(8)])
    with sqlite3.connect(store.file) as table:
        table.execute("UPDATE functions SET noted = noted - 100")
        table.execute("UPDATE functions SET noted = ? WHERE name = 'f0'", (time.time() - stores.MAX_AGE - 10,))
    store.keep([seen(tmp_path, f"g{number}") for number in range(8)])
    kept = store.of_file(tmp_path)
    assert "f0" not in kept
    assert {f"g{number}" for number in range(8)} <= set(kept)


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=keep_many, args=(tmp_path, first)) for first in (0, 20)]
    for other in others:
        other.start()
    for other in others:
        other.join(60)
    assert [other.exitcode for other in others] == [0, 0]
    assert Store(tmp_path).counts() == (40, 0, 0)


def test_verdicts(tmp_path: Path) -> None:
    old, new = key_of("def f(): return 1"), key_of("def f(): return 2")
    assert Store(tmp_path).verdict(old, new) is None
    Store(tmp_path).keep_verdict(old, new, {"verdict": "different"})
    assert Store(tmp_path).verdict(old, new) == {"verdict": "different"}
    assert Store(tmp_path).verdict(new, old) is None


@pytest.mark.parametrize(
    "same",
    [
        "def f(xs):\n    return [x for x in xs]",
        "def f(xs):\n\n  # a comment\n  return [\n      x for x in xs]\n",
        "    def f( xs ):\r\n        return [x for x in xs]\r\n",
        "def f(xs):\n    return \\\n        [x for x in xs]\n",
    ],
)
def test_white_space_and_comments_do_not_matter(same: str) -> None:
    assert key_of(same) == key_of(FUNCTION)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FUNCTION, "def f(xs):\n    return [x for x in ys]"),
        ("def f():\n    if a:\n        b\n    c", "def f():\n    if a:\n        b\n        c"),
        ("def f():\n    return '# a'", "def f():\n    return '# b'"),
        ("def f():\n    return 'a b'", "def f():\n    return 'a  b'"),
        ("def f():\n    a\n    b", "def f():\n    a; b"),
        ('def f():\n    """a\n    b"""', 'def f():\n    """a\n  b"""'),
    ],
)
def test_everything_else_does(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)
