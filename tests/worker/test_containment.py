"""User code that misbehaves costs an answer, never the one who asked."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from perfwise_server.interpreter import converse, started
from perfwise_server.processes import scrubbed
from perfwise_worker.protocol import (
    Compare,
    Compared,
    Describe,
    Described,
    Failed,
    Grow,
    Grown,
    Load,
    Loaded,
    Parameter,
    Reply,
    Time,
    Timed,
    Tried,
    Try,
)

FINE = "def f(x):\n    return x\n"


def compared(new: str, old: str = FINE, call: str = "f(1)", seconds: float = 10.0) -> Reply:
    return converse(sys.executable, Load(old, new), Compare((call,), seconds), seconds=seconds + 60)[-1]


def differing(reply: Reply) -> tuple[str, str]:
    """The one difference: its kind, and what is said of the new version."""
    assert isinstance(reply, Compared), reply
    (difference,) = reply.differences
    return difference.kind, difference.new


def test_a_call_that_ends_the_process_is_reported() -> None:
    reply = compared("import os\ndef f(x):\n    os._exit(3)\n")
    assert differing(reply) == ("crash", "the process ended itself with exit status 3")


def test_a_call_that_crashes_the_process_is_reported() -> None:
    reply = compared("import os, signal\ndef f(x):\n    os.kill(os.getpid(), signal.SIGSEGV)\n")
    assert differing(reply) == ("crash", "the process was ended by SIGSEGV")


def test_a_crash_does_not_end_the_conversation() -> None:
    crash = "import os\ndef f(x):\n    os._exit(3)\n"

    async def talk() -> list[Reply]:
        async with started(sys.executable) as worker:
            requests = (Load(FINE, crash), Compare(("f(1)",)), Load(FINE, FINE), Compare(("f(1)",)))
            return [await worker.ask(request, 60) for request in requests]

    loaded, crashed, again, compared = asyncio.run(talk())
    assert isinstance(loaded, Loaded)
    assert differing(crashed)[0] == "crash"
    assert isinstance(again, Loaded)
    assert compared == Compared((), 1, ())


@pytest.mark.parametrize("body", ["while True:\n        pass", "import time\n    time.sleep(600)"])
def test_a_call_without_end_is_given_up(body: str) -> None:
    endless = f"def f(x):\n    {body}\n"
    assert differing(compared(endless)) == ("time", "it did not come to an end in the time allowed")
    reply = compared(FINE, endless, seconds=3.0)
    assert isinstance(reply, Compared)
    assert (reply.differences, reply.returned) == ((), 0)


def test_timing_without_end_is_given_up() -> None:
    endless = "def f(x):\n    while True:\n        pass\n"
    reply = converse(sys.executable, Load(FINE, endless), Time(("f(1)",), seconds=1.0))[-1]
    assert isinstance(reply, Failed)
    assert reply.kind == "time"


def test_loading_without_end_is_ended_with_all_it_started() -> None:
    source = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)\n"
        "while True:\n    pass\n"
    )

    async def load() -> tuple[Reply, list[int]]:
        async with started(sys.executable) as worker:
            return await worker.ask(Load(source, FINE, guarded=False), 3.0), worker.processes()

    reply, left = asyncio.run(load())
    assert isinstance(reply, Failed)
    assert reply.kind == "time"
    assert left == []


def test_a_child_that_a_call_leaves_behind_does_not_hold_up_the_answer() -> None:
    source = "import os, time\ndef f(x):\n    if not os.fork():\n        time.sleep(600)\n    return x\n"
    replies = converse(sys.executable, Load(source, source, guarded=False), Compare(("f(1)",)), Compare(("f(2)",)))
    assert replies[1:] == [Compared((), 1, ())] * 2


def test_cancelling_ends_the_worker() -> None:
    async def cancel() -> list[int]:
        async with started(sys.executable) as worker:
            await worker.ask(Load(FINE, "def f(x):\n    while True:\n        pass\n"), 30)
            asking = asyncio.create_task(worker.ask(Compare(("f(1)",), 600.0), 600))
            await asyncio.sleep(0.5)
            assert worker.processes()
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            return worker.processes()

    assert asyncio.run(cancel()) == []


def test_printing_does_not_get_between_the_replies() -> None:
    noisy = "import os, sys\nprint('hello')\nos.write(1, b'{}\\n')\nsys.stderr.write('oh')\n" + FINE
    assert compared(noisy, noisy) == Compared((), 1, ())


def test_endless_output_is_cut_off() -> None:
    noisy = "def f(x):\n    while True:\n        print('x' * 1000000)\n"
    reply = compared(noisy, noisy, seconds=20.0)
    assert isinstance(reply, Compared)
    assert reply.differences == ()
    assert reply.returned == 0


def test_asking_for_all_memory_is_refused() -> None:
    greedy = "def f(x):\n    return len(bytearray(1 << 40))\n"
    assert compared(greedy, greedy) == Compared((), 0, ())


def test_more_than_can_be_looked_into_is_said() -> None:
    source = "def f(x):\n    return [0] * 1000000\n"
    compare = Compare(("f(1)",), 120.0, 60.0)
    reply = converse(sys.executable, Load(source, source), compare, seconds=130.0)[-1]
    assert reply == Compared((), 1, ("more than is looked into",))


def test_deep_recursion_is_an_exception_like_others() -> None:
    source = "def f(x):\n    return f(x + 1)\n"
    assert compared(source, source) == Compared((), 0, ())
    assert isinstance(compared(source), Compared)


def test_there_is_nothing_to_read() -> None:
    source = "def f(x):\n    return input()\n"
    assert compared(source, source) == Compared((), 0, ())


def test_secrets_stay_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", "1")
    source = "import os\ndef f(x):\n    return 'SOME_TOKEN' in os.environ, 'PATH' in os.environ\n"
    assert compared(source, "def f(x):\n    return False, True\n") == Compared((), 1, ())
    kept = {"PATH": "", "LANG": ""}
    dropped = ("A_TOKEN", "API_KEY", "CLIENT_SECRET", "db_password", "AWS_SECRET_ACCESS_KEY", "AWS_CREDENTIALS")
    assert scrubbed(kept | dict.fromkeys(dropped, "")) == kept


def test_the_folder_is_empty_and_goes_away() -> None:
    source = "import os\ndef f(x):\n    return os.path.samefile(os.path.expanduser('~'), os.getcwd())\n"
    assert compared(source, "def f(x):\n    return True\n") == Compared((), 1, ())
    tells = "import os\ndef f(x):\n    raise ValueError(os.path.realpath(os.getcwd()))\n"
    reply = converse(sys.executable, Load(tells, tells), Try(("f(1)",), each=30.0))[-1]
    assert isinstance(reply, Tried)
    folder = Path(reply.outcomes[0].message)
    assert folder.is_absolute()
    assert folder.name.startswith("perfwise-")
    assert not folder.exists()


@pytest.mark.parametrize(
    ("new", "kind", "message"),
    [
        ("def f(x)\n", "syntax", "line 1: "),
        ("import nowhere_to_be_found\n", "load", "ModuleNotFoundError: No module named 'nowhere_to_be_found'"),
        ("raise SystemExit(0)\n", "load", "SystemExit: 0"),
        ("x = '\0'\n", "syntax", ""),
        ("(" * 100000, "", ""),
    ],
)
def test_a_version_that_cannot_be_loaded_is_named(new: str, kind: str, message: str) -> None:
    reply = converse(sys.executable, Load(FINE, new))[-1]
    assert isinstance(reply, Failed)
    assert kind in ("", reply.kind)
    assert reply.version == "new"
    assert message in reply.message


def test_a_call_that_cannot_be_made_is_named() -> None:
    for call in ("f(", "g(1)", "f(undefined)"):
        reply = compared(FINE, call=call)
        assert isinstance(reply, Compared)
        assert [each.ended for each in reply.outcomes] == ["call"]
        assert reply.returned == 0
    assert isinstance(converse(sys.executable, Load(FINE, FINE), Time(("f(undefined)",)))[-1], Failed)


def test_nothing_is_compared_before_it_is_loaded() -> None:
    assert converse(sys.executable, Compare(("f(1)",))) == [Failed("request", "nothing has been loaded")]


def test_an_interpreter_that_is_none_is_an_error() -> None:
    with pytest.raises(OSError, match="nowhere"):
        converse("/nowhere/python", Load(FINE, FINE))
    failed = converse("/bin/false", Load(FINE, FINE))[-1]
    assert isinstance(failed, Failed)
    assert failed.kind == "crash"


def pythons() -> list[str]:
    """The running one and every other from 3.9 on that pyenv holds, of each version the latest."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = {path.parts[-3].rsplit(".", 1)[0]: str(path) for path in sorted(root.glob("versions/3.*/bin/python"))}
    return [sys.executable, *(path for version, path in found.items() if int(version.split(".")[1]) >= 9)]


@pytest.mark.parametrize("python", pythons())
def test_the_worker_runs_on_every_python(python: str) -> None:
    source = (
        "async def g(x):\n    yield x\n\n"
        "class C:\n    def m(self, x: 'int | None' = None):\n        return {x: [x, 1.5, None, ...]}\n"
    )
    replies = converse(
        python,
        Load(source, source, function="C.m"),
        Describe("C.m"),
        Try(("C().m(1)", "C().m([])", "g(3)"), function="C.m"),
        Compare(("C().m(1)", "g(3)"), function="C.m"),
        Time(("C().m(1)",), 0.1, confirm=True),
        Grow("C().m(n)", (1, 2)),
        Load("def f(x):\n    return [*{*x}]\n", "def f(x):\n    return [*x]\n"),
        Compare(("f([str(i) for i in range(50)])",)),  # So many that no two orders are the same by chance.
    )
    assert len(replies) == 8, replies
    loaded, described, tried, compared, timed, grown, _, unsteady = replies
    assert isinstance(loaded, Loaded)
    assert isinstance(described, Described)
    assert described.parameters == (Parameter("x", "positional", "None", "int | None", "int | None"),)
    assert isinstance(tried, Tried)
    assert [(each.ended, 6 in each.lines) for each in tried.outcomes] == [
        ("returned", True),
        ("raised", True),
        ("returned", False),
    ]
    assert isinstance(compared, Compared)
    assert (compared.differences, compared.returned, compared.unjudged) == ((), 2, ())
    assert compared.old_lines.can == compared.new_lines.can == (6,)
    assert set(compared.old_lines.ran) >= {2, 6}
    assert isinstance(timed, Timed)
    assert isinstance(grown, Grown)
    assert [n for n, _ in grown.new] == [1, 2]
    assert isinstance(unsteady, Compared)
    assert unsteady.differences == ()
    assert {each.kind for each in unsteady.unsteady} == {"order"}
