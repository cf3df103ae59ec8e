"""Copies in depth where one of the outside would do, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import copy
from copy import deepcopy


def changed(tape: list[int], at: int) -> list[int]:
    new = copy.deepcopy(tape)  # hint
    new[at] = 1 - new[at]
    return new


# slow: a list of numbers, for each step.
def states(start: list[int], steps: int) -> list[list[int]]:
    cells = list(start)
    history: list[list[int]] = []
    for step in range(steps):
        cells[step % len(cells)] += 1
        history.append(copy.deepcopy(cells))  # hint
    return history


# slow: a dict of plain values, the imported name.
def variants(prices: dict[str, float], factors: list[float]) -> list[dict[str, float]]:
    out = []
    for factor in factors:
        cheaper = deepcopy(prices)  # hint
        cheaper["tea"] = cheaper["tea"] * factor
        out.append(cheaper)
    return out


# slow: in a comprehension.
def boards(width: int, count: int) -> list[list[str]]:
    empty = ["."] * width
    return [copy.deepcopy(empty) for _ in range(count)]  # hint


# slow: a while loop, a list whose items were seen being put in, without annotations.
def subsets(size):
    chosen = []
    found = []
    at = 0
    while at < size:
        chosen.append(at)
        found.append(copy.deepcopy(chosen))  # hint
        at += 1
    return found


class Machine:
    def __init__(self, size: int) -> None:
        self.registers = [0] * size
        self.log: list[list[int]] = []

    # slow: an attribute.
    def run(self, program: list[tuple[int, int]]) -> None:
        for register, value in program:
            self.registers[register] = value
            self.log.append(copy.deepcopy(self.registers))  # hint

    # slow: asynchronous.
    async def stream(self, inputs, channel) -> None:
        async for register in inputs:
            self.registers[register] += 1
            await channel.send(copy.deepcopy(self.registers))  # hint

    # fine: the outside alone.
    def snapshots(self, count: int) -> list[list[int]]:
        return [self.registers.copy() for _ in range(count)]


# slow: a set of texts, within a try.
def sessions(rights: set[str], users: list[str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for user in users:
        try:
            mine = copy.deepcopy(rights)  # hint
            mine.discard("admin")
            out[user] = mine
        except KeyError:
            continue
    return out


# slow: the helper copies at each call.
def flips(tape: list[int]) -> list[list[int]]:
    return [changed(tape, at) for at in range(len(tape))]  # hint


# slow: rows of numbers, each of which could be copied by itself.
def moves(board: list[list[int]], places: list[tuple[int, int]]) -> list[list[list[int]]]:
    out = []
    for y, x in places:
        after = copy.deepcopy(board)  # hint
        after[y][x] = 1
        out.append(after)
    return out


# fine: the lists deep inside are changed.
def crates(ship: dict[str, dict[str, list[int]]], ports: list[str]) -> list[dict[str, dict[str, list[int]]]]:
    out = []
    for port in ports:
        after = copy.deepcopy(ship)
        after[port]["deck"].append(1)
        out.append(after)
    return out


# fine: objects of unknown kinds.
def configured(template, names):
    out = []
    for name in names:
        config = copy.deepcopy(template)
        config["paths"]["out"] = name
        out.append(config)
    return out


# fine: once.
def backup(prices: dict[str, float]) -> dict[str, float]:
    return copy.deepcopy(prices)


class Node:
    def __init__(self) -> None:
        self.children: list[Node] = []


# fine: objects that hold others.
def trees(root: Node, count: int) -> list[Node]:
    return [copy.deepcopy(root) for _ in range(count)]
