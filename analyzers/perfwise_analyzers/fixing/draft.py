"""Writing a fix: edits collected against a segment's text, with the names and imports they need."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.facts import Facts
from perfwise_analyzers.facts.structure import Loop, own_nodes
from perfwise_analyzers.finding import Edit, Fix, Import, Level

_NOT_WORD = re.compile(r"\W+")


class Draft:
    """A fix in the making. When something cannot be written, the draft is spoiled and gives no fix."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.edits: list[Edit] = []
        self.imports: list[Import] = []
        self.spoiled = False
        self._newline = facts.positions.newline()

    def replace(self, node: n.Node, text: str) -> None:
        """Puts other text in a node's place. Spoils the draft if a comment would be lost."""
        if "#" in self.facts.source(node) and "#" not in text:
            self.spoiled = True
        self.edit(node.start, node.end, text)

    def edit(self, start: int, end: int, text: str) -> None:
        self.edits.append(Edit(self.facts.positions.span(start, end), text.replace("\n", self._newline)))

    def before(self, stmt: n.Stmt, *lines: str) -> None:
        """Inserts lines before a statement, indented as it is. Spoils the draft if it does not begin its line."""
        start = self.facts.positions.line_start(stmt.start)
        indent = self.facts.text[start : stmt.start]
        if indent.strip(" \t\f\ufeff") or self.facts.text.startswith("elif", stmt.start):
            self.spoiled = True
        self.edit(start, start, "".join(f"{indent}{line}\n" for line in lines))

    def after(self, stmt: n.Stmt, *lines: str) -> None:
        """Inserts lines after a statement, indented as it is."""
        text = self.facts.text
        start = self.facts.positions.line_start(stmt.start)
        indent = text[start : stmt.start]
        end = self.facts.positions.line_end(stmt.end)
        if indent.strip(" \t\f\ufeff") or text[stmt.end : end].split("#")[0].strip():
            self.spoiled = True
        lead = "" if end > 0 and text[end - 1 : end] in ("\n", "\r") else "\n"
        added = "".join(f"{indent}{line}\n" for line in lines)
        self.edit(end, end, lead + (added.removesuffix("\n") if lead else added))

    def remove(self, stmt: n.Stmt) -> None:
        """Takes a statement out with its line."""
        text = self.facts.text
        start, end = self.facts.positions.line_start(stmt.start), self.facts.positions.line_end(stmt.end)
        if text[start : stmt.start].strip() or text[stmt.end : end].strip():
            self.spoiled = True
        self.edit(start, end, "")

    def fresh(self, wanted: str) -> str:
        """A name like the one wanted that nothing in the segment or the module has."""
        name = wanted
        number = 2
        while self._is_taken(name):
            name = f"{wanted}_{number}"
            number += 1
        return name

    def _is_taken(self, name: str) -> bool:
        structure = self.facts.structure
        return (
            any(name in scope.bindings or name in scope.uses for scope in structure.scopes)
            or self.facts.environment.lookup(name) is not None
        )

    def imported(self, module: str, name: str) -> str:
        """How to write `module.name` here, importing it if nothing has yet."""
        for written, origin in ((name, f"{module}.{name}"), (f"{module}.{name}", module)):
            bound = written.split(".")[0]
            if any(bound in scope.bindings for scope in self.facts.structure.scopes):
                continue
            summary = self.facts.environment.lookup(bound)
            if summary is not None and summary.kind == "import" and summary.origin == origin:
                return written
        for written, bound, needed in (
            (name, name, Import(module, name)),
            (f"{module}.{name}", module, Import(module)),
        ):
            if not self._is_bound(bound):
                self.imports.append(needed)
                return written
        self.spoiled = True
        return name

    def _is_bound(self, name: str) -> bool:
        return (
            any(name in scope.bindings for scope in self.facts.structure.scopes)
            or self.facts.environment.lookup(name) is not None
        )

    def fix(self, level: Level, title: str, reason: str = "") -> Fix | None:
        """The fix, or None if it could not be written."""
        if self.spoiled:
            return None
        return Fix(level, title, tuple(sorted(self.edits)), tuple(self.imports), reason)


def base_name(expr: n.Expr) -> str:
    """A word to name something after an expression: "users" for `self._users`, "items" where none offers itself."""
    match expr:
        case n.Name(id=name) | n.Attribute(attr=name):
            return name.strip("_") or "items"
        case n.Subscript(value=value):
            return base_name(value)
        case n.Call(func=n.Attribute(value=value)):
            return base_name(value)
    return "items"


def can_hoist(facts: Facts, expr: n.Expr, loop: Loop) -> bool:
    """Whether the expression means the same just before the loop's statement: its names are bound by then."""
    for node in n.descendants(expr):
        if isinstance(node, (n.Call, n.Await, n.Yield, n.NamedExpr)) and facts.effects.is_opaque(node):
            return False
        if isinstance(node, n.Name):
            bindings = facts.inference.bindings(node)
            for binding in bindings or ():
                inside = expr.start <= binding.node.start and binding.node.end <= expr.end
                if not inside and (binding.region is not None or loop.encloses(binding.node)):
                    return False
    return True


def can_move_out(facts: Facts, stmt: n.Stmt, name: str, loops: Sequence[Loop]) -> bool:
    """Whether a statement that binds `name` may stand before the outermost of the loops instead of in the innermost."""
    inner, outer = loops[0], loops[-1]
    place = facts.place(stmt)
    scope = place.scope
    return (
        place.loop is inner
        and place.path[-1][0] == inner.body_block
        and len(facts.structure.blocks[inner.body_block]) > 1
        and len(scope.bindings.get(name, ())) == 1
        and scope.kind == "function"
        and all(outer.encloses(use) for use in scope.uses.get(name, ()))
        and not used_after(facts, name, outer.stmt)
    )


def in_parentheses(facts: Facts, node: n.Expr, text: str) -> str:
    """The text, in parentheses where what stands around the node would take it apart."""
    around = facts.structure.parent.get(node)
    if isinstance(
        around, (n.Compare, n.BinOp, n.UnaryOp, n.Attribute, n.Subscript, n.Starred, n.Await, n.IfExp, n.BoolOp)
    ):
        return f"({text})"
    return text


def leaves(loop: Loop) -> bool:
    """Whether a loop's body returns or yields."""
    node = loop.node
    if not isinstance(node, (n.For, n.While)):
        return False
    return any(isinstance(inner, (n.Return, n.Yield)) for stmt in node.body for inner in own_nodes(stmt))


def is_tried(facts: Facts, node: n.Node) -> bool:
    """Whether a `try` of the same function is around the node, so that what was done before an exception is seen."""
    for around in facts.structure.ancestors(node):
        if isinstance(around, (n.Try, n.Handler)):
            return True
        if isinstance(around, (n.FunctionDef, n.Lambda)):
            return False
    return False


def used_after(facts: Facts, name: str, stmt: n.Stmt) -> bool:
    """Whether a name is read after a statement, or before it in a loop around it."""
    return facts.structure.is_used_after(name, stmt)
