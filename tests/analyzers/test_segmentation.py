"""Where a text is cut, case by case; and that no cut falls inside a statement of the standard library."""

from __future__ import annotations

import ast
import os
import random
import sysconfig
import textwrap
import tokenize
from pathlib import Path

import pytest

from perfwise_analyzers.document import Document
from perfwise_analyzers.finding import Position, Span

FULL = os.environ.get("PERFWISE_FULL") == "1"
LIBRARY = Path(sysconfig.get_paths()["stdlib"])


def shape(text: str) -> list[tuple[str, str, str]]:
    """Kind, dotted name and first line of code of each segment."""
    return [
        (
            segment.kind,
            ".".join(filter(None, (segment.owner, segment.name))),
            segment.text.strip().split("\n")[0].strip(),
        )
        for segment in Document(text).segments
    ]


def names(text: str) -> list[str]:
    return [f"{kind} {name}".strip() for kind, name, _ in shape(text)]


def test_functions_with_their_decorators_are_one_segment_each() -> None:
    first = "@a\n# why\n@b(\n  1)\nasync def f():\n    def inner(): pass\n# after f\n\n"
    text = f"{first}def g(): return 1\ndef h(x,\n  y): pass\n"
    assert shape(text) == [
        ("function", "f", "@a"),
        ("function", "g", "def g(): return 1"),
        ("function", "h", "def h(x,"),
    ]
    assert Document(text).segments[0].text == first


def test_a_class_is_split_into_members() -> None:
    text = textwrap.dedent('''
        class A(
            B,
        ):
            """Doc."""
            x = 1

            @property
            def f(self):
                return 1
            y = 2
            if y:
                def g(self): pass
            else:
                g = f
            class Inner:
                def h(self): pass
            async def k(self): pass
        class C: pass
        z = 1
    ''')[1:]
    expected = "class A, method A.f, class A, class A, class A.Inner, method A.Inner.h, method A.k, class C, block"
    assert names(text) == expected.split(", ")
    segments = Document(text).segments
    assert (segments[2].owner, segments[2].name, segments[4].owner, segments[4].name) == ("A", "", "A", "Inner")


@pytest.mark.parametrize(
    "statement",
    [
        "if a:\n    pass\nelif b:\n    pass\n# c\nelse:\n    def f(): pass\n",
        "for a in b:\n    pass\nelse:\n    pass\n",
        "while a:\n\n    pass\n# at the margin\n    pass\n",
        "try:\n    pass\nexcept A:\n    pass\nelse:\n    pass\nfinally:\n    pass\n",
        "async with a as b:\n    pass\n",
        "match a:\n    case 1:\n        pass\n",
    ],
)
def test_a_compound_statement_is_one_segment(statement: str) -> None:
    assert [segment.text for segment in Document("a = 1\n" + statement + "b = 2\n").segments] == [
        "a = 1\n",
        statement,
        "b = 2\n",
    ]


@pytest.mark.parametrize(
    "first",
    [
        "x = (\n1,\n2)\n",
        "x = 1 + \\\n2\n",
        "x = 'a\\\nb'\n",
        'x = """\ndef f():\n    pass\n"""\n',
        'x = """%s\nimport os\n""" % 1\n',
        "x = '''\nclass A:\n    pass'''; y = 1\n",
        'x = foo("""\n@decorated\n""", 1)\n',
        "x = '(' # (\n",
        'x = r"\\"; y = "(\\""\n',
        'x = "\'"; y = \'"""\'\n',
        'x = f"{a + "(" + f\'{"["}\'}"\n',
        'x = f"{{ {a!r:>{w}} ("\n',
        'x = f"""{d["""("""]}"""\n',
        'x = f"{\na\n}"\n',
        'x = "(\n',
        "x = '\u2028('\n",
        "été = 'x'\n",
        "match = 1\n",
        "if_ = 1; y = 2\n",
        "foo(\na = 1\n)\n",
        "def f(): pass\n",
        "\fdef f():\n\tx = 1\n\f\n\treturn x\n",
        "@a\ndef f(): pass\n",
        "class A:\n\tx = 1\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_statement_ends_where_it_ends(first: str, end: str) -> None:
    text = (first + "def g():\n    pass\n").replace("\n", end)
    segments = Document(text).segments
    assert [segment.text for segment in segments] == [first.replace("\n", end), f"def g():{end}    pass{end}"]


def test_the_ends_of_the_text() -> None:
    assert [(s.kind, s.text, s.line_count) for s in Document("").segments] == [("block", "", 0)]
    assert names("def f(): pass") == ["function f"]
    assert names("\ufeffdef f(): pass\n") == ["function f"]
    assert names("# licence\n\ndef f(): pass\n# end") == ["block", "function f"]
    assert names("\n\n") == ["block"]
    assert names("@a") == ["block"]
    assert names("class A") == ["class A"]
    assert names("def") == ["function"]
    assert names("    x = 1\ny = 2\n")[0] == "block"


SCRIPT = "".join(f"name_{number} = compute({number})\n" for number in range(5000))


def test_a_long_script_is_many_segments_and_an_insertion_moves_one_boundary() -> None:
    document = Document(SCRIPT)
    assert max(segment.line_count for segment in document.segments) <= 64
    before = set(map(id, document.segments))
    document.edit(Span(Position(2500, 0), Position(2500, 0)), "inserted = 1\n")
    assert sum(id(segment) not in before for segment in document.segments) <= 2


def test_a_script_that_repeats_one_line_is_many_segments() -> None:
    assert max(segment.line_count for segment in Document("print('again')\n" * 5000).segments) <= 64


def test_a_long_class_is_many_segments() -> None:
    members = "".join(f"    def m{number}(self):\n        return {number}\n\n" for number in range(1000))
    values = "".join(f"    V{number} = {number}\n" for number in range(1000))
    document = Document(f"class A:\n{members}\nclass B:\n{values}")
    assert max(segment.line_count for segment in document.segments) <= 66
    assert {segment.owner for segment in document.segments} == {"", "A", "B"}


@pytest.mark.parametrize(
    "literal",
    [
        "[" + "1, " * 30000 + "]",
        "[\n" + "    ('a', 1),\n" * 10000 + "]",
        "'''" + "text\n" * 20000 + "'''",
        '"' + "a" * 70000 + '"',
    ],
    ids=["line", "rows", "triple", "string"],
)
def test_a_huge_literal_is_opaque_and_alone(literal: str) -> None:
    segments = Document(f"a = 1\nx = {literal}\nb = 2\n").segments
    assert [segment.kind for segment in segments] == ["block", "opaque", "block"]
    assert segments[1].text == f"x = {literal}\n"


MODULE = '''"""A module.

With a docstring.
"""
import os


class A:
    """Doc of A."""

    def f(self, items):
        """Summary.

        def looks_like_code(): ...
        """
        return [x for x in items]

    def g(self):
        """
        Summary on its own line.
        """
        return {"a": (1, 2)}


def h():
    \'\'\'Doc of h.\'\'\'
    return 1


TEMPLATE = """
def generated():
    pass
"""


def k(a,
      b):
    """Doc of k."""
    return a + b
'''


@pytest.mark.parametrize("opened", ['"""', "'''", "(", "[", "{", '"', "'", "x = (", "f(", 'x = """'])
def test_what_is_left_open_damages_one_place_only(opened: str) -> None:
    document = Document(MODULE)
    for number in range(document.line_count):
        line = document.line(number)
        for column in {0, len(line) - len(line.lstrip()), len(line)}:
            before = document.segments[:]
            place = Position(number, column)
            document.edit(Span(place, place), opened)
            kept = sum(segment in before for segment in document.segments)
            assert kept >= len(before) - 4, (number, column)
            document.edit(Span(place, Position(number, column + len(opened))), "")
            assert document.text == MODULE


def test_an_opening_quote_at_line_1_leaves_the_functions_alone() -> None:
    found = names('"""\n' + MODULE)
    for name in ("method A.f", "method A.g", "function h", "function k"):
        assert name in found


def test_a_line_that_lost_its_indentation_does_not_end_the_class() -> None:
    text = "class A:\n    def f(self):\n        x = 1\ny\n        return x\n\n    def g(self):\n        pass\n"
    assert "method A.g" in names(text)


def test_a_statement_after_an_open_bracket_ends_the_damage() -> None:
    assert "function g" in names("x = (\n\ndef g():\n    pass\n")
    assert len(names("x = (1,\n\nfor y in z:\n    print(y)\n\nfor y in z:\n    print(y)\n")) == 3
    assert names("class A:\n    def f(self):\n        x = (\n\n    def g(self): pass\n")[1:] == [
        "method A.f",
        "method A.g",
    ]


@pytest.mark.parametrize(
    "text",
    [
        'f"{' * 5000,
        "f'{f\"{" * 2000,
        "(" * 50000,
        '"""' * 5001,
        "\\" * 5000,
        "class A:\n" * 500,
        "@" * 5000,
        "\f" * 5000,
        "".join(" " * n + "class A:\n" for n in range(500)),
        "\ud800 = 1\n" * 50,
        "\x00\n" * 50,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_no_text_is_too_odd(text: str) -> None:
    assert Document(text).text == text


def library() -> list[Path]:
    paths = sorted(
        path for path in LIBRARY.rglob("*.py") if "site-packages" not in path.parts and "data" not in path.parts
    )
    return paths if FULL else random.Random(1).sample(paths, 60)


def source_of(path: Path) -> str | None:
    """The text of a file with its line ends, if it is one that this Python parses."""
    try:
        with tokenize.open(path) as stream:
            stream.reconfigure(newline="")
            text = stream.read()
        ast.parse(text)
    except (SyntaxError, UnicodeError, ValueError):
        return None
    return text


def test_every_segment_of_the_library_parses_alone() -> None:
    checked = 0
    for path in library():
        text = source_of(path)
        if text is None:
            continue
        document = Document(text)
        assert document.text == text
        for index, segment in enumerate(document.segments):
            code = [line for line in segment.text.splitlines() if line.strip() and not line.strip().startswith("#")]
            if not code or segment.kind == "opaque":
                continue
            source = f"if 1:\n{segment.text}" if code[0][0] in " \t" else segment.text
            if segment.kind == "class" and segment.name:
                inner = " " * (len(code[0]) - len(code[0].lstrip()))
                following = document.segments[index + 1 : index + 2]
                if following and following[0].owner.endswith(segment.name):
                    inner = following[0].text[: len(following[0].text) - len(following[0].text.lstrip())]
                    source = source.rstrip("\\") + f"\n{inner}pass\n"
            try:
                compile(source, str(path), "exec", ast.PyCF_ONLY_AST)
            except SyntaxError as error:
                pytest.fail(f"{path}:{document.start_line(index) + 1}: {error}")
            checked += 1
    assert checked > 1000
