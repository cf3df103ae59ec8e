"""Python source read from and written to files: encodings of PEP 263, byte order marks, line ends and modes kept."""

from __future__ import annotations

import os
import shutil
import tempfile
import tokenize
from contextlib import suppress
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from perfwise_server.checking.errors import reason


class UnreadableError(Exception):
    """The text says why, to be read after the path."""


class Source(NamedTuple):
    text: str  # Without the byte order mark; line ends as they are.
    encoding: str  # "utf-8-sig" where there is a mark.


def decode(data: bytes) -> Source:
    """Raises UnreadableError."""
    if b"\0" in data:
        raise UnreadableError("is a binary file")
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
    except SyntaxError as error:
        encoding = "utf-8"
        with suppress(UnicodeDecodeError):  # That is told with its place below.
            b"".join(islice(BytesIO(data), 2)).decode(encoding)
            raise UnreadableError(str(error)) from None
    try:
        return Source(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"is not valid {error.encoding} (line {line}, byte 0x{data[error.start]:02x})") from None
    except (LookupError, UnicodeError) as error:
        raise UnreadableError(str(error)) from None


def read(file: Path) -> bytes:
    """Raises UnreadableError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read: {reason(error)}") from None


def write(file: Path, text: str, encoding: str) -> None:
    """Replaces the file in one step, keeping its mode; a symbolic link is followed. Raises UnreadableError."""
    target = file.resolve()
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        raise UnreadableError(f"cannot hold the fix in its encoding, {encoding}") from None
    if not os.access(target, os.W_OK):
        raise UnreadableError("cannot be written: permission denied")
    temporary = None
    try:
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except OSError as error:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)
        raise UnreadableError(f"cannot be written: {reason(error)}") from None
