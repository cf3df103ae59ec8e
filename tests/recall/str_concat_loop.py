"""Growing a string piece by piece, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import io


# slow: += of each word.
def sentence(words: list[str]) -> str:
    text = ""
    for word in words:  # hint
        text += word  # hint
    return text


# slow: the written-out form with a separator.
def listed(names):
    out = ""
    for name in names:  # hint
        out = out + name + ", "  # hint
    return out


# slow: the letters that pass a test.
def letters(text: str) -> str:
    kept: str = ""
    for char in text:  # hint
        if char.isalpha():
            kept += char  # hint
    return kept


class Page:
    def __init__(self, rows: list[str]) -> None:
        self.rows = rows

    # slow: three pieces for each row, and so a copy of all there is.
    def html(self) -> str:
        html = "<table>"
        for row in self.rows:  # hint
            html = html + "<tr>" + row + "</tr>"  # hint
        return html + "</table>"

    # slow: nested loops.
    def texts(self, pages: list[list[str]]) -> str:
        text = str()
        for page in pages:
            for line in page:  # hint
                text += line  # hint
        return text

    # fine: joined once.
    def fast(self) -> str:
        return "".join(f"<tr>{row}</tr>" for row in self.rows)


# slow: by index in a while loop.
def numbers(parts: list[str]) -> str:
    text = ""
    i = 0
    while i < len(parts):  # hint
        text += parts[i]  # hint
        i += 1
    return text


# slow: asynchronous, within a try.
async def transcript(messages) -> str:
    text = ""
    async for message in messages:  # hint
        try:
            text = text + message + "\n"  # hint
        except UnicodeError:
            continue
    return text


# fine: numbers are added up.
def total(values: list[int]) -> int:
    result = 0
    for value in values:
        result += value
    return result


# fine: a list is extended.
def collected(words: list[str]) -> list[str]:
    out: list[str] = []
    for word in words:
        out += [word]
    return out


# fine: the string starts anew in each round.
def labels(names: list[str], marks: list[bool]) -> list[str]:
    out = []
    for name, marked in zip(names, marks):
        label = name
        if marked:
            label += "*"
        out.append(label)
    return out


# fine: the string is read in each round.
def wrapped(words: list[str], width: int) -> list[str]:
    lines = []
    line = ""
    for word in words:
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line += word + " "
    lines.append(line)
    return lines


# fine: two rounds.
def doubled(text: str) -> str:
    out = ""
    for _ in range(2):
        out += text
    return out


# fine: a buffer takes the text.
def buffered(words: list[str]) -> str:
    out = io.StringIO()
    for word in words:
        out.write(word)
    return out.getvalue()


# fine: nothing tells what is added up.
def summed(parts, start):
    for part in parts:
        start += part
    return start
