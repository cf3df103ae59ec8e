"""`perfwise fix`."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from perfwise_analyzers import Analysis
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Options
from perfwise_analyzers.finding import Edit
from perfwise_analyzers.fixing.edits import apply, compose
from perfwise_analyzers.unused import unused_suppressions
from perfwise_server.checking.errors import internal
from perfwise_server.checking.parallel import each
from perfwise_server.checking.source import UnreadableError, decode, read, write
from perfwise_server.checking.walk import File, SettingsOf, Skipped, walk
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import NOTHING_FOUND
from perfwise_server.cli.output import counted, print_json, styled

# A fix may make room for another one; more rounds than this are a circle.
ROUNDS = 20

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Job(NamedTuple):
    file: File
    levels: frozenset[str]
    writes: bool


class Mended(NamedTuple):
    applied: int = 0
    diff: str = ""
    problem: str = ""


def fix(
    paths: Sequence[str],
    settings_of: SettingsOf,
    exclude: tuple[str, ...],
    *,
    output: str,
    unsafe: bool,
    verify: bool,
    diff: bool,
    jobs: int | None,
) -> int:
    if unsafe and verify:
        raise CommandError("--unsafe and --verify exclude each other")
    if verify:
        raise CommandError(
            "--verify is not available in this version: read the fixes with --unsafe --diff, then apply with --unsafe"
        )
    walked = walk(paths, settings_of, exclude)
    levels = frozenset(("safe", "verify")) if unsafe else frozenset(("safe",))
    work = [Job(file, levels, not diff) for file in walked.files]
    changed, diffs, skipped, applied = [], [], walked.skipped, 0
    size = sum(os.stat(file.path).st_size for file in walked.files)
    for job, mended in zip(work, each(mend, work, size, jobs), strict=True):
        if mended.applied:
            changed.append(job.file.path)
            diffs.append(mended.diff)
            applied += mended.applied
        elif mended.problem and job.file.named:
            raise CommandError(f"{job.file.path}: {mended.problem}")
        elif mended.problem:
            skipped.append(Skipped(job.file.path, mended.problem))
    if output == "json":
        record = {"changed": changed, "applied": applied, "diff": "".join(diffs)}
        print_json({**record, "skipped": [each._asdict() for each in sorted(skipped)]})
    else:
        _print_text(changed, diffs if diff else [], skipped, applied, "Would apply" if diff else "Applied")
    return NOTHING_FOUND


def mend(job: Job) -> Mended:
    """Applies the fixes of one file. Effect: writes it, if the job says so. Never raises."""
    file = job.file.file
    if file.suffix == ".ipynb":
        return Mended(problem="notebooks are fixed in the editor")
    try:
        data = read(file)
        old, encoding = decode(data)
        new, applied = mended_text(old, job.file.settings.options(file), job.levels)
        if new == old:
            return Mended()
        if old.encode(encoding) != data:
            return Mended(problem=f"does not survive being read and written in its encoding, {encoding}")
        if job.writes:
            write(file, new, encoding)
    except UnreadableError as error:
        return Mended(problem=str(error))
    except Exception as error:
        return Mended(problem=internal(error))
    return Mended(applied, unified_diff(job.file.path, old, new))


def mended_text(text: str, options: Options, levels: frozenset[str]) -> tuple[str, int]:
    """The text with every fix of these levels that fits, again until none is left, and how many were applied."""
    applied = 0
    for _ in range(ROUNDS):
        analysis = Analysis(Document(text), options)
        fixes = [
            analysis.edits_of(finding.fix)
            for finding in (*analysis.findings(), *unused_suppressions(analysis.document, options))
            if finding.fix and finding.fix.level in levels
        ]
        new, taken = composed(text, fixes)
        if new == text:
            break
        text, applied = new, applied + taken
    return text, applied


def composed(text: str, fixes: Sequence[Sequence[Edit]]) -> tuple[str, int]:
    """All that fit together; where these break the source, only the first that does not."""
    taken, edits = compose(fixes)
    new = apply(text, edits)
    if not _breaks(text, new):
        return new, len(taken)
    for fix in fixes:
        new = apply(text, fix)
        if new != text and not _breaks(text, new):
            return new, 1
    return text, 0


def _breaks(old: str, new: str) -> bool:
    return _broken_segments(new) > _broken_segments(old)


def _broken_segments(text: str) -> int:
    document = Document(text)
    analysis = Analysis(document)
    return sum(analysis.broken(index) for index in range(len(document.segments)))


def unified_diff(path: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(_LINE.findall(old), _LINE.findall(new), path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _print_text(
    changed: Sequence[str], diffs: Sequence[str], skipped: Sequence[Skipped], applied: int, verb: str
) -> None:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for diff in diffs:
        for line in diff.splitlines():
            print(styled(line, fg=colours.get(line[:1])))
    for path, reason in sorted(skipped):
        print(styled(f"skipped {path}: {reason}", dim=True))
    if not diffs:
        for path in changed:
            print(path)
    print(f"{verb} {applied} {'fix' if applied == 1 else 'fixes'} in {counted(len(changed), 'file')}.")
