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
    "Add": "+",
    "Sub": "-",
    "Mult": "*",
    "MatMult": "@",
    "Div": "/",
    "Mod": "%",
    "Pow": "**",
    "LShift": "<<",
    "RShift": ">>",
    "BitOr": "|",
    "BitXor": "^",
    "BitAnd": "&",
    "FloorDiv": "//",
    "Invert": "~",
    "Not": "not",
    "UAdd": "+",
    "USub": "-",
    "Eq": "==",
    "NotEq": "!=",
    "Lt": "<",
    "LtE": "<=",
    "Gt": ">",
    "GtE": ">=",
    "Is": "is",
    "In": "in",
    "IsNot": "is not",
    "NotIn": "not in",
}


class FromAst:
    """Python's own tree in our nodes, made without the code under test. A place `ast` does not tell is -1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
        self.starts = [0, *accumulate(len(line) for line in self.lines)]

    def suite(self) -> n.Suite:
        return n.Suite(0, len(self.text), self.body(ast.parse(self.text).body))

    def offset(self, line: int, column: int) -> int:
        return (
            self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())
            if column
            else self.starts[line - 1]
        )

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
                return n.FunctionDef(
                    start, end, node.name, params, returns, decorators, self.body(node.body), is_async, -1
                )
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
                    n.WithItem(-1, -1, self.expr(item.context_expr), self.maybe(item.optional_vars))
                    for item in node.items
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
    """Without test_compile.py, where tree-sitter loses the indentation at a line in brackets that has less of it."""
    root = Path(sysconfig.get_paths()["stdlib"])
    return sorted(
        path for path in root.rglob("*.py") if "site-packages" not in path.parts and path.stat().st_size < 400_000
    )


SAMPLE = (lambda files: random.Random(20).sample(files, min(FILES, len(files))))(library_files())


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_library_lowers_as_python_parses_it(path: Path) -> None:
    text = source_of(path)
    if text is not None:
        assert_same(text)
        check_places(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "x",
        "a, b = c, *d = 1,\n",
        "(a, *b), [c] = d = e\n",
        "[*a.b(), *c[0]]; x = *a.b, *(c).d(e)\n",
        "del a, (b), (c, d), e[0]\n",
        "x: list[int] = 3; y: a.b[int] | None; z: 'A'\n",
        "x += 1, 2; y //= yield_; z **= -1 ** -2\n",
        "f(a, *b, c=1, **d)(x for x in y)(*a.b, k=(yield_))\n",
        "a[1:2, ::3, ...][1,][b:=1][*c][:]\n",
        "x = not a not in b is not c < d  ==  e\nx = a   not   in b\n",
        "x = a and b and (c and d) or e or not f\n",
        "x = a & b ^ c | d ^ e & (f ^ g) & h\n",
        "x = (a := 1) if (b) else lambda: (yield)\n",
        "lambda *, a, b=1: a; lambda a, /, b, *c, d=2, **e: 0\n",
        "x = {a: b, **c}, {*a, b}, {}, {a: b for a, b in c}, {a for a in b}, (), (a,), [(b), *c]\n",
        "async def f():\n    async with a as b, c: await d\n"
        "    async for x in y: [z async for z in w if z if w for v in z]\n",
        "def f(a, b: int, /, c=(1), *args: int, d: dict[str, int] = 2, e, **kw) -> list[int]: pass\n",
        "@a.b(c)\n# why\n@d\nclass A(B, *C, metaclass=D, **k):\n    x = 1; y = 2;\n\n    # end\n\n\nz = 1\n",
        "with (a as b, c): pass\nwith (a) as b: pass\n"
        "with (a.b(c) as d): pass\nwith (a, b) as c: pass\nwith (a, b): pass\n",
        "try: pass\nexcept (A, B) as e: pass\nexcept A.B: pass\nexcept: pass\nelse: pass\nfinally: pass\n",
        "if a: b\nelif c: d\nelif e: f\nelse: g\n"
        "while a: break\nelse: continue_\nfor x, in *a, b: continue\nelse: pass\n",
        "import a.b as c, d\nfrom . import a as b\nfrom ..a . b import (c, d as e,)\nfrom a import *\n",
        "global a, b\nassert a, b\nraise a from b\nraise\n",
        "def f():\n    nonlocal_ = 1\n    return *a, b\n    return\n    yield a, b\n    x = yield from a\n",
        "1_000 + 0xFF + 1.5 + 2j + 0o17 + 1e5 + 1J + 0b1 + .5 + 5.\n",
        "None, True, False, ...\n"
        "'', \"\"\"a\n'b\"\"\", r'\\d', '\\x41\\u00e9\\N{BULLET}\\101\\\n\\q\\'', b'\\x00\\u0041', u'a' 'b'\n",
        "f'a{b}c{d!r:>{w}}{e=}{{x}}' 'x' f'{a:{b}.{c!r}}' rf'\\{a}' f'{a,}{[b for b in c]}{d:=5}'\n",
        "print(a), b; print; exec(c); print = 1; "
        "match = case = type = 1; type(a).b = 2; match(a); x = print if y else exec\n",
        "match a, b:\n    case 1 | 'x' | None | -1 | 1+2j | -1-2j: pass\n    case [a, *b, _] if c: pass\n"
        "    case {'k': v, A.B: (1 as w), **r}: pass\n    case A.B(c, D(), d=e, f=-1) as f: pass\n"
        "    case x.y.z | (a, b): pass\n    case _: pass\n    case a, *_: pass\n    case (True as t) | [t]: pass\n",
        "x = (  # c\n  a + # c\n  b)  # d\n"
        "f(  # c\n  a, # d\n)\nif a:  # c\n    # d\n    b\n    # e\n# f\nelse:  # g\n    c\n",
        "x = a + \\\n  b\nassert a, \\\n  'b'\nif a and \\\n   'b': c\nx = 'a' \\\n  'b'\n",
    ],
)
@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
def test_a_construct_lowers_as_python_parses_it(text: str) -> None:
    for variant in (
        text,
        text.replace("\n", "\r\n"),
        text.replace("\n", "\r"),
        text.rstrip("\n"),
        re.sub(r"\ba\b", "é", text),
    ):
        assert_same(variant)
        check_places(variant)


def only(text: str) -> n.Stmt:
    suite = check_places(text)
    assert not suite.broken
    [statement] = suite.body
    return statement


def test_syntax_newer_than_this_python() -> None:
    alias = only("type Pair[T] = tuple[T, T]")
    assert isinstance(alias, n.Assign)
    assert isinstance(alias.targets[0], n.Name)
    assert alias.targets[0].id == "Pair"
    function = only("def f[T: int, *Ts, **P](x: T, *args: *Ts) -> T: pass")
    assert isinstance(function, n.FunctionDef)
    assert [(param.name, param.kind) for param in function.params] == [("x", "positional"), ("args", "star")]
    assert isinstance(function.params[1].annotation, n.Starred)
    group = only("try: pass\nexcept* A as e: pass")
    assert isinstance(group, n.Try)
    assert group.handlers[0].name == "e"
    bare = only("try: pass\nexcept A, B: pass")
    assert isinstance(bare, n.Try)
    assert isinstance(bare.handlers[0].type, n.Tuple)
    template = only("t'a{b}{c:{d}}'")
    assert isinstance(template, n.ExprStmt)
    assert isinstance(template.value, n.JoinedStr)
    assert [name.id for name in template.value.values if isinstance(name, n.Name)] == ["b", "c", "d"]
    nested = only("""f'{a["b"]}{f'{c}'}'""")
    assert isinstance(nested, n.ExprStmt)
    assert isinstance(nested.value, n.JoinedStr)
    assert [type(value) for value in nested.value.values] == [n.Subscript, n.JoinedStr]


def test_a_header_ends_after_its_colon() -> None:
    text = "def f(a: int = {1: 2}[1]) -> A[1:2]:  # why: so\n    pass\n"
    function = only(text)
    assert isinstance(function, n.FunctionDef)
    assert text[: function.header_end].endswith("[1:2]:")
    text = "@a\nclass A(b[1:2]): x = 1\n"
    definition = only(text)
    assert isinstance(definition, n.ClassDef)
    assert text[: definition.header_end].endswith("]):")


def test_a_member_cut_out_of_its_class() -> None:
    function = only("    @property\n    def f(self):\n        return 'é', self.x\n\n    # The next one.\n")
    assert isinstance(function, n.FunctionDef)
    assert (function.start, function.end) == (4, 57)
    assert isinstance(only("\tdef f(self):\n\t\tpass\n"), n.FunctionDef)


def test_places_are_code_points() -> None:
    text = "\ufeffx = '🐍' + ñandú  # ✓\r\ny = 'e\u0301' + \ud800ab"
    suite = check_places(text)
    names = [node for node in n.descendants(suite) if isinstance(node, n.Name)]
    assert [text[name.start : name.end] for name in names] == ["x", "ñandú", "y", "ab"]
    assert [node.value for node in n.descendants(suite) if isinstance(node, n.Constant)] == ["🐍", "e\u0301"]


def test_a_name_is_compared_as_python_compares_it() -> None:
    statement = only("ﬁle = 1")
    assert isinstance(statement, n.Assign)
    assert isinstance(statement.targets[0], n.Name)
    assert statement.targets[0].id == "file"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("for x in items:\n    total += x.\nprint(total)\n", {"x", "items", "total", "print"}),
        ("x = \nfoo(y)\n", {"x", "foo", "y"}),
        ("for x in\n    a\nb = c\n", {"x", "a", "b", "c"}),
        ("def f(a, :\n    for x in y:\n        z.append(\n    return q\n", {"x", "y", "z", "q"}),
        ("f(a, b c, d)\n", {"f", "a", "b", "c", "d"}),
        ("for x in y z:\n    a = 1\n", {"x", "y", "z", "a"}),
        ("if x = 3: y\n", {"x", "y"}),
        ("if a:\nb\n", {"a", "b"}),
        ("while\ntotal: int = 0\n", {"total"}),
        ("def f():\n", set()),
        ("  a\n b\nc\n", {"a", "b", "c"}),
        ("a\n  b\n", {"a", "b"}),
        ("print a, b\n", {"a", "b"}),
        ("exec 'a' in b\n", {"b"}),
        ("try:\n    a\nb\n", {"a", "b"}),
        ("a <> b\n", {"a", "b"}),
        ("@a\n", {"a"}),
        ("a b\n", {"a", "b"}),
        ("else: x\n", {"x"}),
        ('x = 1\n"""abc\n', {"x"}),
        ("x = [a for b in\ny = 2\n", {"x", "a", "b", "y"}),
        ("class A:\n    def f(self):\n        x = {\n    def g(self): return y\n", {"y"}),
        ("x = $a + ?\n", {"x", "a"}),
        ("def f((a, b)): return c\n", {"c"}),
        ("x = 1\u00a0+ y\n", {"x", "y"}),
    ],
)
def test_broken_source_keeps_what_is_sound(text: str, kept: set[str]) -> None:
    suite = check_places(text)
    assert suite.broken
    assert kept <= {node.id for node in n.descendants(suite) if isinstance(node, n.Name)}


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 10_000 + "a" + ")" * 10_000,
        "x = " + " + ".join(["a"] * 5_000),
        "x = " + " and ".join(["a"] * 5_000),
        "x = " + " & ".join(["a ^ b"] * 5_000),
        "if a: b\n" + "elif a: b\n" * 3_000,
        "a" + ".b()" * 10_000,
        "f(" * 10_000 + "a" + ")" * 10_000,
        "[" * 10_000 + "a" + "]" * 10_000,
        "not " * 10_000 + "a",
        "lambda: " * 5_000 + "a",
        "a if b else " * 5_000 + "c",
        "a = " * 5_000 + "b",
        "".join(" " * level + "if a:\n" for level in range(500)) + " " * 500 + "b",
        "(" * 10_000,
        "f(" * 10_000,
        "{" * 10_000 + "a:",
        'f"{' * 2_000,
        "".join(" " * level + "def f(\n" for level in range(300)),
        "match a:\n case " + "[" * 3_000 + "b" + "]" * 3_000 + ": c",
        "*" * 5_000 + "a",
    ],
    ids=lambda text: text[:16].strip(),
)
def test_nesting_has_a_bound(text: str) -> None:
    depths = {id(suite := check_places(text)): 0}
    pending: list[n.Node] = [suite]
    while pending:
        node = pending.pop()
        for child in n.children(node):
            depths[id(child)] = depths[id(node)] + 1
            pending.append(child)
    assert max(depths.values()) < 250
    assert "a" not in text or any(isinstance(node, n.Name) for node in n.descendants(suite)) or suite.broken


def test_huge_literals_keep_no_value() -> None:
    for literal in ("'" + "a" * 20_000 + "'", "1" * 20_000, "'a' " * 5_000):
        statement = only(f"x = {literal}")
        assert isinstance(statement, n.Assign)
        assert isinstance(statement.value, n.Constant)
        assert statement.value.value is None


FRAGMENTS = [
    *"()[]{}:=.,@*#\"'\n\r\t\f\0\ufeff\ud800é🐍",
    *('"""', "\\\n", "    ", "f'{", "**", "->", ":=", "...", "0x", "1e"),
    *(
        f"{word} "
        for word in [
            "def",
            "class",
            "for",
            "in",
            "lambda",
            "if",
            "match",
            "case",
            "print",
            "await",
            "yield",
            "not",
            "with",
            "import",
        ]
    ),
    *("else", "try:", "except"),
]


@pytest.mark.parametrize("seed", range(4))
def test_mutilated_source_never_fails(seed: int) -> None:
    source = random.Random(seed)
    texts = [text for path in source.sample(library_files(), 12) if (text := source_of(path))]
    for _ in range(MUTATIONS // 4):
        text = source.choice(texts)
        start = source.randrange(len(text) + 1)
        text = text[start : start + source.randrange(1500)]
        for _ in range(source.randrange(4)):
            place = source.randrange(len(text) + 1)
            text = text[:place] + source.choice(FRAGMENTS) + text[place + source.choice((0, 0, 1, 20)) :]
        try:
            check_places(text)
        except Exception:
            print(repr(text))
            raise
