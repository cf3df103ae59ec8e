"""What calls leave in the current folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def leftovers_removed() -> Iterator[None]:
    """Effect: what is new in the current folder is gone afterwards, so that no other run finds it."""
    there = set(os.listdir())
    try:
        yield
    finally:
        for name in set(os.listdir()) - there:
            with suppress(OSError):
                if os.path.isdir(name) and not os.path.islink(name):
                    shutil.rmtree(name)
                else:
                    os.remove(name)
