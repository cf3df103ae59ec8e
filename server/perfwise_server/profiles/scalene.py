"""Profiles in the JSON that Scalene 2 writes."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

from perfwise_server.profiles.profile import Profile, ProfiledFile, ProfileError

# A line with less of the program's time than this is not hot: it may be a single sample.
HOT = 0.01
MOST_BYTES = 64_000_000

_SHARES = ("n_cpu_percent_python", "n_cpu_percent_c", "n_sys_percent")


def read(path: Path) -> Profile:
    """The profile in a file. Raises ProfileError."""
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode):
            raise ProfileError("is not a file")
        if stat.st_size > MOST_BYTES:
            raise ProfileError(f"is larger than {MOST_BYTES // 1_000_000} MB; --no-stacks makes Scalene write less")
        return _read(path, stat.st_mtime_ns, stat.st_size)
    except OSError as error:
        raise ProfileError(f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def profiled(path: Path, profile: str, folder: Path) -> ProfiledFile | None:
    """What a profile, named relative to a folder, holds of a file. Raises ProfileError."""
    return read(folder / profile).file(path, folder) if profile else None


@lru_cache(maxsize=8)
def _read(path: Path, _modified: int, _size: int) -> Profile:
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise ProfileError("is not JSON") from None
    if content == {}:
        raise ProfileError("holds nothing: the program ended before Scalene took a sample")
    try:
        elapsed = float(content["elapsed_time_sec"])
        files = {str(name).replace("\\", "/"): _file(rows["lines"], elapsed) for name, rows in content["files"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ProfileError("is not a profile of Scalene 2") from None
    return Profile({name: file for name, file in files.items() if file.seconds})


def _file(rows: list[dict[str, Any]], elapsed: float) -> ProfiledFile:
    texts = {int(row["lineno"]): _text(row["line"]) for row in rows}
    shares = {int(row["lineno"]): sum(float(row[share]) for share in _SHARES) / 100 for row in rows}
    return ProfiledFile(
        tuple(texts.get(line, "") for line in range(1, max(texts, default=0) + 1)),
        {line: share * elapsed for line, share in shares.items() if share >= HOT},
    )


def _text(line: str) -> str:
    """Scalene writes the text of a line for its page in the browser."""
    return line.replace("\\u003c", "<").replace("\\u003e", ">")
