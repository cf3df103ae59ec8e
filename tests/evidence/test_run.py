"""`perfwise run` on real scripts and tests, in every Python here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from perfwise_server.evidence.store import FILE_NAME

ROOT = Path(__file__).resolve().parents[2]
SHOP = """import threading

RATES = [1, 2, 3]


class Shop:
    def __init__(self, items):
        self.items = items

    def bought(self, orders):
        found = []
        for order in orders:
            if order in self.items:
                found.append(order)
        return found

    @staticmethod
    def tax(amount):
        return amount * len(RATES)


def total(prices, *, token="t"):
    return sum(prices)


def each(n):
    yield from range(n)


def fails(text):
    raise ValueError(text)


def twice(number):
    return 2 * number


async def later(items):
    return len(items)


def compute(size):
    def inner(x):
        return x

    return [inner(i) for i in range(size)]
"""
USE = """import asyncio, subprocess, sys, threading
from multiprocessing import get_context
from shop import Shop, compute, each, fails, later, total, twice

if __name__ == "__main__":
    Shop(list(range(50))).bought(list(range(700)))
    Shop.tax(3)
    for size in (2, 9000, 20):
        total(list(range(size)), token="hunter2")
    list(each(40))
    for number in range(30000):
        twice(number)
    try:
        fails("no")
    except ValueError:
        pass
    asyncio.run(later([1, 2]))
    thread = threading.Thread(target=compute, args=(5,))
    thread.start()
    thread.join()
    process = get_context("spawn").Process(target=compute, args=(77,))
    process.start()
    process.join()
    subprocess.run([sys.executable, "-c", "import shop; shop.compute(123)"], check=True)
    sys.exit(int(sys.argv[1]))
"""


def pythons() -> list[str]:
    """The running one and every other from 3.9 on that pyenv holds, of each version the latest."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = [root.glob(f"versions/3.{minor}.*/bin/python") for minor in range(9, 15)]
    others = [max(each, default=None) for each in map(sorted, found)]
    running = f"3.{sys.version_info[1]}."
    return [sys.executable, *(str(each) for each in others if each and running not in str(each))]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "pro ject"
    folder.mkdir()
    (folder / "pyproject.toml").touch()
    (folder / "shop.py").write_text(SHOP, "utf-8")
    (folder / "use.py").write_text(USE, "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PERFWISE_CACHE_DIR", str(tmp_path / "cache"))
    return folder


def perfwise(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(COMMAND + list(arguments), capture_output=True, text=True, timeout=120, check=False)


# The command must find its own packages without PYTHONPATH, which is the program's.
COMMAND = [
    sys.executable,
    "-c",
    f"import sys; sys.path[:0] = {[str(ROOT / 'server'), str(ROOT / 'analyzers')]!r};"
    "from perfwise_server.cli import main; sys.exit(main())",
]


def functions(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    found = json.loads(done.stdout)["functions"]
    assert all(each["path"].endswith(".py") and "/" not in each["path"] for each in found)
    return {each["name"]: each for each in found}


@pytest.mark.parametrize("python", pythons(), ids=lambda python: Path(python).parents[1].name)
def test_a_script_with_threads_and_processes(project: Path, python: str) -> None:
    done = perfwise("run", "--format", "json", "--", python, "use.py", "3")
    assert done.returncode == 3, done.stderr
    found = functions(done)
    assert found["Shop.bought"]["sizes"]["self.items"] == {"max": 50, "median": 50, "types": {"list": 1}}
    assert found["Shop.bought"]["sizes"]["orders"]["max"] == 700
    assert found["Shop.bought"]["sizes"]["found"]["max"] == 50
    assert found["Shop.tax"]["sizes"]["RATES"]["max"] == 3
    assert (found["total"]["calls"], found["total"]["at_least"]) == (3, False)
    assert found["total"]["sizes"]["prices"] == {"max": 9000, "median": 20, "types": {"list": 3}}
    assert "token" not in found["total"]["sizes"]
    assert (found["each"]["calls"], found["fails"]["calls"], found["later"]["calls"]) == (1, 1, 1)
    assert (found["compute"]["calls"], found["compute"]["sizes"]["size"]["max"]) == (3, 123)
    assert found["compute.inner"]["calls"] == 205
    assert found["twice"]["at_least"]
    assert 128 <= found["twice"]["calls"] < 30000
    assert "hunter2" not in done.stdout + (project.parent / "data" / FILE_NAME).read_bytes().decode("latin-1")


def test_bytecode_and_paths_are_as_without_it(project: Path) -> None:
    (project / "look.py").write_text(
        "import inspect, sys, shop\n"
        "print(sys.path, sys.argv, inspect.signature(shop.total), shop.total.__code__.co_firstlineno)\n"
        "print(sorted(vars(shop)), shop.Shop.tax.__code__.co_varnames, inspect.getsource(shop.twice))\n"
    )
    plain = subprocess.run([sys.executable, "look.py"], capture_output=True, text=True, timeout=60, check=True)
    done = perfwise("run", "--", sys.executable, "look.py")
    assert done.stdout.startswith(plain.stdout)
    tracing = "import shop, traceback\ntry: shop.fails(1)\nexcept ValueError: traceback.print_exc()\n"
    (project / "trace.py").write_text(tracing)
    plain = subprocess.run([sys.executable, "trace.py"], capture_output=True, text=True, timeout=60, check=True)
    assert perfwise("run", "--", sys.executable, "trace.py").stderr == plain.stderr


def test_the_users_own_sitecustomize_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("import builtins\nbuiltins.customized = True\n")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    code = "import shop, sitecustomize; print(customized, shop.twice(4), sitecustomize.__file__)"
    done = perfwise("run", "--", sys.executable, "-c", code)
    assert done.stdout.startswith(f"True 8 {folder / 'sitecustomize.py'}\n"), done.stderr
    assert "twice (shop.py): 1 call" in done.stdout


def test_tests_of_pytest(project: Path) -> None:
    (project / "test_shop.py").write_text(
        "import pytest\nfrom shop import Shop, twice\n\n"
        "@pytest.mark.parametrize('n', [5, 600])\n"
        "def test_bought(n):\n    assert Shop(list(range(n))).bought([n - 1]) == [n - 1]\n\n"
        "def test_wrong():\n    assert twice(2) == 5\n"
    )
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:asyncio")
    done = perfwise("run", "--format=json", "--", sys.executable, "-m", "pytest", *options)
    assert done.returncode == 1
    assert "1 failed, 2 passed" in done.stderr
    found = functions(done)
    assert found["Shop.bought"]["calls"] == 2
    assert found["Shop.bought"]["sizes"]["self.items"]["max"] == 600


def test_hints_and_laboratory_take_what_was_seen(project: Path) -> None:
    old = "def common(a: list[int], b: list[int]):\n    return [x for x in a if x in b]\n"
    (project / "old.py").write_text(old)
    (project / "new.py").write_text(old.replace("    return", "    b = set(b)\n    return"))
    (project / "run.py").write_text("import old\nfor n in (3, 90):\n    old.common(list(range(n)), list(range(n)))\n")
    assert perfwise("run", "--", sys.executable, "run.py").returncode == 0
    said = perfwise("check", "old.py").stdout
    assert "(in your runs: `a` up to 90, `b` up to 90, 2 calls)" in said
    assert perfwise("check", "old.py").stdout.partition("\n\n")[0] == said.partition("\n\n")[0]  # From the cache.
    done = perfwise("verify", "old.py", "new.py", "--function", "common", "--format", "json", "--seconds", "10")
    assert json.loads(done.stdout)["inputs"]["origins"]["given"] == 2
    assert json.loads(perfwise("evidence", "--format", "json").stdout)["verdicts"] == 1
    cleared = json.loads(perfwise("evidence", "--clear", "--format", "json").stdout)
    assert (cleared["functions"], cleared["verdicts"], cleared["profiles"]) == (0, 0, 0)
    assert "in your runs" not in perfwise("check", "old.py").stdout


def test_ctrl_c_reaches_the_command_and_what_was_noted_is_kept(project: Path) -> None:
    (project / "wait.py").write_text(
        "import time, shop\nshop.compute(9)\n"
        "try:\n    print('ready', flush=True)\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    raise SystemExit(7)\n"
    )
    process = subprocess.Popen(
        [*COMMAND, "run", "--", sys.executable, "wait.py"], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    os.killpg(process.pid, signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 7
    assert "compute (shop.py): 1 call" in out


@pytest.mark.usefixtures("project")
def test_a_command_that_a_signal_ends() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert perfwise("run", "--", sys.executable, "-c", code).returncode == 128 + signal.SIGTERM


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("run",), "Missing argument"), (("run", "--", "no-such-command"), "no-such-command: command not found")],
)
@pytest.mark.usefixtures("project")
def test_usage_errors(arguments: tuple[str, ...], said: str) -> None:
    done = perfwise(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(f"perfwise: {said}")
    assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("project")
def test_nothing_of_the_project_is_said() -> None:
    done = perfwise("run", "--", sys.executable, "-I", "-c", "print(1)")
    assert done.stdout == "1\nperfwise: no function of the project was called in a Python that reads PYTHONPATH\n"
