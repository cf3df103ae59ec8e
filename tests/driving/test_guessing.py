"""What functions without annotations take, by how they use it."""

from __future__ import annotations

from typing import Any

import pytest

from perfwise_server.driving.boundary import ordinary
from perfwise_server.driving.callables import find, parse
from perfwise_server.driving.guessing import combined, guesses
from perfwise_server.driving.planning import plans

# The function, and what the first guesses for its parameters must be good for: the call must return.
CASES = {
    "text": "def f(s):\n    return s.upper().split(',')",
    "numbers": "def f(xs):\n    return sum(x * 2 for x in xs)",
    "a table": "def f(grid):\n    return [grid[i][0] + 1 for i in range(len(grid))]",
    "records": "def f(rows):\n    return [r['name'].lower() for r in rows if r['age'] > 3]",
    "objects": "def f(points):\n    return max(p.x - p.y for p in points)",
    "a mapping": "def f(d):\n    return {v: k for k, v in d.items()}",
    "pairs": "def f(edges):\n    return {a: b for a, b in edges}",
    "a callback": "def f(func, items):\n    return [func(item) for item in items]",
    "a helper": "def g(t):\n    return t.strip()\ndef f(value):\n    return g(value)",
    "joined": "def f(parts):\n    return '-'.join(parts)",
    "added": "def f(things):\n    out = ''\n    for thing in things:\n        out += thing\n    return out",
    "a count": "def f(n):\n    return [0] * n",
    "a default": "def f(data, sep=';'):\n    return sep.join(str(d) for d in data)",
    "a set": "def f(seen, x):\n    seen.add(x)\n    return len(seen)",
    "bytes": "def f(raw):\n    return raw.decode()",
    "a queue": "def f(q):\n    return q.popleft()",
}


@pytest.mark.parametrize("name", CASES)
def test_the_first_guesses_are_accepted(name: str) -> None:
    function = find(parse(CASES[name]), "f")
    assert function is not None
    namespace: dict[str, Any] = {}
    exec(CASES[name], namespace)
    for row in list(combined(guesses(function)))[:3]:
        try:
            namespace["f"](*(eval(ordinary(shape)) for shape in row))
        except Exception:
            continue
        return
    pytest.fail(f"not accepted: {[[ordinary(shape) for shape in shapes] for shapes in guesses(function)]}")


def test_names_come_first() -> None:
    function = find(parse("def f(words, n):\n    return [w for w in words if len(w) > n]"), "f")
    assert function is not None
    assert [ordinary(shapes[0]) for shapes in guesses(function)] == ["['abc', '', 'a']", "3"]
    assert plans(function)[0].is_named()
    vague = find(parse("def f(items, x):\n    return [i for i in items if i == x]"), "f")
    assert vague is not None
    assert not plans(vague)[0].is_named()
