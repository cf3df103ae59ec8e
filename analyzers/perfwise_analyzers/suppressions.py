"""`# perfwise: ignore[PW101]` on a line silences the line, and on a `def` the whole function."""

from __future__ import annotations

import re
from typing import Final

from perfwise_analyzers.finding import Finding

COMMENT: Final = re.compile(r"#\s*perfwise:\s*ignore(?:\[([^\]]*)\])?")
UNUSED: Final = "PW900"  # The rule on comments that silence nothing.
MARK: Final = "perfwise:"  # What source without a comment of ours rarely holds.


def spellings(code: str, name: str) -> frozenset[str]:
    """What a comment may call a rule, in lower case: its code, its name and its family."""
    family = code[:3].lower()
    return frozenset((code.lower(), name, family, f"{family}xx"))


def parts(listed: str) -> list[str]:
    """What the brackets of a comment name, in lower case."""
    return [part.strip().lower() for part in listed.split(",")]


def silenced(finding: Finding, line: str) -> bool:
    """Whether the comment on a source line, if it has one, silences the finding."""
    match = COMMENT.search(line)
    if match is None:
        return False
    return match[1] is None or not spellings(finding.code, finding.name).isdisjoint(parts(match[1]))
