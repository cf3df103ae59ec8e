"""Whether two rewrites are the same but for what does not matter."""

from __future__ import annotations

import ast
import hashlib

from perfwise_server.rewriting.candidate import Bare
from perfwise_server.rewriting.pieces import DEFINITIONS, path_to


def shape(text: str, function: str) -> bytes:
    """Of a module that parses: equal for two that differ in comments, layout, annotations, docstrings and in how the
    function calls its own variables."""
    tree = ast.parse(text)
    if found := path_to(tree, function):
        _Numbered(found[-1]).visit(found[-1])
    return hashlib.sha256(ast.dump(Bare().visit(tree)).encode()).digest()


class _Numbered(ast.NodeTransformer):
    """Calls a function's variables by number, in the order in which they appear."""

    def __init__(self, function: ast.AST) -> None:
        nodes = [*ast.walk(function)]
        inner = [node for node in nodes if isinstance(node, (*DEFINITIONS, ast.ClassDef, ast.Lambda, ast.Global))]
        stored = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
        # Where functions are in it, whose variables are whose would have to be told apart.
        names = dict.fromkeys(stored) if len(inner) == 1 else {}
        self.names = {name: f"_{number}" for number, name in enumerate(names)}

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)
