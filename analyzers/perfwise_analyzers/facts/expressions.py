"""Expressions of a tree-sitter tree turned into our nodes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal

import tree_sitter as ts

from perfwise_analyzers.facts import literals
from perfwise_analyzers.facts.nodes import (
    Attribute,
    Await,
    BinOp,
    BoolOp,
    Call,
    Compare,
    Comprehension,
    Constant,
    Dict,
    Expr,
    Generator,
    IfExp,
    JoinedStr,
    Keyword,
    Lambda,
    List,
    Name,
    NamedExpr,
    Parameter,
    Set,
    Slice,
    Starred,
    Subscript,
    Tuple,
    UnaryOp,
    Unknown,
    Yield,
)

DEEPEST: Final = 100
"""Levels of nesting that are kept, so that recursion over the nodes stays far from Python's limit.

Of what is deeper, an Unknown or a BrokenStmt holds the names."""

TRIVIA: Final = ("comment", "line_continuation")


class ExpressionLowering:
    """Lowers the expressions of one text. Offsets in the tree must be code points of `text`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.broken = False
        """Set when the tree holds what Python's grammar does not, beyond the errors that tree-sitter saw."""

    def expr(self, node: ts.Node, depth: int) -> Expr:
        if depth > DEEPEST:
            return Unknown(node.start_byte, node.end_byte, list(self.names(node)))
        return EXPRESSIONS.get(node.type, ExpressionLowering.unknown)(self, node, depth + 1)

    def exprs(self, nodes: Iterable[ts.Node], depth: int) -> list[Expr]:
        return [self.element(node, depth) for node in nodes if node.type in EXPRESSIONS]

    def element(self, node: ts.Node, depth: int) -> Expr:
        """An expression where a star may stand before it."""
        value = self.expr(node, depth)
        starred = self.text[value.start : value.start + 1] == "*" and not isinstance(value, Starred)
        return self._hoisted(value) if starred else value

    def _hoisted(self, value: Expr) -> Expr:
        """`*a.b` in a list or tuple, which tree-sitter reads as `(*a).b`."""
        spine: list[Expr] = []
        inner = value
        while isinstance(inner, Attribute | Subscript | Call | BinOp):
            spine.append(inner)
            inner = inner.func if isinstance(inner, Call) else inner.left if isinstance(inner, BinOp) else inner.value
        if not spine or not isinstance(inner, Starred):
            return value
        last = spine[-1]
        if isinstance(last, Call):
            last.func = inner.value
        elif isinstance(last, BinOp):
            last.left = inner.value
        elif isinstance(last, Attribute | Subscript):
            last.value = inner.value
        start = value.start
        after_star = self.text[start + 1 : inner.end]
        for node in spine:
            node.start = inner.end - len(after_star.lstrip())
        return Starred(start, value.end, value)

    def operand(self, nodes: Sequence[ts.Node], depth: int, place: int) -> Expr:
        """What stands between two keywords: an expression, or several with commas; `place` is where it is missed."""
        if len(nodes) == 1:
            return self.element(nodes[0], depth)
        items = [node for node in nodes if node.type == "," or node.type in EXPRESSIONS]
        values = self.exprs(items, depth)
        if len(items) > len(values) > 0:
            return Tuple(items[0].start_byte, items[-1].end_byte, values)
        if values:
            return values[0]
        return Unknown(place, place, [])

    def unknown(self, node: ts.Node, depth: int) -> Expr:
        return Unknown(node.start_byte, node.end_byte, self.parts(node.children, depth))

    def parts(self, nodes: Iterable[ts.Node], depth: int) -> list[Expr]:
        """The expressions found among what does not fit together."""
        found: list[Expr] = []
        for node in nodes:
            if node.type == "ERROR" or node.type not in EXPRESSIONS:
                found += self.names(node) if depth > DEEPEST else self.parts(node.children, depth + 1)
            elif node.is_named:
                found.append(self.expr(node, depth))
        return found

    def names(self, node: ts.Node) -> Iterator[Name]:
        """The names that are read anywhere inside, without recursion."""
        pending = [node]
        while pending:
            node = pending.pop()
            if node.type == "identifier" and node.start_byte < node.end_byte:
                yield Name(node.start_byte, node.end_byte, self.word(node))
            elif node.type == "attribute":
                pending.append(node.children[0])
            elif node.type == "keyword_argument":
                pending.append(node.children[-1])
            else:
                pending += reversed(node.children)

    def word(self, node: ts.Node) -> str:
        """An identifier in the form in which Python compares it."""
        text = self.text[node.start_byte : node.end_byte]
        return text if text.isascii() else unicodedata.normalize("NFKC", text)

    def dotted(self, node: ts.Node) -> str:
        return "".join(self.word(node).split())

    def _name(self, node: ts.Node, _: int) -> Expr:
        start, end = node.start_byte, node.end_byte
        return Name(start, end, self.word(node)) if start < end else Unknown(start, end, [])

    def _number(self, node: ts.Node, _: int) -> Expr:
        start, end = node.start_byte, node.end_byte
        return Constant(start, end, *literals.number(self.text[start:end])) if start < end else Unknown(start, end, [])

    def _constant(self, node: ts.Node, _: int) -> Expr:
        kind, value = _CONSTANTS[node.type]
        return Constant(node.start_byte, node.end_byte, kind, value)

    def _string(self, node: ts.Node, depth: int) -> Expr:
        start, end = node.start_byte, node.end_byte
        text = self.text[start:end]
        if _interpolates(text):
            return JoinedStr(start, end, self._interpolated(node, depth))
        return Constant(start, end, *literals.string(text))

    def _concatenated(self, node: ts.Node, depth: int) -> Expr:
        start, end = node.start_byte, node.end_byte
        pieces = self.exprs(node.children, depth)
        constants = [piece for piece in pieces if isinstance(piece, Constant)]
        if len(constants) < len(pieces):
            joined_values = [value for piece in pieces if isinstance(piece, JoinedStr) for value in piece.values]
            return JoinedStr(start, end, joined_values)
        kind: Literal["str", "bytes"] = "bytes" if constants and constants[0].kind == "bytes" else "str"
        values = [constant.value for constant in constants]
        joined: object = None
        if end - start <= literals.LONGEST:
            if all(isinstance(value, str) for value in values):
                joined = "".join(value for value in values if isinstance(value, str))
            elif all(isinstance(value, bytes) for value in values):
                joined = b"".join(value for value in values if isinstance(value, bytes))
        return Constant(start, end, kind, joined)

    def _interpolated(self, node: ts.Node, depth: int) -> list[Expr]:
        """The expressions of an f-string, those in format specifications too, however deep these nest."""
        values: list[Expr] = []
        pending = [node]
        while pending:
            for child in pending.pop().children:
                if child.type == "named_expression":
                    child = child.children[0]  # In `{x:=5}` the equals sign belongs to the format.
                if child.type in EXPRESSIONS:
                    values.append(self.expr(child, depth))
                elif child.type in ("interpolation", "format_specifier", "format_expression"):
                    pending.append(child)
        values.sort(key=lambda value: value.start)
        return values

    def _parenthesized(self, node: ts.Node, depth: int) -> Expr:
        while node.type == "parenthesized_expression":
            inside = [child for child in node.children if child.type in EXPRESSIONS]
            if len(inside) != 1:
                return self.unknown(node, depth)
            node = inside[0]
        return self.expr(node, depth - 1)

    def _only(self, node: ts.Node, depth: int) -> Expr:
        return self.operand(node.children, depth - 1, node.end_byte)

    def _attribute(self, node: ts.Node, depth: int) -> Expr:
        children = _shape(node, 3)
        if children is None or children[2].start_byte == children[2].end_byte:
            return self.unknown(node, depth)
        return Attribute(node.start_byte, node.end_byte, self.expr(children[0], depth), self.word(children[2]))

    def _call(self, node: ts.Node, depth: int) -> Expr:
        children = _shape(node, 2)
        if children is None:
            return self.unknown(node, depth)
        func, arguments = children
        if arguments.type == "argument_list":
            args, keywords = self.arguments(arguments, depth)
        else:
            args, keywords = [self.expr(arguments, depth)], []
        return Call(node.start_byte, node.end_byte, self.expr(func, depth), args, keywords)

    def arguments(self, node: ts.Node, depth: int) -> tuple[list[Expr], list[Keyword]]:
        args: list[Expr] = []
        keywords: list[Keyword] = []
        for child in node.children:
            kind = child.type
            if kind in EXPRESSIONS:
                args.append(self.expr(child, depth))
            elif kind in ("keyword_argument", "dictionary_splat"):
                name = child.children[0]
                value = self.expr(child.children[-1], depth)
                arg = self.word(name) if kind == "keyword_argument" else None
                keywords.append(Keyword(child.start_byte, child.end_byte, arg, value))
        return args, keywords

    def _subscript(self, node: ts.Node, depth: int) -> Expr:
        children = node.children
        opening = next((i for i, child in enumerate(children) if child.type == "["), len(children))
        value = self.operand(children[:opening], depth, node.start_byte)
        return Subscript(
            node.start_byte, node.end_byte, value, self._index(children[opening + 1 : -1], depth, node.end_byte)
        )

    def _index(self, nodes: Sequence[ts.Node], depth: int, place: int) -> Expr:
        index = self.operand(nodes, depth, place)
        return Tuple(index.start, index.end, [index]) if isinstance(index, Starred) else index

    def _slice(self, node: ts.Node, depth: int) -> Expr:
        bounds: list[Expr | None] = [None]
        for child in node.children:
            if child.type == ":":
                bounds.append(None)
            elif child.type in EXPRESSIONS:
                bounds[-1] = self.expr(child, depth)
        lower, upper, step = (*bounds, None, None)[:3]
        return Slice(node.start_byte, node.end_byte, lower, upper, step)

    def _generic_type(self, node: ts.Node, depth: int) -> Expr:
        children = _shape(node, 2)
        if children is None:
            return self.unknown(node, depth)
        base, params = children
        index = self._index(params.children[1:-1], depth, params.end_byte)
        return Subscript(node.start_byte, node.end_byte, self.expr(base, depth), index)

    def _list(self, node: ts.Node, depth: int) -> Expr:
        return List(node.start_byte, node.end_byte, self.exprs(node.children, depth))

    def _tuple(self, node: ts.Node, depth: int) -> Expr:
        return Tuple(node.start_byte, node.end_byte, self.exprs(node.children, depth))

    def _tuple_pattern(self, node: ts.Node, depth: int) -> Expr:
        if any(child.type == "," for child in node.children) or len(node.children) == 2:
            return self._tuple(node, depth)
        return self._only(node, depth)

    def _set(self, node: ts.Node, depth: int) -> Expr:
        return Set(node.start_byte, node.end_byte, self.exprs(node.children, depth))

    def _dict(self, node: ts.Node, depth: int) -> Expr:
        keys: list[Expr | None] = []
        values: list[Expr] = []
        for child in node.children:
            kind = child.type
            if kind == "pair" and (pair := _shape(child, 3)):
                keys.append(self.expr(pair[0], depth))
                values.append(self.expr(pair[2], depth))
            elif kind == "dictionary_splat":
                keys.append(None)
                values.append(self.expr(child.children[-1], depth))
            elif kind == "ERROR" or kind == "pair":
                return self.unknown(node, depth)
        return Dict(node.start_byte, node.end_byte, keys, values)

    def _comparison(self, node: ts.Node, depth: int) -> Expr:
        operands: list[Expr] = []
        ops: list[str] = []
        for child in node.children:
            kind = child.type
            if kind in EXPRESSIONS:
                operands.append(self.expr(child, depth))
            elif kind not in TRIVIA:
                ops.append(kind)
        if "<>" in ops:
            self.broken = True
        if len(operands) != len(ops) + 1:
            return Unknown(node.start_byte, node.end_byte, operands)
        return Compare(node.start_byte, node.end_byte, operands[0], ops, operands[1:])

    def _binary(self, node: ts.Node, depth: int) -> Expr:
        children = _shape(node, 3)
        if children is None:
            return self.unknown(node, depth)
        left, op, right = children
        if op.type == "&" and "^" in self.text[node.start_byte : node.end_byte]:
            return self._bitwise(node, depth)
        return BinOp(node.start_byte, node.end_byte, self.expr(left, depth), op.type, self.expr(right, depth))

    def _bitwise(self, node: ts.Node, depth: int) -> Expr:
        """A chain of `&` and `^`; tree-sitter has `^` bind more tightly, Python `&`."""
        start, end = node.start_byte, node.end_byte
        groups: list[list[ts.Node]] = [[]]
        pending = [node]
        while pending:
            node = pending.pop()
            if node.type == "binary_operator" and (children := _shape(node, 3)) and children[1].type in ("&", "^"):
                pending += reversed(children)
            elif node.type == "^":
                groups.append([])
            elif node.type != "&":
                groups[-1].append(node)
        values = [self.exprs(group, depth) for group in groups]
        if sum(map(len, groups)) > DEEPEST or not all(values):
            return Unknown(start, end, [value for group in values for value in group])
        whole: Expr | None = None
        for group, operands in zip(groups, values, strict=True):
            value = operands[0]
            for operand_node, operand in zip(group[1:], operands[1:], strict=True):
                value = BinOp(group[0].start_byte, operand_node.end_byte, value, "&", operand)
            whole = value if whole is None else BinOp(start, group[-1].end_byte, whole, "^", value)
        return whole or Unknown(start, end, [])

    def _unary(self, node: ts.Node, depth: int) -> Expr:
        children = _shape(node, 2)
        if children is None:
            return self.unknown(node, depth)
        return UnaryOp(node.start_byte, node.end_byte, children[0].type, self.expr(children[1], depth))

    def _boolean(self, node: ts.Node, depth: int) -> Expr:
        start, end = node.start_byte, node.end_byte
        operands: list[ts.Node] = []
        op = ""
        while node.type == "boolean_operator" and (children := _shape(node, 3)) and op in ("", children[1].type):
            node, op = children[0], children[1].type
            operands.append(children[2])
        if op != "and" and op != "or":
            return self.unknown(node, depth)
        operands.append(node)
        return BoolOp(start, end, "or" if op == "or" else "and", self.exprs(reversed(operands), depth))

    def _conditional(self, node: ts.Node, depth: int) -> Expr:
        children = _shape(node, 5)
        if children is None:
            return self.unknown(node, depth)
        body, _, test, _, orelse = children
        return IfExp(
            node.start_byte, node.end_byte, self.expr(test, depth), self.expr(body, depth), self.expr(orelse, depth)
        )

    def _walrus(self, node: ts.Node, depth: int) -> Expr:
        children = _shape(node, 3)
        target = self.expr(children[0], depth) if children else None
        if children is None or not isinstance(target, Name):
            return self.unknown(node, depth)
        return NamedExpr(node.start_byte, node.end_byte, target, self.expr(children[2], depth))

    def _starred(self, node: ts.Node, depth: int) -> Expr:
        return Starred(node.start_byte, node.end_byte, self.operand(node.children[1:], depth, node.end_byte))

    def _await(self, node: ts.Node, depth: int) -> Expr:
        return Await(node.start_byte, node.end_byte, self.operand(node.children[1:], depth, node.end_byte))

    def _yield(self, node: ts.Node, depth: int) -> Expr:
        children = node.children[1:]
        is_from = any(child.type == "from" for child in children)
        values = [child for child in children if child.type in EXPRESSIONS]
        value = self.operand(values, depth, node.end_byte) if values else None
        return Yield(node.start_byte, node.end_byte, value, is_from)

    def _lambda(self, node: ts.Node, depth: int) -> Expr:
        params: list[Parameter] = []
        body: list[ts.Node] = []
        for child in node.children[1:]:
            if child.type == "lambda_parameters":
                params = self.parameters(child, depth)
            elif child.type in EXPRESSIONS:
                body.append(child)
        if len(body) != 1:
            return self.unknown(node, depth)
        return Lambda(node.start_byte, node.end_byte, params, self.expr(body[0], depth))

    def parameters(self, node: ts.Node, depth: int) -> list[Parameter]:
        params: list[Parameter] = []
        plain: Literal["positional", "keyword"] = "positional"
        for child in node.children:
            kind = child.type
            if kind == "keyword_separator":
                plain = "keyword"
            elif kind in _PARAMETERS:
                named, rest = (child.children[0], child.children[1:]) if kind in _ANNOTATED else (child, [])
                star = _STARS.get(named.type)
                name = self.word(named.children[-1] if star else named)
                annotation = default = None
                for part in rest:
                    if part.type == "type":
                        annotation = self.expr(part, depth)
                    elif part.type in EXPRESSIONS:
                        default = self.expr(part, depth)
                params.append(Parameter(child.start_byte, child.end_byte, name, annotation, default, star or plain))
                if star == "star":
                    plain = "keyword"
            elif kind == "tuple_pattern":
                self.broken = True
        return params

    def _comprehension(self, node: ts.Node, depth: int) -> Expr:
        elements: list[ts.Node] = []
        generators: list[Generator] = []
        for child in node.children:
            kind = child.type
            if kind == "for_in_clause":
                generators.append(self._generator(child, depth))
            elif kind == "if_clause" and generators:
                generators[-1].ifs.append(self.operand(child.children[1:], depth, child.end_byte))
                generators[-1].end = child.end_byte
            elif kind == "pair" and (pair := _shape(child, 3)):
                elements += (pair[0], pair[2])
            elif kind in EXPRESSIONS or kind == "pair":
                elements.append(child)
        kind_ = _COMPREHENSIONS[node.type]
        if len(elements) != (2 if kind_ == "dict" else 1) or not generators:
            return self.unknown(node, depth)
        element, *value = self.exprs(elements, depth)
        return Comprehension(node.start_byte, node.end_byte, kind_, element, value[0] if value else None, generators)

    def _generator(self, node: ts.Node, depth: int) -> Generator:
        target, iterable, is_async = self.loop_header(node.children, depth)
        return Generator(node.start_byte, node.end_byte, target, iterable, [], is_async)

    def loop_header(self, nodes: Sequence[ts.Node], depth: int) -> tuple[Expr, Expr, bool]:
        """The target and the iterable of `[async] for target in iterable`, and whether it is asynchronous."""
        kinds = [node.type for node in nodes]
        is_async = kinds[0] == "async"
        split = kinds.index("in") if "in" in kinds else len(kinds)
        middle = nodes[min(split, len(nodes) - 1)].end_byte
        target = self.operand(nodes[1 + is_async : split], depth, middle)
        return target, self.operand(nodes[split + 1 :], depth, middle), is_async


def _shape(node: ts.Node, count: int) -> list[ts.Node] | None:
    """The node's children but comments, if they are as many as sound source has."""
    children = node.children
    if len(children) != count:
        children = [child for child in children if child.type not in TRIVIA]
    return children if len(children) == count else None


def _interpolates(literal: str) -> bool:
    for letter in literal[:3]:
        if letter in "fFtT":
            return True
        if letter in "'\"":
            break
    return False


_CONSTANTS: Final[dict[str, tuple[Literal["bool", "None", "Ellipsis"], object]]] = {
    "true": ("bool", True),
    "false": ("bool", False),
    "none": ("None", None),
    "ellipsis": ("Ellipsis", None),
}
_COMPREHENSIONS: Final[dict[str, Literal["list", "set", "dict", "generator"]]] = {
    "list_comprehension": "list",
    "set_comprehension": "set",
    "dictionary_comprehension": "dict",
    "generator_expression": "generator",
}
_STARS: Final[dict[str, Literal["star", "double_star"]]] = {
    "list_splat_pattern": "star",
    "dictionary_splat_pattern": "double_star",
}
_ANNOTATED: Final = frozenset({"typed_parameter", "default_parameter", "typed_default_parameter"})
_PARAMETERS: Final = _ANNOTATED | _STARS.keys() | {"identifier"}

Handler = Callable[[ExpressionLowering, ts.Node, int], Expr]
EXPRESSIONS: Final[dict[str, Handler]] = {
    "ERROR": ExpressionLowering.unknown,
    "identifier": ExpressionLowering._name,
    "integer": ExpressionLowering._number,
    "float": ExpressionLowering._number,
    **dict.fromkeys(_CONSTANTS, ExpressionLowering._constant),
    "string": ExpressionLowering._string,
    "concatenated_string": ExpressionLowering._concatenated,
    "parenthesized_expression": ExpressionLowering._parenthesized,
    "type": ExpressionLowering._only,
    "as_pattern_target": ExpressionLowering._only,
    "attribute": ExpressionLowering._attribute,
    "member_type": ExpressionLowering._attribute,
    "call": ExpressionLowering._call,
    "subscript": ExpressionLowering._subscript,
    "slice": ExpressionLowering._slice,
    "generic_type": ExpressionLowering._generic_type,
    "list": ExpressionLowering._list,
    "list_pattern": ExpressionLowering._list,
    "tuple": ExpressionLowering._tuple,
    "tuple_pattern": ExpressionLowering._tuple_pattern,
    "expression_list": ExpressionLowering._tuple,
    "pattern_list": ExpressionLowering._tuple,
    "set": ExpressionLowering._set,
    "dictionary": ExpressionLowering._dict,
    "comparison_operator": ExpressionLowering._comparison,
    "binary_operator": ExpressionLowering._binary,
    "union_type": ExpressionLowering._binary,
    "unary_operator": ExpressionLowering._unary,
    "not_operator": ExpressionLowering._unary,
    "boolean_operator": ExpressionLowering._boolean,
    "conditional_expression": ExpressionLowering._conditional,
    "named_expression": ExpressionLowering._walrus,
    "list_splat": ExpressionLowering._starred,
    "list_splat_pattern": ExpressionLowering._starred,
    "splat_type": ExpressionLowering._starred,
    "parenthesized_list_splat": ExpressionLowering._only,
    "await": ExpressionLowering._await,
    "yield": ExpressionLowering._yield,
    "lambda": ExpressionLowering._lambda,
    **dict.fromkeys(_COMPREHENSIONS, ExpressionLowering._comprehension),
}
