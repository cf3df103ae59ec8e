"""Results that put work off: coroutines, iterators, asynchronous iterators."""

from __future__ import annotations

import asyncio
import inspect
import itertools
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Iterator
from functools import cache
from typing import Any, Union

AnyIterator = Union[Iterator[Any], AsyncIterator[Any]]

MOST_ITEMS = 10_000  # Enough to tell an endless iterator from a long one, few enough not to hang on it.


def is_lazy(result: Any) -> bool:
    return inspect.isawaitable(result) or isinstance(result, (Iterator, AsyncIterator))


def finished(result: Any) -> Any:
    """What a caller who awaits the result gets; what cannot be awaited is given back."""
    return _loop().run_until_complete(_awaited(result)) if inspect.isawaitable(result) else result


def fill(items: list[Any] | deque[Any], iterator: AnyIterator, most: int = MOST_ITEMS) -> None:
    """Effect: puts what the iterator gives into `items`, `most` at most. Raises what the iterator raises."""
    if isinstance(iterator, AsyncIterator):
        _loop().run_until_complete(_fill(items, iterator, most))
    else:
        items.extend(itertools.islice(iterator, most))


async def _fill(items: list[Any] | deque[Any], iterator: AsyncIterator[Any], most: int) -> None:
    count = 0
    async for item in iterator:
        items.append(item)
        count += 1
        if count == most:
            return


async def _awaited(result: Awaitable[Any]) -> Any:
    return await result


@cache
def _loop() -> asyncio.AbstractEventLoop:
    # One for all calls, since making one takes longer than many a coroutine.
    return asyncio.new_event_loop()
