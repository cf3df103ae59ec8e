"""The language server and the command line of Perfwise."""

from __future__ import annotations


def installed_version() -> str:
    # Imported here, since it would be a good part of what a start takes.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("perfwise")
    except PackageNotFoundError:  # Run from a checkout or from the editor's bundle, where nothing is installed.
        return "0.1.0"
