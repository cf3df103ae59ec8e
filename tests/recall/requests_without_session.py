"""Requests in a loop that connect anew each time, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import time

import httpx
import requests
from requests import get

API = "https://museum.example/api"


def artist(key: int) -> dict:
    return requests.get(f"{API}/artists/{key}", timeout=10).json()  # hint


# slow: a connection is made for each picture.
def titles(keys: list[int]) -> list[str]:
    found = []
    for key in keys:
        reply = requests.get(f"{API}/pictures/{key}", timeout=10)  # hint
        found.append(reply.json()["title"])
    return found


# slow: in a comprehension, the imported name, without annotations.
def sizes(keys):
    return {key: len(get(f"{API}/pictures/{key}/image").content) for key in keys}  # hint


# slow: page after page.
def all_items() -> list[dict]:
    items = []
    page = 1
    while True:
        reply = requests.get(f"{API}/items", params={"page": page}, timeout=10).json()  # hint
        items.extend(reply["items"])
        if page >= reply["pages"]:
            return items
        page += 1


class Uploader:
    def __init__(self, base: str) -> None:
        self.base = base
        self.session = requests.Session()

    # slow: posts to the address of an attribute, within a try.
    def send(self, readings: list[dict]) -> int:
        failed = 0
        for reading in readings:
            try:
                requests.post(self.base + "/readings", json=reading, timeout=5)  # hint
            except requests.ConnectionError:
                failed += 1
        return failed

    # slow: another method of HTTP, by its name.
    def clear(self, keys: list[str]) -> None:
        for key in keys:
            requests.request("DELETE", f"{self.base}/readings/{key}", timeout=5)  # hint

    # fine: the session keeps its connection.
    def send_fast(self, readings: list[dict]) -> None:
        for reading in readings:
            self.session.post(self.base + "/readings", json=reading, timeout=5)


# slow: another library.
def prices(shop: str, articles: list[str]) -> list[float]:
    return [httpx.get(f"https://{shop}/prices/{article}").json()["euros"] for article in articles]  # hint


# slow: the helper connects at each call.
def artists(keys: list[int]) -> list[dict]:
    return [artist(key) for key in keys]  # hint


# fine: a single request.
def version() -> str:
    return requests.get(f"{API}/version", timeout=10).text


# fine: a client within a with block.
def statuses(paths: list[str]) -> list[int]:
    with httpx.Client(base_url=API) as client:
        return [client.get(path).status_code for path in paths]


# fine: a dict that is called requests.
def waiting(requests: dict[str, int], names: list[str]) -> list[int | None]:
    return [requests.get(name) for name in names]


# fine: attempts at one request, with a pause.
def patient(url: str) -> requests.Response:
    for attempt in range(4):
        reply = requests.get(url, timeout=10)
        if reply.ok:
            return reply
        time.sleep(2**attempt)
    raise TimeoutError(url)


# fine: once a minute, by when the connection is gone.
def watch(url: str) -> None:
    while True:
        print(requests.get(url, timeout=10).status_code)
        time.sleep(60)
