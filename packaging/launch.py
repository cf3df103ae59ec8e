"""Starts the language server in whatever Python it is given; any Python, even 2.7, must be able to read this file.

    python -E launch.py [--probe] fromEnvironment|useBundled

With --probe it only says whether this Python will do: exit code 0, or 1 and one sentence on standard error.
"""
# ruff: noqa: RUF005, UP031

import os
import sys

OLDEST = (3, 10)
HERE = os.path.dirname(os.path.abspath(__file__))


def prepare(strategy):
    """Effect: lets `perfwise_server` be imported, from the environment or from the libraries that came along.

    Returns why that is impossible, in one sentence, or None.
    """
    version = sys.version_info[:2]
    if version < OLDEST:
        shown = OLDEST + (sys.executable,) + version
        return "Perfwise needs Python %d.%d or newer to run; %s is Python %d.%d." % shown
    from importlib.util import find_spec

    # Python puts the script's folder first on the path, where nothing is meant to be imported from.
    sys.path[:] = [folder for folder in sys.path if os.path.abspath(folder) != HERE]
    if strategy == "useBundled" or find_spec("perfwise_server") is None:
        sys.path[:0] = [os.path.join(HERE, "libs"), os.path.join(HERE, "cp%d%d" % version)]
    try:
        import tree_sitter  # noqa: F401
        import tree_sitter_python  # noqa: F401

        import perfwise_server  # noqa: F401
    except ImportError as error:
        return "Perfwise has no libraries for %s (Python %d.%d): %s." % ((sys.executable,) + version + (error,))
    return None


def main():
    problem = prepare(sys.argv[-1])
    if problem:
        sys.exit(problem)
    if "--probe" not in sys.argv:
        from runpy import run_module

        sys.argv[1:] = []
        run_module("perfwise_server", run_name="__main__", alter_sys=True)


main()
