"""Comments that silence nothing: code was mended, or moved away from under them.

Every rule is asked here, whatever is selected and however little it gains, so that a comment is called unused only
where no rule has a use for it.
"""

from __future__ import annotations

import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from perfwise_analyzers import suppressions
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis, Options
from perfwise_analyzers.finding import Edit, Finding, Fix, Position, Span
from perfwise_analyzers.rule import Bad, Rule
from perfwise_analyzers.rules import RULES
from perfwise_analyzers.selection import matches
from perfwise_analyzers.suppressions import COMMENT, MARK, parts, spellings
from perfwise_analyzers.thresholds import THRESHOLDS, every_threshold_finding

UNUSED = Rule(
    suppressions.UNUSED,
    "unused-suppression",
    "A comment silences a hint that is not there.",
    triggers=(),
    bad=(
        Bad(
            code=(
                "def known(orders: list[int], users: list[int]) -> list[int]:\n"
                "    users_set = set(users)\n"
                "    return [order for order in orders if order in users_set]  # perfwise: ignore[PW101]\n"
            ),
            better=(
                "def known(orders: list[int], users: list[int]) -> list[int]:\n"
                "    users_set = set(users)\n"
                "    return [order for order in orders if order in users_set]\n"
            ),
            call="known([1, 2], [2])",
        ),
    ),
    good=(),
    severity="hint",
    pays=1.0,
    doc="""A comment silences a hint that is not there.

# What it costs

A comment that outlives its hint says of good code that it is slow, and hides the next hint that belongs there.
It is told of where `report-unused` is set in `[tool.perfwise]`, by `perfwise check --report-unused`, in the editor
where `perfwise.reportUnusedSuppressions` is on, or where the rule is selected by name.

# The cheaper form

No comment, or one with only the codes that are of use.

# When it does not pay

A comment may wait for a hint of a newer Perfwise, which this one cannot know. Name PW900 in it as well.

# Fix safety

Only the comment changes. What it says besides stays.
""",
)

_CODES = {rule.code: rule.name for rule in (*RULES, *THRESHOLDS, UNUSED)}
_KNOWN = frozenset(spelling for code, name in _CODES.items() for spelling in spellings(code, name))
_OWN = spellings(UNUSED.code, UNUSED.name) & {UNUSED.code.lower(), UNUSED.name}
_BEFORE_REASON = " \t:;,.-"


def unused_suppressions(document: Document, options: Options) -> list[Finding]:
    """PW900 where the options ask for it, in the order of the text. A segment that does not parse is not judged."""
    is_asked = options.report_unused or any(matches(UNUSED, selector) for selector in options.select)
    if not is_asked or any(matches(UNUSED, selector) for selector in options.ignore):
        return []
    marked = [index for index, segment in enumerate(document.segments) if MARK in segment.source]
    if not marked:
        return []
    options = replace(options, select=(), ignore=())
    analysis = Analysis(document, options, hot=dict.fromkeys(range(1, document.line_count + 1), 1.0))
    used: defaultdict[int, set[str]] = defaultdict(set)
    for finding, line in analysis.silenced():
        used[line] |= spellings(finding.code, finding.name)
    for finding in every_threshold_finding(document, options):
        used[finding.span.start.line] |= spellings(finding.code, finding.name)
    return [
        finding
        for index in marked
        if not analysis.broken(index)
        for line, column in _comments(document.segments[index].source, document.start_line(index))
        for finding in _unused(document, line, column, used[line])
    ]


def _comments(source: str, first_line: int) -> Iterator[tuple[int, int]]:
    """Where comments of ours start; none in what the running Python cannot read."""
    lines = (f"{line}\n" for line in re.split(r"\r\n|\r|\n", source))
    try:
        tokens = [
            token for token in tokenize.generate_tokens(lambda: next(lines, "")) if token.type == tokenize.COMMENT
        ]
    except (tokenize.TokenError, SyntaxError):
        return
    for token in tokens:
        if match := COMMENT.search(token.string):
            yield first_line + token.start[0] - 1, token.start[1] + match.start()


def _unused(document: Document, number: int, column: int, used: set[str]) -> Iterator[Finding]:
    line = document.line(number)
    match = COMMENT.match(line, column)
    if match is None:
        return
    if match[1] is None:
        if not used:
            yield _finding("this comment silences nothing", number, match, _without(document, number, match))
        return
    named = [part.strip() for part in match[1].split(",") if part.strip()]
    left = [part for part in named if part.lower() in used]
    if named == left != [] or not _OWN.isdisjoint(parts(match[1])):
        return
    message = "; ".join(
        f"`{part}` silences nothing here" if part.lower() in _KNOWN else f"no rule is called `{part}`"
        for part in named
        if part not in left
    )
    place = Span(Position(number, match.start(1)), Position(number, match.end(1)))
    edit = Edit(place, ", ".join(left)) if left else _without(document, number, match)
    yield _finding(message or "this comment names no rule", number, match, edit)


def _without(document: Document, number: int, match: re.Match[str]) -> Edit:
    """Removes the comment with the space before it, and the line if nothing else is on it; other words stay."""
    line = match.string
    rest = line[match.end() :].lstrip(_BEFORE_REASON)
    before = line[: match.start()]
    if rest:
        return Edit(
            Span(Position(number, match.start()), Position(number, len(line))), rest if rest[0] == "#" else f"# {rest}"
        )
    if not before.strip() and number + 1 < document.line_count:
        return Edit(Span(Position(number, 0), Position(number + 1, 0)), "")
    return Edit(Span(Position(number, len(before.rstrip())), Position(number, len(line))), "")


def _finding(message: str, number: int, match: re.Match[str], edit: Edit) -> Finding:
    place = Span(Position(number, match.start()), Position(number, match.end()))
    fix = Fix("safe", "Remove what silences nothing", (edit,))
    return Finding(UNUSED.code, UNUSED.name, message, place, UNUSED.severity, "", "", "", fix)
