"""A check in a process of its own, so that the server's event loop has time for the keys meanwhile."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from perfwise_server.checking.cache import cached
from perfwise_server.checking.errors import CheckError, internal
from perfwise_server.checking.hints import Hint, Job, Report, reports
from perfwise_server.checking.walk import File, Skipped, walk
from perfwise_server.configuration import merged
from perfwise_server.evidence.store import Store
from perfwise_server.processes import asked, end_group, received, say, send, start_own
from perfwise_server.profiles.profile import ProfiledFile, ProfileError
from perfwise_server.profiles.scalene import profiled

REPORT_SECONDS = 0.05  # Oftener nobody can read.


class Root(NamedTuple):
    path: str  # A folder to be walked, or a file.
    settings: Mapping[str, Any]  # What the editor says for it, which its projects' files overrule.


class Request(NamedTuple):
    roots: tuple[Root, ...]
    texts: frozenset[str] = frozenset()  # Files that the editor has open: they are named and left to it.


class Progress(NamedTuple):
    done: int
    files: int


class Checked(NamedTuple):
    """What is in one file."""

    path: str
    hints: Sequence[Hint]


class Ended(NamedTuple):
    """The last message of a check that came to its end."""

    files: int  # With those that are left to the editor.
    left: tuple[str, ...]
    skipped: tuple[Skipped, ...]


class Failed(NamedTuple):
    reason: str


Message = Progress | Checked | Ended | Failed


async def check(request: Request) -> AsyncGenerator[Message, None]:
    """What the check finds, as it goes on; `Ended` or `Failed` comes last.

    Effect: the process ends with all its children when the iterator is closed. Raises OSError where none can start.
    """
    process = await start_own(__name__)
    try:
        await send(process, request)
        while True:
            message: Message = await received(process)
            yield message
            if isinstance(message, (Ended, Failed)):
                return
    except (asyncio.IncompleteReadError, ConnectionError):
        yield Failed("the process that checks was ended from outside, for want of memory perhaps")
    finally:
        await end_group(process)


def main() -> None:
    """In that process."""
    request: Request = asked()
    with suppress(BrokenPipeError):  # Nobody listens any more.
        try:
            for checked in _check(request):
                say(checked)
        except CheckError as error:
            say(Failed(str(error)))
        except BrokenPipeError:
            raise
        except Exception as error:
            say(Failed(internal(error)))
    os._exit(0)  # The interpreter's own end would try once more to write to a pipe that is closed.


def _check(request: Request) -> Iterator[Message]:
    jobs, skipped = _walk(request.roots)
    work = [job for job in jobs if job.file.path not in request.texts]
    report = partial(_with_progress, files=len(work))
    say(Progress(0, len(work)))
    for job, result in zip(work, cached(work, report), strict=True):
        if result.problem:
            skipped.append(Skipped(job.file.path, result.problem))
        else:
            yield Checked(job.file.path, result.hints)
    left = tuple(job.file.path for job in jobs if job.file.path in request.texts)
    yield Ended(len(jobs), left, tuple(sorted(skipped)))


def _walk(roots: Sequence[Root]) -> tuple[list[Job], list[Skipped]]:
    """The files of all roots, each once; one in several has the settings, and the profile, of the innermost."""
    jobs: dict[str, Job] = {}
    skipped: list[Skipped] = []
    store = Store()
    for root in sorted(roots, key=lambda root: len(root.path), reverse=True):
        walked = walk([root.path], partial(merged, root.settings))
        skipped += walked.skipped
        for file in walked.files:
            if file.settings.enable:
                observed = store.observations(file.file)
                job = Job(file, profiled=_profiled(file, root.path), observed=observed)
                jobs.setdefault(os.path.realpath(file.path), job)
    return list(jobs.values()), skipped


def _profiled(file: File, root: str) -> ProfiledFile | None:
    """What the settings' profile holds of a file. Of one that cannot be read the server tells."""
    with suppress(ProfileError):
        return profiled(file.file, file.settings.profile, Path(root if os.path.isdir(root) else os.path.dirname(root)))
    return None


def _with_progress(work: Sequence[Job], files: int) -> Iterator[Report]:
    """Effect: tells how many files are done, those that were kept from an earlier check among them."""
    told = 0.0
    for done, report in enumerate(reports(work), files - len(work) + 1):
        yield report
        if time.monotonic() - told > REPORT_SECONDS or done == files:
            told = time.monotonic()
            say(Progress(done, files))
