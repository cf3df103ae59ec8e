"""The code is found whatever a model writes around it."""

from __future__ import annotations

import json

import pytest

from perfwise_server.rewriting.reply import code_in

CODE = "def f(x):\n    return x + 1\n"
OTHER = "def g(x):\n    return f(x)\n"


@pytest.mark.parametrize(
    "reply",
    [
        f"```python\n{CODE}```",
        f"Sure!\n\n```py\n{CODE}```\nIt is O(1). Test it:\n```python\nassert f(1) == 2\n```",
        f"The old one:\n```python\ndef f(x):\n    return 1 + x\n```\nThe new one:\n```python\n{CODE}```",
        f"~~~\n{CODE}~~~",
        f"```python\n{CODE}",
        CODE,
        f"Here it is:\n{CODE}\nI hope this helps, and that you like it!",
        f"<think>```python\ndef f(x): wrong\n```</think>\n```python\n{CODE}```",
        "1. First\n   ```python\n   def f(x):\n       return x + 1\n   ```\n",
        json.dumps({"code": CODE, "speedup": 1000}),
        json.dumps({"code": f"```python\n{CODE}```"}),
        f"```python\r\n{CODE}```".replace("\n", "\r\n").replace("\r\r", "\r"),
        f"```python\n{CODE}```\n```python\nnot ( python\n```",
    ],
)
def test_one_block_whatever_is_around_it(reply: str) -> None:
    assert code_in(reply, "f") == CODE
    assert code_in(reply, "Class.f") == CODE


def test_the_block_that_defines_the_function_is_taken() -> None:
    assert code_in(f"```python\n{CODE}```\n```python\n{OTHER}```", "f") == CODE
    assert code_in(f"```python\n{CODE}```\n```python\n{OTHER}```", "g") == OTHER


@pytest.mark.parametrize("reply", ["", "No.", "```\n```", '{"code": 3}', "[" * 100_000, "`" * 100_000])
def test_no_code_is_no_error(reply: str) -> None:
    assert code_in(reply, "f") == "" or "`" not in code_in(reply, "f")
