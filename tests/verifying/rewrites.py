"""Pairs of versions of a function, read from a text: right and wrong rewrites, each also without its annotations."""

from __future__ import annotations

import ast
import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from perfwise_server.verifying.laboratory import Case, examine
from perfwise_server.verifying.verdict import Verdict

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pair:
    name: str
    old: str
    new: str
    function: str
    annotated: bool

    def __str__(self) -> str:
        return f"{self.name}{'' if self.annotated else ', not annotated'}"

    def verdict(self, seconds: float = 20.0) -> Verdict:
        return asyncio.run(examine(Case(self.old, self.new, self.function, seconds=seconds, python=sys.executable)))


def read(name: str) -> list[Pair]:
    """A pair begins with `== name`; `--` stands between its versions. The function is the last one defined."""
    pairs = []
    for block in ("\n" + (HERE / f"{name}.txt").read_text("utf-8")).split("\n== ")[1:]:
        title, _, body = block.partition("\n")
        old, new = body.split("\n--\n")
        function = _last(ast.parse(old))
        pairs.append(Pair(title, old + "\n", new, function, True))
        bare = [ast.unparse(_Bare().visit(ast.parse(text))) for text in (old, new)]
        pairs.append(Pair(title, bare[0], bare[1], function, False))
    return pairs


def _last(tree: ast.Module) -> str:
    last = tree.body[-1]
    assert isinstance(last, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    return f"{last.name}.{last.body[-1].name}" if isinstance(last, ast.ClassDef) else last.name  # type: ignore[attr-defined]


class _Bare(ast.NodeTransformer):
    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)
