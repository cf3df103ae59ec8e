"""Functions that block the event loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from time import sleep
from urllib.request import urlopen

import httpx
import requests


def load(url: str) -> bytes:
    return requests.get(url, timeout=10).content  # hint


# slow: nobody else runs while it sleeps.
async def blink(lamp, times: int) -> None:
    for _ in range(times):
        lamp.toggle()
        time.sleep(0.5)  # hint


# slow: the imported name, without annotations.
async def settle(motor):
    motor.stop()
    sleep(2)  # hint
    return motor.position


# slow: a request that waits for another machine.
async def exchange_rate(currency: str) -> float:
    reply = requests.get(f"https://rates.example/{currency}", timeout=5)  # hint
    return reply.json()["rate"]


# slow: in a comprehension.
async def titles(urls: list[str]) -> list[str]:
    return [requests.get(url, timeout=5).text[:80] for url in urls]  # hint


class Converter:
    def __init__(self, program: str) -> None:
        self.program = program
        self.session = requests.Session()

    # slow: waits for another program.
    async def convert(self, path: str) -> int:
        done = subprocess.run([self.program, path], capture_output=True)  # hint
        return done.returncode

    # slow: a session's method, within a try.
    async def upload(self, url: str, data: bytes) -> bool:
        try:
            return self.session.post(url, data=data).ok  # hint
        except requests.ConnectionError:
            return False

    # fine: the loop's own way to run programs.
    async def convert_beside(self, path: str) -> int | None:
        process = await asyncio.create_subprocess_exec(self.program, path)
        return await process.wait()


# slow: the standard library's client.
async def robots(host: str) -> bytes:
    with urlopen(f"https://{host}/robots.txt") as reply:  # hint
        return reply.read()


# slow: the synchronous client of a library that has both.
async def health(host: str) -> bool:
    return httpx.get(f"https://{host}/health").is_success  # hint


# slow: the helper blocks.
async def icon(host: str) -> bytes:
    return load(f"https://{host}/favicon.ico")  # hint


# slow: an asynchronous generator, in a while loop.
async def ticks(count: int):
    while count:
        yield count
        time.sleep(1)  # hint
        count -= 1


# slow: a command of the shell.
async def mount(device: str) -> None:
    os.system(f"mount {device}")  # hint


# fine: a thread waits.
async def page(url: str) -> str:
    reply = await asyncio.to_thread(requests.get, url)
    return reply.text


# fine: the function within runs in a thread.
async def measured(sensor) -> float:
    def wait_and_read() -> float:
        time.sleep(0.1)
        return sensor.read()

    return await asyncio.get_running_loop().run_in_executor(None, wait_and_read)


# fine: no coroutine.
def wait(seconds: float) -> None:
    time.sleep(seconds)


# fine: an asynchronous client.
async def rate(client: httpx.AsyncClient, currency: str) -> float:
    reply = await client.get(f"/rates/{currency}")
    return reply.json()["rate"]


# fine: the lambda is called by a thread.
async def delayed(seconds: float) -> None:
    await asyncio.to_thread(lambda: time.sleep(seconds))


class Clock:
    def sleep(self, seconds: float) -> None:
        print("zzz", seconds)


# fine: a method of the module's own class.
async def night(clock: Clock) -> None:
    clock.sleep(8)
