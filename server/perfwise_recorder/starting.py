"""Whether this process is to be recorded, and how this Python can be."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Mapping

from perfwise_recorder.recording import Recording

ROOT_VARIABLE = "PERFWISE_RECORD_ROOT"  # The project's folder.
FOLDER_VARIABLE = "PERFWISE_RECORD_FOLDER"  # Where each process writes its file.


def start(environment: Mapping[str, str]) -> None:
    """Effect: from now on this process is recorded."""
    root, folder = environment.get(ROOT_VARIABLE), environment.get(FOLDER_VARIABLE)
    if not root or not folder or not os.path.isdir(folder):
        return
    recording = Recording(os.path.join(os.path.realpath(root), ""), folder)
    atexit.register(recording.write)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=recording.forget)
    if sys.version_info >= (3, 12):
        from perfwise_recorder import monitoring

        monitoring.watch(recording)
    else:
        from perfwise_recorder import rewriting, windows

        rewriting.watch(recording)
        windows.watch(recording)
