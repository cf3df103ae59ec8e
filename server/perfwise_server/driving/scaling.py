"""Inputs of any size: an expression of `n` for a value, so that a long one takes a short text."""

from __future__ import annotations

import ast

from perfwise_server.driving.boundary import ordinary
from perfwise_server.driving.shapes import BYTES, INT, STR, Choice, Fixed, Many, Pairs, Scalar, Shape, grows

# Steps through all residues in an order that looks like none, so that values are distinct and not sorted.
_MIXED = "({i} * 48271 + {salt}) % (8 * n + 3)"


def sized(
    shape: Shape, salt: int, *, dense: bool = False, square: bool = False, index: str = "", number: str = "n"
) -> str:
    """An expression of `n`. Other salts give other values of the same size; `dense` ones hold equal items.

    Containers within containers hold few items, unless it is to be `square`. Inside a container `index` is the
    expression that numbers the items; an int that stands alone is `number`.
    """
    if isinstance(shape, Fixed):
        return shape.sources[salt % len(shape.sources)]
    if isinstance(shape, Choice):
        best = next((option for option in shape.options if grows(option)), shape.options[0])
        return sized(best, salt, dense=dense, square=square, index=index, number=number)
    if isinstance(shape, Scalar):
        return _item(shape, salt, dense, index) if index else _alone(shape, salt, number)
    inner = f"i{index.count('i') + 1}" if index else "i"
    count = "n" if square or not index else "4"
    numbers = f"for {inner} in range({count})"
    at = inner if not index else f"({index} * 7 + {inner})"
    if isinstance(shape, Many):
        return _around(
            shape.open,
            f"{sized(shape.item, salt, dense=dense, square=square, index=at, number=number)} {numbers}",
            shape.close,
        )
    if isinstance(shape, Pairs):
        # Small numbers, so that values may be keys too, as in a graph.
        key = f"({at})" if shape.key == INT else sized(shape.key, salt, index=at, number=number)
        value = sized(shape.value, salt + 1, dense=dense, square=square, index=at, number=number)
        return f"{shape.open}{key}: {value} {numbers}{shape.close}"
    parts = enumerate(shape.parts)
    return shape.of(
        [sized(part, salt + place, dense=dense, square=square, index=index, number=number) for place, part in parts]
    )


def _around(open_: str, comprehension: str, close: str) -> str:
    return f"tuple({comprehension})" if open_ == "(" else f"{open_}{comprehension}{close}"


def _alone(shape: Scalar, salt: int, number: str) -> str:
    if shape == INT:
        return f"{number} + {salt}" if salt else number
    if shape == STR:
        return f"''.join(chr(97 + ({_MIXED.format(i='i', salt=salt)}) % 26) if i % 6 else ' ' for i in range(n))"
    if shape == BYTES:
        return f"bytes(({_MIXED.format(i='i', salt=salt)}) % 251 for i in range(n))"
    if shape.kind == "float":
        return f"{salt + 1}.5"
    return ordinary(shape)


def _item(shape: Scalar, salt: int, dense: bool, index: str) -> str:
    mixed = f"({_MIXED.format(i=index, salt=salt)})" + (" % (n // 4 + 1)" if dense else "")
    if shape == INT:
        return mixed
    if shape.kind == "float":
        return f"({mixed}) / 8"
    if shape == STR:
        return f"'w' + str({mixed})"
    if shape == BYTES:
        return f"b'w%d' % ({mixed})"
    if shape.kind == "bool":
        return f"({mixed}) % 3 == 0"
    if shape.kind == "character":
        return f"chr(97 + ({mixed}) % 26)"
    return ordinary(shape)


def at_size(text: str, n: int) -> str:
    """The expression of `n` with a number in its place."""
    tree = ast.parse(text, mode="eval")

    class Replace(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return ast.Constant(n) if node.id == "n" else node

    return ast.unparse(Replace().visit(tree))


def sizes_of(call: str) -> tuple[int, ...]:
    """How large the written arguments of a call are: the lengths of their displays and strings, and their numbers."""
    try:
        node = ast.parse(call.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    if not isinstance(node, ast.Call):
        return ()
    return tuple(_size(argument) for argument in (*node.args, *(keyword.value for keyword in node.keywords)))


def _size(node: ast.expr) -> int:
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return len(node.elts)
    if isinstance(node, ast.Dict):
        return len(node.keys)
    if isinstance(node, ast.Constant):
        value = node.value
        if isinstance(value, (str, bytes)):
            return len(value)
        return abs(value) if isinstance(value, int) else 1
    lengths = [_size(part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
    return max(lengths, default=1)
