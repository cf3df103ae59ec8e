"""Files that are never sent to a model."""

from __future__ import annotations

from pathlib import Path

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


def why_private(path: Path, patterns: tuple[str, ...] = (), root: Path | None = None) -> str:
    """One sentence, empty where a file may be sent. `patterns` are the user's, of .gitignore's kind, below `root`.

    A pattern with `!` lets a file through that would otherwise be private.
    """
    absolute = path.absolute()
    # Which folders lead to the project is not the project's doing.
    base = root if root is not None and absolute.is_relative_to(root) else absolute.parent
    relative = absolute.relative_to(base).as_posix()
    verdict = GitIgnoreSpec.from_lines((*ALWAYS, *patterns)).check_file(relative)
    if verdict.include is False:
        return ""
    if verdict.include:
        reason = f"it matches {(*ALWAYS, *patterns)[verdict.index or 0]!r}"
    elif is_git_ignored(path):
        reason = "git ignores it"
    else:
        return ""
    return f"{path.name} is never sent to a model: {reason}; '!{relative}' among the patterns to ignore lets it through"
