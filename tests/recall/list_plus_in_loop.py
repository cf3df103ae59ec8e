"""Growing a list by making a longer copy each time, and look-alikes."""
# ruff: noqa

from __future__ import annotations

NAMES: list[str] = []


def parts_of(line):
    return line.split()


def with_item(items: list[str], item: str) -> list[str]:
    return items + [item]


# slow: each round copies all that was gathered.
def squares(numbers):
    result = []
    for number in numbers:
        result = result + [number * number]  # hint
    return result


class Importer:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: a list of several items is added, and the result copied, in each round.
    def all_words(self, lines: list[str]) -> list[str]:
        words: list[str] = []
        for line in lines:
            words = words + line.split()  # hint
        return words

    # slow: a function of this module returns the list that is added.
    def read_words(self, path: str) -> list[str]:
        words = []
        with open(path) as handle:
            for line in handle:
                try:
                    words = words + parts_of(line)  # hint
                except UnicodeDecodeError:
                    pass
        return words

    # fine: += of a list extends it.
    def extended(self, rows: list[list[int]]) -> list[int]:
        result: list[int] = []
        for row in rows:
            result += row
        return result


# slow: unpacking into a new list is a copy too.
def accepted(candidates: list[dict]):
    names = []
    for candidate in candidates:
        if candidate["score"] < 10:
            continue
        names = [*names, candidate["name"]]  # hint
    return names


# slow: a tuple cannot grow, so += copies it.
def path_names(folders):
    path = ()
    for folder in folders:
        path += (folder.strip(),)  # hint
    return path


# slow: tuples joined by + in a while loop.
def countdown(start: int) -> tuple[int, ...]:
    values: tuple[int, ...] = ()
    while start > 0:
        values = values + (start,)  # hint
        start -= 1
    return values


# slow: the list in the dict is copied for each row of its group.
def group(rows: list[tuple[str, int]]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for key, value in rows:
        groups[key] = groups.get(key, []) + [value]  # hint
    return groups


# slow: one branch of the conditional expression copies.
def evens(numbers: list[int]) -> list[int]:
    kept: list[int] = list()
    for number in numbers:
        kept = kept + [number] if number % 2 == 0 else kept  # hint
    return kept


# slow: list() of each batch is added to a copy.
async def fetch_all(batches):
    rows = []
    async for batch in batches:
        rows = rows + list(batch)  # hint
    return rows


# slow: two items are added for each line, and all that came before is copied.
def numbered(lines: list[str]) -> list[str]:
    output = ["start"]
    for i, line in enumerate(lines, 1):
        output = output + [f"{i}: {line}", ""]  # hint
    return output


# slow: the module's list is replaced by a longer one in each round.
def register(people) -> None:
    global NAMES
    for person in people:
        NAMES = NAMES + [person["name"]]  # hint


# slow: the helper copies the list at each call.
def collect(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if line:
            found = with_item(found, line)  # hint
    return found


class Recorder:
    def __init__(self):
        self.samples = []
        self.total = 0.0
        self.label = ""

    def reset(self) -> None:
        self.samples = []

    # slow: the attribute is replaced by a longer copy in each round.
    def record(self, values):
        for value in values:
            self.samples = self.samples + [value]  # hint

    # slow: the inner function replaces the outer list at each call.
    def record_text(self, text: str) -> list[float]:
        numbers = []

        def add(cell):
            nonlocal numbers
            numbers = numbers + [float(cell)]  # hint

        for cell in text.split(","):
            add(cell)  # hint
        return numbers

    # slow: range(len()) and two lists, both copied in each round.
    def split(self, values: list[float], limit: float):
        low, high = [], []
        for i in range(len(values)):
            if values[i] < limit:
                low = low + [values[i]]  # hint
            else:
                high = high + [values[i]]  # hint
        return low, high

    # fine: numbers are added.
    def sum(self, values):
        for value in values:
            self.total = self.total + value
        return self.total

    # fine: one copy, no loop.
    def add(self, value: float) -> None:
        self.samples = self.samples + [value]

    # fine: += extends the list where it is.
    def extend(self, values: list[float]) -> None:
        for value in values:
            self.samples += [value]


class Shape:
    """Adds up by area."""

    def __init__(self, area: float):
        self.area = area

    def __add__(self, other):
        return Shape(self.area + other.area)


# fine: the sum does not become the operand of the next.
def variants(base: list[str], endings: list[str]):
    result = []
    for ending in endings:
        variant = base + [ending]
        result.append(variant)
    return result


# fine: each prefix is kept, so each has to be a list of its own.
def prefixes(words: list[str]) -> list[list[str]]:
    kept = []
    current: list[str] = []
    for word in words:
        current = current + [word]
        kept.append(current)
    return kept


# fine: the list starts anew in each round.
def headed(rows: list[list[str]]) -> list[str]:
    lines = []
    for row in rows:
        cells: list[str] = []
        cells = cells + row
        lines.append(";".join(cells))
    return lines


# fine: the loop runs over two constants.
def arguments(verbose: bool) -> list[str]:
    options: list[str] = []
    for option in ("--quiet", "--color"):
        options = options + [option]
    return options + ["-v"] if verbose else options


# fine: strings are joined, which is another matter.
def sentence(words: list[str]) -> str:
    text = ""
    for word in words:
        text = text + word
    return text


# fine: the objects add up to one of the same size.
def combined(shapes: list[Shape]) -> Shape:
    whole = Shape(0.0)
    for shape in shapes:
        whole = whole + shape
    return whole


# fine: nothing tells what is added here.
def accumulate(start, items):
    for item in items:
        start = start + item
    return start


# fine: the first row that fits ends the loop.
def add_first(rows: list[list[int]], found: list[int]) -> list[int]:
    for row in rows:
        if row:
            found = found + row
            break
    return found


# fine: the list has a fixed length, item by item added to the other.
def elementwise(vectors: list[list[float]]) -> list[float]:
    total = [0.0, 0.0, 0.0]
    for vector in vectors:
        total = [a + b for a, b in zip(total, vector)]
    return total
