"""What is refused before it runs, and what is not."""

from __future__ import annotations

import pytest

from perfwise_server.rewriting.duplicates import shape
from perfwise_server.rewriting.gate import fitted, refusal
from perfwise_server.rewriting.pieces import UnfitError

MODULE = """\
import os
import numpy as np


def aid(x):
    return os.path.join("a", x)


def f(a):
    out = []
    for x in a:
        if x not in out:
            out.append(aid(x))
    return out
"""


@pytest.mark.parametrize(
    "code",
    [
        "def f(a):\n    return [aid(x) for x in dict.fromkeys(a)]",
        "def f(a):\n    return [os.path.join('a', x) for x in dict.fromkeys(a)]",
        "from heapq import merge\nimport itertools\ndef f(a):\n    return [*merge(a, itertools.chain(a))]",
        "def f(a):\n    return np.unique(a)",
        "def f(a):\n    remove = [].remove\n    return a.__contains__(remove)",
    ],
)
def test_code_that_calculates_may_run(code: str) -> None:
    assert fitted(MODULE, "f", code) != MODULE


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os\ndef f(a):\n    os.remove('x')\n    return a", "os.remove"),
        ("def f(a):\n    import shutil\n    shutil.rmtree('/')", "shutil"),
        ("def f(a):\n    return list(open('/etc/passwd'))", "open"),
        ("def f(a):\n    return ().__class__.__bases__[0].__subclasses__()", "__"),
        ("import socket\ndef f(a):\n    return socket.socket()", "socket"),
        ("def f(a):\n    return np.save('x', a)", "save"),
        ("import pandas as pd\ndef f(a):\n    return pd.unique(a)", "pandas"),
        ("def f(a):\n    return eval('a')", "eval"),
        ("def f(a):\n    return getattr(os, 'sys' + 'tem')('x')", "os"),
        ("_x = __import__('os').system('true')\ndef f(a):\n    return _x", "__import__"),
        ("import statistics\ndef f(a):\n    return statistics.sys.modules", "sys"),
        ("from os import system as s\ndef f(a):\n    return s('x')", "os.system"),
        ("def f(a):\n    pass", "does nothing"),
        ("def f(a):\n    raise NotImplementedError", "does nothing"),
        ("def f(a):\n" + "    a = a\n" * 900 + "    return a", "lines long"),
        ("def f(a):\n    return " + "(" * 400 + "a" + ")" * 400, ""),
    ],
)
def test_code_that_reaches_outside_is_refused(code: str, reason: str) -> None:
    with pytest.raises(UnfitError) as refused:
        fitted(MODULE, "f", code)
    assert reason in str(refused.value)


def test_what_is_not_the_functions_stays() -> None:
    assert "takes away" in refusal(MODULE, MODULE.replace('return os.path.join("a", x)', "return x"), "f")


def test_duplicates_differ_in_nothing_that_matters() -> None:
    code = "def f(a):\n    seen = set()\n    for x in a:\n        seen.add(x)\n    return seen\n"
    same = code.replace("seen", "s").replace("x", "each").replace("(a):", '(a: list) -> set:\n    """Doc."""  # all')
    assert shape(code, "f") == shape(same, "f")
    assert shape(code, "f") != shape(code.replace("seen.add(x)", "seen.add(seen)"), "f")
