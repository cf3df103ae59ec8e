"""Python imports this at its start, since `perfwise run` puts its folder on PYTHONPATH, for child processes too.

It leaves `sys.path` as it would be, and the user's own sitecustomize, if there is one, takes its place.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from importlib.machinery import PathFinder

_HERE = os.path.dirname(os.path.abspath(__file__))


def _load(name: str, file: str) -> None:
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=[os.path.dirname(file)])
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


def _start() -> None:
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != _HERE]
    _load("perfwise_recorder", os.path.join(os.path.dirname(_HERE), "__init__.py"))
    from perfwise_recorder.starting import start

    start(os.environ)


def _go_on() -> None:
    spec = PathFinder.find_spec("sitecustomize")
    if spec is not None and spec.loader is not None:
        module = sys.modules["sitecustomize"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)


try:
    _start()
except Exception as error:
    if os.environ.get("PYTHONVERBOSE"):
        sys.stderr.write(f"perfwise: not recorded: {error}\n")
_go_on()
