"""Regular expressions without anything special in them, and what does the same without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

_SPECIAL = frozenset(".^$*+?{}[]|()")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r"}


def without_pattern(facts: Facts, call: n.Call) -> tuple[n.Node, n.Expr, str] | None:
    """What can be replaced, the text that is searched, and what to write; None where it has to be a pattern."""
    module, _, function = facts.inference.callee(call).rpartition(".")
    if module != "re" or call.keywords:
        return None
    match call.args:
        case [n.Constant(kind=("str" | "bytes"), value=(str() | bytes()) as pattern), *rest]:
            parsed = _parsed(pattern if isinstance(pattern, str) else pattern.decode("latin-1"))
        case _:
            return None
    if parsed is None:
        return None
    at_start, literal, at_end = parsed
    quoted = _quoted(literal, isinstance(pattern, bytes))
    match function, rest:
        case (("search" | "match" | "fullmatch"), [text]):
            at_start |= function != "search"
            at_end |= function == "fullmatch"
            asked = _asked(facts, call)
            if asked is None:
                return None
            node, negated = asked
            source = _operand(facts, text)
            if at_start and at_end:
                return node, text, f"{source} {'!=' if negated else '=='} {quoted}"
            if at_start or at_end:
                method = "startswith" if at_start else "endswith"
                return node, text, f"{'not ' if negated else ''}{source}.{method}({quoted})"
            return node, text, f"{quoted} {'not in' if negated else 'in'} {source}"
        case _ if at_start or at_end:
            return None
        case "sub", [n.Constant(kind=("str" | "bytes"), value=(str() | bytes()) as new) as replacement, text]:
            plain = ("\\" not in new) if isinstance(new, str) else (b"\\" not in new)
            better = f"{_operand(facts, text)}.replace({quoted}, {facts.source(replacement)})"
            return (call, text, better) if plain else None
        case "split", [text]:
            return call, text, f"{_operand(facts, text)}.split({quoted})"
        case "findall", [text]:
            around = facts.structure.parent.get(call)
            if isinstance(around, n.Call) and facts.inference.callee(around) == "builtins.len":
                return around, text, f"{_operand(facts, text)}.count({quoted})"
    return None


def _parsed(pattern: str) -> tuple[bool, str, bool] | None:
    """Whether a pattern is bound to the start, the text it stands for, and whether it is bound to the end."""
    at_start = pattern.startswith(("^", "\\A"))
    pattern = pattern.removeprefix("^") if pattern.startswith("^") else pattern.removeprefix("\\A")
    at_end = pattern.endswith("\\Z") and not pattern.endswith("\\\\Z")
    pattern = pattern.removesuffix("\\Z") if at_end else pattern
    literal: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if letter in _SPECIAL:
            return None
        if letter == "\\":
            escaped = next(letters, "")
            if escaped.isalnum() or not escaped:
                if escaped not in _LETTERS:
                    return None
                escaped = _LETTERS[escaped]
            letter = escaped
        literal.append(letter)
    return (at_start, "".join(literal), at_end) if literal else None


def _quoted(literal: str, is_bytes: bool) -> str:
    text = repr(literal.encode("latin-1") if is_bytes else literal)
    prefix, body = ("b", text[1:]) if is_bytes else ("", text)
    return f'{prefix}"{body[1:-1]}"' if '"' not in body else text


def _operand(facts: Facts, text: n.Expr) -> str:
    source = facts.source(text)
    plain = isinstance(text, (n.Name, n.Attribute, n.Subscript, n.Call)) or (
        isinstance(text, n.Constant) and not source.isidentifier()
    )
    return source if plain else f"({source})"


def _asked(facts: Facts, call: n.Call) -> tuple[n.Node, bool] | None:
    """What only asks whether there is a match, and whether it asks for none."""
    around = facts.structure.parent.get(call)
    match around:
        case n.Compare(ops=[("is" | "is not") as op], comparators=[n.Constant(kind="None")]):
            return around, op == "is"
        case n.UnaryOp(op="not"):
            return around, True
        case n.Call() if facts.inference.callee(around) == "builtins.bool":
            return around, False
    return (call, False) if _is_condition(facts, call) else None


def _is_condition(facts: Facts, expr: n.Expr) -> bool:
    match facts.structure.parent.get(expr):
        case n.If(test=test) | n.While(test=test) | n.IfExp(test=test) | n.Assert(test=test):
            return test is expr
        case n.Generator(ifs=ifs):
            return expr in ifs
        case n.BoolOp() as around:
            return _is_condition(facts, around)
        case n.UnaryOp(op="not"):
            return True
        case n.Comprehension(kind="generator") as around:
            call = facts.structure.parent.get(around)
            return isinstance(call, n.Call) and facts.inference.callee(call) in ("builtins.any", "builtins.all")
    return False
