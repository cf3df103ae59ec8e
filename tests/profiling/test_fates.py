"""Whatever a function does when it is profiled with the real Scalene, it works, or a sentence says why it does not."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from perfwise_server.profiling.running import ProfilingError
from tests.profiling.jobs import BURN, THREE_TO_ONE, profiled, shares

A, B = "a = burn(3 * n)", "b = burn(n)"
BODY = f"        {A}\n        {B}\n        return a + b\n"

# Name, the text that comes after `burn`, the function, and the call. All of them spend three quarters in one line.
KINDS = [
    ("method", f"class C:\n    def f(self, n):\n{BODY}", "C.f", "C().f(3000)"),
    ("class method", f"class C:\n    @classmethod\n    def f(cls, n):\n{BODY}", "C.f", "C.f(3000)"),
    ("static method", f"class C:\n    @staticmethod\n    def f(n):\n{BODY}", "C.f", "C.f(3000)"),
    (
        "property",
        f"class C:\n    n = 3000\n    @property\n    def f(self):\n        n = self.n\n{BODY}"
        "    @f.setter\n    def f(self, n):\n        pass\n",
        "C.f",
        "C().f",
    ),
    ("nested", f"def outer(n):\n    def f():\n{BODY}    return f()\n", "outer.f", "outer(3000)"),
    ("closure", f"def make(n):\n    def f():\n{BODY}    return f\ng = make(3000)\n", "make.f", "g()"),
    (
        "wrapped",
        "import functools\n\ndef slowly(function):\n    @functools.wraps(function)\n    def wrapper(*given):\n"
        "        burn(9000)\n        return function(*given)\n    return wrapper\n\n"
        f"@slowly\ndef f(n):\n    {A}\n    {B}\n    return a + b\n",
        "f",
        "f(3000)",
    ),
    (
        "endless generator",
        f"def f(n):\n    while True:\n        {A}\n        yield a\n        {B}\n        yield b\n",
        "f",
        "f(3000)",
    ),
    (
        "coroutine",
        f"import asyncio\n\nasync def f(n):\n    {A}\n    await asyncio.sleep(0)\n    {B}\n    return a + b\n",
        "f",
        "f(3000)",
    ),
    (
        "asynchronous generator",
        f"async def f(n):\n    for _ in range(3):\n        {A}\n        yield a\n        {B}\n        yield b\n",
        "f",
        "f(3000)",
    ),
]


@pytest.mark.parametrize(("text", "function", "call"), [kind[1:] for kind in KINDS], ids=[kind[0] for kind in KINDS])
async def test_functions_of_every_kind_are_profiled(text: str, function: str, call: str, tmp_path: Path) -> None:
    report = await profiled(tmp_path, BURN + text, function, call)
    found = shares(report)
    assert report.samples >= 50, report.reason
    assert found[A] > found[B] > 0.05
    assert found[A] + found[B] > 0.9
    assert not report.reason


class Fate(NamedTuple):
    name: str
    text: str  # That comes after `burn`.
    call: str
    seen: bool | None  # Whether there are samples, where that is sure.
    said: str
    seconds: float = 20.0


SHORT = 1.0  # Seconds, for what does not end, or where nothing is to be seen.
FATES = [
    Fate("too short", "def f(x):\n    return x + 1\n", "f(1)", None, "µs, too short to be sampled", SHORT),
    Fate(
        "raising",
        "def f(x):\n    burn(9_000_000)\n    raise ValueError(x)\n",
        "f(7)",
        True,
        "every call raised ValueError: 7",
    ),
    Fate(
        "leaving",
        "import sys\ndef f(x):\n    burn(9_000_000)\n    sys.exit(3)\n",
        "f(7)",
        True,
        "(SystemExit: 3): what was seen",
    ),
    Fate(
        "leaving at once",
        "import os\ndef f(x):\n    burn(9_000_000)\n    os._exit(3)\n",
        "f(7)",
        True,
        "ended the interpreter",
    ),
    Fate("crashing", "import ctypes\ndef f(x):\n    return ctypes.string_at(0)\n", "f(7)", False, "ended with SIGSEGV"),
    Fate(
        "hanging",
        "def f(x):\n    while True:\n        x += 1\n",
        "f(7)",
        True,
        "did not come to an end within 1 s: what was seen",
        SHORT,
    ),
    Fate(
        "hanging in native code",
        "def f(x):\n    return sum(iter(int, 1))\n",
        "f(7)",
        False,
        "native code all the time",
        SHORT,
    ),
    Fate("waiting", "import time\ndef f(x):\n    time.sleep(0.05)\n", "f(7)", True, "it waited for"),
    Fate(
        "threaded",
        "import threading\ndef f(n):\n    started = threading.Thread(target=burn, args=(n,))\n"
        "    started.start()\n    started.join()\n",
        "f(3_000_000)",
        None,
        "passed in threads that it started, which are not seen: profile the function that they run",
        4.0,
    ),
    Fate(
        "multiprocess",
        "import multiprocessing\ndef f(n):\n    with multiprocessing.Pool(2) as pool:\n"
        "        result = pool.map(burn, [n, n])\n        pool.close()\n        pool.join()\n    return result\n",
        "f(9_000_000)",
        None,
        "passed in processes that it started, which are not seen: profile the function that they run",
        4.0,
    ),
    Fate(
        "cached",
        "import functools\n@functools.cache\ndef f(n):\n    return burn(n)\n",
        "f(9000)",
        True,
        "its cache is emptied",
    ),
    Fate(
        "not called",
        "def f(x):\n    return x\n",
        "burn(100_000)",
        False,
        "none of it in f: drive it with what calls it",
        SHORT,
    ),
    Fate(
        "setting alarms",
        "import signal\ndef f(n):\n    signal.alarm(1)\n    return burn(n)\n",
        "f(9000)",
        True,
        "the alarms that it sets were left out",
    ),
    Fate("recursive", "def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\n", "f(18)", True, ""),
]


@pytest.mark.parametrize("fate", FATES, ids=[fate.name for fate in FATES])
async def test_what_a_function_does_is_told(fate: Fate, tmp_path: Path) -> None:
    report = await profiled(tmp_path, BURN + fate.text, "f", fate.call, seconds=fate.seconds)
    assert fate.said in report.reason
    assert fate.seen is None or bool(report.samples) == fate.seen, report.reason
    assert "\n" not in report.reason


async def test_where_some_calls_raise_it_says_how_many(tmp_path: Path) -> None:
    text = f"{BURN}\ndef f(n):\n    burn(3000)\n    return 1 / n\n"
    report = await profiled(tmp_path, text, "f", "f(1)", "f(0)")
    assert "of" in report.reason
    assert "raised, the first ZeroDivisionError" in report.reason


IMPOSSIBLE = [
    ("no such function", THREE_TO_ONE, "g", "f(1)", "there is no function g in it"),
    ("no Python", "def f(:\n", "f", "f(1)", "line 1: invalid syntax"),
    ("no call", THREE_TO_ONE, "f", "f(", "the arguments cannot be made: ValueError: 'f(' is not an expression"),
    ("bad arguments", THREE_TO_ONE, "f", "f(nothing)", "the arguments cannot be made: NameError"),
    (
        "no import",
        "import no_such_module\nno_such_module.go()\nclass f(no_such_module.C): pass\n",
        "f",
        "f()",
        "cannot be imported",
    ),
]


@pytest.mark.parametrize(
    ("text", "function", "call", "said"), [each[1:] for each in IMPOSSIBLE], ids=[each[0] for each in IMPOSSIBLE]
)
async def test_what_cannot_be_run_is_said_in_one_line(
    text: str, function: str, call: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ProfilingError) as raised:
        await profiled(tmp_path, text, function, call)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


async def test_an_interpreter_that_is_none_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(ProfilingError, match="cannot be started: no such file or directory"):
        await profiled(tmp_path, THREE_TO_ONE, "f", "f(1)", python=str(tmp_path / "python"))
