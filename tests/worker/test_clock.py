from __future__ import annotations

import math
import random
import statistics
import sys
from pathlib import Path

import pytest

from perfwise_server.interpreter import converse
from perfwise_worker.clock import interval
from perfwise_worker.protocol import Load, Time, Timed

pytestmark = pytest.mark.timing

FASTER = 1.05
TRIALS = 8
WORK = "def f(n):\n    total = 0\n    for i in range({}):\n        total += i * i\n    return total\n"


def timed(
    old: str, new: str, call: str, trials: int = 1, budget: float = 3.0, python: str = sys.executable
) -> list[Timed]:
    _, *replies = converse(python, Load(old, new), *[Time((call,), budget)] * trials)
    found = [reply for reply in replies if isinstance(reply, Timed)]
    assert len(found) == trials, replies
    return found


def test_ten_per_cent_less_work_is_found() -> None:
    found = timed(WORK.format("n"), WORK.format("n * 9 // 10"), "f(5000)", TRIALS)
    assert sum(each.low > FASTER for each in found) >= TRIALS - 1, found
    assert 1.07 < statistics.median(each.ratio for each in found) < 1.16, found
    assert all(each.low <= each.ratio <= each.high for each in found)


def test_the_same_work_is_never_called_faster() -> None:
    found = timed(WORK.format("n"), WORK.format("n"), "f(5000)", TRIALS)
    assert [each for each in found if each.low > FASTER or each.high < 1 / FASTER] == []
    assert 0.97 < statistics.median(each.ratio for each in found) < 1.03, found


def test_a_slower_form_has_a_ratio_below_one() -> None:
    (found,) = timed(WORK.format("n"), WORK.format("n * 2"), "f(5000)")
    assert 0.4 < found.ratio < 0.6, found


def test_calls_shorter_than_a_tick_are_made_in_batches() -> None:
    (found,) = timed(WORK.format("n"), WORK.format("n // 4"), "f(20)")
    assert found.low > 1.5, found


def test_building_the_arguments_is_not_timed() -> None:
    same = "def f(x):\n" + "    x = x * 3 % 1000003\n" * 2000 + "    return x\n"
    slow = "def made():\n    return sum(range(20000))\n" + same
    (found,) = timed(slow, "def made():\n    return 5\n" + same, "f(made())")
    assert 0.8 < found.ratio < 1.25, found


def test_every_call_gets_arguments_of_its_own() -> None:
    (found,) = timed(
        "def f(x):\n    while x:\n        x.pop()\n", "def f(x):\n    x.clear()\n", "f(list(range(20000)))"
    )
    assert found.low > 1.5, found


@pytest.mark.parametrize(
    ("source", "call"),
    [
        ("def f(n):\n    for i in range(200):\n        yield sum(range({}))\n", "f(1000)"),
        ("async def f(n):\n    for i in range(200):\n        yield sum(range({}))\n", "f(1000)"),
        ("async def f(n):\n    return sum(range(200 * {}))\n", "f(1000)"),
        ("def f(n):\n    return map(lambda i: sum(range({})), range(200))\n", "f(1000)"),
    ],
)
def test_work_that_a_result_puts_off_is_timed(source: str, call: str) -> None:
    (found,) = timed(source.format("n"), source.format("n // 5"), call)
    assert found.low > 1.5, found


def test_each_version_finds_its_own_classes() -> None:
    source = "import pickle\nclass C:\n    pass\ndef f(n):\n    for _ in range({}):\n        pickle.dumps(C())\n"
    (found,) = timed(source.format("n"), source.format("n // 5"), "f(500)")
    assert found.low > 1.5, found


def test_garbage_of_one_sample_does_not_burden_the_next() -> None:
    source = "def f(n):\n    made = {}\n    made['items'] = made.items()\n    return made\n"
    for each in timed(source, source, "f(1)", 4):
        assert each.low <= FASTER, each
        assert each.high >= 1 / FASTER, each


def test_waiting_is_timed_on_the_wall_clock() -> None:
    source = "import time\ndef f(n):\n    time.sleep({})\n"
    (found,) = timed(source.format("n"), source.format("n / 2"), "f(0.02)")
    assert found.clock == "wall"
    assert 1.5 < found.ratio < 2.5, found


def test_work_is_timed_on_the_cpu_clock() -> None:
    (found,) = timed(WORK.format("n"), WORK.format("n"), "f(50000)")
    assert found.clock == "cpu"


def test_a_clock_that_ticks_slowly_is_given_longer_samples(tmp_path: Path) -> None:
    # Under a limit of CPU time Linux counts it in ticks of milliseconds.
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nulimit -t 600\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (found,) = timed(WORK.format("n"), WORK.format("n // 2"), "f(2000)", budget=5.0, python=str(python))
    assert found.low > 1.2, found
    assert found.ratio < 3, found


def test_the_interval_is_that_of_the_bootstrap() -> None:
    draw = random.Random(1)
    for n in (9, 20, 45):
        values = sorted(draw.gauss(0, 1) for _ in range(n))
        medians = sorted(statistics.median_low(draw.choices(values, k=n)) for _ in range(20000))
        low, high = interval(values, confidence=0.95)
        assert abs(values.index(low) - values.index(medians[499])) <= 1
        assert low < statistics.median(values) < high
        assert values.index(low) == n - 1 - values.index(high)


def test_the_interval_holds_the_true_median_as_often_as_it_says() -> None:
    draw = random.Random(2)
    held = 0
    for _ in range(1000):
        low, high = interval([draw.gauss(0, 1) + (draw.random() < 0.1) * 5 for _ in range(25)], confidence=0.95)
        held += low <= _median_of_the_mixture() <= high
    assert held >= 930


def _median_of_the_mixture() -> float:
    low, high = -5.0, 5.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        below = 0.9 * _normal(middle) + 0.1 * _normal(middle - 5)
        low, high = (middle, high) if below < 0.5 else (low, middle)
    return low


def _normal(x: float) -> float:
    return (1 + math.erf(x / math.sqrt(2))) / 2
