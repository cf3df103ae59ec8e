"""What only looks faster is not proved: it remembers, works when it is imported, or gains on small inputs alone."""

from __future__ import annotations

import sys

import pytest

from tests.verifying.rewrites import Pair

SUM = """\
def total(numbers: list[int]) -> int:
    result = 0
    for number in numbers:
        result += number
    return result
"""

DECOYS = {
    "remembers": """\
_known = {}
def total(numbers: list[int]) -> int:
    key = tuple(numbers)
    if key not in _known:
        result = 0
        for number in numbers:
            result += number
        _known[key] = result
    return _known[key]
""",
    "gains on small inputs": """\
def total(numbers: list[int]) -> int:
    if len(numbers) < 8:
        return sum(numbers)
    result = 0
    for number in list(numbers):
        result = result + number
    return result
""",
    "is the same": SUM.replace("result += number", "result = result + number"),
}
ROOTS = "def roots(n: int) -> int:\n    n = abs(n) % 1000\n    return sum(1 for i in range(n) if i * i <= n)\n"
AT_IMPORT = """\
_ROOTS = [sum(1 for i in range(n) if i * i <= n) for n in range(1000)]
def roots(n: int) -> int:
    return _ROOTS[abs(n) % 1000]
"""


@pytest.mark.timing(reruns=0)
@pytest.mark.parametrize("name", DECOYS)
def test_decoys_are_not_proved(name: str) -> None:
    found = Pair(name, SUM, DECOYS[name], "total", True).verdict()
    assert found.verdict in ("not faster", "undecided", "different"), found


@pytest.mark.timing(reruns=0)
def test_work_at_import_is_counted() -> None:
    found = Pair("import", ROOTS, AT_IMPORT, "roots", True).verdict()
    assert found.verdict in ("not faster", "undecided", "different"), found
    assert "import" in found.reason, found
    assert sys.modules.get("roots") is None
