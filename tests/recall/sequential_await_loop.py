"""Calls awaited one by one in a loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import asyncio

import aiohttp
import httpx


async def forecast(client: httpx.AsyncClient, city: str) -> dict:
    reply = await client.get(f"/forecast/{city}")
    return reply.json()


# slow: each city waits for the one before.
async def forecasts(client: httpx.AsyncClient, cities: list[str]) -> list[dict]:
    found = []
    for city in cities:
        found.append(await forecast(client, city))  # hint
    return found


# slow: a comprehension, without annotations.
async def sizes(client, urls):
    return [len((await client.get(url)).content) for url in urls]  # hint


# slow: a dict of results.
async def ratings(session, films: list[str]) -> dict[str, float]:
    return {film: await session.rating(film) for film in films}  # hint


# slow: the request is the head of a with block.
async def pages(session: aiohttp.ClientSession, urls: list[str]) -> list[str]:
    texts = []
    for url in urls:
        async with session.get(url) as reply:  # hint
            texts.append(await reply.text())  # hint
    return texts


class Mailer:
    def __init__(self, client: httpx.AsyncClient, addresses: list[str]) -> None:
        self.client = client
        self.addresses = addresses

    async def deliver(self, address: str, text: str) -> None:
        await self.client.post("/send", json={"to": address, "text": text})

    # slow: a method that gives nothing back, over an attribute.
    async def invite(self, text: str) -> None:
        for address in self.addresses:
            await self.deliver(address, text)  # hint

    # slow: by index in a while loop, within a try.
    async def count_failures(self) -> int:
        failed = 0
        i = 0
        while i < len(self.addresses):
            try:
                await self.deliver(self.addresses[i], "ping")  # hint
            except httpx.HTTPError:
                failed += 1
            i += 1
        return failed

    # fine: all at once.
    async def invite_all(self, text: str) -> None:
        await asyncio.gather(*(self.deliver(address, text) for address in self.addresses))


# slow: two calls in each round, the second of which needs the first.
async def invoices(api, customers) -> float:
    total = 0.0
    for customer in customers:
        account = await api.account(customer)  # hint
        total += await api.balance(account["number"])  # hint
    return total


# slow: a function within the function.
async def thumbnails(store, names: list[str]) -> list[bytes]:
    async def load(name: str) -> bytes:
        data = await store.read(name)
        return data[:100]

    out = []
    for name in names:
        out.append(await load(name))  # hint
    return out


# fine: the next page is known from this one.
async def all_pages(client: httpx.AsyncClient, url: str | None) -> list[dict]:
    items = []
    while url:
        reply = (await client.get(url)).json()
        items.extend(reply["items"])
        url = reply["next"]
    return items


# fine: it ends at the first that answers.
async def first_mirror(client: httpx.AsyncClient, mirrors: list[str]) -> bytes | None:
    for mirror in mirrors:
        try:
            reply = await client.get(mirror)
        except httpx.ConnectError:
            continue
        return reply.content
    return None


# fine: the tasks run together already.
async def finished(tasks: list[asyncio.Task[int]]) -> int:
    total = 0
    for task in asyncio.as_completed(tasks):
        total += await task
    return total


# fine: messages go out in order through one socket.
async def replay(socket, messages: list[str]) -> None:
    for message in messages:
        await socket.send(message)


# fine: a queue is filled, which seldom waits.
async def fill(queue: asyncio.Queue[str], names: list[str]) -> None:
    for name in names:
        await queue.put(name)


# fine: it is meant to take its time.
async def polite(client: httpx.AsyncClient, urls: list[str]) -> list[int]:
    codes = []
    for url in urls:
        reply = await client.get(url)
        codes.append(reply.status_code)
        await asyncio.sleep(1)
    return codes


# fine: each round hands on what the round before made.
async def through(stages: list, document: str) -> str:
    for stage in stages:
        document = await stage.process(document)
    return document


# fine: attempts at one call.
async def retried(client: httpx.AsyncClient, url: str) -> httpx.Response:
    for attempt in range(5):
        reply = await client.get(url)
        if reply.status_code < 500:
            return reply
        await asyncio.sleep(2**attempt)
    raise TimeoutError(url)


# fine: statements of one transaction on one connection.
async def migrate(connection, statements: list[str]) -> None:
    async with connection.transaction():
        for statement in statements:
            await connection.execute(statement)
