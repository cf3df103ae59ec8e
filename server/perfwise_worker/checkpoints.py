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
_QUICK_ITERABLES = ("range", "enumerate", "reversed", "sorted", "list", "tuple", "set", "zip")
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
        if node.value is not None and _may_last(node.value):
            node.value = _checked(node.value)
        return node

    visit_Return = visit_Expr = visit_NamedExpr = _value

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
                if value is not None and _may_last(value):
                    setattr(node, name, _checked(value))
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        called = node.iter.func if isinstance(node.iter, ast.Call) else None
        if called is not None and not (isinstance(called, ast.Name) and called.id in _QUICK_ITERABLES):
            node.body.insert(0, _checkpoint(node.iter))
        return node


def _followed(node: ast.stmt) -> list[ast.stmt]:
    """A statement that binds or changes something, with a checkpoint after it: what was bound before goes then."""
    if isinstance(node, ast.AugAssign):
        changes = not _is_number(node.value)
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        changes = node.value is not None and _may_last(node.value)
        changes = changes or any(isinstance(each, ast.Subscript) and not _is_plain(each.slice) for each in targets)
    else:
        changes = isinstance(node, ast.Delete) and any(isinstance(each, ast.Subscript) for each in node.targets)
    return [node, _checkpoint(node)] if changes else [node]


def _may_last(node: ast.expr, in_test: bool = False) -> bool:
    """Whether an operator in it may take long, as far as can be seen. What is tested is mostly a number."""
    if isinstance(node, (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.Lambda, *_COMPREHENSIONS)):
        return False
    parts = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]
    if any(isinstance(each, ast.Starred) or _may_last(each, in_test) for each in parts):
        return True
    if isinstance(node, ast.BinOp):
        return not (in_test and (_is_number(node.left) or _is_number(node.right)))
    if isinstance(node, ast.Compare):
        return any(_compares_all(*pair, in_test) for pair in zip(node.ops, node.comparators))
    if isinstance(node, ast.Subscript):
        return not (isinstance(node.slice, ast.Constant) or (in_test and _is_plain(node.slice)))
    return isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not) and not in_test and not _is_number(node)


def _compares_all(operator: ast.cmpop, right: ast.expr, in_test: bool) -> bool:
    if isinstance(operator, (ast.In, ast.NotIn)):
        return True
    if isinstance(operator, (ast.Is, ast.IsNot)) or isinstance(right, ast.Constant):
        return False
    return not in_test or isinstance(operator, (ast.Eq, ast.NotEq))


def _checked_test(node: ast.expr) -> ast.expr:
    """Each condition by itself where they stand on several lines."""
    if isinstance(node, ast.BoolOp) and node.lineno != node.end_lineno:
        node.values = [_checked_test(each) for each in node.values]
        return node
    return _checked(node) if _may_last(node, in_test=True) else node


def _checked(node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Call(ast.copy_location(ast.Name(_NAME, ast.Load()), node), [node], []), node)


def _checkpoint(node: ast.AST) -> ast.stmt:
    call = _checked(ast.copy_location(ast.Constant(None), node))
    return ast.copy_location(ast.Expr(call), node)


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))


def _is_plain(node: ast.expr) -> bool:
    """Whether an index is hardly a slice."""
    return isinstance(node, (ast.Constant, ast.Name, ast.Attribute, ast.BinOp, ast.UnaryOp))
