"""What the standard library's functions and methods return, change and cost: the facts the source cannot show."""

from __future__ import annotations

from collections.abc import Callable

from perfwise_analyzers.facts import arrays
from perfwise_analyzers.facts.types import BOOL, BYTES, FLOAT, INT, NONE, PENDING, STR, UNKNOWN, Type, list_of

Arguments = list[Type]
Returns = Callable[[Arguments], Type]


def element_of(kind: Type) -> Type:
    """What iteration over such a value gives."""
    if kind.name in ("str", "file"):
        return STR
    if kind.name in ("bytes", "bytearray", "range"):
        return INT
    if kind.element is not None:
        return kind.element
    if kind.items:
        first = kind.items[0]
        return first if all(item == first for item in kind.items) else UNKNOWN
    return UNKNOWN


def _first(arguments: Arguments) -> Type:
    return arguments[0] if arguments else UNKNOWN


def _element(arguments: Arguments) -> Type:
    return element_of(_first(arguments))


def _container(name: str) -> Returns:
    def returns(arguments: Arguments) -> Type:
        if not arguments:
            return Type(name, length=0)
        element = _element(arguments)
        return Type(name, element if element.known else None, declared=_first(arguments).declared)

    return returns


def _always(kind: Type) -> Returns:
    return lambda _: kind


def _iterator(kind: Type) -> Type:
    return Type("iterator", kind if kind.known else None)


def _dict(arguments: Arguments) -> Type:
    first = _first(arguments)
    if first.name == "dict":
        return Type("dict", first.element, first.value, declared=first.declared)
    pair = element_of(first)
    if pair.items is not None and len(pair.items) == 2:
        return Type("dict", pair.items[0], pair.items[1])
    return Type("dict", length=None if arguments else 0)


def _enumerate(arguments: Arguments) -> Type:
    return _iterator(Type("tuple", items=(INT, _element(arguments))))


def _zip(arguments: Arguments) -> Type:
    return _iterator(Type("tuple", items=tuple(element_of(kind) for kind in arguments)))


def _same(arguments: Arguments) -> Type:
    return _first(arguments)


def _one_of(arguments: Arguments) -> Type:
    if len(arguments) == 1:
        return _element(arguments)
    told = [kind for kind in arguments if kind is not PENDING]
    return told[0] if told and all(kind == told[0] for kind in told) else UNKNOWN


def _sum(arguments: Arguments) -> Type:
    element = _element(arguments)
    if len(arguments) > 1 and arguments[1].name != element.name:
        return arguments[1] if arguments[1].name in ("list", "float") else UNKNOWN
    return INT if element.name == "bool" else element


_ITERATOR = _always(Type("iterator"))
_ELEMENTS = lambda arguments: _iterator(_element(arguments))  # noqa: E731
_STRINGS = _always(list_of(STR))

_MATH = (
    "sqrt exp expm1 log log2 log10 log1p sin cos tan asin acos atan atan2 sinh cosh tanh hypot dist fabs fmod copysign "
    "degrees radians pow fsum"
)

# Variables of modules that hold one and the same number.
CONSTANTS: dict[str, Type] = {
    **{f"math.{name}": FLOAT for name in ("pi", "e", "tau", "inf", "nan")},
    **{f"numpy.{name}": FLOAT for name in ("pi", "e", "inf", "nan", "euler_gamma")},
    "sys.maxsize": INT,
    "sys.stdin": Type("file"),
}

_OPENED = {
    "http client": ("requests.Session", "requests.session", "httpx.Client"),
    "sqlite connection": ("sqlite3.connect",),
}

# By the dotted path a call's function stands for.
CALLS: dict[str, Returns] = {
    "builtins.list": _container("list"),
    "builtins.tuple": _container("tuple"),
    "builtins.set": _container("set"),
    "builtins.frozenset": _container("frozenset"),
    "builtins.sorted": lambda arguments: list_of(_element(arguments)),
    "builtins.dict": _dict,
    "builtins.reversed": _ELEMENTS,
    "builtins.iter": _ELEMENTS,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "builtins.map": _ITERATOR,
    "builtins.filter": lambda arguments: _iterator(element_of(arguments[1]) if len(arguments) > 1 else UNKNOWN),
    "builtins.range": _always(Type("range", INT)),
    "builtins.len": _always(INT),
    "builtins.ord": _always(INT),
    "builtins.hash": _always(INT),
    "builtins.id": _always(INT),
    "builtins.int": _always(INT),
    "builtins.float": _always(FLOAT),
    "builtins.bool": _always(BOOL),
    "builtins.isinstance": _always(BOOL),
    "builtins.any": _always(BOOL),
    "builtins.all": _always(BOOL),
    "builtins.str": _always(STR),
    "builtins.repr": _always(STR),
    "builtins.chr": _always(STR),
    "builtins.hex": _always(STR),
    "builtins.bin": _always(STR),
    "builtins.format": _always(STR),
    "builtins.input": _always(STR),
    "builtins.bytes": _always(BYTES),
    "builtins.bytearray": _always(Type("bytearray")),
    "builtins.abs": _same,
    "builtins.min": _one_of,
    "builtins.max": _one_of,
    "builtins.sum": _sum,
    **{f"{module}.open": _always(Type("file")) for module in ("builtins", "io", "codecs", "gzip", "bz2", "lzma")},
    "builtins.print": _always(NONE),
    "builtins.object": _always(Type("object")),
    "collections.deque": _container("deque"),
    "collections.Counter": lambda arguments: Type("dict", element_of(_first(arguments)), INT),
    "collections.defaultdict": _always(Type("dict")),
    "collections.OrderedDict": _dict,
    "copy.copy": _same,
    "copy.deepcopy": _same,
    "logging.getLogger": _always(Type("Logger")),
    "math.isqrt": _always(INT),
    "math.gcd": _always(INT),
    "math.floor": _always(INT),
    "math.ceil": _always(INT),
    **{f"math.{name}": _always(FLOAT) for name in _MATH.split()},
    **{f"time.{name}": _always(FLOAT) for name in ("time", "monotonic", "perf_counter", "process_time")},
    "os.listdir": _STRINGS,
    "glob.glob": _STRINGS,
    "pathlib.Path": _always(Type("path")),
    "re.compile": _always(Type("pattern")),
    "re.findall": _always(list_of(None)),
    "re.split": _always(list_of(None)),
    "random.sample": lambda arguments: list_of(_element(arguments)),
    "random.choices": lambda arguments: list_of(_element(arguments)),
    "random.randint": _always(INT),
    "random.randrange": _always(INT),
    "random.random": _always(FLOAT),
    "heapq.nlargest": lambda arguments: list_of(element_of(arguments[1]) if len(arguments) > 1 else None),
    "heapq.nsmallest": lambda arguments: list_of(element_of(arguments[1]) if len(arguments) > 1 else None),
    "itertools.chain": _ELEMENTS,
    "itertools.accumulate": _ITERATOR,
    "itertools.islice": _ELEMENTS,
    **{callee: _always(Type(kind)) for kind, callees in _OPENED.items() for callee in callees},
    **arrays.CALLS,
}

_STR_TO_STR = [
    "strip",
    "lstrip",
    "rstrip",
    "lower",
    "upper",
    "title",
    "capitalize",
    "casefold",
    "swapcase",
    "replace",
    "join",
    "format",
    "format_map",
    "center",
    "ljust",
    "rjust",
    "zfill",
    "expandtabs",
    "translate",
    "removeprefix",
    "removesuffix",
    "decode",
]
_STR_TO_BOOL = [
    "startswith",
    "endswith",
    "isdigit",
    "isalpha",
    "isalnum",
    "isspace",
    "isupper",
    "islower",
    "isnumeric",
    "isidentifier",
]
_STR_TO_INT = ("find", "rfind", "count", "index", "rindex")
_STR_TO_LIST = ("split", "rsplit", "splitlines")
_STR_TO_PARTS = ("partition", "rpartition")

# By the receiver's type and the method's name; each is given the receiver's type.
METHODS: dict[tuple[str, str], Callable[[Type], Type]] = {
    **{("str", name): (lambda _: STR) for name in _STR_TO_STR},
    **{("bytes", name): (lambda _: BYTES) for name in _STR_TO_STR if name != "decode"},
    ("bytes", "decode"): lambda _: STR,
    **{(kind, name): (lambda _: BOOL) for name in _STR_TO_BOOL for kind in ("str", "bytes")},
    **{("str", name): (lambda _: list_of(STR)) for name in _STR_TO_LIST},
    **{("bytes", name): (lambda _: list_of(BYTES)) for name in _STR_TO_LIST},
    **{("str", name): (lambda _: Type("tuple", items=(STR, STR, STR))) for name in _STR_TO_PARTS},
    **{(kind, name): (lambda _: INT) for name in _STR_TO_INT for kind in ("str", "bytes")},
    ("str", "encode"): lambda _: BYTES,
    **{("sqlite connection", name): (lambda _: Type("sqlite cursor")) for name in ("cursor", "execute")},
    ("sqlite cursor", "execute"): lambda receiver: receiver,
    ("file", "read"): lambda _: STR,
    ("file", "readline"): lambda _: STR,
    ("file", "readlines"): lambda _: list_of(STR),
    ("path", "open"): lambda _: Type("file"),
    ("path", "read_text"): lambda _: STR,
    ("path", "read_bytes"): lambda _: BYTES,
    **{("path", name): (lambda receiver: receiver) for name in ("resolve", "absolute", "expanduser", "joinpath")},
    ("list", "copy"): lambda receiver: Type("list", receiver.element, declared=receiver.declared),
    ("list", "pop"): element_of,
    ("list", "index"): lambda _: INT,
    ("list", "count"): lambda _: INT,
    ("deque", "pop"): element_of,
    ("deque", "popleft"): element_of,
    ("dict", "keys"): lambda receiver: Type("keys", receiver.element),
    ("dict", "values"): lambda receiver: Type("values", receiver.value),
    ("dict", "items"): lambda receiver: Type(
        "items", Type("tuple", items=(receiver.element or UNKNOWN, receiver.value or UNKNOWN))
    ),
    ("dict", "copy"): lambda receiver: receiver,
    ("dict", "setdefault"): lambda receiver: receiver.value or UNKNOWN,
    ("dict", "pop"): lambda receiver: receiver.value or UNKNOWN,
    ("set", "copy"): lambda receiver: receiver,
    ("set", "pop"): element_of,
    **{
        ("set", name): (lambda receiver: Type("set", receiver.element))
        for name in ("union", "intersection", "difference", "symmetric_difference")
    },
    **arrays.METHODS,
}

# Methods whose name alone says what they return, whatever the receiver is: nothing else in common use is called so.
BY_NAME: dict[str, Type] = {
    "split": list_of(None),
    "rsplit": list_of(None),
    "splitlines": list_of(None),
    "readlines": list_of(STR),
}

MUTATING = frozenset(
    [
        "append",
        "extend",
        "insert",
        "remove",
        "pop",
        "clear",
        "sort",
        "reverse",
        "add",
        "discard",
        "update",
        "setdefault",
        "popitem",
        "popleft",
        "appendleft",
        "extendleft",
        "rotate",
        "intersection_update",
        "difference_update",
        "symmetric_difference_update",
        "write",
        "writelines",
    ]
)

# Methods that only a list has among the built-in types: their use tells an unannotated parameter's type.
LIST_ONLY = frozenset({"sort", "insert"})
LIST_LIKE = frozenset({"append", "extend", "reverse"})

# Functions that neither change their arguments nor keep them, nor run code of the user's other than `__iter__`,
# `__eq__`, `__hash__`, `__len__` and their like.
PURE = frozenset(
    f"builtins.{name}"
    for name in [
        "abs",
        "all",
        "any",
        "ascii",
        "bin",
        "bool",
        "bytes",
        "callable",
        "chr",
        "complex",
        "dict",
        "divmod",
        "enumerate",
        "float",
        "format",
        "frozenset",
        "getattr",
        "hasattr",
        "hash",
        "hex",
        "id",
        "int",
        "isinstance",
        "issubclass",
        "iter",
        "len",
        "list",
        "max",
        "min",
        "oct",
        "ord",
        "pow",
        "print",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "slice",
        "sorted",
        "str",
        "sum",
        "tuple",
        "type",
        "zip",
    ]
) | frozenset(
    f"{module}.{name}"
    for module, names in {
        "math": "isqrt sqrt floor ceil gcd lcm log log2 log10 exp sin cos tan fabs hypot prod comb perm pow fsum",
        "operator": "add sub mul eq ne lt gt le ge itemgetter attrgetter",
        "itertools": "chain islice accumulate count repeat product combinations permutations zip_longest",
        "collections": "Counter deque OrderedDict",
        "functools": "partial",
        "bisect": "bisect bisect_left bisect_right",
        "re": "compile escape findall finditer fullmatch match search split",
        "os.path": "basename dirname join normpath split splitext",
    }.items()
    for name in names.split()
)

_OF_CONTAINERS = (
    *("keys", "values", "items", "get", "copy", "most_common", "elements", "total"),
    *("union", "intersection", "difference", "issubset", "issuperset", "isdisjoint"),
)
# Methods that neither change nor keep anything, on whatever built-in value they are called.
PURE_METHODS = frozenset(
    [*_STR_TO_STR, *_STR_TO_BOOL, *_STR_TO_INT, *_STR_TO_LIST, *_STR_TO_PARTS, *_OF_CONTAINERS, "encode", "bit_length"]
)
