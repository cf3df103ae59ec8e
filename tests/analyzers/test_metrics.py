"""Complexity figures: radon's own, and SonarSource's definition on its paper's examples put into Python."""

from __future__ import annotations

import ast
import random
import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from radon.complexity import cc_visit
from radon.metrics import h_visit, mi_visit

from perfwise_analyzers import Options
from perfwise_analyzers.document import Document
from perfwise_analyzers.metrics import file_metrics, function_metrics
from perfwise_analyzers.thresholds import threshold_findings

LIBRARY = Path(sysconfig.get_path("stdlib"))
SAMPLE = random.Random(7).sample(sorted((*LIBRARY.glob("*.py"), *LIBRARY.glob("[acdejlmuwx]*/*.py"))), 40)


def parsed(path: Path) -> str:
    source = path.read_text("utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ast.parse(source)
    return source


def functions_of(blocks: list[Any]) -> Iterator[Any]:
    """radon's functions, methods and closures, each once."""
    for block in blocks:
        if hasattr(block, "methods"):
            yield from functions_of([*block.methods, *block.inner_classes])
        else:
            yield block
            yield from functions_of(block.closures)


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_equals_radon(path: Path) -> None:
    source = parsed(path)
    document = Document(source)
    ours = {metrics.place.start.line + 1: metrics.cyclomatic for metrics in function_metrics(document)}
    top_level = [block for block in cc_visit(source) if not getattr(block, "is_method", False)]
    theirs = {block.lineno: block.complexity for block in functions_of(top_level)}
    assert {line: ours.get(line) for line in theirs} == theirs
    figures = file_metrics(document)
    assert figures is not None
    assert figures.maintainability == mi_visit(source, multi=True)
    assert figures.halstead == h_visit(source).total


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_lists_every_function_by_its_qualified_name(path: Path) -> None:
    def named(node: ast.AST, scope: str) -> Iterator[tuple[int, str]]:
        for child in ast.iter_child_nodes(node):
            inner = scope
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                inner = f"{scope}.{child.name}" if scope else child.name
                if not isinstance(child, ast.ClassDef):
                    yield child.lineno, inner
            yield from named(child, inner)

    source = parsed(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = sorted(named(ast.parse(source), ""))
    assert [(metrics.place.start.line + 1, metrics.name) for metrics in function_metrics(Document(source))] == expected


SUM_OF_PRIMES = """
def f(max):
    total = 0
    for i in range(1, max):        # 1
        for j in range(2, i):      # 2
            if i % j == 0:         # 3
                break
        else:                      # 1
            total += i
    return total
"""
GET_WORDS = """
def f(number):
    match number:                  # 1
        case 1: return "one"
        case 2: return "a couple"
        case _: return "lots"
"""
EXCEPTIONS = """
def f(a, b):
    try:
        if a:                      # 1
            for i in b:            # 2
                while i: pass      # 3
    except (ValueError, KeyError): # 1
        if b: pass                 # 2
    finally:
        if a: pass                 # 1
"""
LAMBDA = """
def f(a):
    return lambda b: 1 if b else 2     # 2
"""
OPERATORS = """
def f(a, b, c, d, e, g):
    if (a                          # 1
        and b and c                # 1
        or d or e                  # 1
        and g):                    # 1
        pass
"""
NEGATED = """
def f(a, b, c):
    if a and not (b and c):        # 1 + 1 + 1
        pass
"""
PARENTHESES = """
def f(a, b, c, d):
    return a or (b and c) or d     # 1 + 1
"""
ELSE_IF = """
def f(a, b):
    if a: pass                     # 1
    elif b:                        # 1
        if a: pass                 # 2
    else:                          # 1
        if b: pass                 # 2
"""
TERNARY = """
def f(a, b):
    return (1 if b else 2) if a else 3   # 1 + 2
"""
RECURSION = """
def f(n):
    return f(n - 1)                # 1
"""
CYCLE = """
def f(n):
    if n:                          # 1
        return g(n - 1)            # 1 for the cycle

def g(n):
    return f(n)
"""
DECORATOR = """
def f(a):
    def wrapper(function):
        if a: pass                 # 1
    return wrapper
"""
NESTED = """
def f(a):
    b = a
    def inner():
        if b: pass                 # 2
    return inner
"""
COMPREHENSION = """
def f(a):
    return [x for x in a if x]
"""
NAMESAKE = """
def f(self, error):
    return self.other.f(error)
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(SUM_OF_PRIMES, 7, id="nested loops, and the else of a loop"),
        pytest.param(GET_WORDS, 1, id="a match counts once"),
        pytest.param(EXCEPTIONS, 10, id="handlers count and nest; try and finally do not"),
        pytest.param(LAMBDA, 2, id="a lambda nests"),
        pytest.param(OPERATORS, 4, id="each sequence of like operators"),
        pytest.param(NEGATED, 3, id="a negated operand is a sequence of its own"),
        pytest.param(PARENTHESES, 2, id="parentheses part sequences and do not split the outer one"),
        pytest.param(ELSE_IF, 7, id="else if nests, elif does not"),
        pytest.param(TERNARY, 3, id="conditional expressions nest"),
        pytest.param(RECURSION, 1, id="recursion"),
        pytest.param(CYCLE, 2, id="indirect recursion"),
        pytest.param(DECORATOR, 1, id="a decorator does not nest its wrapper"),
        pytest.param(NESTED, 2, id="another function does"),
        pytest.param(COMPREHENSION, 0, id="comprehensions are free"),
        pytest.param(NAMESAKE, 0, id="a namesake of another object is no recursion"),
    ],
)
def test_cognitive_complexity(source: str, expected: int) -> None:
    metrics = function_metrics(Document(source))
    assert next(each.cognitive for each in metrics if each.name == "f") == expected


def test_methods_of_a_class_form_a_cycle() -> None:
    bodies = {"m": "self.k()", "k": "self.m()", "z": "m()"}
    source = "class A:\n" + "".join(f"    def {name}(self):\n        {body}\n" for name, body in bodies.items())
    assert {each.name: each.cognitive for each in function_metrics(Document(source))} == {"A.m": 1, "A.k": 1, "A.z": 0}


def test_what_does_not_parse_has_no_figures_and_the_rest_has() -> None:
    source = "def good(a):\n    return a if a else 1\n\n\ndef bad(a:\n    if a\n\n\ndef fine():\n    pass\n"
    metrics = {each.name: (each.cyclomatic, each.cognitive) for each in function_metrics(Document(source))}
    assert metrics == {"good": (2, 1), "bad": (None, None), "fine": (1, 0)}
    assert file_metrics(Document(source)) is None


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\ufeffdef f(): pass\n",
        "def f(): pass",
        "\0",
        "def f(:\r\n",
        "(" * 5000,
        "def f():\n return " + "-" * 5000 + "1\n",
    ],
    ids=["empty", "mark", "no line end", "null", "broken", "parentheses", "deep"],
)
def test_never_fails(source: str) -> None:
    document = Document(source)
    function_metrics(document)
    file_metrics(document)
    threshold_findings(document, Options(cyclomatic=1, cognitive=1, maintainability=100))


BRANCHES = "def f(a):\n" + "".join(f"    if a == {number}:\n        pass\n" for number in range(60))


def test_thresholds() -> None:
    def codes(source: str = BRANCHES, **options: Any) -> list[str]:
        return [finding.code for finding in threshold_findings(Document(source), Options(**options))]

    assert codes() == ["PW901"]
    assert codes(cyclomatic=61) == []
    assert codes(cyclomatic=60) == ["PW901"]
    assert codes(cognitive=59) == ["PW901", "PW902"]
    assert codes(maintainability=100, ignore=("PW901",)) == ["PW903"]
    assert codes(select=("PW902",)) == []
    assert codes(BRANCHES.replace(":\n", ":  # perfwise: ignore[PW9]\n", 1)) == []
    assert codes(BRANCHES.replace("def f", "@deco\nasync def f"), select=("cyclomatic-complexity",)) == ["PW901"]


def test_a_threshold_names_the_function_at_its_header() -> None:
    finding = threshold_findings(Document(BRANCHES), Options())[0]
    assert finding.message == "`f` has a cyclomatic complexity of 61, over the threshold of 50"
    assert (finding.span.start, finding.span.end) == ((0, 0), (0, 5))
    assert (finding.severity, finding.function, finding.fix) == ("warning", "f", None)
