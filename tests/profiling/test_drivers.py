"""What drives a function: found by reading, run once to see its calls, or generated."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from perfwise_server.evidence.gathering import key_in
from perfwise_server.evidence.store import Seen, Store
from perfwise_server.profiling.drivers import Driver, drivers, from_file, prepared, script, through, typed
from perfwise_server.profiling.running import Job, ProfilingError

SHOP = '''\
from dataclasses import dataclass


@dataclass
class Order:
    sku: str
    count: int


class Shop:
    def __init__(self, items):
        self.items = items

    def bought(self, orders):
        return [order for order in orders if order in self.items]

    @classmethod
    def empty(cls, count, *, more=0):
        return cls([None] * (count + more))

    @staticmethod
    def tax(amount: float) -> float:
        return amount * 0.2


def common(users: list[int], orders: list[int]) -> list[int]:
    """
    >>> common([1, 2], [2, 3])
    [2]
    """
    return [order for order in orders if order in users]


def both(numbers):
    return common(numbers, numbers)


def counted(orders: list[Order]) -> int:
    total = 0
    for order in orders:
        total += order.count
    return total


def drained(numbers):
    return sum(numbers)


def drained_of_all(numbers):
    return [number for number in range(numbers)][-1]


def each(numbers):
    for number in numbers:
        yield number


def slept(sleep):
    sleep(600)


def hopeless(x):
    raise KeyError(x)


def sign(positive: bool) -> int:
    return 1 if positive else -1


def waits(n: int) -> None:
    while True:
        pass
'''
TESTS = """\
import time
import unittest
from shop import Shop, both, common, drained, drained_of_all, each, slept
from other import elsewhere
import pytest


@pytest.fixture
def shop():
    return Shop(list(range(50)))


def test_bought(shop):
    assert shop.bought([1, 100]) == [1]


@pytest.mark.parametrize("n", [1, 20])
def test_common(n):
    assert common(list(range(n)), [0]) == [0]


def test_drained():
    assert drained(number for number in [1, 2]) == 3


def test_drained_of_all():
    assert drained_of_all(100_000) == 99_999


def test_each():
    assert [*each([1, 2]), *each([1, 2])] == [1, 2, 1, 2]


def test_empty():
    assert Shop.empty(3, more=4).items == [None] * 7


class TestBoth:
    def test_it(self):
        assert both([1]) == [1]


class Old(unittest.TestCase):
    def test_nothing(self):
        self.assertEqual(Shop.tax(10.0), 2.0)


def test_it_fails():
    assert common([1], [2]) == [3]


def test_it_hangs():
    slept(time.sleep)


def used():
    return common([5], [5])


def test_through_a_helper():
    assert used() == [5]
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # The plugins here take longer than the tests.
    project = tmp_path / "a project"
    (project / "tests").mkdir(parents=True)
    (project / "pyproject.toml").write_text("[project]\nname = 'shop'\n")
    (project / "shop.py").write_text(SHOP)
    (project / "other.py").write_text("def elsewhere():\n    return 1\n")
    (project / "tests" / "test_shop.py").write_text(TESTS)
    (project / "tests" / "test_other.py").write_text("def common(x):\n    return x\n\ndef test_a():\n    common(1)\n")
    return project / "shop.py"


def found(shop: Path, function: str, last: dict[str, str] | None = None) -> list[tuple[str, str]]:
    return [(each.kind, each.value) for each in drivers(str(shop), SHOP, function, last=last)]


def job_of(shop: Path, function: str, driver: Driver | None = None, seconds: float = 5.0, text: str = SHOP) -> Job:
    job = Job(str(shop), text, function, seconds=seconds, python=sys.executable)
    return asyncio.run(prepared(job, driver, lambda _: None))


def refused(shop: Path, function: str, driver: Driver | None = None) -> str:
    with pytest.raises(ProfilingError) as caught:
        job_of(shop, function, driver)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_tests_come_first_by_how_near_they_are(shop: Path) -> None:
    of_test = "tests/test_shop.py::"
    nodes = [value.removeprefix(of_test) for kind, value in found(shop, "common") if kind == "test"]
    assert nodes[0] == "test_common"
    assert set(nodes[:3]) == {"test_common", "test_it_fails", "test_through_a_helper"}
    assert nodes[3:] == ["TestBoth::test_it"]
    assert [kind for kind, _ in found(shop, "common") if kind != "test"] == ["doctest", "inputs", "script"]
    assert found(shop, "Shop.bought")[0] == ("test", f"{of_test}test_bought")
    assert found(shop, "Shop.tax")[0] == ("test", f"{of_test}Old::test_nothing")
    assert [kind for kind, _ in found(shop, "sign")] == ["inputs", "script"]


def test_a_file_is_driven_by_itself_and_a_test_by_pytest(shop: Path) -> None:
    whole = drivers(str(shop), SHOP, "", "file")
    assert [(each.kind, each.value) for each in whole] == [("test", "tests/test_shop.py"), ("script", "")]
    (test,) = drivers(str(shop.parent / "tests" / "test_shop.py"), TESTS, "TestBoth.test_it", "test")
    assert test == through("tests/test_shop.py::TestBoth::test_it")


def test_the_driver_chosen_last_comes_first_as_long_as_there_is_one(shop: Path) -> None:
    assert found(shop, "common", {"kind": "inputs", "value": ""})[0] == ("inputs", "")
    assert found(shop, "common", {"kind": "call", "value": "common([1], [2])"})[0] == ("call", "common([1], [2])")
    given = shop.with_name("given.py")
    last = {"kind": "inputs", "value": str(given)}
    assert found(shop, "common", last)[0][0] == "test"
    given.write_text("def make_inputs():\n    return [([1], [2])]\n")
    assert found(shop, "common", last)[0] == ("inputs", str(given))
    assert found(shop, "common", {"kind": "call", "value": "gone([1])"})[0][0] == "test"


def test_calls_too_short_to_be_measured_give_way_to_larger_inputs(shop: Path) -> None:
    assert "generated inputs of size" in job_of(shop, "common").driver
    assert job_of(shop, "drained_of_all").driver == "1 call of test tests/test_shop.py::test_drained_of_all"


def test_a_test_is_run_once_for_its_calls(shop: Path) -> None:
    before = files(shop.parent)
    job = job_of(shop, "common", through("tests/test_shop.py::test_common"))
    assert job.calls == ("common([0], [0])", f"common({list(range(20))}, [0])")
    assert (job.test, job.driver) == ("", "2 calls of test tests/test_shop.py::test_common")
    assert files(shop.parent) == before


def test_calls_that_are_reached_through_others(shop: Path) -> None:
    (call,) = job_of(shop, "common", through("tests/test_shop.py::TestBoth::test_it")).calls
    one, other = eval(f"[{call.removeprefix('common(').removesuffix(')')}]")
    assert one == other == [1]
    assert one is other


def test_objects_that_a_fixture_makes_are_made_again(shop: Path) -> None:
    (call,) = job_of(shop, "Shop.bought", through("tests/test_shop.py::test_bought")).calls
    module = sys.modules["shop"] = type(sys)("shop")
    space: dict[str, Any] = vars(module)
    try:
        exec(SHOP, space)
        assert eval(call, space) == [1]
    finally:
        del sys.modules["shop"]


def test_a_class_method_is_called_on_its_class(shop: Path) -> None:
    assert job_of(shop, "Shop.empty", through("tests/test_shop.py::test_empty")).calls == (
        "Shop.empty(3, **{'more': 4})",
    )


def test_a_call_that_cannot_be_made_again_is_repeated_as_a_whole_test(shop: Path) -> None:
    job = job_of(shop, "drained")
    assert (job.calls, job.test) == ((), "tests/test_shop.py::test_drained")
    assert job_of(shop, "each", through("tests/test_shop.py::test_each")).calls == (
        "each([1, 2])",
    )  # It is called twice, and goes on four times.


def test_a_test_that_fails_still_shows_its_calls(shop: Path) -> None:
    assert job_of(shop, "common", through("tests/test_shop.py::test_it_fails")).calls == ("common([1], [2])",)


def test_what_is_wrong_with_a_test_is_one_sentence(shop: Path) -> None:
    assert refused(shop, "sign", through("tests/test_shop.py::test_common")).endswith("does not call sign")
    assert "fails: " in refused(shop, "common", through("tests/test_shop.py::test_missing"))


def test_without_pytest_the_test_is_read(shop: Path, tmp_path: Path) -> None:
    python = tmp_path / "bare"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    python.chmod(0o755)
    job = Job(str(shop), SHOP, "common", python=str(python))
    assert "common([1], [2])" in asyncio.run(prepared(job, drivers(str(shop), SHOP, "common")[0], lambda _: None)).calls
    with pytest.raises(ProfilingError, match=r"-m pip install pytest$"):
        asyncio.run(
            prepared(
                Job(str(shop), SHOP, "Shop.bought", python=str(python)), through("tests/test_shop.py"), lambda _: None
            )
        )


def test_cancelling_ends_the_test(shop: Path) -> None:
    async def cancelled() -> None:
        job = Job(str(shop), SHOP, "slept", python=sys.executable)
        task = asyncio.create_task(prepared(job, through("tests/test_shop.py::test_it_hangs"), lambda _: None))
        for _ in range(600):
            if task.done() or _running(shop):
                break
            await asyncio.sleep(0.05)
        assert _running(shop)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert not _running(shop)


def _running(shop: Path) -> list[int]:
    """The processes that work in the project."""
    return [each.pid for each in psutil.process_iter(["cwd"]) if each.info["cwd"] == str(shop.parent)]


def test_calls_that_were_seen_in_a_run(shop: Path) -> None:
    key = key_in(SHOP, "common")
    assert key is not None
    Store().keep([Seen(os.path.realpath(shop), "common", key, 3, 0.1, samples=("common([7], [7])",))])
    (recorded,) = (each for each in drivers(str(shop), SHOP, "common") if each.kind == "recorded")
    assert recorded.label == "1 call that perfwise run kept"
    assert job_of(shop, "common", recorded).calls == ("common([7], [7])",)


def test_what_documentation_shows(shop: Path) -> None:
    (shown,) = (each for each in drivers(str(shop), SHOP, "common") if each.kind == "doctest")
    assert job_of(shop, "common", shown).calls == ("common([1, 2], [2, 3])",)


def test_no_more_calls_are_named_than_are_made(shop: Path) -> None:
    examples = "".join(f"    >>> new({number})\n    {number}\n" for number in range(30))
    text = f'{SHOP}\n\ndef new(number):\n    """\n{examples}    """\n    return number\n'
    (shown,) = (each for each in drivers(str(shop), text, "new") if each.kind == "doctest")
    assert shown.label == f"{len(job_of(shop, 'new', shown, text=text).calls)} calls that its documentation shows"


GENERATED = Driver("inputs", "", "generated inputs")


@pytest.mark.parametrize("function", ["common", "Shop.bought", "counted"])
def test_inputs_grow_until_a_call_takes_long_enough(shop: Path, function: str) -> None:
    job = job_of(shop, function, GENERATED)
    assert len(set(job.calls)) > 1
    size = int(job.driver.rpartition(" ")[2].replace(",", ""))
    assert size & (size - 1) == 0
    assert size >= 16
    assert all(call.startswith(function.partition(".")[0]) for call in job.calls)


def test_what_does_not_grow_is_called_as_it_is(shop: Path) -> None:
    assert set(job_of(shop, "sign").calls) == {"sign(True)", "sign(False)"}


@pytest.mark.parametrize("function", ["hopeless", "waits"])
def test_nothing_drives_what_accepts_nothing_or_does_not_return(shop: Path, function: str) -> None:
    assert refused(shop, function) == f"nothing that drives {function} was found (no input was found that it accepts)"


def test_a_script_is_run_only_when_it_is_chosen(shop: Path) -> None:
    assert refused(shop, "hopeless")
    assert job_of(shop, "hopeless", script(str(shop))).script


def test_calls_and_files_that_are_given(shop: Path) -> None:
    assert job_of(shop, "common", typed("common([1], [1])")).calls == ("common([1], [1])",)
    assert job_of(shop, "common", from_file("given.py")).inputs == "given.py"
    assert refused(shop, "common", typed("common([1],")).startswith("common([1],: it does not parse")
    assert refused(shop, "nothing", GENERATED).endswith("has no function nothing")


def test_the_text_in_the_editor_counts(shop: Path) -> None:
    text = SHOP + "\n\ndef new(names: list[str]) -> int:\n    return sum(map(len, names))\n"
    assert job_of(shop, "new", text=text).calls


def test_a_text_that_does_not_parse_can_still_be_run(shop: Path) -> None:
    assert [each.kind for each in drivers(str(shop), "def common(:\n", "common")] == ["test", "script"]
