"""What is told of calls one by one: how they ended, what ran, how large what they were given is."""

from __future__ import annotations

import sys

import pytest

from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Compare, Compared, Load, Outcome, Tried, Try

SOURCE = """\
seen = []

def helped(x):
    return x

def f(xs, n=3):
    "Adds up."
    seen.append(1)
    if len(seen) > 1:
        raise AssertionError("a state that is not fresh")
    if n == 0:
        raise ValueError("none")
    while n < 0:
        pass
    if n == 7:
        import os
        os._exit(3)
    return [
        helped(x)
        for x in xs
    ]
"""


LINES = """\
def g(x):
    if x == 0:
        y = 3
    elif [i for i in range(x)]:
        return 1
    return y

class C:
    def method(self):
        return 1

    async def waits(self):
        yield 1

def outer():
    def inner():
        return 5
    return inner
"""


def tried(*calls: str, function: str = "f") -> tuple[Outcome, ...]:
    _, reply = converse(sys.executable, Load(SOURCE, SOURCE), Try(calls, 60.0, 3.0, function))
    assert isinstance(reply, Tried)
    return reply.outcomes


def test_calls_are_told_apart_by_how_they_end() -> None:
    found = tried("f([1, 2])", "f([1], 0)", "f([1], -1)", "f([1], 7)", "f(nobody)", "f(", "f([1, 2])")
    assert [each.ended for each in found] == ["returned", "raised", "time", "crash", "call", "call", "returned"]
    assert (found[1].type, found[1].message) == ("ValueError", "none")
    assert (found[4].type, found[4].message) == ("NameError", "name 'nobody' is not defined")
    assert found[3].message == "the process ended itself with exit status 3"


def test_sizes_and_likeness_of_arguments_are_told() -> None:
    one, same, other, *iterators = tried(
        "f([1, 2], n=5)", "f(xs=[*range(1, 3)], n=10 - 5)", "f('ab', 5.0)", "f(iter([1]))", "f(iter([2]))"
    )
    assert one.sizes == {"xs": 2, "n": 5}
    assert other.sizes == {"xs": 2}
    assert one.key == same.key
    assert len({each.key for each in (one, other, *iterators)}) == 4


def test_the_lines_that_ran_are_told() -> None:
    found = tried("f([1])", "f([])", "f([1], 0)")
    assert [set(each.lines) & {4, 12, 19} for each in found] == [{4, 19}, set(), {12}]


@pytest.mark.parametrize(
    ("function", "call", "can", "ran"),
    [
        ("g", "g(0)", [2, 3, 4, 5, 6], [2, 3, 6]),
        ("g", "g(1)", [2, 3, 4, 5, 6], [2, 4, 5]),
        ("C.method", "C().method()", [10], [10]),
        ("C.waits", "C().waits()", [13], [13]),
        ("outer.inner", "outer()()", [17], [17]),
        ("nobody", "g(0)", [], []),
    ],
)
def test_lines_of_a_function_that_can_run_and_that_ran(
    function: str, call: str, can: list[int], ran: list[int]
) -> None:
    _, reply = converse(sys.executable, Load(LINES, LINES), Compare((call,), function=function))
    assert isinstance(reply, Compared)
    assert reply.old_lines == reply.new_lines
    assert list(reply.old_lines.can) == can
    assert [line for line in can if line in reply.old_lines.ran] == ran
