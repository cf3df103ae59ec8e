"""Independent calls awaited one after the other, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import asyncio

import httpx


async def weather(client: httpx.AsyncClient, city: str) -> dict:
    return (await client.get(f"/weather/{city}")).json()


async def traffic(client: httpx.AsyncClient, city: str) -> dict:
    return (await client.get(f"/traffic/{city}")).json()


# slow: the second call needs nothing of the first.
async def dashboard(client: httpx.AsyncClient, city: str) -> dict:
    sky = await weather(client, city)  # hint
    roads = await traffic(client, city)  # hint
    return {"sky": sky, "roads": roads}


# slow: three requests, without annotations.
async def profile(client, name):
    user = await client.get(f"/users/{name}")  # hint
    repos = await client.get(f"/users/{name}/repos")  # hint
    stars = await client.get(f"/users/{name}/starred")  # hint
    return user.json(), len(repos.json()), len(stars.json())


# slow: within a display.
async def report(client: httpx.AsyncClient, city: str) -> dict:
    return {  # hint
        "sky": await weather(client, city),  # hint
        "roads": await traffic(client, city),  # hint
    }


class Shop:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def stock(self, article: str) -> int:
        return (await self.client.get(f"/stock/{article}")).json()["count"]

    async def price(self, article: str) -> float:
        return (await self.client.get(f"/price/{article}")).json()["euros"]

    # slow: methods, in the call that takes both.
    async def offer(self, article: str) -> str:
        return "{} at {}".format(await self.stock(article), await self.price(article))  # hint

    # slow: within a try, with work between that needs neither.
    async def value(self, article: str) -> float:
        try:
            count = await self.stock(article)  # hint
            label = article.upper()
            euros = await self.price(article)  # hint
        except httpx.HTTPError:
            return 0.0
        return count * euros + len(label)

    # fine: both at once.
    async def both(self, article: str) -> list:
        return await asyncio.gather(self.stock(article), self.price(article))


# slow: returned as a tuple.
async def morning(client: httpx.AsyncClient) -> tuple[dict, dict]:
    return await weather(client, "Bergen"), await traffic(client, "Bergen")  # hint


# slow: in each round of a loop that must go on in order.
async def route(client: httpx.AsyncClient, stops: list[str]) -> list[str]:
    legs = []
    for stop in stops:
        sky = await weather(client, stop)  # hint
        roads = await traffic(client, stop)  # hint
        legs.append(f"{stop}: {sky['rain']} {roads['jam']}")
        if roads["closed"]:
            break
    return legs


# slow: in the operands of a sum.
async def households(registry, street: str) -> int:
    return await registry.count_flats(street) + await registry.count_houses(street)  # hint


# fine: the second needs the first.
async def last_order(api, email: str) -> dict:
    customer = await api.customer(email)
    orders = await api.orders(customer["id"])
    return orders[-1]


# fine: parts of one stream come in order.
async def frame(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    header = await reader.readexactly(4)
    mark = await reader.readexactly(2)
    return header, mark


# fine: nothing may be read before access was granted.
async def document(auth, store, user: str, key: str) -> bytes:
    await auth.require(user, "read")
    text = await store.read(key)
    return text


# fine: the second must see what the first has changed.
async def rename(api, key: str, name: str) -> list[str]:
    await api.update(key, name=name)
    names = await api.names()
    return names


# fine: one session of the database, which does one thing at a time.
async def order_page(session, key: int):
    order = await session.get(Order, key)
    lines = await session.scalars(select(OrderLine))
    return order, lines.all()


# fine: the second call is made only where the first found nothing.
async def lookup(cache, origin, key: str) -> bytes:
    value = await cache.get(key)
    if value is None:
        value = await origin.get(key)
    return value
