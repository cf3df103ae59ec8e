"""Files that are never sent to a model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pathspec import GitIgnoreSpec

from perfwise_server.checking.walk import is_git_ignored

ALWAYS = (
    ".aws/",
    ".env*",
    ".netrc",
    ".ssh/",
    "*.key",
    "*.pem",
    "*credential*",
    "*password*",
    "*secret*",
    "local_settings.py",
)


class Ignored(NamedTuple):
    """Patterns of .gitignore's kind, and the folder they are relative to: without one, that of the file."""

    patterns: tuple[str, ...]
    root: Path | None = None


def why_private(path: Path, ignored: Sequence[Ignored] = ()) -> str:
    """One sentence, empty where a file may be sent.

    A pattern with `!` lets a file through that would otherwise be private; of several that match, the last one counts.
    """
    absolute = path.absolute()
    # Which folders lead to the project is not the project's doing.
    found = [(each.patterns, each.root or absolute.parent) for each in ignored]
    found = [(patterns, root) for patterns, root in found if absolute.is_relative_to(root)]
    top = min((root for _, root in found), key=lambda root: len(root.parts), default=absolute.parent)
    reason = "git ignores it" if is_git_ignored(path) else ""
    for patterns, root in ((ALWAYS, top), *found):
        relative = absolute.relative_to(root).as_posix()
        verdict = GitIgnoreSpec.from_lines(patterns).check_file(relative)
        if verdict.include is not None:
            reason = f"it matches {patterns[verdict.index or 0]!r}" if verdict.include else ""
    if not reason:
        return ""
    return f"{path.name} is never sent to a model: {reason}; '!{relative}' in model.ignore lets it through"
