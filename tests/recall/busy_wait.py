"""Loops that sleep until something has come about, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import asyncio
import os
import queue
import subprocess
import threading
import time
from time import sleep

import requests

ready = False


def wait_until_ready(server) -> None:
    while not server.started:  # hint
        time.sleep(0.05)


class Download:
    def __init__(self) -> None:
        self.complete = False
        self.parts: list[bytes] = []

    # slow: asks an attribute again and again.
    async def data(self) -> bytes:
        while not self.complete:  # hint
            await asyncio.sleep(0.1)
        return b"".join(self.parts)

    # slow: until enough has come, in a thread.
    def first_parts(self, count: int) -> list[bytes]:
        while len(self.parts) < count:  # hint
            time.sleep(0.01)
        return self.parts[:count]

    # slow: an endless loop with a way out.
    def wait(self) -> None:
        while True:  # hint
            if self.complete:
                break
            sleep(0.2)

    # fine: it does something in each round.
    def watch(self, screen) -> None:
        while not self.complete:
            screen.draw(len(self.parts))
            time.sleep(0.04)


# slow: a variable of the module.
def serve(handler) -> None:
    while not ready:  # hint
        time.sleep(0.1)
    handler.start()


# slow: until a thread has ended.
def joined(worker: threading.Thread) -> None:
    while worker.is_alive():  # hint
        time.sleep(0.1)


# slow: until the queue holds something, without annotations.
def next_job(jobs):
    jobs = jobs or queue.Queue()
    while jobs.empty():  # hint
        time.sleep(0.5)
    return jobs.get()


# slow: until a program of ours has ended.
def run(command: list[str]) -> int:
    process = subprocess.Popen(command)
    while process.poll() is None:  # hint
        time.sleep(0.1)
    return process.returncode


# slow: until a future has a result.
async def result(future: asyncio.Future[int]) -> int:
    while not future.done():  # hint
        await asyncio.sleep(0.01)
    return future.result()


# slow: a nested function waits for the name of the outer one.
async def handshake(client) -> str:
    answer = None

    def received(text: str) -> None:
        nonlocal answer
        answer = text

    client.on_message(received)
    while answer is None:  # hint
        await asyncio.sleep(0.05)
    return answer


# fine: a file of another program cannot tell.
def appeared(path: str) -> None:
    while not os.path.exists(path):
        time.sleep(1)


# fine: another machine is asked.
def healthy(url: str) -> None:
    while requests.get(url, timeout=5).status_code != 200:
        time.sleep(2)


# fine: an event is waited for.
def started(event: threading.Event) -> None:
    while not event.is_set():
        event.wait(1.0)


class Cleaner:
    def __init__(self, cache) -> None:
        self.cache = cache
        self.running = True

    # fine: work at intervals.
    def run(self) -> None:
        while self.running:
            self.cache.expire()
            time.sleep(60)


# fine: a number of ticks.
async def countdown(seconds: int) -> None:
    while seconds > 0:
        await asyncio.sleep(1)
        seconds -= 1


# fine: a device is read.
def warm(oven, wanted: float) -> None:
    while oven.read_temperature() < wanted:
        time.sleep(1)


# fine: until a moment has come.
def until(moment: float) -> None:
    while time.time() < moment:
        time.sleep(0.5)
