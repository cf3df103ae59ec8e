"""Flushing after every item, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import os
import sys


# slow: the buffer is written out for each row.
def write_rows(path: str, rows: list[str]) -> None:
    with open(path, "w") as handle:
        for row in rows:
            handle.write(row + "\n")
            handle.flush()  # hint


# slow: print() flushes for each line.
def show(lines):
    for line in lines:
        print(line, flush=True)  # hint


# slow: standard output, in a while loop.
def countdown(number: int) -> None:
    while number > 0:
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()  # hint
        number -= 1


class Recorder:
    def __init__(self, path: str) -> None:
        self.file = open(path, "ab")

    # slow: the file is an attribute.
    def record(self, chunks: list[bytes]) -> None:
        for chunk in chunks:
            self.file.write(chunk)
            self.file.flush()  # hint

    # slow: flushed down to the disk for each chunk.
    def record_safely(self, chunks: list[bytes]) -> None:
        for chunk in chunks:
            try:
                self.file.write(chunk)
                self.file.flush()  # hint
                os.fsync(self.file.fileno())  # hint
            except OSError:
                break

    # fine: flushed once, after the loop.
    def record_fast(self, chunks: list[bytes]) -> None:
        for chunk in chunks:
            self.file.write(chunk)
        self.file.flush()


# slow: asynchronous, print into a file.
async def copy(source, path: str) -> None:
    with open(path, "w") as out:
        async for line in source:
            print(line, file=out, flush=True)  # hint


# fine: each file is flushed once.
def close_all(handles: list) -> None:
    for handle in handles:
        handle.flush()
        handle.close()


# fine: every thousandth row.
def checkpointed(path: str, rows: list[str]) -> None:
    with open(path, "w") as handle:
        for i, row in enumerate(rows):
            handle.write(row)
            if i % 1000 == 0:
                handle.flush()


# fine: someone waits for the prompt before each answer is read.
def ask(questions: list[str]) -> list[str]:
    answers = []
    for question in questions:
        print(question, end=" ", flush=True)
        answers.append(sys.stdin.readline())
    return answers


class Cards:
    def __init__(self, suits: list[str]) -> None:
        self.suits = suits

    def flush(self) -> bool:
        return len(set(self.suits)) == 1


# fine: the class's own method.
def flushes(hands: list[Cards]) -> int:
    count = 0
    for hand in hands:
        if hand.flush():
            count += 1
    return count


# fine: print() with flush=False.
def quiet(lines: list[str]) -> None:
    for line in lines:
        print(line, flush=False)
