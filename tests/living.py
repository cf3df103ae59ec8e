"""Processes that live, for tests of what is left: any of them may end while it is looked at."""

from __future__ import annotations

import psutil


def below(pid: int | None = None, having: str = "", recursive: bool = True) -> list[psutil.Process]:
    """What a process, or this one, has started and still runs, as far as it was started with `having`."""
    try:
        found = psutil.Process(pid).children(recursive=recursive)
    except psutil.NoSuchProcess:
        return []
    return [each for each in found if (words := words_of(each)) and having in " ".join(words)]


def words_of(process: psutil.Process) -> list[str]:
    """What it was started with; nothing of a process that has ended, though nobody may have asked yet how."""
    try:
        return process.cmdline() if process.status() != psutil.STATUS_ZOMBIE else []
    except psutil.NoSuchProcess:
        return []
