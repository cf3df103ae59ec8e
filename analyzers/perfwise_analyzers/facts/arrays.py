"""What NumPy and pandas make: the types "ndarray", "DataFrame" and "Series", and what keeps them."""

from __future__ import annotations

from collections.abc import Callable

from perfwise_analyzers.facts.types import FLOAT, INT, UNKNOWN, Type

NDARRAY = Type("ndarray")
FRAME = Type("DataFrame")
SERIES = Type("Series")
GENERATOR = Type("random generator")
ARRAYS = frozenset({"ndarray", "DataFrame", "Series"})

# Functions of NumPy that give an array whatever they are given.
_MAKERS = (
    "array asarray ascontiguousarray zeros ones empty full arange linspace logspace zeros_like ones_like empty_like "
    "full_like eye identity diag concatenate stack vstack hstack column_stack append insert delete repeat tile "
    "fromiter frombuffer loadtxt genfromtxt cumsum cumprod diff sort unique nonzero argsort atleast_1d convolve "
    "cross outer roll flip"
)
# Those that give an array for an array, and a float for a number.
_FLOAT_LIKE = (
    "fabs sqrt exp log log2 log10 log1p expm1 sin cos tan arcsin arccos arctan arctan2 sinh cosh tanh hypot floor ceil "
    "radians degrees deg2rad rad2deg"
)
# Those that give an array for an array, and a number of some type for a number.
_NUMBER_LIKE = (
    "abs absolute square power maximum minimum where clip round add subtract multiply divide isnan isinf isfinite"
)
_RANDOM = "rand randn random normal uniform standard_normal integers randint choice permutation"

ELEMENTWISE = frozenset(f"numpy.{name}" for name in (*_FLOAT_LIKE.split(), *_NUMBER_LIKE.split()))


def _elementwise(arguments: list[Type]) -> Type:
    return NDARRAY if any(argument.name == "ndarray" for argument in arguments) else UNKNOWN


def _float_like(arguments: list[Type]) -> Type:
    return FLOAT if all(argument.name in ("int", "float") for argument in arguments) else _elementwise(arguments)


def _random(arguments: list[Type]) -> Type:
    return NDARRAY if arguments and arguments[-1].name in ("int", "tuple") else UNKNOWN


CALLS: dict[str, Callable[[list[Type]], Type]] = {
    **{f"numpy.{name}": (lambda _: NDARRAY) for name in _MAKERS.split()},
    **{f"numpy.{name}": _elementwise for name in _NUMBER_LIKE.split()},
    **{f"numpy.{name}": _float_like for name in _FLOAT_LIKE.split()},
    **{f"numpy.random.{name}": _random for name in _RANDOM.split()},
    **{
        f"pandas.{name}": (lambda _: FRAME)
        for name in ("DataFrame", "read_csv", "read_parquet", "read_excel", "read_sql", "read_json", "merge")
    },
    "pandas.Series": lambda _: SERIES,
    "numpy.random.default_rng": lambda _: GENERATOR,
    "pandas.to_numeric": lambda arguments: arguments[0] if arguments else UNKNOWN,
}

_KEEPING = {
    "ndarray": "copy reshape ravel flatten astype cumsum cumprod clip round transpose squeeze repeat",
    "DataFrame": (
        "copy head tail dropna fillna reset_index set_index sort_values sort_index drop rename query merge join assign "
        "drop_duplicates astype sample round"
    ),
    "Series": (
        "copy head tail dropna fillna reset_index sort_values sort_index drop_duplicates astype sample abs round "
        "cumsum map where clip shift diff"
    ),
}

METHODS: dict[tuple[str, str], Callable[[Type], Type]] = {
    **{(kind, name): (lambda receiver: receiver) for kind, names in _KEEPING.items() for name in names.split()},
    **{(kind, "to_numpy"): (lambda _: NDARRAY) for kind in ("DataFrame", "Series")},
    **{(kind, "tolist"): (lambda _: Type("list")) for kind in ("ndarray", "Series")},
}


def drawn(receiver: Type, method: str, arguments: int, keywords: set[str]) -> Type:
    """What a method of NumPy's random generator gives: an array where a size is given."""
    if receiver != GENERATOR:
        return UNKNOWN
    places = {
        "random": 1,
        "standard_normal": 1,
        "normal": 3,
        "uniform": 3,
        "integers": 3,
        "exponential": 2,
        "choice": 2,
    }
    return NDARRAY if "size" in keywords or arguments >= places.get(method, 9) else UNKNOWN


def attribute(kind: Type, name: str) -> Type:
    """What an attribute of an array or a frame holds."""
    if name in ("values", "T") and kind.name in ARRAYS:
        return kind if name == "T" else NDARRAY
    if name in ("size", "ndim") and kind.name in ARRAYS:
        return INT
    return UNKNOWN


def item(kind: Type, index: Type) -> Type:
    """What is taken out of an array or a frame by an index of this type."""
    if kind.name == "ndarray":
        return NDARRAY if index.name in ("ndarray", "list") else UNKNOWN
    if kind.name == "Series":
        return SERIES if index.name in ("Series", "ndarray", "list") else UNKNOWN
    if kind.name == "DataFrame":
        return SERIES if index.name == "str" else FRAME if index.name in ("Series", "ndarray", "list") else UNKNOWN
    return UNKNOWN


def combined(left: Type, right: Type) -> Type:
    """What arithmetic or a comparison gives where one side is an array or a frame; else unknown."""
    for kind in (FRAME, SERIES, NDARRAY):
        if kind.name in (left.name, right.name):
            return kind
    return UNKNOWN
