"""A script or a test as a whole, with the profiled code in the place of what its file holds."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any

from perfwise_worker.repeating import Tally

# What may not run beside a profiler: several processes, and coverage.
_WITHOUT = {"xdist": "-n0", "pytest_cov": "--no-cov"}
_NO_TESTS = (4, 5)


def run_script(code: CodeType, path: str, project: str, tally: Tally) -> None:
    """Effect: it is `__main__`, its folder comes first on `sys.path`, and the project's is the current one."""
    os.chdir(project)
    sys.argv = [path]
    sys.path.insert(0, os.path.dirname(path))
    module = ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    tally.make(lambda: exec(code, vars(module)))


def options() -> list[str]:
    """Those of pytest that keep its plugins, as far as they are there, out of the way."""
    if os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD"):
        return []
    return [option for module, option in _WITHOUT.items() if importlib.util.find_spec(module)]


class Repeated:
    """A plugin of pytest's: runs the tests it has found again and again, until that is enough, or one does not pass."""

    def __init__(self, code: CodeType, path: str, begin: Callable[[], Tally], enough: Callable[[], bool]) -> None:
        self.begun = False
        self._said = ""  # Of the first that does not pass.
        self._begin, self._enough = begin, enough
        self._finder = _Finder(code, path)

    def run(self, node: str, project: str, roots: Sequence[str]) -> str:
        """What the first test that does not pass says. `node` is pytest's name of the tests, from the project's folder.

        Effect: the project's folder is the current one.
        """
        os.chdir(project)
        sys.path[:0] = [project, *(root for root in roots if root not in sys.path)]
        try:
            import pytest  # The project's own.
        except ImportError:
            return "pytest is not installed there"
        sys.meta_path.insert(0, self._finder)
        status = pytest.main([node, "-q", "-p", "no:cacheprovider", *options()], plugins=[self])
        if status and not self._said:
            return "pytest finds no such test" if status in _NO_TESTS else f"pytest ended with status {int(status)}"
        return self._said

    def pytest_sessionstart(self) -> None:
        """Pytest looks for test modules itself, before everyone else."""
        sys.meta_path.remove(self._finder)
        sys.meta_path.insert(0, self._finder)

    def pytest_runtestloop(self, session: Any) -> bool:
        if self._said or not session.items:
            return True
        tally = self._begin()
        self.begun = True
        while not self._said:
            tally.make(lambda: self._round(session.items))
            if self._enough():
                break
        return True

    def _round(self, items: Sequence[Any]) -> None:
        """All of them, with fixtures of their own."""
        for item, following in zip(items, [*items[1:], None]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self._note(report)

    def pytest_collectreport(self, report: Any) -> None:
        self._note(report)

    def _note(self, report: Any) -> None:
        if report.outcome == "passed" or self._said:
            return
        crash = getattr(report.longrepr, "reprcrash", None)
        text = crash.message if crash else report.longrepr[2] if report.skipped else str(report.longrepr)
        self._said = f"the test {report.outcome}: {str(text).strip().partition(chr(10))[0]}"


class _Finder(MetaPathFinder):
    """Finds what the others find, and puts our code into the module of one file."""

    def __init__(self, code: CodeType, path: str) -> None:
        self._code = code
        self._path = os.path.realpath(path)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        for finder in sys.meta_path:
            found = None if finder is self else finder.find_spec(name, path, target)
            if found is not None:
                if found.origin and os.path.realpath(found.origin) == self._path:
                    found.loader = _Loader(self._code)
                return found
        return None


class _Loader(Loader):
    def __init__(self, code: CodeType) -> None:
        self._code = code

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, vars(module))
