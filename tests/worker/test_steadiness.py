"""Chance is not blamed on the new version, and what it hides is still found."""

from __future__ import annotations

import sys

import pytest

from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Compare, Compared, Load


def compared(old: str, new: str, *calls: str) -> Compared:
    _, reply = converse(sys.executable, Load(old, new), Compare(calls))
    assert isinstance(reply, Compared), reply
    return reply


WORDS = "f([str(i) for i in range(50)])"


@pytest.mark.parametrize(
    ("old", "new", "call", "kind"),
    [
        ("def f(x):\n    return list(set(x))\n", "def f(x):\n    return list(dict.fromkeys(x))\n", WORDS, "order"),
        (
            "import random\ndef f(x):\n    return random.random()\n",
            "import random\ndef f(x):\n    random.random()\n    return random.random()\n",
            "f(1)",
            "value",
        ),
        ("import time\ndef f(x):\n    return time.time_ns()\n",) * 2 + ("f(1)", "value"),
        ("import os\ndef f(x):\n    return os.getpid()\n",) * 2 + ("f(1)", "value"),
        ("def f(x):\n    return hash(x)\n", "def f(x):\n    return 1\n", "f('a')", "value"),
    ],
)
def test_what_the_old_version_does_by_chance_is_told_apart(old: str, new: str, call: str, kind: str) -> None:
    reply = compared(old, new, call)
    assert reply.differences == ()
    assert {each.kind for each in reply.unsteady} == {kind}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def f(x):\n    return list(set(x))\n", "def f(x):\n    return list(dict.fromkeys(x))[1:]\n"),
        ("def f(x):\n    return list(set(x)), len(x)\n", "def f(x):\n    return list(dict.fromkeys(x)), 3\n"),
        ("def f(x):\n    return list(dict.fromkeys(x))\n", "def f(x):\n    return list(set(x))\n"),
    ],
)
def test_what_is_no_chance_is_still_found(old: str, new: str) -> None:
    assert compared(old, new, WORDS).differences != ()


COUNTED = "count = 0\ndef f(x):\n    global count\n    count += x\n    return {}\n"


def test_the_calls_that_a_difference_needs_are_named() -> None:
    old = "def f(x):\n    return x + 1\n"
    reply = compared(old, f"import functools\n@functools.lru_cache(None)\n{old}", "f(5)", "f(1.0)", "f(2)", "f(True)")
    assert {(each.call, each.after) for each in reply.differences} == {("f(True)", ("f(1.0)",))}

    old, new = COUNTED.format("count > 7"), COUNTED.format("False")
    reply = compared(old, new, "f(1)", "f(2)", "f(3)")
    assert {(each.call, each.after) for each in reply.differences} == {("f(3)", ("f(2)",))}


def test_a_difference_that_shows_at_once_needs_no_other_call() -> None:
    reply = compared("def f(x):\n    return x > 2\n", "def f(x):\n    return x > 1\n", "f(1)", "f(2)", "f(2.0)")
    assert {(each.call, each.after) for each in reply.differences} == {("f(2)", ()), ("f(2.0)", ())}
