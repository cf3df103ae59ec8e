"""What the user set: in the editor, and in `[tool.perfwise]` of the nearest pyproject.toml, which wins."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from perfwise_analyzers import Options
    from perfwise_analyzers.rule import Rule

PythonVersion = tuple[int, int]


class ConfigurationError(Exception):
    """A setting cannot be read; the text is one line that names the file and the key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its default. Patterns are gitignore patterns; they and `baseline` are relative to `root`."""

    enable: bool = True
    run: str = "onType"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    cyclomatic: int = 0
    cognitive: int = 0
    maintainability: float = 0
    code_lens: bool = True
    inlay_hints: bool = True
    workspace_problems: bool = False
    import_strategy: str = "fromEnvironment"
    interpreter: str = ""
    log_level: str = "info"
    exclude: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    python_version: PythonVersion | None = None
    report_unused: bool = False
    small: int = 3
    profile: str = ""
    profiling_seconds: float = 3
    profiling_memory: bool = False
    profiling_gpu: bool = False
    model_provider: str = "built-in"
    model_base_url: str = ""
    model_name: str = ""
    model_effort: str = "normal"
    model_request_tokens: int = 32_000
    model_day_tokens: int = 1_000_000
    model_day_price: float = 0
    model_ignore: tuple[str, ...] = ()
    model_private: tuple[str, ...] = ()
    baseline: str = ""
    root: Path | None = None
    problems: tuple[str, ...] = field(default=(), compare=False)  # What `merged` could not use, a line each.

    def options(self, path: Path | None = None) -> Options:
        """What the engine is told for one file, `per-file-ignores` included; the Python defaults to the running one."""
        from perfwise_analyzers import Options

        ignored = (rules for pattern, rules in self.per_file_ignores if path and self._matches((pattern,), path))
        return Options(
            select=self.select,
            ignore=self.ignore + tuple(rule for rules in ignored for rule in rules),
            python=self.python_version or sys.version_info[:2],
            cyclomatic=self.cyclomatic,
            cognitive=self.cognitive,
            maintainability=self.maintainability,
            report_unused=self.report_unused,
            small=self.small,
        )

    def excludes(self, path: Path) -> bool:
        """Whether `exclude` names the file or a folder it is in."""
        return self._matches(self.exclude, path)

    def _matches(self, patterns: tuple[str, ...], path: Path) -> bool:
        if not patterns or self.root is None:
            return False
        try:
            relative = path.absolute().relative_to(self.root)
        except ValueError:
            return False
        return bool(_specification(patterns).match_file(relative.as_posix()))


@lru_cache(maxsize=256)
def _specification(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def all_rules() -> tuple[Rule, ...]:
    """The rules, the complexity thresholds and what is said of comments, by code."""
    from perfwise_analyzers import RULES
    from perfwise_analyzers.thresholds import THRESHOLDS
    from perfwise_analyzers.unused import UNUSED

    return tuple(sorted((*RULES, *THRESHOLDS, UNUSED), key=lambda rule: rule.code))


def rule_selector(value: object) -> str:
    """A code, a name or a family ("PW1" or "PW1xx") as the engine takes it. Raises ValueError, with a suggestion."""
    text = str(value).strip()
    if family := re.fullmatch(r"(PW[1-9])(?:xx)?", text, re.IGNORECASE):
        return family[1].upper()
    rules = all_rules()
    known = {spelling.lower(): spelling for rule in rules for spelling in (rule.code, rule.name)}
    if text.lower() in known:
        return known[text.lower()]
    raise ValueError(f"unknown rule {text!r}{_suggestion(text.lower(), known)}")


def python_version(value: object) -> PythonVersion:
    """A version written "3.x". Raises ValueError."""
    if isinstance(value, str) and (match := re.fullmatch(r"3\.(\d{1,3})", value)):
        return 3, int(match[1])
    raise ValueError(f'{value!r} is not a Python version; write it like "3.12"')


def _suggestion(word: str, known: Mapping[str, str]) -> str:
    """`known` holds how each spelling that may be meant is to be shown."""
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {known[close[0]]!r}?" if close else ""


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("must be true or false")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("must be a string")


def _choice(*choices: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value in choices:
            return str(value)
        raise ValueError(f"must be one of {', '.join(choices)}")

    return check


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError("must be a whole number, 0 or more")


def _number(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError("must be a number, 0 or more")


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise ValueError("must be a list of strings")


def pattern_error(pattern: str) -> str:
    """Why it is no gitignore pattern; empty for one."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines((pattern,))
    except ValueError:
        return f"{pattern!r} is not a gitignore pattern"
    return ""


def _patterns(value: object) -> tuple[str, ...]:
    patterns = _strings(value)
    for pattern in patterns:
        if error := pattern_error(pattern):
            raise ValueError(error)
    return patterns


def _selectors(value: object) -> tuple[str, ...]:
    return tuple(rule_selector(item) for item in _strings(value))


def _selectors_by_pattern(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if isinstance(value, Mapping):
        patterns = _patterns(tuple(value))
        return tuple((pattern, _selectors(value[pattern])) for pattern in patterns)
    raise ValueError("must be a table of pattern = list of rules")


class Key(NamedTuple):
    """One setting: its field, its names in the editor and in pyproject.toml (None: not there), what checks it, and
    what it means there."""

    field: str
    editor: str | None
    project: str | None
    check: Callable[[object], Any]
    meaning: str = ""


KEYS = (
    Key("enable", "enable", None, _boolean),
    Key("run", "run", None, _choice("onType", "onSave")),
    Key("select", "select", "select", _selectors, "Rules to look for. Empty: all."),
    Key("ignore", "ignore", "ignore", _selectors, "Rules to leave out."),
    Key("exclude", None, "exclude", _patterns, "Files and folders to leave out, as patterns of .gitignore."),
    Key(
        "per_file_ignores",
        None,
        "per-file-ignores",
        _selectors_by_pattern,
        "Rules to leave out in the files that a pattern of .gitignore names.",
    ),
    Key(
        "python_version",
        None,
        "python-version",
        python_version,
        "The Python the code is for. Without it: the lower bound of requires-python.",
    ),
    Key(
        "report_unused",
        "reportUnusedSuppressions",
        "report-unused",
        _boolean,
        "Find comments that silence nothing too (PW900).",
    ),
    Key(
        "small",
        "smallSizes",
        "small-sizes",
        _count,
        "Hints fall silent where 40 calls or more, seen by `perfwise run`, had nothing larger than this. 0: none does.",
    ),
    Key("baseline", None, "baseline", _text, "The file of known hints, which `perfwise check` leaves out."),
    Key(
        "cyclomatic",
        "thresholds.cyclomatic",
        "thresholds.cyclomatic",
        _count,
        "Highest cyclomatic complexity of a function without a warning. 0 warns only far beyond sense.",
    ),
    Key(
        "cognitive",
        "thresholds.cognitive",
        "thresholds.cognitive",
        _count,
        "Highest cognitive complexity of a function without a warning. 0 warns only far beyond sense.",
    ),
    Key(
        "maintainability",
        "thresholds.maintainability",
        "thresholds.maintainability",
        _number,
        "Lowest maintainability index of a file without a warning. 0 turns the warning off.",
    ),
    Key("profile", "profile", None, _text),
    Key("profiling_seconds", "profiling.seconds", None, _number),
    Key("profiling_memory", "profiling.memory", None, _boolean),
    Key("profiling_gpu", "profiling.gpu", None, _boolean),
    Key("model_provider", "model.provider", None, _choice("built-in", "openai", "anthropic", "editor", "local")),
    Key("model_base_url", "model.baseUrl", None, _text),
    Key("model_name", "model.name", None, _text),
    Key("model_effort", "model.effort", None, _choice("quick", "normal", "thorough")),
    Key("model_request_tokens", "model.tokensPerRequest", None, _count),
    Key("model_day_tokens", "model.tokensPerDay", None, _count),
    Key("model_day_price", "model.dollarsPerDay", None, _number),
    Key("model_ignore", "model.ignore", None, _patterns),
    Key(
        "model_private",
        None,
        "model.ignore",
        _patterns,
        "Files that are never sent to a model, as patterns of .gitignore. What git ignores and what looks secret is "
        "not sent either.",
    ),
    Key("code_lens", "codeLens", None, _boolean),
    Key("inlay_hints", "inlayHints", None, _boolean),
    Key("workspace_problems", "workspaceProblems", None, _boolean),
    Key("import_strategy", "importStrategy", None, _choice("useBundled", "fromEnvironment")),
    Key("interpreter", "interpreter", None, _text),
    Key("log_level", "logLevel", None, _choice("error", "warning", "info", "debug")),
)
_RULES_SCHEMA = {"type": "array", "items": {"$ref": "#/definitions/rule"}}
# What the checks of `[tool.perfwise]` accept, in the words of JSON Schema.
SCHEMAS: dict[Callable[[object], Any], dict[str, Any]] = {
    _boolean: {"type": "boolean"},
    _text: {"type": "string"},
    _count: {"type": "integer", "minimum": 0},
    _number: {"type": "number", "minimum": 0},
    _patterns: {"type": "array", "items": {"type": "string"}},
    _selectors: _RULES_SCHEMA,
    _selectors_by_pattern: {"type": "object", "additionalProperties": _RULES_SCHEMA},
    python_version: {"type": "string", "pattern": r"^3\.[0-9]{1,3}$"},
}
_EDITOR = {key.editor: key for key in KEYS if key.editor}
_PROJECT = {key.project: key for key in KEYS if key.project}
_CLIENT_ONLY = "trace.server"


def project_settings(path: Path, base: Settings | None = None) -> Settings:
    """`base`, or the defaults, overlaid with what the project of a file or folder sets.

    Raises ConfigurationError. A pyproject.toml without the table is passed over in favour of one further up; the
    Python version defaults to the lower bound of the nearest `requires-python`.
    """
    settings = base or Settings()
    requires: PythonVersion | None = None
    for file, content in _project_files(path):
        requires = requires or _lower_bound(file, content)
        table: object = content
        for name in ("tool", "perfwise"):
            table = table.get(name) if isinstance(table, dict) else None
            if table is not None and not isinstance(table, dict):
                raise ConfigurationError(f"{_shown(file)}: {name} must be a table")
        if not isinstance(table, dict):
            continue
        settings = replace(settings, root=file.parent)
        for name, value in _flat(table):
            settings = _with(settings, _PROJECT, name, value, f"{_shown(file)}: tool.perfwise.{name}")
        break
    return settings if settings.python_version else replace(settings, python_version=requires)


def editor_settings(values: Mapping[str, Any]) -> Settings:
    """What the editor sent, without its prefix. What cannot be used keeps its default and is in `problems`."""
    settings = Settings()
    problems = []
    for name, value in _flat(values):
        if value is None or name == _CLIENT_ONLY:
            continue
        try:
            settings = _with(settings, _EDITOR, name, value, f"perfwise.{name}")
        except ConfigurationError as error:
            problems.append(str(error))
    return replace(settings, problems=tuple(problems))


def merged(editor: Mapping[str, Any], path: Path | None) -> Settings:
    """The settings in force for a file; never raises, a broken pyproject.toml is named in `problems`."""
    settings = editor_settings(editor)
    if path is None:
        return settings
    try:
        return project_settings(path, settings)
    except ConfigurationError as error:
        return replace(settings, problems=(*settings.problems, str(error)))


def _with(settings: Settings, keys: Mapping[str, Key], name: str, value: object, shown: str) -> Settings:
    key = keys.get(name)
    if key is None:
        raise ConfigurationError(f"{shown}: unknown setting{_suggestion(name, dict(zip(keys, keys, strict=True)))}")
    try:
        return replace(settings, **{key.field: key.check(value)})
    except ValueError as error:
        raise ConfigurationError(f"{shown}: {error}") from None


def _flat(values: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for name, value in values.items():
        if name in ("thresholds", "profiling", "model", "trace") and isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", each) for inner, each in value.items())
        else:
            yield name, value


def _project_files(path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    path = path.absolute()
    for folder in (path, *path.parents):
        file = folder / "pyproject.toml"
        try:
            stat = file.stat()
        except OSError:
            continue
        yield file, _content(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=256)
def _content(file: Path, _modified: int, _size: int) -> dict[str, Any]:
    try:
        text = file.read_bytes().decode("utf-8")
        content: dict[str, Any] = tomllib.loads(text)
        return content
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{_shown(file)}: not UTF-8 (at line {line})") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        end = f"at line {len(text.splitlines())}, the last"
        message = str(error).replace("\n", " ").replace("at end of document", end)
        raise ConfigurationError(f"{_shown(file)}: {message}") from None
    except OSError as error:
        raise ConfigurationError(f"{_shown(file)}: {error.strerror}") from None


def _lower_bound(file: Path, content: Mapping[str, Any]) -> PythonVersion | None:
    project = content.get("project")
    requires = project.get("requires-python") if isinstance(project, dict) else None
    if requires is None:
        return None
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import Version

    try:
        specifiers = SpecifierSet(requires)
    except (InvalidSpecifier, AttributeError, TypeError):
        raise ConfigurationError(f"{_shown(file)}: project.requires-python: {requires!r} is not a specifier") from None
    bounds = (
        Version(each.version.removesuffix(".*")) for each in specifiers if each.operator in (">=", ">", "~=", "==")
    )
    return max(((bound.major, bound.minor) for bound in bounds), default=None)


def _shown(file: Path) -> str:
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()
