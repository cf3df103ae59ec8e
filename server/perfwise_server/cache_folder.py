"""Where what can be made again is kept."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

FOLDER_VARIABLE = "PERFWISE_CACHE_DIR"


def cache_folder() -> Path:
    """It need not exist."""
    return Path(os.environ.get(FOLDER_VARIABLE) or platformdirs.user_cache_dir("perfwise", appauthor=False))
