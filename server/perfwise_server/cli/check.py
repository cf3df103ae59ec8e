"""`perfwise check`."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from perfwise_server.checking.cache import cached
from perfwise_server.checking.hints import Hint, Job, Worse, reports
from perfwise_server.checking.walk import File, SettingsOf, Skipped, read_settings, walk
from perfwise_server.cli.baseline import compare, write
from perfwise_server.cli.changed import Changes
from perfwise_server.cli.checked import Checked, Profiled
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import FOUND, NOTHING_FOUND
from perfwise_server.cli.output import print_json
from perfwise_server.evidence.store import Store
from perfwise_server.profiles.profile import ProfileError
from perfwise_server.profiles.scalene import read as read_profile

STANDARD_INPUT = "-"


def check(
    paths: Sequence[str],
    settings_of: SettingsOf,
    exclude: tuple[str, ...],
    *,
    output: str,
    changed: str | None,
    exit_zero: bool,
    statistics: bool,
    stdin_filename: str | None,
    jobs: int | None,
    cache: bool,
    baseline: str | None,
    write_baseline: str | None,
    profile: str | None,
) -> int:
    if write_baseline and (baseline or changed or STANDARD_INPUT in paths):
        raise CommandError(
            "--write-baseline takes what a whole check finds: no --baseline, --changed or - goes with it"
        )
    started = time.perf_counter()
    if STANDARD_INPUT in paths:
        if len(paths) > 1 or changed is not None:
            raise CommandError("- stands alone: neither other paths nor --changed go with it")
        name = stdin_filename or STANDARD_INPUT
        file = File(name.replace(os.sep, "/"), True, read_settings(Path(stdin_filename or os.curdir), settings_of))
        work, skipped = [Job(file, sys.stdin.buffer.read())], list[Skipped]()
    elif stdin_filename is not None:
        raise CommandError("--stdin-filename goes with the path -")
    else:
        work, skipped = _work(paths, settings_of, exclude, changed)
    if profile is not None:
        work = _profiled(work, Path(profile))
    work = _observed(work)
    hints: list[Hint] = []
    grown: list[Worse] = []
    checked: list[File] = []
    lost: list[tuple[str, int]] = []

    find = partial(reports, workers=jobs)
    for job, result in zip(work, cached(work, find) if cache else find(work), strict=True):
        if not result.problem:
            hints += result.hints
            grown += result.worse
            checked.append(job.file)
            if result.lost:
                lost.append((job.file.path, result.lost))
        elif job.file.named:
            raise CommandError(f"{job.file.path}: {result.problem}")
        else:
            skipped.append(Skipped(job.file.path, result.problem))
    hints.sort(key=lambda hint: hint.order)
    if write_baseline:
        write(Path(write_baseline), hints)
    compared = compare(hints, checked, write_baseline or baseline, partly=changed is not None)
    if compared:
        hints = compared.hints
    seconds = time.perf_counter() - started
    counts = _statistics(hints) if statistics else None
    worse = None if changed is None else sorted(grown, key=lambda each: (each.path, each.place["line"]))
    profiled = None if profile is None else Profiled(sum(job.profiled is not None for job in work), sorted(lost))
    _printer(output)(Checked(hints, len(checked), sorted(skipped), seconds, counts, worse, compared, profiled))
    return FOUND if (hints or worse) and not exit_zero else NOTHING_FOUND


def _work(
    paths: Sequence[str], settings_of: SettingsOf, exclude: tuple[str, ...], revision: str | None
) -> tuple[list[Job], list[Skipped]]:
    walked = walk(paths, settings_of, exclude)
    if revision is None:
        return [Job(file) for file in walked.files], walked.skipped
    changes = Changes(paths, revision)
    touched = [(file, lines) for file in walked.files if (lines := changes.lines(file.path))]
    jobs = [Job(file, changed=lines, before=changes.before(file.path)) for file, lines in touched]
    return jobs, walked.skipped


def _profiled(work: Sequence[Job], path: Path) -> list[Job]:
    """The work with what the profile says of each file. Raises CommandError."""
    try:
        profile = read_profile(path)
    except ProfileError as error:
        raise CommandError(f"{path}: {error}") from None
    return [job._replace(profiled=profile.file(job.file.file, Path())) for job in work]


def _observed(work: Sequence[Job]) -> list[Job]:
    """The work with what runs showed of each file."""
    store = Store()
    return [job._replace(observed=store.observations(job.file.file)) for job in work]


def _statistics(hints: Sequence[Hint]) -> list[dict[str, Any]]:
    counts = Counter((hint.finding.code, hint.finding.name) for hint in hints)
    return [
        {"code": code, "name": name, "count": count}
        for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _printer(output: str) -> Callable[[Checked], None]:
    if output == "json":
        return lambda checked: print_json(checked.record())
    if output == "sarif":
        from perfwise_server.cli.sarif import sarif

        return lambda checked: print_json(sarif(checked.hints, checked.skipped))
    if output == "github":
        from perfwise_server.cli.github import print_commands

        return lambda checked: print_commands(checked.hints, checked.worse or ())
    from perfwise_server.cli.text import print_text

    return print_text
