"""Checkpoints: profiled code does what it did, on the same lines, and each line is charged with its own time."""

from __future__ import annotations

import ast
import dis
from types import CodeType
from typing import Any

import pytest

from perfwise_worker import checkpoints

SOURCE = '''\
from __future__ import annotations


def outside(x):
    return x + 1


class Table:
    """Rows."""

    def found(self, rows, wanted, more=()):
        """What is wanted."""
        kept = []
        total, text = 0, ""
        for row in filter(None, rows):
            total += row
            if row in wanted and (
                row not in more
                or row == total
            ):
                kept = kept + [row]
            elif not row % 2:
                text += str(row)
            while kept and kept[0] > 10 and len(kept) > 2:
                del kept[0]
        kept[1:2] = [total]
        many = [
            row * 2
            for row in rows
            if row in wanted
        ]
        assert isinstance(total + 1, int), text
        if (last := kept[-1]) is None:
            return None

        def inner(value: int = 3) -> int:
            local: int = value * total
            return local

        match kept:
            case [first, *_] if first in wanted:
                text = text + "m"
        try:
            return kept, text, many, last, inner(), {*wanted, *more}, f"{total}"
        finally:
            self.seen = total - 1
'''


def run(code: CodeType) -> Any:
    space: dict[str, Any] = {"__name__": "m"}
    exec(code, space)
    table = space["Table"]()
    return table.found(list(range(40)), {3, 4, 5, 12, 20, 21, 33}, (4, 20)), table.seen, space["Table"].found.__doc__


def lines(code: CodeType) -> set[int]:
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    own = {line for _, line in dis.findlinestarts(code) if line}
    return own.union(*map(lines, inner))


PLAIN = compile(SOURCE, "m.py", "exec", dont_inherit=True)


@pytest.mark.parametrize("function", ["", "Table.found", "Table.found.<locals>.inner"])
def test_marked_code_does_the_same_on_the_same_lines(function: str) -> None:
    marked = checkpoints.checked(PLAIN, SOURCE, function)
    assert marked != PLAIN
    assert run(marked) == run(PLAIN)
    assert lines(marked) == lines(PLAIN)


def test_only_the_function_is_marked() -> None:
    before, after = ast.parse(SOURCE).body, checkpoints.tree(SOURCE, "Table.found").body
    assert [ast.dump(node) for node in before[:2]] == [ast.dump(node) for node in after[:2]]
    assert ast.dump(before[2]) != ast.dump(after[2])
    assert ast.unparse(checkpoints.tree(SOURCE, "nothing")) == ast.unparse(ast.parse(SOURCE))


def test_code_of_another_source_stays_as_it_is() -> None:
    part = compile("x = 1 + a", "m.py", "exec")
    assert checkpoints.checked(part, SOURCE, "Table.found") is part


def test_each_line_that_takes_time_ends_with_a_checkpoint() -> None:
    source = "def f(xs, y):\n    if y in xs:\n        return 1\n    z = xs[1:]\n    z += xs\n    return z + xs\n"
    marked = ast.walk(checkpoints.tree(source, "f"))
    calls = [node for node in marked if isinstance(node, ast.Call)]
    assert sorted(call.lineno for call in calls) == [2, 4, 5, 6]
