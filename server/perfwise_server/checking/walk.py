"""Which files a command is about: those named, and those found below the folders named."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfwise_server.checking.errors import CheckError, reason
from perfwise_server.configuration import ConfigurationError, Settings, pattern_error

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

EXTENSIONS = (".py", ".pyw", ".ipynb")
NEVER_WALKED = frozenset(
    (
        ".direnv",
        ".eggs",
        ".git",
        ".hg",
        ".hypothesis",
        ".ipynb_checkpoints",
        ".mypy_cache",
        ".nox",
        ".pants.d",
        ".pytest_cache",
        ".pytype",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        "__pycache__",
        "__pypackages__",
        "_build",
        "buck-out",
        "build",
        "dist",
        "node_modules",
        "site-packages",
        "venv",
    )
)
VIRTUAL_ENVIRONMENT_MARKS = frozenset(("pyvenv.cfg", "conda-meta"))

SettingsOf = Callable[[Path], Settings]  # Of a file or folder; may raise ConfigurationError.


class Skipped(NamedTuple):
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class File:
    path: str  # As it is shown: absolute for an absolute argument, else relative to the current folder, with "/".
    named: bool  # On the command line, so that whatever is wrong with it ends the command.
    settings: Settings

    @property
    def file(self) -> Path:
        return Path(self.path)


@dataclass
class Walk:
    files: list[File] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def walk(paths: Iterable[str], settings_of: SettingsOf, exclude: tuple[str, ...] = ()) -> Walk:
    """The files in the order of their paths, each once. Raises CheckError for a path that cannot be used.

    Exclusions apply below a given path, never to it.
    """
    result = Walk()
    for given in paths:
        path = os.path.normpath(given)
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            raise CheckError(f"{_shown(given)}: {reason(error)}") from None
        settings = read_settings(Path(path), settings_of)
        if stat.S_ISDIR(mode):
            _walk_folder(path, settings, settings_of, exclude, result)
        elif stat.S_ISREG(mode):
            result.files.append(File(_shown(path), True, settings))
        else:
            raise CheckError(f"{_shown(given)}: neither a file nor a folder")
    unique: dict[str, File] = {}
    for file in sorted(result.files, key=lambda file: (file.path, not file.named)):
        unique.setdefault(os.path.realpath(file.path), file)
    result.files = list(unique.values())
    result.skipped = sorted(set(result.skipped))
    return result


def read_settings(path: Path, settings_of: SettingsOf) -> Settings:
    """Raises CheckError."""
    try:
        return settings_of(path)
    except ConfigurationError as error:
        raise CheckError(str(error)) from None


class _Patterns(NamedTuple):
    """Gitignore patterns and the folder they are relative to."""

    folder: str
    specification: GitIgnoreSpec

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """True where the path itself is to be left out, False where it is to be kept in spite of other files."""
        relative = os.path.relpath(path, self.folder).replace(os.sep, "/")
        if relative.startswith("../"):
            return None
        return self.specification.check_file(f"{relative}/" if is_folder else relative).include

    def without(self, path: str) -> _Patterns:
        """Less the patterns that leave out a folder that was asked for, or one it is in."""
        if not self.verdict(path, True):
            return self
        from pathspec import GitIgnoreSpec

        relative = os.path.relpath(path, self.folder).replace(os.sep, "/") + "/"
        kept = [pattern for pattern in self.specification.patterns if pattern.match_file(relative) is None]
        return _Patterns(self.folder, GitIgnoreSpec(kept))


def _patterns(folder: str, lines: Iterable[str]) -> _Patterns:
    from pathspec import GitIgnoreSpec

    return _Patterns(os.path.abspath(folder), GitIgnoreSpec.from_lines(lines))


def _gitignore(folder: str) -> Iterator[_Patterns]:
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="surrogateescape") as stream:
            lines = stream.read().splitlines()
    except OSError:
        return
    # What is no pattern matches nothing, as in git.
    yield _patterns(folder, (line for line in lines if not pattern_error(line)))


def _gitignores_above(folder: str) -> list[_Patterns]:
    """Outermost first, from the top of the repository the folder is in, or of the disk."""
    found: list[_Patterns] = []
    current = os.path.abspath(folder)
    while not os.path.exists(os.path.join(current, ".git")) and current != os.path.dirname(current):
        current = os.path.dirname(current)
        found[:0] = _gitignore(current)
    return [patterns.without(os.path.abspath(folder)) for patterns in found]


def is_git_ignored(path: Path) -> bool:
    """Whether the .gitignore files from the top of its repository down leave out a file, or a folder it is in."""
    file = os.path.abspath(path)
    top = os.path.dirname(file)
    while not os.path.exists(os.path.join(top, ".git")):
        if top == os.path.dirname(top):
            return False
        top = os.path.dirname(top)
    folder, ignored = top, list(_gitignore(top))
    for name in os.path.relpath(file, top).split(os.sep):
        folder = os.path.join(folder, name)
        is_folder = folder != file
        if _left_out(folder, is_folder, [], [], ignored):
            return True
        if is_folder:
            ignored += _gitignore(folder)
    return False


def _excludes(settings: Settings, given: str) -> list[_Patterns]:
    if not settings.exclude or settings.root is None:
        return []
    return [_patterns(str(settings.root), settings.exclude).without(os.path.abspath(given))]


def _walk_folder(
    given: str, settings: Settings, settings_of: SettingsOf, exclude: tuple[str, ...], result: Walk
) -> None:
    inside = not os.path.relpath(given).startswith("..")
    for pattern in exclude:
        if error := pattern_error(pattern):
            raise CheckError(f"--exclude: {error}")
    always = [_patterns(os.curdir if inside else given, exclude).without(os.path.abspath(given))] if exclude else []
    ignored_above = _gitignores_above(given)
    # A folder to be walked, its settings, what they exclude and the .gitignore files above it.
    stack = [(given, settings, _excludes(settings, given), ignored_above)]
    while stack:
        folder, settings, excluded, ignored = stack.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if folder == given:
                raise CheckError(f"{_shown(given)}: cannot be read: {reason(error)}") from None
            result.skipped.append(Skipped(_shown(folder), f"cannot be read: {reason(error)}"))
            continue
        names = {entry.name for entry in entries}
        if folder != given:
            if names & VIRTUAL_ENVIRONMENT_MARKS:
                continue
            if "pyproject.toml" in names:
                try:
                    settings = settings_of(Path(folder))
                    excluded = _excludes(settings, given)
                except ConfigurationError as error:
                    result.skipped.append(Skipped(_shown(os.path.join(folder, "pyproject.toml")), str(error)))
        if ".gitignore" in names:
            ignored = [*ignored, *_gitignore(folder)]
        for entry in entries:
            path = os.path.normpath(entry.path)
            try:
                # A link to a folder is not followed: what it leads to is walked where it is, and loops do no harm.
                is_folder = entry.is_dir(follow_symlinks=False)
                wanted = entry.name not in NEVER_WALKED if is_folder else _is_source(entry)
                if not wanted or _left_out(os.path.abspath(path), is_folder, excluded, always, ignored):
                    continue
                is_usable = is_folder or entry.is_file()
            except OSError as error:
                result.skipped.append(Skipped(_shown(path), f"cannot be read: {reason(error)}"))
                continue
            if is_folder:
                stack.append((path, settings, excluded, ignored))
            elif is_usable:
                result.files.append(File(_shown(path), False, settings))
            else:
                result.skipped.append(Skipped(_shown(path), "is a broken link or no regular file"))


def _is_source(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(EXTENSIONS) and not (entry.is_symlink() and os.path.isdir(entry.path))


def _left_out(
    path: str, is_folder: bool, excluded: list[_Patterns], always: list[_Patterns], ignored: list[_Patterns]
) -> bool:
    if any(patterns.verdict(path, is_folder) for patterns in (*excluded, *always)):
        return True
    verdicts = (patterns.verdict(path, is_folder) for patterns in reversed(ignored))
    return next((verdict for verdict in verdicts if verdict is not None), False)


def _shown(path: str) -> str:
    return path.replace(os.sep, "/")
