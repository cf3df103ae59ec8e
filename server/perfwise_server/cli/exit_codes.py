"""What the command's exit codes mean."""

from __future__ import annotations

NOTHING_FOUND, FOUND, ERROR = 0, 1, 2
INTERRUPTED = 130  # What a shell reports for a process that Ctrl+C ended.
PIPE_CLOSED = 1  # As click has it.
