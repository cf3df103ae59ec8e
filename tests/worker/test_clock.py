from __future__ import annotations

import math
import os
import random
import statistics
import sys
from pathlib import Path

import pytest

from perfwise_server.interpreter import converse
from perfwise_worker.clock import interval
from perfwise_worker.protocol import Failed, Grow, Grown, Load, Time, Timed

pytestmark = pytest.mark.timing

FASTER = 1.05
FULL = os.environ.get("PERFWISE_FULL") == "1"
TRIALS = 200 if FULL else 4
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
    assert sum(each.low > FASTER for each in found) >= (0.95 if FULL else 0.75) * TRIALS, found
    assert 1.07 < statistics.median(each.ratio for each in found) < 1.16, found
    assert all(each.low <= each.ratio <= each.high for each in found)


@pytest.mark.timing(reruns=0)
def test_the_same_work_is_never_called_faster() -> None:
    found = timed(WORK.format("n"), WORK.format("n"), "f(5000)", TRIALS)
    assert [each for each in found if each.low > FASTER or each.high < 1 / FASTER] == []
    assert 0.95 < statistics.median(each.ratio for each in found) < 1.05, found


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


TINY = ("n + 1", "n % 7", "(n, n)", "{n: n}", "str(n)", "n or 0")


@pytest.mark.timing(reruns=0)
@pytest.mark.parametrize("does", TINY)
def test_calls_as_short_as_a_reading_of_the_clock_are_never_called_faster(does: str) -> None:
    source = f"def f(n):\n    x = {does}\n    return x\n"
    calls = TRIALS if FULL else 2
    for call in range(calls):
        for each in timed(source, source, f"f({call})", budget=0.2):
            assert each.low <= FASTER, each
            assert not each.repeated_only, each


@pytest.mark.timing
def test_a_gain_of_less_than_a_reading_of_the_clock_is_found() -> None:
    (found,) = timed("def f(n):\n    return list((n,))\n", "def f(n):\n    return [n]\n", "f(3)", budget=1.0)
    assert found.low > FASTER, found
    assert not found.noisy, found


@pytest.mark.timing(reruns=0)
def test_garbage_of_one_sample_does_not_burden_the_next() -> None:
    source = "def f(n):\n    made = {}\n    made['items'] = made.items()\n    return made\n"
    for each in timed(source, source, "f(1)", 2, budget=1.0):
        assert each.low <= FASTER, each
        assert each.high >= 1 / FASTER, each


SLOW = "def slow(n):\n    return sum([i * i for i in range(n)])\n"
PLAIN = SLOW + "def f(n):\n    return slow(n)\n"
REMEMBERING = {
    "a dictionary": SLOW
    + "kept = {}\ndef f(n):\n    if n not in kept:\n        kept[n] = slow(n)\n    return kept[n]\n",
    "lru_cache": "import functools\n" + SLOW + "f = functools.lru_cache(None)(slow)\n",
    "a default": SLOW + "def f(n, kept={}):\n    return kept.get(n) or kept.setdefault(n, slow(n))\n",
    "another module": (
        "import math\nmath.kept = getattr(math, 'kept', {})\n"
        + SLOW
        + "def f(n):\n    return math.kept.get(n) or math.kept.setdefault(n, slow(n))\n"
    ),
}


@pytest.mark.timing(reruns=0)
@pytest.mark.parametrize("decoy", REMEMBERING)
def test_remembering_is_no_gain_and_is_told(decoy: str) -> None:
    (found,) = timed(PLAIN, REMEMBERING[decoy], "f(40000)", budget=1.0)
    assert found.low <= FASTER, found
    assert found.repeated_only, found


def test_work_at_import_is_told() -> None:
    table = SLOW + "answers = {n: slow(n) for n in range(2000)}\ndef f(n):\n    return answers[n]\n"
    (found,) = timed(PLAIN, table, "f(1500)", budget=1.0)
    assert found.at_import, found
    compiled = "import re\nvowels = re.compile('[aeiou]+')\ndef f(text):\n    return vowels.sub('', text)\n"
    inside = "import re\ndef f(text):\n    return re.sub('[aeiou]+', '', text)\n"
    (found,) = timed(inside, compiled, "f('beautiful' * 20)", budget=1.0)
    assert not found.at_import, found


def test_a_gain_on_small_inputs_only_is_seen_call_by_call() -> None:
    decoy = SLOW + "def f(n):\n    return slow(n // 4) if n < 2000 else slow(n)\n"
    _, found = converse(sys.executable, Load(PLAIN, decoy), Time(("f(1000)", "f(100000)")))
    assert isinstance(found, Timed)
    assert found.low <= FASTER, found
    small, large = found.calls
    assert (small.call, large.call) == ("f(1000)", "f(100000)")
    assert small.ratio > 1.4 > 1.2 > large.ratio, found


def test_a_second_interpreter_confirms() -> None:
    _, found, _, same = converse(
        sys.executable,
        *(Load(PLAIN, PLAIN.replace("slow(n)\n", "slow(n // 2)\n")), Time(("f(20000)",), confirm=True)),
        *(Load(PLAIN, PLAIN), Time(("f(20000)",), confirm=True)),
    )
    assert isinstance(found, Timed)
    assert isinstance(same, Timed)
    assert found.confirmed == "yes", found
    assert same.confirmed == "", same


def test_memory_is_compared() -> None:
    source = "def f(n):\n    return sum({}i for i in range(n){})\n"
    _, found = converse(
        sys.executable,
        *(Load(source.format("[", "]"), source.format("", "")), Time(("f(50000)",), budget=0.5, confirm=True)),
    )
    assert isinstance(found, Timed)
    assert found.old_peak > 10 * found.new_peak > 0, found


def test_classes_that_other_modules_hold_on_to_are_timed(tmp_path: Path) -> None:
    (tmp_path / "shapes.py").write_text("import squares\ndef known(x):\n    assert isinstance(x, squares.Square)\n")
    source = "class Square: ...\ndef f(n):\n    import shapes\n    shapes.known(Square())\n    return sum(range({}))\n"
    (tmp_path / "squares.py").write_text(source.format("n"))
    load = Load(source.format("n"), source.format("n // 4"), "squares", roots=(str(tmp_path),))
    _, found = converse(sys.executable, load, Time(("f(100000)",)))
    assert isinstance(found, Timed)
    assert found.low > FASTER, found


def test_growth_is_measured_at_each_size() -> None:
    _, found = converse(sys.executable, Load(PLAIN, SLOW + "f = len\n"), Grow("f([0] * n)", (10, 100)))
    assert isinstance(found, Failed)
    load = Load("def f(x):\n    return [y for y in x if y in x]\n", "def f(x):\n    return x[:]\n")
    _, found = converse(sys.executable, load, Grow("f(list(range(n)))", (50, 100, 200, 400, 800)))
    assert isinstance(found, Grown)
    assert [n for n, _ in found.old] == [n for n, _ in found.new] == [50, 100, 200, 400, 800]
    assert found.old[-1][1] > 60 * found.old[0][1], found
    assert found.new[-1][1] < 60 * found.new[0][1], found


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
