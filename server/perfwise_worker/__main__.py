"""Start with `python -I -B .../perfwise_worker/__main__.py`: requests on standard input, replies on standard output.

With `profile JOB.json` after it, and a profiler before it, it runs what is to be profiled; with `harvest JOB.json`, a
test whose calls are wanted.

The package is found by this file's place and not on `sys.path`, so the user's modules and ours do not meet.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __package__ != "perfwise_worker":  # Under Scalene it is Scalene's.
    import importlib.util

    _folder = Path(__file__).resolve().parent
    _spec = importlib.util.spec_from_file_location(
        "perfwise_worker", _folder / "__init__.py", submodule_search_locations=[str(_folder)]
    )
    assert _spec is not None
    assert _spec.loader is not None
    sys.modules["perfwise_worker"] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["perfwise_worker"])

if __name__ == "__main__":
    if sys.argv[1:2] == ["profile"]:
        from perfwise_worker.profiled import main

        main(sys.argv[2])
    elif sys.argv[1:2] == ["harvest"]:
        from perfwise_worker import harvesting

        harvesting.main(sys.argv[2])
    else:
        from perfwise_worker.conversation import converse

        converse()
