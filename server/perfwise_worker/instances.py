"""A version's module executed anew, so that its functions have seen nothing yet."""

from __future__ import annotations

import sys
import time
from types import ModuleType
from typing import NamedTuple

from perfwise_worker.calls import Call, builder
from perfwise_worker.loading import Version

_KEPT = ("__spec__", "__package__", "__path__", "__file__", "__loader__", "__builtins__")


class Instance(NamedTuple):
    """A version with a module of its own, or with the one that it was loaded with."""

    version: Version
    module: ModuleType

    def activate(self) -> None:
        self.version.activate()
        sys.modules[self.module.__name__] = self.module

    def call(self, source: str, *names: str, given: tuple[object, ...] = ()) -> Call:
        """Effect: this module is the one that imports find."""
        self.activate()
        return builder(source, vars(self.module), *names)(*given)


def instance(version: Version) -> Instance:
    """What the module imports is shared. Raises what executing it raises."""
    module = ModuleType(version.module.__name__)
    vars(module).update({name: vars(version.module)[name] for name in _KEPT if name in vars(version.module)})
    made = Instance(version, module)
    made.activate()
    exec(version.code, vars(module))
    return made


def import_seconds(version: Version) -> float:
    """What executing the module takes when all that it imports is there."""
    start = time.perf_counter()
    instance(version)
    return time.perf_counter() - start
