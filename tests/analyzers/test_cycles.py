"""Names that are bound in terms of themselves, or of each other: asking for what they are comes to an end."""

from __future__ import annotations

import pytest

from perfwise_analyzers import find
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis

LOOPS = (
    "for a in xs:\n    for b in xs:\n        for c in xs:\n            if a + b + c == x:\n                print(a)\n"
)
CIRCLES = (
    "x = x - 1\n",
    "x = -y\ny = x + 1\n",
    "x = sum((y, 1))\ny = x - 2\n",
    "x = [*x]\nxs = xs + x\n",
    "x = x[1:]\n",
)


@pytest.mark.parametrize("circle", CIRCLES)
def test_a_circle_of_names_ends(circle: str) -> None:
    for text in (circle + LOOPS, "def f(xs):\n" + "".join(f"    {line}\n" for line in (circle + LOOPS).splitlines())):
        find(text)
        hot = dict.fromkeys(range(1, text.count("\n") + 2), 1.0)
        assert Analysis(Document(text), hot=hot).findings() is not None
