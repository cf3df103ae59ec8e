"""Growing a string that an attribute holds, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import io
from dataclasses import dataclass


@dataclass
class Report:
    title: str
    text: str = ""
    pages: int = 0


def cell(value) -> str:
    return f"<td>{value}</td>"


class Page:
    header = "<table>"

    def __init__(self, title):
        self.title = title
        self.html = ""
        self.rows = 0
        self.parts = []
        self.buffer = io.StringIO()
        self.raw = bytearray()

    # slow: += on an attribute copies the whole string.
    def add_rows(self, rows: list[str]):
        for row in rows:
            self.html += "<tr>" + row + "</tr>"  # hint

    # slow: the written-out form copies as well.
    def add_lines(self, lines):
        for line in lines:
            if not line:
                continue
            self.html = self.html + line.strip() + "<br>"  # hint

    # slow: an f-string is appended in a while loop.
    def add_numbers(self, count: int) -> None:
        number = 0
        while number < count:
            self.html += f"<li>{number}</li>"  # hint
            number += 1

    # slow: the string is put together from its old value and the new one.
    def add_words(self, words: list[str]) -> None:
        for word in words:
            self.html = f"{self.html} {word}"  # hint

    # slow: a function of this module makes each piece.
    def add_cells(self, values):
        for i, value in enumerate(values):
            self.html += cell(value) if i else "<td></td>"  # hint

    # slow: the method that is called grows the attribute each time.
    def add_all(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)  # hint

    def write(self, line: str) -> None:
        self.html += line + "\n"

    # slow: the inner function grows the attribute at each call.
    def add_items(self, items: list[str]) -> None:
        def emit(text: str) -> None:
            self.html += text  # hint

        for item in items:
            emit("<p>" + item + "</p>")  # hint

    # fine: numbers are added up.
    def count(self, rows) -> int:
        for _ in rows:
            self.rows += 1
        return self.rows

    # fine: the list of parts is extended where it is.
    def collect(self, rows: list[str]) -> str:
        for row in rows:
            self.parts += [row]
        return "".join(self.parts)

    # fine: a buffer takes the text.
    def stream(self, rows: list[str]) -> str:
        for row in rows:
            self.buffer.write(row)
        return self.buffer.getvalue()

    # fine: a bytearray grows where it is.
    def receive(self, chunks: list[bytes]) -> None:
        for chunk in chunks:
            self.raw += chunk

    # fine: the loop runs twice.
    def frame(self) -> None:
        for tag in ("head", "body"):
            self.html += f"<{tag}>"

    # fine: one addition, no loop.
    def close(self) -> None:
        self.html += "</table>"

    # fine: a local string grows where it is, and is stored once.
    def render(self, rows: list[str]) -> None:
        html = ""
        for row in rows:
            html += row
        self.html = html


class Lexer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.token: str = ""
        self.log = str()

    def peek(self) -> str:
        return self.source[self.position]

    # slow: one character is appended in each round.
    def read_text(self) -> str:
        self.token = ""
        while self.position < len(self.source):
            char = self.peek()
            if char == "\0":
                break
            self.token += char  # hint
            self.position += 1
        return self.token

    # slow: a formatted piece for each line of the file, within with and try.
    def read_file(self, path: str):
        with open(path) as handle:
            for number, line in enumerate(handle):
                try:
                    self.log += "%5d %s\n" % (number, line.rstrip())  # hint
                except UnicodeError:
                    self.log += "?\n"  # hint

    # slow: str() of each number, in an asynchronous loop.
    async def read_numbers(self, numbers):
        async for number in numbers:
            self.log += str(number) + ","  # hint

    # fine: the token starts anew in each round and stays as short as a word.
    def words(self, lines: list[str]):
        found = []
        for line in lines:
            self.token = ""
            self.token += line.strip()
            found.append(self.token)
        return found

    # fine: the loop ends with the first character that is taken.
    def skip_to(self, wanted: str) -> None:
        for char in self.source:
            if char == wanted:
                self.token += char
                break


class Counterpart:
    """Joins by linking what it is given."""

    def __init__(self):
        self.links = []

    def __iadd__(self, text):
        self.links.append(text)
        return self


class Chat:
    def __init__(self):
        self.text = Counterpart()

    # fine: the attribute's own class takes the text.
    def say(self, words: list[str]) -> None:
        for word in words:
            self.text += word


class Cipher:
    output = ""

    def __init__(self, shift: int):
        self.shift = shift

    # slow: the class attribute is a string, and each letter copies it.
    def encode(self, text: str) -> str:
        for char in text:
            self.output += chr((ord(char) + self.shift) % 128)  # hint
        return self.output

    # slow: the string grows at its front.
    def reversed(self, text: str) -> str:
        self.output = ""
        for char in text:
            self.output = char + self.output  # hint
        return self.output


# slow: the attribute of another object, whose class declares it a string.
def fill(report: Report, lines: list[str]) -> Report:
    for line in lines:
        report.text += line + "\n"  # hint
        report.pages += 1
    return report


# slow: the object is made here, and its string grows with each pair.
def compare(before: list[str], after: list[str]) -> str:
    report = Report("changes")
    for old, new in zip(before, after):
        report.text += "{} -> {}\n".format(old, new)  # hint
    return report.text


# fine: each object's string grows once.
def sign(reports: list[Report], name: str) -> None:
    for report in reports:
        report.text += f"\n{name}"


# fine: nothing tells what the attribute holds; it may be a number.
def add_up(account, bookings):
    for booking in bookings:
        account.balance += booking


# fine: the pieces are joined once.
def joined(report: Report, lines: list[str]) -> None:
    parts = []
    for line in lines:
        parts.append(line)
    report.text += "\n".join(parts)
