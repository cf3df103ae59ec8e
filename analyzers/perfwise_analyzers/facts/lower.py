"""Source text turned into our nodes, by way of tree-sitter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import tree_sitter as ts
import tree_sitter_python

from perfwise_analyzers.facts.expressions import DEEPEST, EXPRESSIONS, TRIVIA, ExpressionLowering
from perfwise_analyzers.facts.nodes import (
    Alias,
    AnnAssign,
    Assert,
    Assign,
    Attribute,
    AugAssign,
    BinOp,
    Break,
    BrokenStmt,
    Case,
    ClassDef,
    Continue,
    Delete,
    Expr,
    ExprStmt,
    For,
    FunctionDef,
    Handler,
    If,
    Import,
    ImportFrom,
    Keyword,
    Match,
    Name,
    Node,
    Pass,
    Raise,
    Return,
    Scope,
    Stmt,
    Suite,
    Try,
    Tuple,
    UnaryOp,
    While,
    With,
    WithItem,
)


def lower(text: str) -> Suite:
    """The nodes of one segment, whatever is in it. Deeper than `DEEPEST` levels only names are kept."""
    source = _stand_in(text)
    root = _parser().parse(source.encode("ascii")).root_node
    lowering = _Lowering(text, source)
    children = root.children if root.type == "module" else [root]
    body = lowering.statements(children, 0)
    return Suite(0, len(text), body, lowering.broken or root.has_error)


@cache
def _parser() -> ts.Parser:
    return ts.Parser(ts.Language(tree_sitter_python.language()))


def _stand_in(text: str) -> str:
    """A text of the same length for tree-sitter to read, whose bytes are the code points of the given one.

    It has an ASCII character of the same sort for each other one, and a line feed for a lone carriage return, as
    Python reads it. A zero byte would end it. Names that tree-sitter takes for Python 2's statements, or for the start
    of a type alias in `type(self).total = 0`, are other names there.
    """
    text = text.replace("type(", "typX(").replace("print", "prinX").replace("exec", "exeX")
    if text.startswith("\ufeff"):
        text = "\f" + text[1:]  # Neither is part of the indentation.
    if text.isascii() and "\r" not in text and "\0" not in text:
        return text
    return _FOREIGN.sub(lambda match: _ascii(match[0]), text)


_FOREIGN: Final = re.compile(r"[^\x01-\x7f]|\r(?!\n)")


@lru_cache(4096)
def _ascii(character: str) -> str:
    if character == "\r":
        return "\n"
    return "X" if ("a" + character).isidentifier() else "?"


@dataclass(slots=True)
class _Compound:
    """A statement with a body, or a clause of one: what is before its colon, its body, and the clauses that follow."""

    header: list[ts.Node]
    colon_end: int
    body: list[Stmt]
    clauses: list[ts.Node]


class _Lowering(ExpressionLowering):
    def __init__(self, text: str, source: str) -> None:
        super().__init__(text)
        self.source = source

    def statements(self, nodes: Iterable[ts.Node], depth: int) -> list[Stmt]:
        body: list[Stmt] = []
        indentation: str | None = None
        for node in nodes:
            kind = node.type
            if kind in TRIVIA or kind == ";":
                continue
            if depth > DEEPEST:
                body.append(BrokenStmt(node.start_byte, node.end_byte, list(self.names(node))))
                continue
            if kind in _SIMPLE:
                statement = self._simple(node, depth + 1)
            elif kind in _COMPOUND:
                statement = _COMPOUND[kind](self, node, depth + 1)
            else:
                statement = self._broken(node.start_byte, node.end_byte, [node], depth + 1)
            body.append(statement)
            before = self.source[self.source.rfind("\n", 0, statement.start) + 1 : statement.start].rpartition("\f")[2]
            if not before or before.isspace():
                if indentation is None:
                    indentation = before
                elif indentation != before:
                    self.broken = True
        return body

    def _simple(self, node: ts.Node, depth: int) -> Stmt:
        start, end = node.start_byte, node.end_byte
        children = node.children
        if self.source.find("\n", start, end) >= 0 and _spills(self.source, children):
            return self._broken(start, end, children, depth)
        statement = _SIMPLE[node.type](self, start, end, children, depth)
        return statement or self._broken(start, end, children, depth)

    def _broken(self, start: int, end: int, nodes: Iterable[ts.Node], depth: int) -> BrokenStmt:
        self.broken = True
        return BrokenStmt(start, end, self._pieces(nodes, depth))

    def _pieces(self, nodes: Iterable[ts.Node], depth: int) -> list[Node]:
        """The statements and expressions found among what does not fit together."""
        found: list[Node] = []
        for node in nodes:
            kind = node.type
            if kind in _COMPOUND or kind in _SIMPLE:
                found += self.statements([node], depth)
            elif kind != "ERROR" and kind in EXPRESSIONS:
                found += self.parts([node], depth)
            else:
                found += self.names(node) if depth > DEEPEST else self._pieces(node.children, depth + 1)
        return found

    # Simple statements: None says that the children are not those of sound source.

    def _expression(self, start: int, end: int, children: list[ts.Node], depth: int) -> Stmt | None:
        first = children[0]
        if len(children) == 1:
            if first.type == "assignment":
                return self._assignment(start, end, first, depth)
            if first.type == "augmented_assignment":
                return self._augmented(start, end, first, depth)
        if any(child.type == "ERROR" for child in children):
            return None
        return ExprStmt(start, end, self.operand(children, depth, start))

    def _assignment(self, start: int, end: int, node: ts.Node, depth: int) -> Stmt | None:
        targets: list[Expr] = []
        while True:
            sides = [child for child in node.children if child.type in EXPRESSIONS or child.type == "assignment"]
            if not sides or any(side.type == "ERROR" for side in sides):
                return None
            if len(sides) > 1 and sides[1].type == "type":
                target, annotation, *value = self.exprs(sides, depth)
                return AnnAssign(start, end, target, annotation, value[0] if value else None)
            if len(sides) != 2:
                return None
            targets.append(self.expr(sides[0], depth))
            node = sides[1]
            if node.type != "assignment":
                return Assign(start, end, targets, self.expr(node, depth))

    def _augmented(self, start: int, end: int, node: ts.Node, depth: int) -> Stmt | None:
        children = [child for child in node.children if child.type not in TRIVIA]
        if len(children) != 3:
            return None
        target, op, value = children
        return AugAssign(start, end, self.expr(target, depth), op.type[:-1], self.expr(value, depth))

    def _type_alias(self, start: int, end: int, children: list[ts.Node], depth: int) -> Stmt | None:
        sides = self.exprs(children[1:], depth)
        if len(sides) != 2:
            return None
        target, value = sides
        return Assign(start, end, [getattr(target, "value", target)], value)

    def _return(self, start: int, end: int, children: list[ts.Node], depth: int) -> Stmt | None:
        return Return(start, end, self.operand(children[1:], depth, end) if len(children) > 1 else None)

    def _raise(self, start: int, end: int, children: list[ts.Node], depth: int) -> Stmt | None:
        values = self.exprs(children, depth)
        caused = any(child.type == "from" for child in children)
        if len(values) > 2 or (len(values) == 2) != caused:
            return None
        exc, cause = (*values, None, None)[:2]
        return Raise(start, end, exc, cause)

    def _assert(self, start: int, end: int, children: list[ts.Node], depth: int) -> Stmt | None:
        values = self.exprs(children, depth)
        if not 1 <= len(values) <= 2:
            return None
        return Assert(start, end, values[0], values[1] if len(values) == 2 else None)

    def _delete(self, start: int, end: int, children: list[ts.Node], depth: int) -> Stmt | None:
        target = self.operand(children[1:], depth, end)
        unpacked = isinstance(target, Tuple) and any(child.type == "expression_list" for child in children)
        return Delete(start, end, target.elts if isinstance(target, Tuple) and unpacked else [target])

    def _pass(self, start: int, end: int, _: list[ts.Node], __: int) -> Stmt | None:
        return Pass(start, end)

    def _break(self, start: int, end: int, _: list[ts.Node], __: int) -> Stmt | None:
        return Break(start, end)

    def _continue(self, start: int, end: int, _: list[ts.Node], __: int) -> Stmt | None:
        return Continue(start, end)

    def _scope(self, start: int, end: int, children: list[ts.Node], _: int) -> Stmt | None:
        names = [self.word(child) for child in children if child.type == "identifier"]
        return Scope(start, end, "global" if children[0].type == "global" else "nonlocal", names)

    def _import(self, start: int, end: int, children: list[ts.Node], _: int) -> Stmt | None:
        return Import(start, end, self._aliases(children))

    def _import_from(self, start: int, end: int, children: list[ts.Node], _: int) -> Stmt | None:
        split = next((i for i, child in enumerate(children) if child.type == "import"), len(children))
        module = "".join(self.dotted(child) for child in children[1:split] if child.type not in TRIVIA)
        return ImportFrom(start, end, module, self._aliases(children[split:]))

    def _aliases(self, nodes: Iterable[ts.Node]) -> list[Alias]:
        aliases = []
        for node in nodes:
            if node.type == "aliased_import":
                name, asname = self.dotted(node.children[0]), self.word(node.children[-1])
                aliases.append(Alias(node.start_byte, node.end_byte, name, asname))
            elif node.type in ("dotted_name", "wildcard_import"):
                aliases.append(Alias(node.start_byte, node.end_byte, self.dotted(node), None))
        return aliases

    # Statements with a body

    def _compound(self, node: ts.Node, depth: int) -> _Compound:
        children = node.children
        colon = next((i for i, child in enumerate(children) if child.type == ":"), len(children))
        header = children[:colon]
        colon_end = children[colon].end_byte if colon < len(children) else node.end_byte
        if self.source.find("\n", node.start_byte, colon_end) >= 0 and _spills(self.source, children[: colon + 1]):
            self.broken = True
        body: list[Stmt] = []
        clauses: list[ts.Node] = []
        for child in children:
            if child.type == "block":
                body += self.statements(child.children, depth)
            elif child.type == "ERROR":
                body.append(self._broken(child.start_byte, child.end_byte, child.children, depth))
            elif child.type in _CLAUSES:
                clauses.append(child)
        if not body:
            self.broken = True
        return _Compound(header, colon_end, body, clauses)

    def _if(self, node: ts.Node, depth: int) -> Stmt:
        first = self._compound(node, depth)
        branches = [(node.start_byte, first)]
        orelse: list[Stmt] = []
        for clause in first.clauses:
            part = self._compound(clause, depth)
            if clause.type == "elif_clause":
                branches.append((clause.start_byte, part))
            else:
                orelse = part.body
        end = _end(branches[-1][1].colon_end, branches[-1][1].body, orelse)
        if len(branches) > DEEPEST:
            rest = [piece for _, part in branches[DEEPEST:] for piece in (self._condition(part, depth), *part.body)]
            orelse = [BrokenStmt(branches[DEEPEST][0], end, [*rest, *orelse])]
        for start, part in reversed(branches[:DEEPEST]):
            orelse = [If(start, end, self._condition(part, depth), part.body, orelse)]
        return orelse[0]

    def _condition(self, part: _Compound, depth: int) -> Expr:
        return self.operand(part.header[1:], depth, part.colon_end)

    def _while(self, node: ts.Node, depth: int) -> Stmt:
        part = self._compound(node, depth)
        orelse, end = self._else(part, depth)
        return While(node.start_byte, end, self._condition(part, depth), part.body, orelse)

    def _for(self, node: ts.Node, depth: int) -> Stmt:
        part = self._compound(node, depth)
        orelse, end = self._else(part, depth)
        target, iterable, is_async = self.loop_header(part.header, depth)
        return For(node.start_byte, end, target, iterable, part.body, orelse, is_async)

    def _else(self, part: _Compound, depth: int) -> tuple[list[Stmt], int]:
        orelse = [statement for clause in part.clauses for statement in self._compound(clause, depth).body]
        return orelse, _end(part.colon_end, part.body, orelse)

    def _with(self, node: ts.Node, depth: int) -> Stmt:
        part = self._compound(node, depth)
        items = [
            self._with_item(item, depth)
            for clause in part.header
            if clause.type == "with_clause"
            for item in clause.children
            if item.type == "with_item"
        ]
        is_async = part.header[0].type == "async"
        return With(node.start_byte, _end(part.colon_end, part.body), items, part.body, is_async)

    def _with_item(self, node: ts.Node, depth: int) -> WithItem:
        start, end = node.start_byte, node.end_byte
        while node.type in ("with_item", "parenthesized_expression"):
            inside = [child for child in node.children if child.type in EXPRESSIONS or child.type == "as_pattern"]
            if len(inside) != 1:
                break
            node = inside[0]
        if node.type != "as_pattern":
            return WithItem(start, end, self.expr(node, depth), None)
        context, target = self._named(node, depth)
        return WithItem(start, end, context, target)

    def _named(self, node: ts.Node, depth: int) -> tuple[Expr, Expr | None]:
        """Both sides of `value as target`."""
        split = next((i for i, child in enumerate(node.children) if child.type == "as"), len(node.children))
        target = self.exprs(node.children[split:], depth)
        return self.operand(node.children[:split], depth, node.start_byte), target[0] if target else None

    def _try(self, node: ts.Node, depth: int) -> Stmt:
        part = self._compound(node, depth)
        handlers: list[Handler] = []
        orelse: list[Stmt] = []
        final: list[Stmt] = []
        for clause in part.clauses:
            if clause.type == "except_clause":
                handlers.append(self._handler(clause, depth))
            elif clause.type == "else_clause":
                orelse = self._compound(clause, depth).body
            else:
                final = self._compound(clause, depth).body
        if not handlers and not final:
            self.broken = True
        end = _end(part.colon_end, part.body, handlers, orelse, final)
        return Try(node.start_byte, end, part.body, handlers, orelse, final)

    def _handler(self, node: ts.Node, depth: int) -> Handler:
        part = self._compound(node, depth)
        caught: Expr | None = None
        name: str | None = None
        for child in part.header:
            if child.type == "as_pattern":
                caught, target = self._named(child, depth)
                name = target.id if isinstance(target, Name) else None
        if caught is None and any(child.type in EXPRESSIONS for child in part.header):
            caught = self.operand(part.header, depth, part.colon_end)
        return Handler(node.start_byte, _end(part.colon_end, part.body), caught, name, part.body)

    def _match(self, node: ts.Node, depth: int) -> Stmt:
        children = node.children
        colon = next((i for i, child in enumerate(children) if child.type == ":"), len(children))
        subject = self.operand(children[1:colon], depth, node.start_byte)
        clauses = [clause for block in children[colon:] if block.type == "block" for clause in block.children]
        cases = [self._case(clause, depth) for clause in clauses if clause.type == "case_clause"]
        if not cases:
            self.broken = True
        return Match(node.start_byte, _end(children[min(colon, len(children) - 1)].end_byte, cases), subject, cases)

    def _case(self, node: ts.Node, depth: int) -> Case:
        part = self._compound(node, depth)
        case = Case(node.start_byte, _end(part.colon_end, part.body), [], [], None, part.body)
        for child in part.header[1:]:
            if child.type == "if_clause":
                case.guard = self.operand(child.children[1:], depth, child.end_byte)
            else:
                self._pattern(child, case, depth)
        return case

    def _pattern(self, node: ts.Node, case: Case, depth: int) -> None:
        """Adds what a pattern binds and compares with to the case."""
        kind = node.type
        children = node.children
        if depth > DEEPEST:
            case.values += self.names(node)
        elif kind == "dotted_name":
            if len(children) == 1:
                case.captures.append(self.word(node))
            else:
                case.values.append(self._dotted_value(node))
        elif kind == "keyword_pattern":
            self._patterns(children[1:], case, depth)
        elif kind in ("as_pattern", "splat_pattern"):
            self._patterns(children[:-1], case, depth)
            case.captures += [self.word(child) for child in children[-1:] if child.type == "identifier"]
        elif kind == "class_pattern":
            case.values.append(self._dotted_value(children[0]))
            self._patterns(children[1:], case, depth)
        elif kind == "complex_pattern":
            case.values.append(self._signed(children, depth))
        elif kind in EXPRESSIONS and kind not in ("list_pattern", "tuple_pattern"):
            case.values.append(self.expr(node, depth))
        else:
            self._patterns(children, case, depth)

    def _patterns(self, nodes: Sequence[ts.Node], case: Case, depth: int) -> None:
        minus: ts.Node | None = None
        for node in nodes:
            if node.type == "-":
                minus = node
            elif minus is not None:
                case.values.append(UnaryOp(minus.start_byte, node.end_byte, "-", self.expr(node, depth)))
                minus = None
            else:
                self._pattern(node, case, depth + 1)

    def _signed(self, nodes: Sequence[ts.Node], depth: int) -> Expr:
        """`-1 + 2j` in a pattern, whose tokens tree-sitter leaves in a row."""
        tokens = [node for node in nodes if node.type not in TRIVIA]
        *sign, real, op, imaginary = tokens if len(tokens) > 2 else (nodes[0], nodes[0], nodes[-1])
        left = self.expr(real, depth)
        if sign:
            left = UnaryOp(sign[0].start_byte, real.end_byte, "-", left)
        return BinOp(left.start, imaginary.end_byte, left, op.type, self.expr(imaginary, depth))

    def _dotted_value(self, node: ts.Node) -> Expr:
        value: Expr | None = None
        for child in node.children:
            if child.type == "identifier":
                name = self.word(child)
                if value is None:
                    value = Name(child.start_byte, child.end_byte, name)
                else:
                    value = Attribute(node.start_byte, child.end_byte, value, name)
        return value or self.expr(node, DEEPEST + 1)

    def _function(self, node: ts.Node, depth: int) -> FunctionDef:
        part = self._compound(node, depth)
        function = FunctionDef(
            node.start_byte,
            _end(part.colon_end, part.body),
            name="",
            params=[],
            returns=None,
            decorators=[],
            body=part.body,
            is_async=part.header[0].type == "async",
            header_end=part.colon_end,
        )
        for child in part.header:
            if child.type == "identifier":
                function.name = self.word(child)
            elif child.type == "parameters":
                function.params = self.parameters(child, depth)
            elif child.type == "type":
                function.returns = self.expr(child, depth)
        return function

    def _class(self, node: ts.Node, depth: int) -> ClassDef:
        part = self._compound(node, depth)
        name, bases, keywords = "", list[Expr](), list[Keyword]()
        for child in part.header:
            if child.type == "identifier":
                name = self.word(child)
            elif child.type == "argument_list":
                bases, keywords = self.arguments(child, depth)
        end = _end(part.colon_end, part.body)
        return ClassDef(node.start_byte, end, name, bases, keywords, [], part.body, part.colon_end)

    def _decorated(self, node: ts.Node, depth: int) -> Stmt:
        decorators: list[Expr] = []
        for child in node.children:
            if child.type == "decorator":
                if _spills(self.source, child.children):
                    self.broken = True
                decorators.append(self.operand(child.children[1:], depth, child.end_byte))
            elif child.type in ("function_definition", "class_definition"):
                definition = self._function(child, depth) if child.type[0] == "f" else self._class(child, depth)
                definition.start = node.start_byte
                definition.decorators = decorators
                return definition
        return self._broken(node.start_byte, node.end_byte, node.children, depth)


def _end(header: int, *suites: Sequence[Node]) -> int:
    """Where a statement ends whose header ends at `header`; a suite may be empty."""
    return max([header, *(suite[-1].end for suite in suites if suite)])


def _spills(source: str, nodes: Sequence[ts.Node]) -> bool:
    """Whether a line ends between tokens outside brackets, which tree-sitter lets pass and Python does not.

    It is what half-typed source looks like: `x =` and `items.` take the next line's first words for theirs.
    """
    pending = [nodes]
    while pending:
        depth, previous = 0, -1
        for node in pending.pop():
            kind = node.type
            if not depth and previous >= 0 and _CONTINUED.sub("", source[previous : node.start_byte]).find("\n") >= 0:
                return True
            previous = node.end_byte
            if kind in ("(", "[", "{"):
                depth += 1
            elif kind in (")", "]", "}"):
                depth -= 1
            elif not depth and kind != "string" and source.find("\n", node.start_byte, previous) >= 0:
                pending.append(node.children)
    return False


_CONTINUED: Final = re.compile(r"\\\r?\n")
_CLAUSES: Final = frozenset({"elif_clause", "else_clause", "except_clause", "finally_clause"})

_SIMPLE: Final[dict[str, Callable[[_Lowering, int, int, list[ts.Node], int], Stmt | None]]] = {
    "expression_statement": _Lowering._expression,
    "type_alias_statement": _Lowering._type_alias,
    "return_statement": _Lowering._return,
    "raise_statement": _Lowering._raise,
    "assert_statement": _Lowering._assert,
    "delete_statement": _Lowering._delete,
    "pass_statement": _Lowering._pass,
    "break_statement": _Lowering._break,
    "continue_statement": _Lowering._continue,
    "global_statement": _Lowering._scope,
    "nonlocal_statement": _Lowering._scope,
    "import_statement": _Lowering._import,
    "import_from_statement": _Lowering._import_from,
    "future_import_statement": _Lowering._import_from,
}
_COMPOUND: Final[dict[str, Callable[[_Lowering, ts.Node, int], Stmt]]] = {
    "if_statement": _Lowering._if,
    "while_statement": _Lowering._while,
    "for_statement": _Lowering._for,
    "with_statement": _Lowering._with,
    "try_statement": _Lowering._try,
    "match_statement": _Lowering._match,
    "function_definition": _Lowering._function,
    "class_definition": _Lowering._class,
    "decorated_definition": _Lowering._decorated,
}
