"""What a process that runs the user's code may take. Where the system has no such limits, nothing happens."""

from __future__ import annotations

import math
import os

__all__ = ["apply", "resource"]

try:
    import resource
except ImportError:  # Windows has none.
    resource = None  # type: ignore[assignment]

MEMORY_BYTES = 4 * 1024**3
FILE_BYTES = 64 * 1024**2
MORE_PROCESSES = 512  # And threads, of which libraries start one a core; root's are not limited by the system.


def apply(cpu_seconds: float | None, processes: bool = False) -> None:
    """Effect: bounds the address space, the CPU time and the size of any file of this process and its children.

    And, if asked, the number of the user's processes.

    Without a bound on CPU time, since with one Linux counts it in ticks of milliseconds, when time is to be measured.
    """
    if resource is None:
        return
    bounds = {"RLIMIT_AS": MEMORY_BYTES, "RLIMIT_FSIZE": FILE_BYTES, "RLIMIT_CORE": 0}
    if processes and os.getuid() and os.path.isdir("/proc/self/task"):
        bounds["RLIMIT_NPROC"] = _threads() + MORE_PROCESSES
    if cpu_seconds is not None:
        bounds["RLIMIT_CPU"] = math.ceil(cpu_seconds) + 1
    for name, most in bounds.items():
        limit = getattr(resource, name)
        hard = resource.getrlimit(limit)[1]
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError):  # macOS refuses some of them.
            continue


def _threads() -> int:
    """Of this user."""
    count = 0
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and os.stat(f"/proc/{entry}").st_uid == os.getuid():
                count += len(os.listdir(f"/proc/{entry}/task"))
        except OSError:  # It has just ended.
            continue
    return count
