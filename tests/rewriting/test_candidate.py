"""A reply's code in its module: the function replaced, what it needs added, every other line as it was."""

from __future__ import annotations

import ast
import re

import pytest

from perfwise_server.rewriting.candidate import merged
from perfwise_server.rewriting.pieces import UnfitError

MODULE = '''\
"""A shop."""
from __future__ import annotations

import math
from typing import List

LIMIT = 3  # of orders


def helper(x):
    return math.floor(x)


# About f.
@staticmethod
def f(a: List[int],
      b: int = 3) -> List[int]:  # noqa: E128
    """What f does: much."""
    # slowly
    out = []
    for x in a:
        out = out + [x]
    return out


class Shop:
\tdef __init__(self):
\t\tself.x = 1

\tasync def served(self, names): return [name for name in names]

\tdef outer(self):
\t\tdef inner(z):
\t\t\treturn z + 1
\t\treturn inner(3)


def after(): return "é"
'''


def body_of(text: str, name: str) -> str:
    found = [node for node in ast.walk(ast.parse(text)) if getattr(node, "name", "") == name]
    return ast.unparse(found[0])


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_the_function_changes(ending: str) -> None:
    text = MODULE.replace("\n", ending)
    new = merged(
        text, "f", 'def f(a, b=3):\n  """Mine."""\n  # quickly\n  s = """x\n y"""\n  return list(a)\n\nprint(f([1]))\n'
    )
    start, end = text.index("    # slowly"), text.index(f"{ending}{ending}{ending}class Shop")
    made = new[start : len(new) - (len(text) - end)]
    assert new == text[:start] + made + text[end:]
    assert made.replace(ending, "\n") == '    # quickly\n    s = """x\n y"""\n    return list(a)'
    assert "\r" not in new.replace(ending, "")


def test_imports_and_helpers_come_along_once() -> None:
    code = """\
import math
import heapq as hq
from collections import deque, Counter
from typing import List
TABLE = {1: 2}
UNUSED = 3

def helper(x):
    return hq.nsmallest(1, x)

def f(a, b=3):
    return list(deque(helper(a))) + [TABLE]

if __name__ == "__main__":
    f([])
"""
    new = merged(MODULE, "f", code)
    assert new.count("import math") == 1
    assert "from collections import deque\n" in new
    assert "import heapq as hq\n" in new
    assert "Counter" not in new
    assert "UNUSED" not in new
    assert "__main__" not in new
    # The module's own helper stays, and the reply's is called otherwise.
    assert body_of(new, "helper") == body_of(MODULE, "helper")
    assert body_of(new, "helper_2") == "def helper_2(x):\n    return hq.nsmallest(1, x)"
    assert "deque(helper_2(a))" in new
    assert new.index("TABLE = {1: 2}") < new.index("# About f.")


def test_a_helper_that_is_there_already_is_not_added() -> None:
    helper = "import math\ndef helper(x: float) -> int:\n    '''Down.'''\n    return math.floor(x)\n"
    code = f"{helper}def f(a, b=3):\n    return helper(a)"
    new = merged(MODULE, "f", code)
    assert new.count("def helper") == 1


def test_methods_functions_in_functions_and_coroutines() -> None:
    code = """\
class Shop:
    def _all(self, x):
        return [*x]

    async def served(self, names):
        if names:
            return self._all(names)
        return []
"""
    new = merged(MODULE, "Shop.served", code)
    assert "\tasync def served(self, names):\n\t\tif names:\n\t\t\treturn self._all(names)\n\t\treturn []\n" in new
    assert "\n\tdef _all(self, x):\n\t\treturn [*x]\n" in new
    assert new.count("def __init__") == 1
    assert "\t\t\treturn z - -1\n" in merged(MODULE, "Shop.outer.inner", "def inner(z):\n    return z - -1")
    assert merged(MODULE, "after", "def after():\n    return 'è'").endswith("def after():\n    return 'è'\n")
    assert "async def served" in merged(MODULE, "Shop.served", "async def served(self, names):\n    return [*names]")


def test_a_clash_inside_a_formatted_string_is_solved_too() -> None:
    new = merged(MODULE, "f", "def helper(x):\n    return x\ndef f(a, b=3):\n    return f'{helper(a)!r:>{helper(b)}}é'")
    assert "{helper_2(a)!r:>{helper_2(b)}}" in new


def test_another_name_will_do_where_there_is_one_function() -> None:
    new = merged(MODULE, "helper", "def helper_fast(x):\n    return helper_fast(x - 1) if x else 0")
    assert body_of(new, "helper") == "def helper(x):\n    return helper(x - 1) if x else 0"


def test_results_may_be_remembered_for_the_laboratory_to_judge() -> None:
    new = merged(MODULE, "helper", "import functools\n@functools.lru_cache(maxsize=None)\ndef helper(x):\n    return x")
    assert "import functools\n" in new
    assert "\n\n@functools.lru_cache(maxsize=None)\ndef helper(x):\n    return x\n" in new


@pytest.mark.parametrize(
    ("function", "code", "reason"),
    [
        ("f", "def f(a, b=3:\n    return a", "does not parse"),
        ("f", "def f(a):\n    return a", "signature"),
        ("f", "def f(a, b=4):\n    return a", "signature"),
        ("f", "async def f(a, b=3):\n    return a", "signature"),
        ("f", "@other\ndef f(a, b=3):\n    return a", "decorator"),
        ("f", "def g(a):\n    return a\ndef h(a):\n    return a", "has no function f"),
        ("f", "def f(a, b=3):\n    '''Only words.'''", "does nothing"),
        ("Shop.served", "def served(self, names):\n    return names", "signature"),
        ("f", "for i in range(3):\n    T = i\ndef f(a, b=3):\n    return T", "needs T"),
        ("gone", "def gone():\n    return 1", "not in the module"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(function: str, code: str, reason: str) -> None:
    with pytest.raises(UnfitError, match=re.escape(reason)):
        merged(MODULE, function, code)
