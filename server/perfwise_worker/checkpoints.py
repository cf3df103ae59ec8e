# ruff: noqa: N815 - methods are found by the names of nodes.
"""Code in which the interpreter looks for signals wherever a line may have taken long.

A profiler's signal is seen only when the interpreter calls or jumps back the next time, and what an operator takes, as
in `order in users`, is charged to whatever line does so. With a call that does nothing right after it, on the same
line, it is charged to its own.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from types import CodeType
from typing import Any, Union

_NAME = "__perfwise_checkpoint__"
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_Definition = Union[ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef]


def checked(code: CodeType, source: str, function: str = "") -> CodeType:
    """The module's code anew, with checkpoints; code of a part of the source stays as it is. Effect: `tree`'s."""
    if code != compile(source, code.co_filename, "exec", dont_inherit=True):
        return code
    made: CodeType = compile(tree(source, function), code.co_filename, "exec", dont_inherit=True)
    return made


def tree(source: str, function: str = "") -> ast.Module:
    """The source with them in the function of this qualified name; without a name, everywhere. Raises SyntaxError.

    Effect: such code can run in this process from now on.
    """
    try:
        from _typing import _idfunc as nothing  # type: ignore[import-not-found]  # Nothing is called faster.
    except ImportError:
        nothing = _same
    setattr(builtins, _NAME, nothing)
    found = ast.parse(source)
    parts = [part for part in function.split(".") if part not in ("", "<locals>")]
    try:
        for target in _named(found.body, parts) if parts else [found]:
            _Marking().visit(target)
    except RecursionError:
        return ast.parse(source)
    return ast.fix_missing_locations(found)


def _same(value: Any) -> Any:
    return value


def _named(body: Sequence[ast.AST], parts: list[str]) -> Iterator[_Definition]:
    """The definitions with a qualified name, wherever the statements around them stand."""
    for node in body:
        if not isinstance(node, _DEFINITIONS):
            yield from _named([each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.expr)], parts)
        elif node.name == parts[0]:
            yield from [node] if len(parts) == 1 else _named(node.body, parts[1:])


class _Marking(ast.NodeTransformer):
    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                setattr(node, name, [part for each in block for part in _followed(each)])
        return node

    def _value(self, node: Any) -> Any:
        self.generic_visit(node)
        if node.value is not None and _takes_time(node.value):
            node.value = _checked(node.value)
        return node

    visit_Return = visit_NamedExpr = _value

    def _test(self, node: Any) -> Any:
        self.generic_visit(node)
        node.test = _checked_test(node.test)
        return node

    visit_If = visit_While = visit_Assert = _test

    def _comprehension(self, node: Any) -> Any:
        self.generic_visit(node)
        if node.lineno != node.end_lineno:  # Else it jumps back on the same line.
            for each in node.generators:
                each.ifs = [_checked_test(test) for test in each.ifs]
            for name in ("elt", "key", "value"):
                value = getattr(node, name, None)
                if value is not None and _takes_time(value):
                    setattr(node, name, _checked(value))
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, _checkpoint(node.iter))
        return node


def _followed(node: ast.stmt) -> list[ast.stmt]:
    """A statement with a checkpoint after it: what a name was bound to before goes only then."""
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.Expr)):
        takes_time = node.value is not None and _takes_time(node.value)
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        takes_time = takes_time or any(isinstance(each, ast.Subscript) for each in targets)
    else:
        takes_time = isinstance(node, (ast.AugAssign, ast.Delete))
    return [node, _checkpoint(node)] if takes_time else [node]


def _takes_time(node: ast.expr) -> bool:
    """Whether it does more than to look up or to compare identities, and ends without a jump back.

    A call of a Python function is seen when that begins, and not when it ends.
    """
    if isinstance(node, (ast.Call, ast.BinOp, ast.Subscript, ast.Starred)):
        return True
    if isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, ast.Lambda, *_COMPREHENSIONS)):
        return False
    if isinstance(node, ast.Compare) and not all(isinstance(each, (ast.Is, ast.IsNot)) for each in node.ops):
        return True
    return any(isinstance(each, ast.expr) and _takes_time(each) for each in ast.iter_child_nodes(node))


def _checked_test(node: ast.expr) -> ast.expr:
    """Each condition by itself where they stand on several lines."""
    if isinstance(node, ast.BoolOp) and node.lineno != node.end_lineno:
        node.values = [_checked_test(each) for each in node.values]
        return node
    return _checked(node) if _takes_time(node) else node


def _checked(node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Call(ast.copy_location(ast.Name(_NAME, ast.Load()), node), [node], []), node)


def _checkpoint(node: ast.AST) -> ast.stmt:
    call = _checked(ast.copy_location(ast.Constant(None), node))
    return ast.copy_location(ast.Expr(call), node)
