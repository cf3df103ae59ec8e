"""Both versions of a module loaded side by side, each with a copy of the project's other modules that it imports."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import sysconfig
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

from perfwise_worker.lines import Tracer, lines_of
from perfwise_worker.slicing import compiled_slice, needed_names

_STANDARD = Path(sysconfig.get_path("stdlib"))


class Place(NamedTuple):
    """Where a module stands: its name, its file or "", and the folders that its project is in."""

    name: str
    path: str
    roots: Sequence[str]

    def holds(self, module: ModuleType) -> bool:
        """Whether a module is of the same project and can be loaded twice."""
        if module.__name__ == self.name:
            return True
        origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
        top = module.__name__.split(".")[0]
        if not origin.endswith(".py") or top == __package__:
            return False
        if top == self.name.split(".")[0]:
            return True
        folders = Path(origin).parents
        return any(Path(root) in folders for root in self.roots) and not any(
            folder.name == "site-packages" or folder == _STANDARD for folder in folders
        )


class Version(NamedTuple):
    """One of the two versions, loaded. `world` is all of the project that it has imported, by name."""

    source: str
    place: Place
    module: ModuleType
    code: CodeType
    world: dict[str, ModuleType]
    note: str = ""  # A sentence on what could not be loaded.

    def activate(self) -> None:
        """Effect: imports, pickle and dataclasses find this version and not the other one."""
        _stage.enter(self)

    def lines(self, function: str) -> tuple[int, ...]:
        return lines_of(self.code, function) if function else ()

    def tracer(self, function: str) -> Tracer | None:
        return Tracer(self.code.co_filename) if function else None

    def needed(self, function: str) -> set[str] | None:
        """The names of the module that the function can come to; None where any of them may be."""
        return needed_names(self.source, function) if function else None


class _Stage:
    """Whose modules `sys.modules` holds."""

    def __init__(self) -> None:
        self.version: Version | None = None
        self.count = 0

    def clear(self, place: Place) -> None:
        self.version = None
        for name in _world(place):
            del sys.modules[name]

    def enter(self, version: Version) -> None:
        """What of the project the other version has imported since it entered becomes part of its world."""
        if self.version is not None and self.version is not version:
            if len(sys.modules) != self.count:
                for name, module in _world(version.place).items():
                    self.version.world.setdefault(name, module)
            for name in self.version.world:
                sys.modules.pop(name, None)
        sys.modules.update(version.world)
        if self.version is not version:
            self.version, self.count = version, len(sys.modules)


_stage = _Stage()


def load(
    source: str,
    place: Place,
    folder: Path,
    function: str = "",
    change: Callable[[CodeType], CodeType] = lambda code: code,
) -> Version:
    """Imports the module with `source` in the place of what its file holds. Raises what that raises.

    Where it cannot be imported, what of it `function` needs is executed. `change` makes of the module's code what is
    executed. Effect: the source is written into the folder, where tracebacks and `inspect` find it, and the project's
    modules in `sys.modules` are new ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{place.name}.py"
    file.write_bytes(source.encode("utf-8", "surrogatepass"))
    code = change(compile(source, str(file), "exec", dont_inherit=True))
    _stage.clear(place)
    try:
        module = _imported(place, code, file)
        note = ""
    except BaseException as error:
        if not function or not isinstance(error, Exception):
            raise
        _stage.clear(place)
        code = change(compiled_slice(source, function, str(file)))
        try:
            module = _executed(place, code, file)
        except Exception:
            raise error from None
        note = f"only what {function} needs is loaded, since the module cannot be imported: {said_of(error)}"
    version = Version(source, place, module, code, _world(place), note)
    version.activate()
    return version


def own_name(name: str) -> str:
    """Another name for a module of the standard library's, which the worker cannot do without."""
    return f"{name}_" if name in sys.builtin_module_names or (_STANDARD / f"{name}.py").exists() else name


def said_of(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _world(place: Place) -> dict[str, ModuleType]:
    modules = list(sys.modules.items())
    return {name: module for name, module in modules if isinstance(module, ModuleType) and place.holds(module)}


def _imported(place: Place, code: CodeType, file: Path) -> ModuleType:
    finder = _Finder(place, code, file)
    sys.meta_path.insert(0, finder)
    try:
        return importlib.import_module(place.name)
    finally:
        sys.meta_path.remove(finder)


def _executed(place: Place, code: CodeType, file: Path) -> ModuleType:
    """Without the packages that the module is in, as far as nothing in the code imports them."""
    module = importlib.util.module_from_spec(_spec(place, code, file))
    sys.modules[place.name] = module
    exec(code, vars(module))
    return module


def _spec(place: Place, code: CodeType, file: Path) -> ModuleSpec:
    inside = [str(Path(place.path).parent)] if Path(place.path).name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(
        place.name, place.path or file, loader=_Loader(code), submodule_search_locations=inside
    )
    assert spec is not None
    return spec


class _Loader(Loader):
    def __init__(self, code: CodeType) -> None:
        self.code = code

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, vars(module))


class _Finder(MetaPathFinder):
    """Finds the one module, with our code in it."""

    def __init__(self, place: Place, code: CodeType, file: Path) -> None:
        self.place, self.code, self.file = place, code, file

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        return _spec(self.place, self.code, self.file) if name == self.place.name else None
