"""Which hint is worth reading first."""

from __future__ import annotations

import ast

from perfwise_analyzers.finding import Finding

_EXPONENTIAL = 100.0
_LOGARITHM = 0.1
_SMALL = {"log": _LOGARITHM, "sqrt": 0.5}


def rank(finding: Finding) -> tuple[float, float, float]:
    """The greater, the sooner: the seconds a profile found, then the degree of the cost, then the measured gain."""
    return finding.seconds or 0.0, degree(finding.cost), finding.gain.times if finding.gain else 0.0


def degree(cost: str) -> float:
    """The power of n in a cost as a hint shows it, where all sizes are n; 0 where it shows none."""
    if not cost:
        return 0
    if "!" in cost:
        return _EXPONENTIAL
    try:
        return _degree(ast.parse(cost.removeprefix("O").replace("^", "**").strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError):
        return 1


def _degree(node: ast.expr) -> float:
    match node:
        case ast.Constant():
            return 0
        case ast.BinOp(left, ast.Mult(), right):
            return _degree(left) + _degree(right)
        case ast.BinOp(left, ast.Pow(), ast.Constant(int() | float() as exponent)):
            return _degree(left) * exponent
        case ast.BinOp(_, ast.Pow(), _):
            return _EXPONENTIAL
        case ast.BinOp(left, ast.Add() | ast.Sub(), right):
            return max(_degree(left), _degree(right))
        case ast.BinOp(left, _, _):
            return _degree(left)
        case ast.Call(ast.Name(name)) if name in _SMALL:
            return _SMALL[name]
    return 1
