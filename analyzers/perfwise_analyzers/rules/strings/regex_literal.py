"""A regular expression in a loop looks for plain text.

# What it costs

`re.search("error", line)` finds the compiled pattern in a cache, starts the matcher and makes a match object: five
times and more what looking for the text itself takes.

# The cheaper form

`"error" in line`, `line.startswith(...)`, `line.replace(...)`, `line.split(...)`, `line.count(...)`.

# When it does not pay

Outside of loops. Patterns with anything special in them, flags, and matches that are used are never told of.

# Fix safety

Safe when what is searched is known to be a string (or bytes, as the pattern). Otherwise it is to be verified: `in`
works on lists as well, where `re.search` raises TypeError.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.plain_patterns import without_pattern
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW504",
    name="regex-literal",
    summary="A regular expression without anything special in it is used in a loop.",
    triggers=("search(", "match(", "sub(", "split(", "findall("),
    severity="hint",
    bad=(
        Bad(
            code="""\
import re


def errors(lines: list[str]) -> list[str]:
    return [line for line in lines if re.search("error", line)]
""",
            better="""\
import re


def errors(lines: list[str]) -> list[str]:
    return [line for line in lines if "error" in line]
""",
            call='errors(["no such thing here", "an error here"] * 1000)',
        ),
        Bad(
            code="""\
import re


def cleaned(lines):
    out = []
    for line in lines:
        if re.match(r"# ", line) is None:
            out.append(re.sub(r"\\.+", "_", line))
    return out
""",
            better="""\
import re


def cleaned(lines):
    out = []
    for line in lines:
        if not line.startswith("# "):
            out.append(re.sub(r"\\.+", "_", line))
    return out
""",
            call='cleaned(["# a comment", "# another"] * 1000)',
            level="verify",
        ),
    ),
    good=(
        Good(
            "import re\n\ndef f(lines):\n    return [x for x in lines if re.search('errors?', x)]\n",
            "The question mark is special.",
        ),
        Good(
            "import re\n\ndef f(lines):\n    return [x for x in lines if re.search('error$', x)]\n",
            "`$` matches before a last line break as well.",
        ),
        Good(
            "import re\n\ndef f(lines):\n    return [x for x in lines if re.search('error', x, re.I)]\n",
            "A flag makes it match in either case.",
        ),
        Good(
            "import re\n\ndef f(lines):\n    return [re.search('error', x) for x in lines]\n",
            "The matches are used.",
        ),
        Good("import re\n\ndef f(line: str):\n    return re.sub('a', 'b', line)\n", "It is done once."),
        Good(
            "import re\n\ndef f(lines, g):\n    return [re.sub('a', g, x) for x in lines]\n",
            "What takes the text's place may be a function.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        found = without_pattern(facts, call)
        if found is None or not facts.is_repeated(call):
            continue
        node, text, better = found
        message = f"The pattern is plain text; `{' '.join(better.split())}` needs no regular expression"
        yield facts.finding(rule, call, message, fix=_fix(facts, node, text, call.args[0], better))


def _fix(facts: Facts, node: n.Node, text: n.Expr, pattern: n.Expr, better: str) -> Fix | None:
    draft = Draft(facts)
    draft.replace(node, better)
    if "#" in facts.source(node) and "#" not in facts.source(pattern) + facts.source(text):
        return None
    title = f"Write `{' '.join(better.split())}`"
    kinds = {facts.type_of(part).name for part in (text, pattern)}
    if len(kinds) != 1:
        return draft.fix("verify", title, f"`{facts.source(text)}` is not known to be a string.")
    return draft.fix("safe", title)
