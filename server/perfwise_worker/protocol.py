"""What the server asks of a worker and what the worker replies, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_type_hints

Kind = Literal[
    "value",
    "order",
    "float rounding",
    "type",
    "exception type",
    "message",
    "aliasing",
    "mutation",
    "laziness",
    "output",
    "module state",
    "call",
    "time",
    "memory",
    "crash",
]
Stop = Literal["call", "time", "memory", "crash"]  # "call": it cannot be made.
FailureKind = Literal["syntax", "load", "call", "time", "memory", "crash", "request"]
Ended = Literal["returned", "raised", "call", "time", "memory", "crash"]
Version = Literal["old", "new"]


# Requests


@dataclass(frozen=True)
class Load:
    """Execute the source of both versions, each as a fresh module called `name`. It comes first.

    `path` is the file that the old source is of, and `roots` are the folders that imports are looked for in. Where the
    module cannot be imported, what of it `function` needs is loaded.
    """

    old: str
    new: str
    name: str = "module"  # Dotted for a module of a package, whose parents are then imported.
    path: str = ""
    roots: tuple[str, ...] = ()
    function: str = ""  # "Class.method"
    guarded: bool = True  # Whether network, processes and writing outside are refused; not for code that is one's own.


@dataclass(frozen=True)
class Describe:
    """Say what the old version's function takes and of what types. Nothing is called."""

    function: str


@dataclass(frozen=True)
class Try:
    """Make the calls on the old version, each in a state of its own; `each` bounds one call, `seconds` all of them.

    Lines are counted of `function` and, without it, not at all.
    """

    calls: tuple[str, ...]
    seconds: float = 10.0
    each: float = 1.0
    function: str = ""


@dataclass(frozen=True)
class Compare:
    """Make the calls, one after the other in one process a version, and compare what can be observed.

    A call of the new version that outlasts `each` and several times what the old one took is a difference of time.
    """

    calls: tuple[str, ...]
    seconds: float = 10.0
    each: float = 10.0
    function: str = ""


@dataclass(frozen=True)
class Observe:
    """What one worker asks of another: what the old version does, for chance to show."""

    calls: tuple[str, ...]
    seconds: float = 10.0
    function: str = ""
    seed: int = 0
    before: tuple[str, ...] = ()  # Calls that are made before each, in its process.


@dataclass(frozen=True)
class Time:
    """Time both versions on the calls, for about `budget` seconds at most; give up after `seconds`.

    No version gets an input that it has seen before, unless `repeat` is set: then the longest call is made again and
    again, as for code that is known to remember nothing, and the interpreter has got used to it. A gain is confirmed in
    a second interpreter if `confirm` is set, and what memory both versions take is looked at.
    """

    calls: tuple[str, ...]
    budget: float = 1.0
    seconds: float = 30.0
    confirm: bool = False
    repeat: bool = False


@dataclass(frozen=True)
class Grow:
    """Time both versions on a call in which `n` is bound to one size after the other, until the budget is spent."""

    call: str
    sizes: tuple[int, ...]
    budget: float = 2.0
    seconds: float = 30.0


@dataclass(frozen=True)
class Count:
    """Count the instructions of a call of each version, in a worker that callgrind runs."""

    call: str
    seconds: float = 30.0


@dataclass(frozen=True)
class Inputs:
    """Run the source of an inputs file, and write down what its `make_inputs` gives, for one size if there is one."""

    source: str
    path: str
    size: int = 0  # That make_inputs takes; 0 where it takes none.
    seconds: float = 10.0


# Replies


@dataclass(frozen=True)
class Loaded:
    python: str  # "3.11"
    notes: tuple[str, ...] = ()  # Sentences on what could not be had as it was asked for.


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: Literal["positional only", "positional", "*", "keyword only", "**"] = "positional"
    default: str = ""  # Its source, or its repr where the source is not to be had; empty where there is no default.
    annotation: str = ""  # As it is written.
    type: str = ""  # The annotation resolved: names are builtins, "typing.X", or names of `Shape`s.


@dataclass(frozen=True)
class Shape:
    """What a type is made of. `expression` gives the type when evaluated in the module."""

    name: str  # "package.module.Class", or the name of a type variable.
    kind: Literal["dataclass", "named tuple", "typed dict", "enum", "class", "protocol", "variable", "new type"]
    expression: str
    fields: tuple[Parameter, ...] = ()  # What makes one: fields, or the parameters of `__init__`.
    members: tuple[str, ...] = ()  # Of an enum, or the types that a variable may stand for.
    subclasses: tuple[str, ...] = ()  # Concrete ones known to the module, where the class itself is abstract.


@dataclass(frozen=True)
class Described:
    """`owner` is what makes the receiver of a method. `lines` are those of the function that can run."""

    kind: Literal["function", "method", "class method", "static method", "property", "class"]
    lazy: Literal["", "coroutine", "generator", "async generator"]
    parameters: tuple[Parameter, ...]
    owner: str  # The name of the shape of the class, for methods.
    returns: str  # The annotation resolved.
    types: tuple[Shape, ...]
    installed: tuple[str, ...]  # Which of numpy and pandas the interpreter has.
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Outcome:
    """Of one call. `type` and `message` are of the exception, or say what went wrong; seconds are of the call alone."""

    call: str
    ended: Ended
    type: str = ""
    message: str = ""
    seconds: float = 0.0
    lines: tuple[int, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)  # Of the arguments that have one, by parameter.
    key: str = ""  # Alike for calls with the same arguments.


@dataclass(frozen=True)
class Tried:
    """Outcomes in the order of the calls; those that there was no time for are left out."""

    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Difference:
    kind: Kind
    call: str
    where: str  # "result[3].name"
    old: str
    new: str
    after: tuple[str, ...] = ()  # The calls that must have been made in the same process for the difference to show.


@dataclass(frozen=True)
class Lines:
    """Of one version: the lines of the function that can run, and those of the module that ran."""

    can: tuple[int, ...] = ()
    ran: tuple[int, ...] = ()


@dataclass(frozen=True)
class Compared:
    """`returned` counts the calls that came back normally in both; `unjudged` names what could not be looked into.

    `unsteady` are differences between two runs of the old version, which nobody blames on the new one. `outcomes` are
    the old version's, one a call; those that there was no time for are left out.
    """

    differences: tuple[Difference, ...]
    returned: int
    unjudged: tuple[str, ...]
    unsteady: tuple[Difference, ...] = ()
    outcomes: tuple[Outcome, ...] = field(default=(), compare=False)  # Their seconds are never the same.
    old_lines: Lines = Lines()
    new_lines: Lines = Lines()


@dataclass(frozen=True)
class Observed:
    data: str


@dataclass(frozen=True)
class CallTime:
    call: str
    ratio: float
    old_seconds: float
    new_seconds: float


@dataclass(frozen=True)
class Timed:
    """`ratio` is old to new, so above 1 the new one is faster; `low` and `high` bound it. Seconds are of all calls.

    The ratio is that of first sight. `repeated_only` says that there is a gain, but only on inputs seen before;
    `noisy` that the calls are so short that the clock cannot tell whether there is one; `at_import` that what the calls
    gain is lost when the module is imported. `confirmed` says whether a second interpreter, if it was asked, found the
    gain as well; its interval is within `low` and `high`.
    """

    ratio: float
    low: float
    high: float
    pairs: int
    old_seconds: float
    new_seconds: float
    clock: Literal["cpu", "wall"]
    calls: tuple[CallTime, ...] = ()
    repeated_only: bool = False
    noisy: bool = False
    at_import: bool = False
    confirmed: Literal["", "yes", "no"] = ""
    old_peak: int = 0  # Bytes that the calls held at once, at most; 0 where that was not measured.
    new_peak: int = 0


@dataclass(frozen=True)
class Grown:
    """Points (n, seconds of a call)."""

    old: tuple[tuple[int, float], ...]
    new: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Counted:
    """Instructions of one call."""

    old: int
    new: int


@dataclass(frozen=True)
class Made:
    """Expressions of argument tuples, to be evaluated in the module."""

    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Failed:
    """The request could not be carried out. `version` is the one that failed, where that is known."""

    kind: FailureKind
    message: str
    version: Literal["old", "new", ""] = ""


Request = Union[Load, Describe, Try, Compare, Observe, Time, Grow, Count, Inputs]
Reply = Union[Loaded, Described, Tried, Compared, Observed, Timed, Grown, Counted, Made, Failed]

_MESSAGES: dict[str, Any] = {message.__name__: message for message in (*get_args(Request), *get_args(Reply))}


def encode(message: Request | Reply) -> bytes:
    return json.dumps({"type": type(message).__name__, "message": asdict(message)}).encode("ascii") + b"\n"


def decode(line: bytes) -> Any:
    """Raises ValueError when the line is no message of this protocol."""
    try:
        parsed = json.loads(line)
        return _made(_MESSAGES[parsed["type"]], parsed["message"])
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a message: {error}") from error


@cache
def _hints(message: type) -> dict[str, Any]:
    return get_type_hints(message)


def _made(annotation: Any, value: Any) -> Any:
    """JSON has lists where messages have tuples, and objects where they have dataclasses."""
    if isinstance(annotation, type) and is_dataclass(annotation):
        hints = _hints(annotation)
        return annotation(**{name: _made(hints[name], part) for name, part in value.items()})
    if isinstance(value, list):
        inner = get_args(annotation)
        if inner[-1] is Ellipsis:
            inner = inner[:1] * len(value)
        return tuple([_made(*pair) for pair in zip(inner, value)])
    return value
