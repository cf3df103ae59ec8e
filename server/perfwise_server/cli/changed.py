"""Which lines of which files changed since a revision, as git says."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable

from perfwise_server.checking.hints import Lines
from perfwise_server.cli.errors import CommandError

WHOLE_FILE: Lines = ((0, 2**31),)
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


class Changes:
    """Of the repositories that hold the given paths, working tree against `revision`, new files included.

    Raises CommandError where there is no repository, no such revision or no git.
    """

    def __init__(self, paths: Iterable[str], revision: str) -> None:
        self._commits: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}
        self._new: dict[str, set[str]] = {}
        for path in paths:
            folder = path if os.path.isdir(path) else os.path.dirname(path) or os.curdir
            top = os.path.realpath(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
            if top in self._commits:
                continue
            commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
            self._commits[top] = os.fsdecode(commit)
            self._names[top] = _names(_git(top, "diff", "--name-only", "--no-renames", "-z", self._commits[top], "--"))
            self._new[top] = _names(_git(top, "ls-files", "--others", "--exclude-standard", "-z"))

    def before(self, path: str) -> bytes | None:
        """The file as it was; None for a new one."""
        top, name = self._place(path)
        if not top or name not in self._names[top]:
            return None
        if not _git(top, "ls-tree", "-z", "--name-only", "--full-tree", self._commits[top], "--", name):
            return None
        return _git(top, "cat-file", "blob", f"{self._commits[top]}:{name}")

    def _place(self, path: str) -> tuple[str, str]:
        """The repository's top and the file's name in it; empty for a file in none."""
        real = os.path.realpath(path)
        tops = [top for top in self._commits if real.startswith(os.path.join(top, ""))]
        if not tops:
            return "", ""
        top = max(tops, key=len)
        return top, os.path.relpath(real, top).replace(os.sep, "/")

    def lines(self, path: str) -> Lines:
        """Empty for a file that did not change."""
        top, name = self._place(path)
        if not top:
            return ()
        if name in self._new[top]:
            return WHOLE_FILE
        if name not in self._names[top]:
            return ()
        options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--no-renames")
        hunks = _HUNK.finditer(_git(top, "diff", *options, self._commits[top], "--", f":(literal){name}"))
        return tuple(_range(int(hunk[1]), int(hunk[2] or 1)) for hunk in hunks)


def _range(first: int, count: int) -> tuple[int, int]:
    return (first - 1, first + count - 2) if count else (max(first - 1, 0), max(first - 1, 0))


def _names(output: bytes) -> set[str]:
    return {os.fsdecode(name) for name in output.split(b"\0") if name}


def _git(folder: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)
    except OSError:
        raise CommandError("--changed needs git, which is not installed") from None
    if done.returncode == 0:
        return done.stdout
    if "--show-toplevel" in arguments:
        raise CommandError(f"--changed needs a git repository, and {folder} is in none")
    if "--verify" in arguments:
        revision = arguments[-1].removesuffix("^{commit}")
        raise CommandError(f"--changed: no revision {revision!r} in the repository")
    message = os.fsdecode(done.stderr).strip().partition("\n")[0]
    raise CommandError(f"--changed: git failed: {message}")
