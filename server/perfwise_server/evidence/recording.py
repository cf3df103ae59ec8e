"""What makes every Python that a process starts note what it runs; see the recorder's sitecustomize."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import perfwise_recorder


def recording_environment(environment: Mapping[str, str], project: Path, folder: str) -> dict[str, str]:
    """The environment with what it takes. Each process writes what it saw of the project's functions to the folder."""
    start = str(Path(perfwise_recorder.__file__).with_name("start"))
    paths = [start, *filter(None, [environment.get("PYTHONPATH")])]
    return {
        **environment,
        "PYTHONPATH": os.pathsep.join(paths),
        "PERFWISE_RECORD_ROOT": str(project),
        "PERFWISE_RECORD_FOLDER": folder,
    }
