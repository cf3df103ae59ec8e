"""`perfwise fix`."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Options
from perfwise_analyzers.fix_all import SAFE, fix_all
from perfwise_server.checking.errors import CheckError, internal
from perfwise_server.checking.parallel import each
from perfwise_server.checking.source import UnreadableError, decode, read, write
from perfwise_server.checking.walk import File, SettingsOf, Skipped, walk
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import NOTHING_FOUND
from perfwise_server.cli.output import counted, print_json, styled
from perfwise_server.cli.proving import Refused, proved
from perfwise_server.cli.verify import interpreter_of, run

More = Callable[[str, Options], tuple[str, int]]  # The text with more fixes, and how many these are.

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Job(NamedTuple):
    file: File
    levels: frozenset[str]
    writes: bool


class Mended(NamedTuple):
    applied: int = 0
    diff: str = ""
    problem: str = ""
    refused: tuple[Refused, ...] = ()


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
    walked = walk(paths, settings_of, exclude)
    levels = SAFE | {"verify"} if unsafe else SAFE
    work = [Job(file, levels, not diff) for file in walked.files]
    changed, diffs, skipped, applied = [], [], walked.skipped, 0
    refused: list[Refused] = []
    size = sum(os.stat(file.path).st_size for file in walked.files)
    # What is timed has the machine to itself.
    all_mended = map(prove, work) if verify else each(mend, work, size, jobs)
    for job, mended in zip(work, all_mended, strict=True):
        refused += mended.refused
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
        record |= {"refused": [each._asdict() for each in refused]} if verify else {}
        print_json({**record, "skipped": [each._asdict() for each in sorted(skipped)]})
    else:
        for each_refused in refused:
            print("not applied: {}:{} {}: {}: {}".format(*each_refused))
        _print_text(changed, diffs if diff else [], skipped, applied, "Would apply" if diff else "Applied")
    return NOTHING_FOUND


def prove(job: Job) -> Mended:
    """As `mend`, and then the fixes that the laboratory proves. Raises CheckError when the interpreter is of no use."""
    file = job.file.file
    python = interpreter_of(file)
    refused: list[Refused] = []

    def more(text: str, options: Options) -> tuple[str, int]:
        found = proved(job.file.path, python, text, options, run)
        refused.extend(found.refused)
        return found.text, found.applied

    return mend(job, more)._replace(refused=tuple(refused))


def mend(job: Job, more: More | None = None) -> Mended:
    """Applies the fixes of one file, then what `more` adds. Effect: writes it, if the job says so.

    Raises what `more` raises, and nothing else.
    """
    file = job.file.file
    if file.suffix == ".ipynb":
        return Mended(problem="notebooks are fixed in the editor")
    try:
        data = read(file)
        old, encoding = decode(data)
        options = job.file.settings.options(file)
        document = Document(old)
        applied = sum(len(round_.taken) for round_ in fix_all(document, options, job.levels))
        new = document.text
        if more:
            new, added = more(new, options)
            applied += added
        if new == old:
            return Mended()
        if old.encode(encoding) != data:
            return Mended(problem=f"does not survive being read and written in its encoding, {encoding}")
        if job.writes:
            write(file, new, encoding)
    except UnreadableError as error:
        return Mended(problem=str(error))
    except CheckError:
        raise
    except Exception as error:
        return Mended(problem=internal(error))
    return Mended(applied, unified_diff(job.file.path, old, new))


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
