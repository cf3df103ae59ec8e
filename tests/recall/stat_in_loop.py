"""Asking the file system the same, or once more for each entry, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import os
import os.path as paths
import time
from os.path import exists, join
from pathlib import Path


def is_ready(path: str) -> bool:
    return os.path.exists(path)


# slow: the unchanged folder is asked for in each round.
def targets(names: list[str], folder: str) -> list[str]:
    out = []
    for name in names:
        if os.path.isdir(folder):  # hint
            out.append(os.path.join(folder, name))
    return out


# slow: under the function's own name, in a comprehension.
def placed(names, root):
    return [join(root, name) if exists(root) else name for name in names]  # hint


# slow: the size of each entry takes a call that scandir() has made already.
def sizes(folder: str) -> dict[str, int]:
    found = {}
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isfile(path):  # hint
            found[name] = os.path.getsize(path)  # hint
    return found


class Build:
    def __init__(self, output: Path) -> None:
        self.output = output

    # slow: the attribute's time is asked for at each source.
    def stale(self, times: list[float]) -> int:
        count = 0
        i = 0
        while i < len(times):
            if times[i] > self.output.stat().st_mtime:  # hint
                count += 1
            i += 1
        return count

    # slow: the path is resolved in each round.
    def relative(self, names: list[str]) -> list[Path]:
        out = []
        for name in names:
            try:
                out.append(self.output.resolve() / name)  # hint
            except OSError:
                continue
        return out

    # fine: asked once.
    def is_newer(self, times: list[float]) -> list[bool]:
        mine = self.output.stat().st_mtime
        return [moment < mine for moment in times]


# slow: the entries of the same folder are listed for each name.
def present(names: list[str], folder: str) -> list[str]:
    return [name for name in names if name in os.listdir(folder)]  # hint


# slow: asynchronous, another name for the module.
async def accept(uploads, folder: str):
    async for upload in uploads:
        if paths.exists(folder):  # hint
            await upload.save(folder)


# fine: each path is asked about once.
def existing(candidates: list[str]) -> list[str]:
    return [candidate for candidate in candidates if os.path.exists(candidate)]


# fine: waiting until it is there.
def wait_for(path: str) -> None:
    while not os.path.exists(path):
        time.sleep(0.1)


# fine: a watcher, whose file changes while it sleeps.
def watch(path: str, rounds: int) -> int:
    changes = 0
    last = 0.0
    for _ in range(rounds):
        now = os.stat(path).st_mtime
        if now != last:
            changes, last = changes + 1, now
        time.sleep(1.0)
    return changes


# fine: join() asks no file system.
def full(names: list[str], folder: str) -> list[str]:
    return [os.path.join(folder, name) for name in names]


# fine: the entries of scandir() know what they are.
def files(folder: str) -> list[str]:
    return [entry.name for entry in os.scandir(folder) if entry.is_file()]


# fine: the first name that is free.
def free_name(stem: str) -> str:
    number = 0
    while os.path.exists(f"{stem}-{number}"):
        number += 1
    return f"{stem}-{number}"
