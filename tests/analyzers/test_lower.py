from __future__ import annotations

import ast
import os
import random
import re
import sys
import sysconfig
import tokenize
from collections.abc import Iterator
from dataclasses import fields
from itertools import accumulate
from pathlib import Path

import pytest
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.lower import lower

FILES = int(os.environ.get("PERFWISE_LOWER_FILES", "150"))
MUTATIONS = int(os.environ.get("PERFWISE_LOWER_MUTATIONS", "1500"))

OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "MatMult": "@", "Div": "/", "Mod": "%", "Pow": "**", "LShift": "<<", "RShift": ">>",
    "BitOr": "|", "BitXor": "^", "BitAnd": "&", "FloorDiv": "//", "Invert": "~", "Not": "not", "UAdd": "+", "USub": "-",
    "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in",
    "NotIn": "not in",
}  # fmt: skip


class FromAst:
    """Python's own tree in our nodes, made without the code under test. A place that `ast` does not tell is (-1, -1)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
        self.starts = [0, *accumulate(len(line) for line in self.lines)]

    def suite(self) -> n.Suite:
        return n.Suite(0, len(self.text), self.body(ast.parse(self.text).body))

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode()) if column else self.starts[line - 1]

    def place(self, node: ast.AST) -> tuple[int, int]:
        return (
            self.offset(node.lineno, node.col_offset),  # type: ignore[attr-defined]
            self.offset(node.end_lineno, node.end_col_offset),  # type: ignore[attr-defined]
        )

    def body(self, statements: list[ast.stmt]) -> list[n.Stmt]:
        return [self.stmt(statement) for statement in statements]

    def exprs(self, expressions: list[ast.expr]) -> list[n.Expr]:
        return [self.expr(expression) for expression in expressions]

    def maybe(self, node: ast.expr | None) -> n.Expr | None:
        return None if node is None else self.expr(node)

    def stmt(self, node: ast.stmt) -> n.Stmt:
        start, end = self.place(node)
        end -= self.text[end - 1] == ";"  # Part of a suite's last line, for `ast`.
        place = start, end
        is_async = type(node).__name__.startswith("Async")
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                decorators = self.exprs(node.decorator_list)
                start = self.text.rindex("@", 0, decorators[0].start) if decorators else start
                params, returns = self.params(node.args), self.maybe(node.returns)
                return n.FunctionDef(start, end, node.name, params, returns, decorators, self.body(node.body), is_async, -1)
            case ast.ClassDef():
                decorators = self.exprs(node.decorator_list)
                start = self.text.rindex("@", 0, decorators[0].start) if decorators else start
                bases, keywords = self.exprs(node.bases), self.keywords(node.keywords)
                return n.ClassDef(start, end, node.name, bases, keywords, decorators, self.body(node.body), -1)
            case ast.Return():
                return n.Return(*place, self.maybe(node.value))
            case ast.Delete():
                return n.Delete(*place, self.exprs(node.targets))
            case ast.Assign():
                return n.Assign(*place, self.exprs(node.targets), self.expr(node.value))
            case ast.AugAssign():
                op = OPERATORS[type(node.op).__name__]
                return n.AugAssign(*place, self.expr(node.target), op, self.expr(node.value))
            case ast.AnnAssign():
                return n.AnnAssign(*place, self.expr(node.target), self.expr(node.annotation), self.maybe(node.value))
            case ast.For() | ast.AsyncFor():
                target, iterable = self.expr(node.target), self.expr(node.iter)
                return n.For(*place, target, iterable, self.body(node.body), self.body(node.orelse), is_async)
            case ast.While():
                return n.While(*place, self.expr(node.test), self.body(node.body), self.body(node.orelse))
            case ast.If():
                return n.If(*place, self.expr(node.test), self.body(node.body), self.body(node.orelse))
            case ast.With() | ast.AsyncWith():
                items = [
                    n.WithItem(-1, -1, self.expr(item.context_expr), self.maybe(item.optional_vars)) for item in node.items
                ]
                return n.With(*place, items, self.body(node.body), is_async)
            case ast.Match():
                return n.Match(*place, self.expr(node.subject), [self.case(case) for case in node.cases])
            case ast.Raise():
                return n.Raise(*place, self.maybe(node.exc), self.maybe(node.cause))
            case ast.Assert():
                return n.Assert(*place, self.expr(node.test), self.maybe(node.msg))
            case ast.Import():
                return n.Import(*place, self.aliases(node.names))
            case ast.ImportFrom():
                return n.ImportFrom(*place, "." * node.level + (node.module or ""), self.aliases(node.names))
            case ast.Global() | ast.Nonlocal():
                return n.Scope(*place, "global" if isinstance(node, ast.Global) else "nonlocal", node.names)
            case ast.Expr():
                return n.ExprStmt(*place, self.expr(node.value))
            case ast.Pass():
                return n.Pass(*place)
            case ast.Break():
                return n.Break(*place)
            case ast.Continue():
                return n.Continue(*place)
        if type(node).__name__ == "TypeAlias":
            return n.Assign(*place, [self.expr(node.name)], self.expr(node.value))  # type: ignore[attr-defined]
        handlers = [
            n.Handler(*self.place(handler), self.maybe(handler.type), handler.name, self.body(handler.body))
            for handler in node.handlers  # type: ignore[attr-defined]
        ]
        body, orelse, final = node.body, node.orelse, node.finalbody  # type: ignore[attr-defined]
        return n.Try(*place, self.body(body), handlers, self.body(orelse), self.body(final))

    def aliases(self, names: list[ast.alias]) -> list[n.Alias]:
        return [n.Alias(*self.place(alias), alias.name, alias.asname) for alias in names]

    def case(self, node: ast.match_case) -> n.Case:
        case = n.Case(-1, -1, [], [], self.maybe(node.guard), self.body(node.body))
        for pattern in ast.walk(node.pattern):
            match pattern:
                case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                    case.captures.append(name)
            match pattern:
                case ast.MatchValue(value=value) | ast.MatchClass(cls=value):
                    case.values.append(self.expr(value))
                case ast.MatchSingleton(value=value):
                    case.values.append(self.constant(*self.place(pattern), value))
                case ast.MatchMapping(keys=keys):
                    case.values += self.exprs(keys)
        return case

    def params(self, args: ast.arguments) -> list[n.Parameter]:
        params: list[n.Parameter] = []

        def add(arg: ast.arg, default: ast.expr | None, kind: str) -> None:
            params.append(n.Parameter(-1, -1, arg.arg, self.maybe(arg.annotation), self.maybe(default), kind))  # type: ignore[arg-type]

        positional = args.posonlyargs + args.args
        defaults = [None] * (len(positional) - len(args.defaults)) + args.defaults
        for arg, default in zip(positional, defaults, strict=True):
            add(arg, default, "positional")
        if args.vararg:
            add(args.vararg, None, "star")
        for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
            add(arg, default, "keyword")
        if args.kwarg:
            add(args.kwarg, None, "double_star")
        return params

    def keywords(self, keywords: list[ast.keyword]) -> list[n.Keyword]:
        return [n.Keyword(*self.place(keyword), keyword.arg, self.expr(keyword.value)) for keyword in keywords]

    def constant(self, start: int, end: int, value: object) -> n.Constant:
        kind = {"NoneType": "None", "ellipsis": "Ellipsis"}.get(type(value).__name__, type(value).__name__)
        if kind == "Ellipsis" or (kind not in ("None", "bool") and end - start > 10_000):
            value = None
        return n.Constant(start, end, kind, value)  # type: ignore[arg-type]

    def interpolated(self, node: ast.expr) -> Iterator[n.Expr]:
        for part in node.values:  # type: ignore[attr-defined]
            if not isinstance(part, ast.Constant):
                yield self.expr(part.value)
                if part.format_spec:
                    yield from self.interpolated(part.format_spec)

    def expr(self, node: ast.expr) -> n.Expr:
        place = self.place(node)
        match node:
            case ast.BoolOp():
                return n.BoolOp(*place, "and" if isinstance(node.op, ast.And) else "or", self.exprs(node.values))
            case ast.NamedExpr():
                target = self.expr(node.target)
                assert isinstance(target, n.Name)
                return n.NamedExpr(*place, target, self.expr(node.value))
            case ast.BinOp():
                return n.BinOp(*place, self.expr(node.left), OPERATORS[type(node.op).__name__], self.expr(node.right))
            case ast.UnaryOp():
                return n.UnaryOp(*place, OPERATORS[type(node.op).__name__], self.expr(node.operand))
            case ast.Lambda():
                return n.Lambda(*place, self.params(node.args), self.expr(node.body))
            case ast.IfExp():
                return n.IfExp(*place, self.expr(node.test), self.expr(node.body), self.expr(node.orelse))
            case ast.Dict():
                return n.Dict(*place, [self.maybe(key) for key in node.keys], self.exprs(node.values))
            case ast.Set():
                return n.Set(*place, self.exprs(node.elts))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                generators = [
                    n.Generator(-1, -1, self.expr(g.target), self.expr(g.iter), self.exprs(g.ifs), bool(g.is_async))
                    for g in node.generators
                ]
                if isinstance(node, ast.DictComp):
                    return n.Comprehension(*place, "dict", self.expr(node.key), self.expr(node.value), generators)
                kinds = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "generator"}
                return n.Comprehension(*place, kinds[type(node)], self.expr(node.elt), None, generators)  # type: ignore[arg-type]
            case ast.Await():
                return n.Await(*place, self.expr(node.value))
            case ast.Yield() | ast.YieldFrom():
                return n.Yield(*place, self.maybe(node.value), isinstance(node, ast.YieldFrom))
            case ast.Compare():
                ops = [OPERATORS[type(op).__name__] for op in node.ops]
                return n.Compare(*place, self.expr(node.left), ops, self.exprs(node.comparators))
            case ast.Call():
                return n.Call(*place, self.expr(node.func), self.exprs(node.args), self.keywords(node.keywords))
            case ast.Constant():
                return self.constant(*place, node.value)
            case ast.Attribute():
                return n.Attribute(*place, self.expr(node.value), node.attr)
            case ast.Subscript():
                return n.Subscript(*place, self.expr(node.value), self.expr(node.slice))
            case ast.Starred():
                return n.Starred(*place, self.expr(node.value))
            case ast.Name():
                return n.Name(*place, node.id)
            case ast.List():
                return n.List(*place, self.exprs(node.elts))
            case ast.Tuple():
                return n.Tuple(*place, self.exprs(node.elts))
            case ast.Slice():
                return n.Slice(*place, self.maybe(node.lower), self.maybe(node.upper), self.maybe(node.step))
        return n.JoinedStr(*place, list(self.interpolated(node)))


UNPLACED = (n.Parameter, n.Generator, n.WithItem, n.Case)
F_STRINGS_ARE_PLACED = sys.version_info >= (3, 12)


def outline(node: n.Node, placed: bool = True, level: int = 0) -> Iterator[str]:
    """One line a node: its level, type, place and plain values."""
    place = f"{node.start}:{node.end}" if placed and not isinstance(node, UNPLACED) else ""
    placed = placed and (F_STRINGS_ARE_PLACED or not isinstance(node, n.JoinedStr))
    plain: list[str] = []
    inside: list[tuple[str, n.Node]] = []
    for name in (field.name for field in fields(node)):
        value = getattr(node, name)
        if isinstance(node, n.Case) and name in ("captures", "values"):
            value = sorted(value, key=lambda item: item if isinstance(item, str) else item.start)
        if isinstance(value, n.Node):
            inside.append((name, value))
        elif isinstance(value, list):
            inside += [(name, item) for item in value if isinstance(item, n.Node)]
            plain.append(f"{name}={[item for item in value if not isinstance(item, n.Node)]!r}")
        elif name not in ("start", "end", "header_end", "broken"):
            plain.append(f"{name}={value!r}")
    yield f"{level} {type(node).__name__} {place} {' '.join(plain)}"
    for name, child in inside:
        yield f"{level} .{name}"
        yield from outline(child, placed, level + 1)


def assert_same(text: str) -> None:
    suite = lower(text)
    expected = FromAst(text).suite()
    for ours, theirs in zip(outline(suite), outline(expected), strict=True):
        assert ours == theirs
    assert not suite.broken


def check_places(text: str) -> n.Suite:
    """Lowers and checks that every node lies within the one it is part of."""
    suite = lower(text)
    assert (suite.start, suite.end) == (0, len(text))
    for node in n.descendants(suite):
        assert node.start <= node.end
        for child in n.children(node):
            assert node.start <= child.start, (node, child)
            assert child.end <= node.end, (node, child)
    return suite


def source_of(path: Path) -> str | None:
    """The text of a file with its line ends as they are; None if this Python does not parse it."""
    with path.open("rb") as file:
        try:
            encoding, _ = tokenize.detect_encoding(file.readline)
        except SyntaxError:
            return None
    try:
        text = path.read_bytes().decode(encoding)
        compile(text, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    return text


def library_files() -> list[Path]:
    root = Path(sysconfig.get_paths()["stdlib"])
    return sorted(path for path in root.rglob("*.py") if "site-packages" not in path.parts and path.stat().st_size < 400_000)


SAMPLE = (lambda files: random.Random(20).sample(files, min(FILES, len(files))))(library_files())


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_library_lowers_as_python_parses_it(path: Path) -> None:
    text = source_of(path)
    if text is not None:
        assert_same(text)
        check_places(text)
