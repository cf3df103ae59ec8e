"""One and the same regular expression is handed to `re` in each round of a loop.

# What it costs

`re.match("...", text)` and `re.compile("...")` look the pattern up in a cache of compiled ones each time, which for
short texts takes longer than matching; and a program with more patterns than the cache holds compiles them again.

# The cheaper form

Compile the pattern once, before the loop or at the top of the module, and call the methods of what comes out.

# When it does not pay

When each text is long: then the look-up is lost in the time that matching takes. A pattern that is plain text is better
done without, which PW504 (regex-literal) tells of.

# Fix safety

Safe when the pattern is a literal that compiles. Otherwise it is to be verified: a wrong pattern would raise an
exception also where the loop makes no round.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import unchanged_loops
from perfwise_analyzers.facts.plain_patterns import without_pattern
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, can_hoist, can_move_out
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW202",
    name="regex-compile-in-loop",
    summary="A regular expression that stays the same is looked up or compiled in each round of a loop.",
    triggers=("for", "while"),
    severity="hint",
    bad=(
        Bad(
            code="""\
import re


def numbered(names: list[str]) -> list[str]:
    found = []
    for name in names:
        if re.match(r"[a-z]+\\d", name):
            found.append(name)
    return found
""",
            better="""\
import re


def numbered(names: list[str]) -> list[str]:
    found = []
    pattern = re.compile(r"[a-z]+\\d")
    for name in names:
        if pattern.match(name):
            found.append(name)
    return found
""",
            call='numbered(["ab1", "ab"] * 2000)',
        ),
        Bad(
            code="""\
import re


def years(lines, prefix):
    found = []
    for line in lines:
        year = re.compile(prefix + r"(\\d{4})", re.IGNORECASE)
        found.extend(year.findall(line))
    return found
""",
            better="""\
import re


def years(lines, prefix):
    found = []
    year = re.compile(prefix + r"(\\d{4})", re.IGNORECASE)
    for line in lines:
        found.extend(year.findall(line))
    return found
""",
            call='years(["in 1999"] * 3000, "in ")',
            level="verify",
        ),
    ),
    good=(
        Good(
            "import re\n\ndef f(lines):\n    number = re.compile('[0-9]+')\n    return [re.findall(number, line) for line in lines]\n",
            "It is compiled already.",
        ),
        Good("import re\n\ndef f(text):\n    return re.match('a+', text)\n", "It is looked up once."),
        Good(
            "import re\n\ndef f(lines):\n    return [x for x in lines if re.search('error', x)]\n",
            "Plain text needs no pattern.",
        ),
        Good(
            "import re\n\ndef f(words, text):\n    return [w for w in words if re.search(w + '$', text)]\n",
            "Each round has another pattern.",
        ),
        Good(
            "import re\n\ndef f(xs):\n    p = re.compile('a+')\n    return [x for x in xs if p.match(x)]\n",
            "It is compiled before the loop.",
        ),
        Good(
            "import re\n\ndef f(xs):\n    for x in xs:\n        if not x:\n            return re.split(',', x)\n",
            "The loop ends with it.",
        ),
    ),
)

# Where `flags` stands among the arguments.
_FLAGS = {
    **dict.fromkeys(("match", "search", "fullmatch", "findall", "finditer"), 2),
    "compile": 1,
    "split": 3,
    "sub": 4,
    "subn": 4,
}


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[tuple[str, Loop]] = set()
    for call in facts.structure.all(n.Call):
        parts = _parts(facts, call)
        if parts is None or facts.place(call).loop is None or without_pattern(facts, call) is not None:
            continue  # What needs no pattern at all need not be compiled.
        loops = unchanged_loops(facts, parts, facts.place(call), call)
        case = (_compiled(facts, parts), loops[-1]) if loops else None
        if (
            case is None
            or case in told
            or any(facts.effects.is_opaque(node) for part in parts for node in n.descendants(part))
        ):
            continue
        told.add(case)
        message = (
            f"The same pattern is handed to `{facts.source(call.func)}` {facts.each_round(loops)}: compile it once"
        )
        yield facts.finding(rule, call, message, fix=_fix(facts, call, parts, loops))


def _parts(facts: Facts, call: n.Call) -> list[n.Expr] | None:
    """The pattern of a call of `re`, with its flags if there are any."""
    module, _, name = facts.inference.callee(call).rpartition(".")
    at = _FLAGS.get(name)
    if module != "re" or at is None or not call.args or any(isinstance(arg, n.Starred) for arg in call.args):
        return None
    if facts.type_of(call.args[0]).name == "pattern":
        return None
    flags = call.args[at : at + 1] + [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    return [call.args[0], *flags]


def _compiled(facts: Facts, parts: list[n.Expr]) -> str:
    return f"re.compile({', '.join(map(facts.source, parts))})"


def _fix(facts: Facts, call: n.Call, parts: list[n.Expr], loops: list[Loop]) -> Fix | None:
    outer = loops[-1]
    if not isinstance(call.func, n.Attribute) or not all(can_hoist(facts, part, outer) for part in parts):
        return None
    draft = Draft(facts)
    stmt = facts.structure.parent[call]
    match stmt:
        case n.Assign(targets=[n.Name(id=bound)]) if call.func.attr == "compile" and can_move_out(
            facts, stmt, bound, loops
        ):
            draft.remove(stmt)
            draft.before(outer.stmt, facts.source(stmt))
        case _:
            name = draft.fresh("pattern")
            draft.before(outer.stmt, f"{name} = {facts.source(call.func.value)}.{_compiled(facts, parts)[3:]}")
            for other in facts.structure.all(n.Call):
                theirs = _parts(facts, other)
                if theirs and outer.encloses(other) and _compiled(facts, theirs) == _compiled(facts, parts):
                    draft.replace(other, _called(facts, other, name))
    title = "Compile the pattern once before the loop"
    if not _is_sound(parts):
        return draft.fix(
            "verify", title, "A wrong pattern would raise an exception also where the loop makes no round."
        )
    return draft.fix("safe", title)


def _called(facts: Facts, call: n.Call, name: str) -> str:
    """The call as one of a compiled pattern's methods."""
    method = facts.inference.callee(call).rpartition(".")[2]
    if method == "compile":
        return name
    rest = [facts.source(argument) for at, argument in enumerate(call.args) if at and at != _FLAGS[method]]
    rest += [facts.source(keyword) for keyword in call.keywords if keyword.arg != "flags"]
    return f"{name}.{method}({', '.join(rest)})"


def _is_sound(parts: list[n.Expr]) -> bool:
    """Whether the pattern is a literal without flags that compiles."""
    match parts:
        case [n.Constant(kind="str", value=str(text))] if len(text) < 1000:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # A warning is seen as well, also where the loop makes no round.
                try:
                    re.compile(text)
                except (re.error, OverflowError, RecursionError, Warning):
                    return False
            return True
    return False
