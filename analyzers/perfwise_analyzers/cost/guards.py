"""Conditions that let something happen once for each thing: what was visited is not visited again."""

from __future__ import annotations

from typing import Literal

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.facts import Facts

Guard = Literal["once", "better", ""]


def guard_of(facts: Facts, node: n.Node, within: n.Node) -> Guard:
    """What lets the node run, inside of a loop or function: a check that holds once for each thing, or each time that
    something better is found."""
    best: Guard = ""
    child = node
    for around in facts.structure.ancestors(node):
        tests: list[n.Expr] = []
        match around:
            case n.If(test=test, body=body) if child in body:
                tests = [test]
            case n.If(test=test, orelse=orelse) if child in orelse:
                tests = [n.UnaryOp(test.start, test.end, "not", test)]
            case n.Comprehension(generators=generators):
                tests = [condition for clause in generators for condition in clause.ifs]
        tests += _passed(around, child)
        for test in tests:
            found = _kind(facts, test)
            if found == "once":
                return "once"
            best = found or best
        if around is within:
            break
        child = around
    return best


def _passed(around: n.Node, child: n.Node) -> list[n.Expr]:
    """The negations of the conditions before the child under which it is not reached."""
    for name in ("body", "orelse"):
        block = getattr(around, name, None)
        if isinstance(block, list) and child in block:
            return [
                n.UnaryOp(stmt.test.start, stmt.test.end, "not", stmt.test)
                for stmt in block[: block.index(child)]
                if isinstance(stmt, n.If) and stmt.body and isinstance(stmt.body[-1], (n.Continue, n.Return))
            ]
    return []


def holds_once(facts: Facts, test: n.Expr) -> bool:
    """Whether a condition holds once for each thing."""
    return _kind(facts, test) == "once"


def _kind(facts: Facts, test: n.Expr, negated: bool = False) -> Guard:
    match test:
        case n.UnaryOp(op="not", operand=operand):
            return _kind(facts, operand, not negated)
        case n.BoolOp(op=op, values=values):
            if (op == "and") != negated or len(values) == 1:
                found = [_kind(facts, value, negated) for value in values]
                return "once" if "once" in found else "better" if "better" in found else ""
            return ""
        case n.Compare(ops=[op], left=left, comparators=[right]):
            if op in ("in", "not in"):
                return "once" if (op == "not in") != negated and isinstance(right, (n.Name, n.Attribute)) else ""
            if op in ("==", "is", "!=", "is not"):
                marked = any(isinstance(side, (n.Subscript, n.Attribute)) for side in (left, right))
                return "once" if marked and any(map(_is_mark, (left, right))) else ""
            if any(isinstance(side, n.Subscript) for side in (left, right)) or _reads_best(left, right):
                return "better"
        case n.Subscript():
            return "once"
        case n.Call(func=n.Attribute(attr=("add" | "get"))):
            return "once"
        case n.Call(func=n.Attribute(attr=("union" | "unite"))) | n.Call(func=n.Name(id=("union" | "unite"))):
            return "once"
    return ""


def _reads_best(left: n.Expr, right: n.Expr) -> bool:
    return any(
        isinstance(side, n.Call) and isinstance(side.func, n.Attribute) and side.func.attr == "get"
        for side in (left, right)
    )


def _is_mark(expr: n.Expr) -> bool:
    match expr:
        case n.Constant():
            return True
        case n.UnaryOp(op="-", operand=n.Constant()):
            return True
        case n.Name(id=name):
            return name.isupper() or name.lower() in ("inf", "infinity", "unvisited", "color", "target", "old", "start")
        case n.Attribute(attr=attr):
            return attr.isupper() or attr == "inf"
        case n.Call(func=n.Name(id="float")):
            return True
    return False
