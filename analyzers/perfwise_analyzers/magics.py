"""IPython's additions to Python, as they occur in the cells of a notebook."""

from __future__ import annotations

import re

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_OF_PYTHON = frozenset({"capture", "prun", "python", "python3", "pypy", "time", "timeit"})
# `%magic`, `!command`, `?name`, `name?`, and a magic or command whose result is assigned.
_MAGIC = re.compile(
    r"""(?:^|(?<=[\r\n]))([ \t]*(?:[\w., \t]+=[ \t]*(?=[%!]))?)
    ((?:%%?[A-Za-z_]|!(?!=)|\?)(?:[^\\\r\n]|\\(?:\r\n|[\s\S]))* | [\w.*]+\?\??[ \t]*(?=[\r\n]|\Z))""",
    re.VERBOSE,
)
_NO_LINE_END = re.compile(r"[^\r\n]")


def is_foreign(cell: str) -> bool:
    """Whether a cell magic says that the cell is not Python."""
    magic = _CELL_MAGIC.match(cell)
    return magic is not None and magic.group(1) not in _OF_PYTHON


def without_magics(cell: str) -> str:
    """The cell with each magic replaced by a statement, or a value, that does nothing and is as long."""
    return _MAGIC.sub(lambda magic: magic.group(1) + "0" + _NO_LINE_END.sub(" ", magic.group(2)[1:]), cell)
