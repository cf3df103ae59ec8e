"""Messages from standard input, whole, each handed to the event loop at once.

pygls reads every line of a message by way of a thread pool, which costs more than most replies, and cannot end while
the client keeps the pipe open.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from threading import Thread


def messages(read: Callable[[], bytes]) -> Iterator[bytes]:
    """The bodies of the messages that `read` gives piece by piece, until it gives nothing."""
    waiting = b""
    while piece := read():
        waiting += piece
        while (end := waiting.find(b"\r\n\r\n")) >= 0:
            size = next(
                (int(line[15:]) for line in waiting[:end].split(b"\r\n") if line[:15].lower() == b"content-length:"), 0
            )
            start = end + 4
            if len(waiting) < start + size:
                pieces, missing = [waiting], start + size - len(waiting)
                while missing > 0 and (piece := read()):
                    pieces.append(piece)
                    missing -= len(piece)
                waiting = b"".join(pieces)
            if len(waiting) < start + size:
                return
            yield waiting[start : start + size]
            waiting = waiting[start + size :]


async def serve(descriptor: int, receive: Callable[[bytes], None]) -> None:
    """Runs until the descriptor ends, or `receive` raises SystemExit, which is raised here, where callers clean up."""
    loop = asyncio.get_running_loop()
    ended = loop.create_future()

    def end() -> None:
        if not ended.done():
            ended.set_result(None)

    def take(message: bytes) -> None:
        try:
            receive(message)
        except SystemExit as ending:
            if not ended.done():
                ended.set_exception(ending)

    def read() -> None:
        try:
            for message in messages(lambda: os.read(descriptor, 1 << 16)):
                loop.call_soon_threadsafe(take, message)
            loop.call_soon_threadsafe(end)
        except RuntimeError:  # The loop has ended before the input.
            return

    # Unbuffered and daemonic: at the end nobody waits for a read that never returns.
    Thread(target=read, name="stdin", daemon=True).start()
    await ended
