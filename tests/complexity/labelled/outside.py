"""What the source does not tell: it depends on other code, on the world or on values nobody can bound."""
# ruff: noqa

from __future__ import annotations

import random
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from itertools import count, takewhile
from queue import Queue

import shop
from shop.catalogue import find_product


# class: unknown
def order_total(numbers: list[int]) -> float:
    return sum(shop.price_of(number) for number in numbers)


# class: unknown
def describe(number: int) -> str:
    product = find_product(number)
    return f"{product.name}: {product.price}"


# class: unknown
def wait_until(ready: Callable[[], bool], pause: float = 0.1) -> int:
    tries = 0
    while not ready():
        time.sleep(pause)
        tries += 1
    return tries


# class: unknown
def receive_all(connection: socket.socket) -> bytes:
    data = b""
    while True:
        piece = connection.recv(4096)
        if not piece:
            return data
        data += piece


# class: unknown
def retry(action, pause):
    while True:
        try:
            return action()
        except ConnectionError:
            time.sleep(pause)


# class: unknown
def work_off(queue: Queue) -> int:
    done = 0
    for job in iter(queue.get, None):
        job.run()
        done += 1
    return done


# class: unknown
def rolls_until_six() -> int:
    rolls = 1
    while random.randint(1, 6) != 6:
        rolls += 1
    return rolls


# class: unknown
def random_walk(goal: int) -> int:
    position = steps = 0
    while abs(position) < goal:
        position += random.choice((-1, 1))
        steps += 1
    return steps


# class: unknown
def ask_number() -> int:
    while True:
        answer = input("A number: ")
        if answer.isdigit():
            return int(answer)


# class: unknown
def fixed_point(function: Callable[[float], float], start: float) -> float:
    previous, current = start, function(start)
    while abs(current - previous) > 1e-9:
        previous, current = current, function(current)
    return current


# class: unknown
def climb(state, neighbours, score):
    while True:
        best = max(neighbours(state), key=score)
        if score(best) <= score(state):
            return state
        state = best


# class: unknown
def cluster(points: list[float], centres: list[float]) -> list[float]:
    while True:
        groups: list[list[float]] = [[] for _ in centres]
        for point in points:
            nearest = min(range(len(centres)), key=lambda i: abs(centres[i] - point))
            groups[nearest].append(point)
        moved = [sum(group) / len(group) if group else centre for group, centre in zip(groups, centres)]
        if moved == centres:
            return centres
        centres = moved


# class: unknown
def fetch_pages(client, url):
    page = client.get(url)
    while page:
        yield from page["items"]
        page = client.get(page["next"]) if page["next"] else None


# class: unknown
def run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


# class: unknown
def matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


# class: unknown
def calculate(expression: str) -> object:
    return eval(expression)


# class: unknown
def longest_collatz(limit: int) -> int:
    longest = best = 1
    for start in range(1, limit):
        number, steps = start, 1
        while number != 1:
            number = 3 * number + 1 if number & 1 else number >> 1
            steps += 1
        if steps > longest:
            longest, best = steps, start
    return best


# class: unknown
def explore(start, expand, is_goal):
    frontier = [start]
    while frontier:
        state = frontier.pop()
        if is_goal(state):
            return state
        frontier.extend(expand(state))
    return None


# class: unknown
def numbers_while(test: Callable[[int], bool]) -> list[int]:
    return list(takewhile(test, count()))


# class: unknown
def reverse_and_add(number: int) -> int:
    steps = 0
    while str(number) != str(number)[::-1]:
        number += int(str(number)[::-1])
        steps += 1
    return steps


# class: unknown
def decimal_period(step: Callable[[int], int], value: int) -> int:
    seen: dict[int, int] = {}
    while value not in seen:
        seen[value] = len(seen)
        value = step(value)
    return len(seen) - seen[value]


# class: unknown
def follow(path: str) -> Iterator[str]:
    with open(path) as log:
        while True:
            line = log.readline()
            if line:
                yield line
            else:
                time.sleep(0.5)


class Player:
    # class: 1
    def __init__(self, strategy, game) -> None:
        self.strategy = strategy
        self.game = game
        self.moves = 0

    # class: unknown
    def move(self):
        self.moves += 1
        return self.strategy.choose(self.game.state())

    # class: unknown
    def play(self):
        while not self.game.over():
            self.game.apply(self.move())
        return self.game.result()
