"""Inputs files: each argument tuple can be made again from its text."""

from __future__ import annotations

import sys

from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Compare, Compared, Failed, Inputs, Load, Made, Reply

MODULE = "class Point:\n    def __init__(self, x): self.x = x\n\ndef f(*given): return given\n"


def made(source: str, size: int = 0) -> Reply:
    return converse(sys.executable, Load(MODULE, MODULE, "shop"), Inputs(source, "inputs.py", size))[-1]


def test_literals_are_written_as_they_are() -> None:
    source = "def make_inputs():\n    return [([3, 1], 'a'), (), ({1: None}, -2.5)]\n"
    assert made(source) == Made(("([3, 1], 'a')", "()", "({1: None}, -2.5)"))


def test_a_size_is_handed_on() -> None:
    assert made("def make_inputs(n):\n    return [0] * n, n\n", 3) == Made(("([0, 0, 0], 3)",))


def test_objects_and_shared_values_survive() -> None:
    made_of = "([a, a],), (Point(3),), (float('nan'),)"
    source = f"from shop import Point\ndef make_inputs():\n    a = [1]\n    return [{made_of}]\n"
    reply = made(source)
    assert isinstance(reply, Made)
    changed = MODULE.replace(
        "return given", "return (given[0][0] is given[0][1],) if type(given[0]) is list else given"
    )
    calls = tuple(f"f(*{text})" for text in reply.arguments)
    replies = converse(sys.executable, Load(MODULE, changed, "shop"), Compare(calls))
    compared = replies[-1]
    assert isinstance(compared, Compared)
    assert {difference.call for difference in compared.differences} == {calls[0]}
    assert any(difference.new == "True" for difference in compared.differences)
    assert compared.returned == 3


def test_what_is_no_tuple_is_refused() -> None:
    reply = made("def make_inputs():\n    return [[1]]\n")
    assert isinstance(reply, Failed)
    assert "make_inputs gives a list where an argument tuple belongs (number 0)" in reply.message
    assert "no make_inputs" in made("x = 1\n").message  # type: ignore[union-attr]
