"""`# perfwise: ignore[PW101]` on a line silences the line, and on a `def` the whole function."""

from __future__ import annotations

import re

from perfwise_analyzers.rule import Finding

_COMMENT = re.compile(r"#\s*perfwise:\s*ignore(?:\[([^\]]*)\])?")


def silenced(finding: Finding, line: str) -> bool:
    """Whether the comment on a source line, if it has one, silences the finding."""
    match = _COMMENT.search(line)
    if match is None:
        return False
    if match[1] is None:
        return True
    family = finding.code[:3].lower()
    names = {finding.code.lower(), finding.name, family, f"{family}xx"}
    return any(part.strip().lower() in names for part in match[1].split(","))
