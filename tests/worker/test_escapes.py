"""User code that means no good, or has an accident, is contained or refused, and that is said in a sentence.

Every escape is tried with the interpreter of these tests and with one that any user can read, which runs without
rights where the tests have those of root; with all that the machine offers, and with what is left where it has nothing.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from perfwise_server import containment
from perfwise_server.interpreter import started
from perfwise_worker.protocol import Compare, Compared, Failed, Load, Loaded, Outcome, Reply, Tried, Try

PYTHONS = dict.fromkeys(filter(None, (sys.executable, shutil.which("python3", path="/usr/bin"))))
ESCAPES = """
import ctypes, os, resource, shutil, signal, socket, sqlite3, subprocess, sys, time

def connects(): socket.create_connection(("127.0.0.1", 9))
def looks_up(): socket.getaddrinfo("localhost", 80)
def starts(): subprocess.run(["true"])
def shells(): os.system("true")
def forks(): return os.fork()
def kills(): os.kill(os.getppid(), 9)
def kills_group(): os.killpg(0, 9)
def writes(path): open(path, "w")
def writes_low(path): os.open(path, os.O_CREAT | os.O_WRONLY)
def removes(path): os.remove(path)
def removes_all(path): shutil.rmtree(path)
def moves(path): os.rename(path, path + "x")
def stores(path): sqlite3.connect(path)
def reads(path): return open(path).read()
def lists(path): return os.listdir(path)
def loosens(): resource.setrlimit(resource.RLIMIT_AS, (-1, -1))
def goes_native(): ctypes.CDLL(None)

def works_in_its_folder():
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(folder + "/inner")
        open(folder + "/file", "w").write("x")
        os.rename(folder + "/file", folder + "/inner/file")
        return sorted(os.listdir(folder)), open(os.devnull, "w").write("x")

def hangs():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGXCPU):
        signal.signal(number, lambda *_: None)
    while True: pass

def bombs():
    while True:
        os.fork()

def leaves():
    if not os.fork():
        os.setsid()
        if os.fork():
            os._exit(0)
        time.sleep(600)
    time.sleep(0.2)
    return 1

def leaves_unmarked(name):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", name], env={}, start_new_session=True)
    return 1

def exits(): os._exit(5)
def fills(): open("large", "wb").write(bytes(1 << 28))
def prints():
    while True: os.write(1, b"x" * 1000000)
def recurses(x=0): return recurses(x + 1)
def takes_memory(): return len([bytes(1 << 28) for _ in range(64)])
"""


def talk(python: str, *requests: Load | Try | Compare, seconds: float = 120.0) -> tuple[list[Reply], list[int]]:
    """The replies, and the worker's processes that are left once it has ended."""

    async def all_of_it() -> tuple[list[Reply], list[int]]:
        async with started(python) as worker:
            replies = [await worker.ask(request, seconds) for request in requests]
        for _ in range(200):
            if not worker.processes():
                break
            await asyncio.sleep(0.05)
        return replies, worker.processes()

    return asyncio.run(all_of_it())


@pytest.fixture(params=["what the machine offers", "nothing"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "nothing":

        async def none(*_: object) -> containment.Containment:
            return containment.Containment()

        monkeypatch.setattr("perfwise_server.interpreter.containment", none)


def command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:  # It has just ended.
        return b""


def outcomes(python: str, *calls: str, guarded: bool = True, endless: tuple[str, ...] = ()) -> dict[str, Outcome]:
    """Of the endless ones first, which soon reach their limit; others are given all the time they may need."""
    load = Load(ESCAPES, ESCAPES, guarded=guarded)
    (loaded, *tried), left = talk(python, load, Try(endless, 60.0, 1.0), Try(calls, 60.0, 30.0))
    assert isinstance(loaded, Loaded), loaded
    assert left == []
    found: dict[str, Outcome] = {}
    for reply in tried:
        assert isinstance(reply, Tried), reply
        found |= {each.call: each for each in reply.outcomes}
    return found


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("python", PYTHONS)
def test_what_code_has_no_business_doing_is_refused(python: str, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    kept = inner / "kept"
    kept.write_text("kept")
    home = str(Path.home() / ".profile")
    found = outcomes(
        python,
        *("connects()", "looks_up()", "starts()", "shells()", "forks()", "kills()", "kills_group()"),
        *(f"{name}({str(kept)!r})" for name in ("writes", "writes_low", "removes", "moves", "stores")),
        *(f"removes_all({str(inner)!r})", f"reads({home!r})", f"lists({str(Path.home())!r})"),
        *("loosens()", "goes_native()"),
    )
    assert {each.ended for each in found.values()} == {"raised"}
    assert {each.type for each in found.values()} == {"PermissionError"}
    assert all(each.message.startswith("refused while code is compared: ") for each in found.values())
    assert found["connects()"].message.endswith(": the network")
    assert found[f"reads({home!r})"].message.endswith(f": reading {home}")
    assert kept.read_text() == "kept"


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("python", PYTHONS)
def test_code_may_use_its_own_folder(python: str) -> None:
    assert [each.ended for each in outcomes(python, "works_in_its_folder()").values()] == ["returned"]


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("python", PYTHONS)
def test_nothing_outlives_the_worker_or_takes_too_much(python: str) -> None:
    name = f"left-{uuid4().hex}"
    found = outcomes(
        python,
        *("leaves()", f"leaves_unmarked({name!r})", "exits()", "fills()"),
        *("recurses()", "takes_memory()", "works_in_its_folder()"),
        guarded=False,
        endless=("hangs()", "prints()"),
    )
    assert found["hangs()"].ended == "time"
    assert found["leaves()"].ended == found[f"leaves_unmarked({name!r})"].ended == "returned"
    assert not any(name.encode() in command(process) for process in Path("/proc").glob("[0-9]*"))
    assert found["exits()"].message == "the process ended itself with exit status 5"
    assert (found["fills()"].ended, found["fills()"].type) == ("raised", "OSError")
    assert found["prints()"].ended == "time"
    assert found["recurses()"].type == "RecursionError"
    assert found["takes_memory()"].type == "MemoryError"
    assert found["works_in_its_folder()"].ended == "returned"


# It takes all the processes that a user may have, so no other test may run beside it.
@pytest.mark.timing(reruns=0)
@pytest.mark.parametrize("python", [list(PYTHONS)[-1]])
def test_a_fork_bomb_ends_with_the_call(python: str) -> None:
    found = outcomes(python, "works_in_its_folder()", guarded=False, endless=("bombs()",))
    assert found["bombs()"].ended in ("time", "raised")
    assert found["works_in_its_folder()"].ended == "returned"


@pytest.mark.usefixtures("machine")
def test_loading_is_watched_as_well(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("kept")
    source = f"import os\nos.remove({str(kept)!r})\ndef f(x):\n    return x\n"
    (failed,), _ = talk(sys.executable, Load(source, source))
    assert failed == Failed("load", f"PermissionError: refused while code is compared: writing to {kept}", "old")


def test_a_refusal_is_the_same_in_both_versions() -> None:
    (_, compared), _ = talk(sys.executable, Load(ESCAPES, ESCAPES), Compare(("connects()",)))
    assert isinstance(compared, Compared)
    assert (compared.differences, compared.returned) == ((), 0)


def test_a_project_in_the_home_folder_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "helper.py").write_text("def helped(x):\n    return x\n")
    (tmp_path / "secret").write_text("secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    source = "import helper\ndef f(path):\n    return helper.helped(open(path).read())\n"

    async def ask() -> list[Reply]:
        roots = (str(tmp_path / "project"),)
        async with started(sys.executable, roots) as worker:
            calls = tuple(f"f({str(tmp_path / name)!r})" for name in ("project/helper.py", "secret"))
            return [await worker.ask(each, 60) for each in (Load(source, source, roots=roots), Try(calls))]

    loaded, tried = asyncio.run(ask())
    assert isinstance(loaded, Loaded), loaded
    assert isinstance(tried, Tried)
    assert [each.ended for each in tried.outcomes] == ["returned", "raised"]
