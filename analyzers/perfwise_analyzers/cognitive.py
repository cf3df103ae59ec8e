"""Cognitive complexity by SonarSource's definition (G. Ann Campbell, "Cognitive Complexity", version 1.7).

What the paper leaves open for Python is read as SonarSource's own analyser of Python reads it: the `else` of a loop
or of a `try` counts, comprehensions do not, parentheses end a sequence of like operators, and a function that only
defines and returns another one (a decorator) does not nest it. Recursion is `recursive`'s part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from perfwise_analyzers.facts import nodes as n


def cognitive_complexity(function: n.FunctionDef, text: str) -> int:
    """Without the increment for recursion; `text` is the source that the node's offsets mean."""
    total = 0
    # One entry a node still to be counted, with its nesting and the function it stands directly in.
    stack: list[tuple[n.Node, int, n.FunctionDef | None]] = [(part, 0, function) for part in n.children(function)]

    def nest(parts: Iterable[n.Node], level: int, inside: n.FunctionDef | None) -> None:
        stack.extend((part, level, inside) for part in parts)

    while stack:
        node, level, inside = stack.pop()
        if isinstance(node, (n.If, n.For, n.While)):
            total += 1 if isinstance(node, n.If) and _is_elif(node, text) else 1 + level
            nest((part for part in n.children(node) if isinstance(part, n.Expr)), level, inside)
            nest(node.body, level + 1, inside)
            if isinstance(node, n.If) and len(node.orelse) == 1 and _is_elif(node.orelse[0], text):
                nest(node.orelse, level, inside)
            elif node.orelse:
                total += 1
                nest(node.orelse, level + 1, inside)
        elif isinstance(node, n.Try):
            nest((*node.body, *node.handlers, *node.final), level, inside)
            total += bool(node.orelse)
            nest(node.orelse, level + 1, inside)
        elif isinstance(node, (n.Handler, n.IfExp)):
            total += 1 + level
            nest(n.children(node), level + 1, inside)
        elif isinstance(node, n.Match):
            total += 1 + level
            nest((node.subject,), level, inside)
            nest(node.cases, level + 1, inside)
        elif isinstance(node, n.Lambda):
            nest(n.children(node), level + 1, inside)
        elif isinstance(node, n.FunctionDef):
            nested = 0 if inside is None else level if _only_returns_beside(inside, node) else level + 1
            nest(n.children(node), nested, node)
        elif isinstance(node, n.ClassDef):
            nest(n.children(node), 0, None)
        elif isinstance(node, n.BoolOp):
            sequence, operands = _flat(node, text)
            total += sum(op != before for before, op in zip([None, *sequence], sequence, strict=False))
            nest(operands, level, inside)
        else:
            nest(n.children(node), level, inside)
    return total


def recursive(calls: Mapping[str, Iterable[str]]) -> set[str]:
    """The functions that can reach themselves; each counts 1 more. `calls` names, for each, the functions it calls."""
    found = set()
    for function in calls:
        stack, seen = list(calls[function]), set()
        while stack and function not in seen:
            called = stack.pop()
            if called not in seen:
                seen.add(called)
                stack.extend(calls.get(called, ()))
        if function in seen:
            found.add(function)
    return found


def called_names(function: n.FunctionDef) -> Iterator[str]:
    """What a function calls as "name" or "self.name" (also for `cls`), with those of the functions inside it."""
    for node in n.descendants(function):
        if isinstance(node, n.Call):
            target = node.func
            if isinstance(target, n.Name):
                yield target.id
            elif (
                isinstance(target, n.Attribute)
                and isinstance(target.value, n.Name)
                and target.value.id in ("self", "cls")
            ):
                yield f"self.{target.attr}"


def _is_elif(node: n.Node, text: str) -> bool:
    return isinstance(node, n.If) and text.startswith("elif", node.start)


def _only_returns_beside(outer: n.FunctionDef, inner: n.FunctionDef) -> bool:
    others = [statement for statement in outer.body if statement is not inner]
    return len(others) < len(outer.body) and all(
        isinstance(other, n.Return) and isinstance(other.value, n.Name) for other in others
    )


def _flat(operation: n.BoolOp, text: str) -> tuple[list[str], list[n.Expr]]:
    """The operators in the order of the text, through operands that are not in parentheses, and the other operands."""
    sequence: list[str] = []
    operands: list[n.Expr] = []

    def add(node: n.BoolOp) -> None:
        for index, value in enumerate(node.values):
            if index:
                sequence.append(node.op)
            if isinstance(value, n.BoolOp) and not text[node.start : value.start].rstrip().endswith("("):
                add(value)  # Recursion is bounded: `and` binds closer than `or`, so this goes two deep.
            else:
                operands.append(value)

    add(operation)
    return sequence, operands
