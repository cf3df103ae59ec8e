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


DRAWN = """import random
first = random.getrandbits(60)
class Box:
    def __init__(self, x=0):
        self.x = x
    def f(self):
        self.x = first
def g(items):
    items.append(first)
def h(x):
    return x > 1
"""


def test_what_is_drawn_on_import_is_the_same_for_both() -> None:
    reply = compared(DRAWN, DRAWN, "g([1])")
    assert (reply.differences, reply.unsteady) == ((), ())


def test_calls_that_cannot_be_made_leave_the_same_behind() -> None:
    text = """made = []
def make(x):
    made.append(x)
    raise ValueError(x)
def f(x):
    return len(made) * x
"""
    reply = compared(text, text, "f(make(1))", "f(2)")
    assert [each.ended for each in reply.outcomes] == ["call", "returned"]
    assert reply.differences == ()


def test_chance_is_looked_for_until_a_difference_is_none() -> None:
    other = DRAWN.replace("first =", "first = 1 +")
    boxes = [f"Box({number}).f()" for number in range(12)]
    reply = compared(DRAWN, other, *boxes, "g([1])")
    assert reply.differences == ()
    assert {each.kind for each in reply.unsteady} == {"mutation"}

    reply = compared(DRAWN, other.replace("x > 1", "x > 2"), *boxes, "h(1)", "h(2)")
    assert {each.call for each in reply.differences} == {"h(2)"}


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


def test_what_a_clock_shows_in_whole_seconds_is_told_apart() -> None:
    old = "import time\ndef f(x):\n    return {}\n"
    for shown in ("time.strftime('%H:%M:%S')", "int(time.time())"):
        new = old.format(shown).replace("return", "time.sleep(0.6)\n    return")
        reply = compared(old.format(shown), new, "f(1)")
        assert reply.differences == ()
        assert reply.unsteady != ()


def test_an_order_by_places_in_memory_is_told_apart_from_a_wrong_one() -> None:
    """Of two orders the second interpreter has the same one in every other case."""
    old = """class Box:
    pass
def f(n):
    each = {Box(): i for i in range(n)}
    return [each[box] for box in {*each}]
"""
    for n in range(2, 12):
        reply = compared(old, old.replace("def f", "junk = [Box() for _ in range(5)]\ndef f"), f"f({n})")
        assert reply.differences == ()
    (wrong,) = compared("def f(x):\n    return x + [0]\n", "def f(x):\n    return [0] + x\n", "f([1])").differences
    assert wrong.kind == "order"


def test_what_is_collected_too_late_is_no_difference() -> None:
    old = "def f(x):\n    with open(__file__) as file:\n        return len(file.read()) > x\n"
    new = "def f(x):\n    file = open(__file__)\n    return len(file.read()) > x\n"
    assert compared(old, new, "f(1)").differences == ()


def test_chance_that_shows_after_another_call_is_told_apart() -> None:
    old = """import time
seen = []
def f(x):
    seen.append(x)
    return time.time_ns() if len(seen) > 2 and x > 1 else 0
"""
    reply = compared(old, old, "f(1)", "f(2)")
    assert reply.differences == ()
    assert {each.kind for each in reply.unsteady} == {"value"}


@pytest.mark.parametrize("look", ["inspect.currentframe()", "sys._getframe()", "inspect.stack()[0].frame"])
def test_a_function_that_looks_at_its_callers_is_not_judged(look: str) -> None:
    old = f"""import inspect, sys
def f(x):
    frame, found = {look}, []
    while frame:
        found.append(frame.f_lineno)
        frame = frame.f_back
    return found
"""
    reply = compared(old, old, "f(1)")
    assert reply.differences == ()
    assert reply.unjudged == ("the frames that it is called from",)


def test_what_asks_for_a_frame_of_its_own_is_judged() -> None:
    old = "import collections\ndef f(x):\n    return collections.namedtuple('Box', 'x')(x).x\n"
    reply = compared(old, old.replace(".x\n", ".x + 1\n"), "f(1)")
    assert [each.kind for each in reply.differences] == ["value"]
    assert reply.unjudged == ()


def test_files_of_one_version_are_not_there_for_the_other() -> None:
    old = """import os
def f(x):
    there = os.path.exists('left')
    open('left', 'w').close()
    os.makedirs('folder/inside', exist_ok=True)
    return there, sorted(os.listdir('.')) == sorted(os.listdir('.'))
"""
    reply = compared(old, old, "f(1)", "f(2)")
    assert reply.differences == ()
    again = compared(old, old.replace("there =", "there = not"), "f(1)")
    assert [each.kind for each in again.differences] == ["value"]
