"""What cannot be done, and what is said of it."""

from __future__ import annotations

import os


class CheckError(Exception):
    """What was asked for cannot be done as it stands; the text is one line for the user."""


def internal(error: Exception) -> str:
    """What the user is told of a mistake of ours; where PERFWISE_DEBUG is set, the error itself is raised."""
    if os.environ.get("PERFWISE_DEBUG"):
        raise error
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"internal error ({what}); please report it with what PERFWISE_DEBUG=1 shows"


def reason(error: OSError) -> str:
    """What the system said, without the number and the path."""
    return (error.strerror or str(error)).lower()
