"""What the command's exit codes mean."""

from __future__ import annotations

NOTHING_FOUND, FOUND, ERROR = 0, 1, 2
INTERRUPTED, PIPE_CLOSED = 130, 141  # What a shell reports for a process ended by these signals.
