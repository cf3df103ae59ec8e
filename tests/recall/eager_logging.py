"""Formatting a log message before anyone asks for it, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import logging
import math
from logging import debug, getLogger

logger = logging.getLogger(__name__)
LOG = getLogger("jobs")


# slow: an f-string for each item, whether it is logged or not.
def process(items: list[int]) -> int:
    total = 0
    for item in items:
        logger.debug(f"processing {item} of {len(items)}")  # hint
        total += item
    return total


# slow: the % is applied before the call.
def names(rows):
    out = []
    for row in rows:
        LOG.debug("row %s with %d cells" % (row, len(row)))  # hint
        out.append(row[0])
    return out


# slow: format().
def scan(lines: list[str]) -> int:
    found = 0
    i = 0
    while i < len(lines):
        logger.debug("line {}: {}".format(i, lines[i]))  # hint
        found += "x" in lines[i]
        i += 1
    return found


class Worker:
    def __init__(self, name: str) -> None:
        self.name = name
        self.log = logging.getLogger(name)

    # slow: the logger is an attribute.
    def run(self, jobs: list[str]) -> None:
        for job in jobs:
            self.log.debug(f"{self.name} takes {job}")  # hint

    # slow: + and str(), within a try.
    def retry(self, jobs: list[int]) -> None:
        for job in jobs:
            try:
                self.log.info("job " + str(job) + " again")  # hint
            except RuntimeError:
                break

    # fine: the logger formats when it is asked for.
    def lazy(self, jobs: list[str]) -> None:
        for job in jobs:
            self.log.debug("%s takes %s", self.name, job)


# slow: asynchronous, by the module's own function.
async def serve(requests):
    async for request in requests:
        debug(f"request {request.path} from {request.address}")  # hint
        await request.reply()


# fine: the level is asked for first.
def guarded(items: list[int]) -> None:
    for item in items:
        if logger.isEnabledFor(logging.DEBUG):
            logger.debug(f"item {item:.3f}")


# fine: a text without values.
def ticks(count: int) -> None:
    for _ in range(count):
        logger.debug("tick")


# fine: once.
def start(port: int) -> None:
    logger.info(f"listening on {port}")


# fine: the message is raised, not logged.
def strict(values: list[float]) -> None:
    for value in values:
        if value < 0:
            raise ValueError(f"negative: {value}")
        print(f"root {math.sqrt(value)}")


class Notebook:
    def debug(self, text: str) -> None:
        print(text)


# fine: the class's own method takes one text.
def notes(book: Notebook, words: list[str]) -> None:
    for word in words:
        book.debug(f"word {word}")


# fine: an error is always logged, so formatting is never saved.
def failures(errors: list[str]) -> None:
    for error in errors:
        logger.critical(f"failed: {error}")
