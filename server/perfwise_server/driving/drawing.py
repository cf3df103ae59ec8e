"""Values drawn at random by hypothesis, as source text."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from perfwise_server.cache_folder import cache_folder
from perfwise_server.driving.boundary import boundary
from perfwise_server.driving.shapes import Choice, Fixed, Many, Pairs, Scalar, Shape

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_DEEPEST = 5


def draw(shapes: Sequence[Shape], count: int, seed: int) -> list[tuple[str, ...]]:
    """So many different rows of values, or fewer where there are no more; none where hypothesis is not installed."""
    try:
        from hypothesis import HealthCheck, Phase, given, settings
        from hypothesis import seed as seeded
        from hypothesis import strategies as st
        from hypothesis.configuration import set_hypothesis_home_dir
    except ImportError:
        return []

    # By default it would be made in the current folder, which is the user's.
    set_hypothesis_home_dir(cache_folder() / "hypothesis")
    found: dict[tuple[str, ...], None] = {}

    @seeded(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*(strategy(shape) for shape in shapes)))
    def collect(row: tuple[str, ...]) -> None:
        found[row] = None

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        collect()
    return list(found)


def strategy(shape: Shape, depth: int = 0) -> SearchStrategy[str]:
    from hypothesis import strategies as st

    if isinstance(shape, Scalar):
        return _scalar(shape)
    if isinstance(shape, Fixed):
        return st.sampled_from(shape.sources)
    if isinstance(shape, Choice):
        return st.one_of(*(strategy(option, depth) for option in shape.options))
    most = (20, 6, 4, 2, 1, 1)[min(depth, 5)]
    if isinstance(shape, Many):
        return st.lists(strategy(shape.item, depth + 1), max_size=most).map(shape.of)
    if isinstance(shape, Pairs):
        key, value = strategy(shape.key, depth + 1), strategy(shape.value, depth + 1)
        return st.lists(st.tuples(key, value), max_size=most, unique_by=_key).map(shape.of)
    if depth > _DEEPEST:
        return st.just(boundary(shape)[0])
    return st.tuples(*(strategy(part, depth + 1) for part in shape.parts)).map(shape.of)


def _key(pair: tuple[str, str]) -> str:
    return pair[0]


def _scalar(shape: Scalar) -> SearchStrategy[str]:
    from hypothesis import strategies as st

    few = st.sampled_from(boundary(shape))
    drawn: dict[str, Callable[[], SearchStrategy[str]]] = {
        # Small numbers and few letters, so that equal values meet.
        "int": lambda: st.one_of(st.integers(-5, 10), st.integers(-200, 1000)).map(repr),
        "float": lambda: st.one_of(
            st.integers(-5, 10).map(float), st.floats(-1e3, 1e3), st.floats(allow_nan=False, allow_infinity=False)
        ).map(repr),
        "str": lambda: st.one_of(st.text("abcAB 01_,.", max_size=12), st.text(max_size=8)).map(repr),
        "bytes": lambda: st.binary(max_size=12).map(repr),
    }
    return st.one_of(drawn[shape.kind](), few) if shape.kind in drawn else few
