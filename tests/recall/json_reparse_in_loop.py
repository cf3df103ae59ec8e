"""Parsing the same text in every round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import json
import tomllib
from json import loads
from pathlib import Path

DEFAULTS = '{"retries": 3, "hosts": ["a", "b"]}'


def setting(text: str, name: str):
    return json.loads(text)[name]


# slow: the unchanged text is parsed for each name.
def values(text: str, names: list[str]) -> list[object]:
    out = []
    for name in names:
        config = json.loads(text)  # hint
        out.append(config[name])
    return out


# slow: in a comprehension, under the function's own name.
def picked(payload, keys):
    return [loads(payload)["items"][key] for key in keys]  # hint


# slow: a text of the module, in a while loop.
def retried(jobs: list) -> int:
    done = 0
    i = 0
    while i < len(jobs):
        if jobs[i].run(json.loads(DEFAULTS)["retries"]):  # hint
            done += 1
        i += 1
    return done


class Client:
    def __init__(self, schema: str) -> None:
        self.schema = schema

    # slow: an attribute is parsed for each row.
    def validate(self, rows: list[dict[str, str]]) -> int:
        valid = 0
        for row in rows:
            schema = json.loads(self.schema)  # hint
            if all(key in row for key in schema["required"]):
                valid += 1
        return valid

    # slow: asynchronous, within a try.
    async def serve(self, requests) -> None:
        async for request in requests:
            try:
                await request.reply(json.loads(self.schema)["title"])  # hint
            except KeyError:
                await request.reply("")

    # fine: parsed once.
    def titles(self, rows: list[str]) -> list[str]:
        schema = json.loads(self.schema)
        return [schema["title"] + row for row in rows]


# slow: the helper parses at each call.
def settings(text: str, names: list[str]) -> dict[str, object]:
    return {name: setting(text, name) for name in names}  # hint


# slow: another format.
def ports(text: str, services: list[str]) -> list[int]:
    return [tomllib.loads(text)["ports"][service] for service in services]  # hint


# fine: each line is a text of its own.
def records(lines: list[str]) -> list[dict]:
    return [json.loads(line) for line in lines]


# fine: each round takes a fresh copy and changes it.
def variants(text: str, names: list[str]) -> list[dict]:
    out = []
    for name in names:
        config = json.loads(text)
        config["name"] = name
        out.append(config)
    return out


# fine: the text is read anew in each round.
def watched(path: Path, rounds: int) -> list[int]:
    sizes = []
    for _ in range(rounds):
        text = path.read_text()
        sizes.append(len(json.loads(text)))
    return sizes


# fine: the result is what the loop runs over.
def listed(text: str) -> list[str]:
    out = []
    for name in json.loads(text):
        out.append(name.upper())
    return out


# fine: the text grows until it parses.
def until_whole(chunks: list[str]) -> object:
    text = ""
    for chunk in chunks:
        text += chunk
        try:
            return json.loads(text)
        except ValueError:
            continue
    return None
