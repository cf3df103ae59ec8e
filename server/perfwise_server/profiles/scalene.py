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
FOREIGN = "is not a profile of Scalene 2"

_SHARES = ("n_cpu_percent_python", "n_cpu_percent_c", "n_sys_percent")


def read(path: Path) -> Profile:
    """The profile in a file. Raises ProfileError."""
    return _read(path, *_stamp(path))


def content(path: Path) -> dict[str, Any]:
    """All that Scalene wrote into a file. Raises ProfileError."""
    _stamp(path)
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise ProfileError(f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError):
        raise ProfileError("is not JSON") from None
    if found == {}:
        raise ProfileError("holds nothing: the program ended before Scalene took a sample")
    if not isinstance(found, dict):
        raise ProfileError(FOREIGN)
    return found


def _stamp(path: Path) -> tuple[int, int]:
    """Another one once the file is another."""
    try:
        stat = path.stat()
    except OSError as error:
        raise ProfileError(f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if not S_ISREG(stat.st_mode):
        raise ProfileError("is not a file")
    if stat.st_size > MOST_BYTES:
        raise ProfileError(f"is larger than {MOST_BYTES // 1_000_000} MB; --no-stacks makes Scalene write less")
    return stat.st_mtime_ns, stat.st_size


def profiled(path: Path, profile: str, folder: Path) -> ProfiledFile | None:
    """What a profile, named relative to a folder, holds of a file. Raises ProfileError."""
    return read(folder / profile).file(path, folder) if profile else None


@lru_cache(maxsize=8)
def _read(path: Path, _modified: int, _size: int) -> Profile:
    found = content(path)
    try:
        elapsed = float(found["elapsed_time_sec"])
        files = {str(name).replace("\\", "/"): _file(rows["lines"], elapsed) for name, rows in found["files"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ProfileError(FOREIGN) from None
    return Profile({name: file for name, file in files.items() if file.seconds})


def _file(rows: list[dict[str, Any]], elapsed: float) -> ProfiledFile:
    texts = {int(row["lineno"]): text_of(row["line"]) for row in rows}
    shares = {int(row["lineno"]): sum(float(row[share]) for share in _SHARES) / 100 for row in rows}
    return ProfiledFile(
        tuple(texts.get(line, "") for line in range(1, max(texts, default=0) + 1)),
        {line: share * elapsed for line, share in shares.items() if share >= HOT},
    )


def text_of(line: str) -> str:
    """Scalene writes the text of a line for its page in the browser."""
    return line.replace("\\u003c", "<").replace("\\u003e", ">")
