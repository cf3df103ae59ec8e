"""The language server and the command line of Perfwise."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def installed_version() -> str:
    try:
        return version("perfwise")
    except PackageNotFoundError:  # Run from a checkout or from the editor's bundle, where nothing is installed.
        return "0.1.0"
