"""What must hold of a fix: the text still parses, the hint is gone, comments and other functions stay, and the function
does what it did on all inputs tried."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from benchmarks import inputs
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.finding import Edit, Finding
from perfwise_analyzers.fixing.edits import apply, compose
from perfwise_server.driving.callables import find, parse
from perfwise_server.interpreter import Worker, started
from perfwise_worker.protocol import Compare, Compared, Difference, Load, Loaded

CALLS = 24
SECONDS = 8.0  # For all calls of one function, of both versions.
CALL_SECONDS = 0.5
LOAD_SECONDS = 30.0

# What a function that is called with made-up arguments must not reach.
_SYSTEM = re.compile(
    r"^\s*(?:import|from)\s+(?:subprocess|signal|shutil|socket\w*|multiprocessing|ctypes|pty|ssl|webbrowser|urllib"
    r"|http|ftplib|smtplib|pip|venv|ensurepip|asyncio|threading|_thread|concurrent)\b"
    r"|\bos\.(?!path\.(?:join|split|basename|dirname|sep)|sep\b|linesep\b|fspath\b|PathLike\b|environ\.get)|\binput\(",
    re.MULTILINE,
)


class Fixed(NamedTuple):
    """A finding of a text with the edits of its fix, and the text after them. `alike` counts the text's hints of the
    same kind in the same function."""

    finding: Finding
    edits: tuple[Edit, ...]
    text: str
    alike: int

    @property
    def level(self) -> str:
        return self.finding.fix.level if self.finding.fix else "advice"

    @property
    def rule(self) -> str:
        return f"{self.finding.code} {self.finding.name}"


class Outcome(NamedTuple):
    """What calling both versions showed: `kind` is "agree", "differ", "not runnable" or "too slow"."""

    kind: str
    note: str = ""
    returned: int = 0
    differences: tuple[Difference, ...] = ()


def analysed(text: str) -> Analysis:
    """With every line as a hot one, so that rules on small gains speak too."""
    return Analysis(Document(text), hot=dict.fromkeys(range(1, text.count("\n") + 2), 1.0))


def fixes_of(text: str) -> list[Fixed]:
    analysis = analysed(text)
    findings = analysis.findings()
    alike = _hints(findings)
    found: list[Fixed] = []
    for finding in findings:
        if finding.fix is not None:
            edits = analysis.edits_of(finding.fix)
            found.append(Fixed(finding, edits, apply(text, edits), alike[finding.code, finding.function]))
    return found


def all_fixed(text: str, fixes: Sequence[Fixed]) -> tuple[str, list[Fixed]]:
    """The text with as many of the fixes as fit together, and those."""
    composition = compose([fixed.edits for fixed in fixes])
    return apply(text, composition.edits), [fixes[index] for index in composition.taken]


def parses(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            return False
    return True


@lru_cache(maxsize=2)
def comments(text: str) -> Counter[str]:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return Counter()
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)


def flaws(text: str, fixed: Fixed) -> list[str]:
    """What is wrong with a fixed text as a text; nothing is what it should be."""
    if not parses(fixed.text):
        return ["does not parse"]
    finding = fixed.finding
    found: list[str] = []
    moved = fixed.text.count("\n") - text.count("\n")
    left = analysed(fixed.text)
    # A function is in one place; what is outside of functions may be anywhere.
    near = left.findings_between(finding.span.start.line, finding.span.end.line + max(moved, 0))
    if _hints(near if finding.function else left.findings())[finding.code, finding.function] >= fixed.alike:
        found.append("the hint stays")
    if comments(text) - comments(fixed.text):
        found.append("a comment is lost")
    if touched := _changed(text, fixed.text) - _names_at(text, finding.span.start.line + 1):
        found.append(f"touches {', '.join(sorted(touched))}")
    return found


def _hints(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.function) for each in findings)


def _changed(old: str, new: str) -> set[str]:
    """The names of the functions and classes at the top of a module whose source is not what it was."""
    before, after = _tops(old), _tops(new)
    return {name for name, _ in (before - after) | (after - before)}


@lru_cache(maxsize=2)
def _tops(text: str) -> Counter[tuple[str, str]]:
    lines = text.split("\n")
    return Counter((name, "\n".join(lines[number - 1] for number in numbers)) for name, numbers in _definitions(text))


def _names_at(text: str, line: int) -> set[str]:
    return {name for name, numbers in _definitions(text) if line in numbers}


@lru_cache(maxsize=2)
def _definitions(text: str) -> list[tuple[str, range]]:
    """The functions and classes at the top of a module, with their lines, decorators included."""
    return [
        (node.name, range(min(each.lineno for each in (node, *node.decorator_list)), (node.end_lineno or 0) + 1))
        for node in ast.parse(text).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    ]


def calls_of(text: str, function: str, package: str = "", count: int = CALLS, seed: int = 0) -> list[str]:
    """Calls of the function, or of the one it is nested in; none where nothing can name it, or it may do harm."""
    found = find(parse(text), function)
    if found is None or _SYSTEM.search(ast.get_source_segment(text, found.node) or ""):
        return []
    return inputs.calls(found, package, count, seed)


def reaches_the_system(text: str) -> bool:
    return bool(re.search(_SYSTEM.pattern.split("|\\bos")[0], text, re.MULTILINE))


class Home(NamedTuple):
    """Where a text is from, so that its imports find what they mean: a dotted name, a file, and a folder."""

    module: str = "module"
    path: str = ""
    root: str = ""


async def compared(old: str, jobs: Sequence[tuple[str, Sequence[str]]], home: Home) -> list[Outcome]:
    """What the calls of each job show of the old text of a module and the job's new one."""
    outcomes: list[Outcome] = []
    while len(outcomes) < len(jobs):
        async with started(sys.executable) as worker:
            lives = True
            while lives and len(outcomes) < len(jobs):
                outcome, lives = await _compared(worker, old, *jobs[len(outcomes)], home)
                outcomes.append(outcome)
    return outcomes


async def _compared(worker: Worker, old: str, new: str, calls: Sequence[str], home: Home) -> tuple[Outcome, bool]:
    """The outcome, and whether the worker can be asked for more."""
    roots = (home.root,) if home.root else ()
    loaded = await worker.ask(Load(old, new, home.module, home.path, roots), LOAD_SECONDS)
    if not isinstance(loaded, Loaded):
        return Outcome("not runnable", f"load: {loaded}"), False
    reply = await worker.ask(Compare(tuple(calls), SECONDS, CALL_SECONDS), 2 * SECONDS)
    if not isinstance(reply, Compared):
        return Outcome("too slow", str(reply)), False
    if reply.differences:
        return Outcome("differ", reply.differences[0].kind, reply.returned, reply.differences), True
    if reply.returned:
        return Outcome("agree", returned=reply.returned), True
    is_slow = any(each.ended in ("time", "memory") for each in reply.outcomes)
    return Outcome("too slow" if is_slow else "not runnable", "no call returned"), True
