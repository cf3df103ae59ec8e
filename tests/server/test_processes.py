"""Processes are ended whatever they have started, and however early they are given up."""

from __future__ import annotations

import asyncio
import time

import pytest

from perfwise_server.processes import end_group, start
from tests.living import below

WAIT = 10.0  # Seconds for what takes a moment.
# What leaves the group has the pipes open for longer than that, and ends by itself.
LEAVES = ("/bin/sh", "-c", "setsid sleep 20 & sleep 600")
PIPE = asyncio.subprocess.PIPE


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("turns", range(1, 9))
async def test_a_start_can_be_given_up_at_any_moment(turns: int, times: int) -> None:
    before = set(below())
    starting = asyncio.ensure_future(start(*LEAVES, stdin=PIPE, stdout=PIPE, start_new_session=True))
    for _ in range(turns):  # Of the event loop: the pipes are connected one after the other.
        await asyncio.sleep(0)
    time.sleep(0.1)  # It goes on while the event loop does not.
    for _ in range(times):
        starting.cancel()
        await asyncio.sleep(0)
    done, _ = await asyncio.wait([starting], timeout=WAIT)
    assert done
    if not starting.cancelled():
        await end_group(starting.result())
    end = time.monotonic() + WAIT
    while set(below()) - before:  # Who gives up twice does not wait for it.
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def test_what_leaves_the_group_does_not_hold_up_its_end() -> None:
    process = await start(*LEAVES, stdin=PIPE, stdout=PIPE, start_new_session=True)
    await asyncio.sleep(0.2)
    await asyncio.wait_for(end_group(process), WAIT)
    assert process.returncode == -9


async def test_a_program_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        await start("/no/such/program")
