"""What the operations of Python's types and library cost, by the receiver's type and by the function's path.

A cost is a word: "1"; "n", the length of the receiver, or for a function of its first argument; "a", the length of the
method's first argument; "n a" for both; "n log n" and "log n" of the same length; "value" and "log value" of the first
argument; or the name of a way of its own that `operations` knows.
"""

from __future__ import annotations


def _words(cost: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), cost)


_SEQUENCE = {**_words("n", "index count copy __contains__"), **_words("1", "__len__ __getitem__")}
_SET_RESULT = _words("n a", "union symmetric_difference")
_STR = {
    **_words(
        "n",
        "strip lstrip rstrip lower upper title capitalize casefold swapcase replace split rsplit splitlines partition "
        "rpartition find rfind index rindex count isdigit isalpha isalnum isspace isupper islower isnumeric isdecimal "
        "isidentifier isascii istitle isprintable encode decode zfill ljust rjust center expandtabs "
        "translate removeprefix "
        "removesuffix hex",
    ),
    **_words("1", "startswith endswith format format_map maketrans fromhex"),
    "join": "a",
}

METHODS: dict[str, dict[str, str]] = {
    "list": {
        **_SEQUENCE,
        **_words("1", "append clear"),
        **_words("n", "remove reverse"),
        "extend": "a",
        "insert": "insert",
        "pop": "pop",
        "sort": "n log n",
    },
    "tuple": _SEQUENCE,
    "sequence": _SEQUENCE,
    "range": _words("1", "index count"),
    "deque": {
        **_SEQUENCE,
        **_words("1", "append appendleft pop popleft clear"),
        **_words("n", "remove reverse insert"),
        **_words("a", "extend extendleft"),
        "rotate": "rotate",
    },
    "dict": {
        **_words("1", "get setdefault pop popitem keys values items clear move_to_end"),
        **_words("n", "copy elements total"),
        **_words("a", "update subtract fromkeys"),
        "most_common": "commonest",
    },
    "set": {
        **_words("1", "add remove discard pop clear"),
        **_words("n", "copy difference issubset"),
        **_words("a", "update issuperset isdisjoint intersection difference_update"),
        **_words("n", "intersection_update"),
        **_words("n a", "symmetric_difference_update"),
        **_SET_RESULT,
    },
    "str": _STR,
    "bytes": _STR,
    "bytearray": {
        **_STR,
        **_words("1", "append clear"),
        "extend": "a",
        "pop": "pop",
        "reverse": "n",
        "insert": "insert",
    },
    "keys": _words("a", "isdisjoint"),
    "int": _words("1", "bit_length bit_count to_bytes as_integer_ratio conjugate"),
    "float": _words("1", "is_integer hex as_integer_ratio"),
    "file": {
        **_words("1", "close flush readline seek tell fileno write truncate"),
        **_words("n", "read readlines"),
        "writelines": "a",
    },
    "ndarray": {
        **_words(
            "n",
            "sum mean std var min max argmin argmax any all prod cumsum cumprod copy astype flatten tolist round "
            "clip fill "
            "nonzero dot",
        ),
        **_words("1", "reshape ravel transpose item view"),
        **_words("n log n", "sort argsort"),
    },
    "object": {},
}
METHODS["frozenset"] = METHODS["set"]

# Methods whose name is enough where the receiver's type is not known: so called, they cost this wherever they exist.
BY_NAME: dict[str, str] = {
    **_words(
        "1",
        "append appendleft popleft add discard get setdefault keys values items startswith endswith format "
        "popitem clear "
        "info debug warning error exception critical log acquire release close group groups span isoformat "
        "total_seconds "
        "timestamp bit_length is_integer isdigit isalpha isalnum isspace isupper islower strip lstrip rstrip "
        "lower upper "
        "put get_nowait put_nowait empty qsize locked increment move_to_end",
    ),
    **_words("n", "index count copy remove reverse split rsplit splitlines replace find rfind encode decode title "
                  "capitalize swapcase partition rpartition translate elements issubset difference tolist"),
    **_words("a", "join extend update issuperset isdisjoint intersection extendleft"),
    **_words("n a", "union symmetric_difference"),
    "sort": "n log n",
    "most_common": "commonest",
    "insert": "insert",
    "pop": "pop",
}  # fmt: skip

# Methods of a compiled regular expression.
PATTERNS = frozenset({"findall", "finditer", "match", "fullmatch", "search", "sub", "subn", "split"})

# Methods of arrays and tables, where the module works with such.
ARRAYS: dict[str, str] = {
    **_words(
        "n",
        "sum mean std var min max median cumsum cumprod any all nunique iterrows itertuples reset_index set_index drop "
        "dropna fillna astype isin map abs round groupby merge join assign rename head tail to_dict to_numpy "
        "tolist unique "
        "value_counts idxmax idxmin clip copy",
    ),
    **_words("n log n", "sort_values sort_index argsort"),
    **_words("1", "item reshape ravel transpose"),
}

_EXCEPTIONS = (
    "BaseException Exception ArithmeticError AssertionError AttributeError BufferError EOFError FileExistsError "
    "FileNotFoundError FloatingPointError GeneratorExit ImportError IndexError InterruptedError IOError KeyError "
    "KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotImplementedError OSError OverflowError "
    "PermissionError RecursionError ReferenceError RuntimeError StopAsyncIteration StopIteration "
    "SyntaxError SystemError "
    "SystemExit TimeoutError TypeError UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError Warning "
    "UserWarning DeprecationWarning ZeroDivisionError ConnectionError ExceptionGroup"
)


def _of(module: str, cost: str, names: str) -> dict[str, str]:
    return {f"{module}.{name}": cost for name in names.split()}


FUNCTIONS: dict[str, str] = {
    **_of(
        "builtins",
        "1",
        "abs ascii bin bool callable chr classmethod complex delattr dir divmod enumerate filter float format getattr "
        "globals hasattr hash hex id int isinstance issubclass iter len locals map memoryview next object oct open ord "
        "print property range repr reversed round setattr slice staticmethod str super type vars zip input "
        + _EXCEPTIONS,
    ),
    **_of("builtins", "n", "all any bytearray bytes dict frozenset list max min set sum tuple aiter anext"),
    "builtins.sorted": "n log n",
    "builtins.pow": "pow",
    **_of("collections", "n", "Counter OrderedDict deque UserList"),
    **_of("collections", "1", "defaultdict namedtuple ChainMap"),
    **_of("copy", "n", "copy"),
    "copy.deepcopy": "deep",
    **_of("functools", "1", "partial wraps cmp_to_key cache lru_cache total_ordering cached_property"),
    "functools.reduce": "second",
    **_of("heapq", "log n", "heappush heappop heapreplace heappushpop"),
    "heapq.heapify": "n",
    "heapq.nlargest": "largest",
    "heapq.nsmallest": "largest",
    **_of("bisect", "log n", "bisect bisect_left bisect_right"),
    **_of("bisect", "n", "insort insort_left insort_right"),
    **_of(
        "itertools",
        "1",
        "accumulate batched chain count cycle dropwhile filterfalse groupby islice pairwise repeat starmap "
        "takewhile tee "
        "zip_longest combinations permutations product combinations_with_replacement compress chain.from_iterable",
    ),
    **_of(
        "math",
        "1",
        "sqrt isqrt floor ceil log log2 log10 exp sin cos tan asin acos atan atan2 fabs hypot pow radians "
        "degrees inf isnan "
        "isinf isclose copysign trunc fmod modf comb perm",
    ),
    **_of("math", "n", "fsum prod dist"),
    **_of("math", "log value", "gcd lcm"),
    "math.factorial": "value",
    **_of("operator", "1", "itemgetter attrgetter methodcaller add sub mul truediv eq ne lt le gt ge neg and_ or_ xor"),
    **_of("random", "1", "random randint randrange uniform choice gauss seed Random"),
    **_of("random", "n", "shuffle"),
    **_of("random", "value second", "sample choices"),
    **_of("statistics", "n", "mean fmean stdev pstdev variance mode"),
    **_of("statistics", "n log n", "median quantiles"),
    **_of("re", "1", "compile escape"),
    **_of("re", "second", "match fullmatch search findall finditer split"),
    **_of("re", "third", "sub subn"),
    **_of("json", "n", "loads dumps"),
    **_of("time", "1", "time perf_counter monotonic sleep time_ns perf_counter_ns process_time"),
    **_of("datetime", "1", "datetime date time timedelta timezone datetime.now datetime.utcnow date.today"),
    **_of("decimal", "1", "Decimal"),
    **_of("fractions", "1", "Fraction"),
    **_of("uuid", "1", "uuid4 UUID"),
    **_of("string", "1", "Template"),
    **_of("logging", "1", "getLogger debug info warning error critical exception log"),
    **_of("warnings", "1", "warn"),
    **_of("dataclasses", "1", "field dataclass replace"),
    **_of("typing", "1", "cast TypeVar NamedTuple"),
    **_of("threading", "1", "Lock RLock Event Condition Semaphore"),
    **_of("asyncio", "1", "sleep Lock Event Semaphore Queue create_task"),
    **_of("queue", "1", "Queue LifoQueue PriorityQueue SimpleQueue"),
    **_of("pathlib", "1", "Path PurePath"),
    **_of("os.path", "1", "join basename dirname exists isfile isdir splitext"),
    **_of("os", "1", "getcwd getenv environ.get"),
    **_of("sys", "1", "exit getsizeof setrecursionlimit getrecursionlimit intern stdout.write stderr.write"),
    **_of("contextlib", "1", "suppress nullcontext ExitStack"),
    **_of("enum", "1", "auto"),
    **_of("types", "1", "SimpleNamespace MappingProxyType"),
    **_of("hashlib", "n", "md5 sha1 sha256 sha512 blake2b"),
    **_of("zlib", "n", "crc32 adler32 compress decompress"),
    **_of("struct", "1", "pack unpack calcsize"),
    **_of("array", "second", "array"),
    **_of(
        "numpy",
        "n",
        "array asarray sum mean std var min max amin amax abs sqrt exp log log2 where cumsum cumprod diff "
        "argmin argmax any "
        "all prod concatenate copy round clip isnan nonzero flip add subtract multiply divide maximum minimum sin cos "
        "count_nonzero bincount histogram tile stack vstack hstack allclose array_equal median",
    ),
    **_of("numpy", "n", "append insert delete repeat"),
    **_of("pandas", "n", "DataFrame Series concat merge to_datetime to_numeric date_range"),
    **_of("numpy", "result", "zeros ones empty full arange linspace"),
    **_of("numpy", "n log n", "sort argsort unique"),
    **_of("numpy", "log n", "searchsorted"),
    **_of("numpy", "1", "reshape transpose int64 float64 int32 float32 isscalar"),
    **_of("numpy.linalg", "n", "norm"),
}
