"""Rewrites that everybody knows and that are wrong for some input: slow code, the well-known form, and the input."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trap:
    """`call` is one on which `slow` and `rewritten` differ. `rules` are those that speak of the slow code."""

    name: str
    slow: str
    rewritten: str
    call: str
    rules: tuple[str, ...] = ()


def replaced(name: str, slow: str, old: str, new: str, call: str, *rules: str) -> Trap:
    """A trap whose well-known form differs from the slow code in one place. `new` may begin with imports."""
    assert slow.count(old) == 1, (name, old)
    *imports, new = new.split("; ") if new.startswith(("import ", "from ")) else [new]
    return Trap(name, slow, "".join(f"{line}\n" for line in imports) + slow.replace(old, new), call, rules)


TRAPS = (
    replaced(
        "items that do not hash",
        "def known(rows, others):\n    wanted = list(others)\n    return [row for row in rows if row in wanted]\n",
        "list(others)",
        "set(others)",
        "known([[1], [2]], [[1], [3]])",
        "PW101",
    ),
    replaced(
        "equal objects with other hashes",
        """\
class Word:
    def __init__(self, text):
        self.text = text

    def __eq__(self, other):
        return self.text.lower() == other.text.lower()

    def __hash__(self):
        return hash(self.text)

def known(words, others):
    wanted = [Word(text) for text in others]
    return [Word(text) in wanted for text in words]
""",
        "[Word(text) for text in others]",
        "{Word(text) for text in others}",
        "known(['a'], ['A', 'b'])",
        "PW101",
    ),
    replaced(
        "the last of equal ones, or the first",
        "def last(rows):\n    return sorted(rows, key=lambda row: row[0])[-1]\n",
        "sorted(rows, key=lambda row: row[0])[-1]",
        "max(rows, key=lambda row: row[0])",
        "last([(1, 'a'), (1, 'b')])",
        "PW115",
    ),
    replaced(
        "the least of none",
        "def least(numbers: list[int]) -> int:\n    return sorted(numbers)[0]\n",
        "sorted(numbers)[0]",
        "min(numbers)",
        "least([])",
        "PW115",
    ),
    replaced(
        "the least where one is not a number",
        "def least(numbers: list[float]) -> float:\n    return sorted(numbers)[0] if numbers else 0.0\n",
        "sorted(numbers)[0]",
        "min(numbers)",
        "least([3.0, float('nan'), 1.0])",
        "PW115",
    ),
    replaced(
        "the first of none",
        "def first(table: dict[str, int]) -> str:\n    return list(table)[0]\n",
        "list(table)[0]",
        "next(iter(table))",
        "first({})",
        "PW302",
    ),
    replaced(
        "equal ones backwards",
        "def backwards(rows):\n    return list(reversed(sorted(rows, key=len)))\n",
        "list(reversed(sorted(rows, key=len)))",
        "sorted(rows, key=len, reverse=True)",
        "backwards(['a', 'b'])",
    ),
    replaced(
        "a tuple among lists",
        "def flat(parts):\n    return sum(parts, [])\n",
        "sum(parts, [])",
        "[item for part in parts for item in part]",
        "flat([[1], (2,)])",
        "PW108",
    ),
    replaced(
        "a loop's variable after the loop",
        """\
def copied(numbers: list[int]):
    found = []
    for number in numbers:
        found.append(number)
    return found, number
""",
        "    for number in numbers:\n        found.append(number)\n",
        "    found = [number for number in numbers]\n",
        "copied([1, 2, 3])",
    ),
    replaced(
        "what there is when an exception comes",
        """\
def inverses(numbers):
    found = []
    try:
        for number in numbers:
            found.append(1 / number)
    except ZeroDivisionError:
        pass
    return found
""",
        "        for number in numbers:\n            found.append(1 / number)\n",
        "        found = [1 / number for number in numbers]\n",
        "inverses([1, 0])",
    ),
    replaced(
        "a list that somebody else holds",
        """\
def extended(numbers: list[int], more: list[int]) -> list[int]:
    result = numbers
    for number in more:
        result = result + [number]
    return result
""",
        "result = result + [number]",
        "result += [number]",
        "extended([1], [2, 3])",
        "PW109",
    ),
    replaced(
        "a count that nobody made",
        """\
def counted(words: list[str]) -> int:
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts["absent"]
""",
        "    counts = {}\n    for word in words:\n        counts[word] = counts.get(word, 0) + 1\n",
        "    from collections import Counter\n    counts = Counter(words)\n",
        "counted(['a', 'b', 'a'])",
        "PW307",
    ),
    replaced(
        "a group that nobody made",
        """\
def grouped(words: list[str]):
    groups = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups[99]
""",
        "groups = {}",
        "groups = __import__('collections').defaultdict(list)",
        "grouped(['a', 'bb'])",
    ),
    replaced(
        "a value that is None",
        "def has(tables, key):\n    return ['yes' if key in table.keys() else 'no' for table in tables]\n",
        "key in table.keys()",
        "table.get(key) is not None",
        "has([{'a': None}], 'a')",
    ),
    replaced(
        "a pattern that is no literal",
        'import re\n\ndef ends(lines: list[str]):\n    return [line for line in lines if re.match("a$", line)]\n',
        're.match("a$", line)',
        'line.startswith("a$")',
        "ends(['a'])",
        "PW202",
    ),
    replaced(
        "the end of a text before a line's end",
        'import re\n\ndef ends(lines: list[str]):\n    return [line for line in lines if re.search("a$", line)]\n',
        're.search("a$", line)',
        'line.endswith("a")',
        "ends(['a\\n'])",
        "PW202",
    ),
    replaced(
        "replacements that build on each other",
        'def moved(words: list[str]):\n    return [word.replace("a", "b").replace("b", "c") for word in words]\n',
        'word.replace("a", "b").replace("b", "c")',
        'word.translate(str.maketrans("ab", "bc"))',
        "moved(['ab'])",
    ),
    replaced(
        "pieces that are no texts",
        """\
def joined(numbers):
    text = ""
    for number in numbers:
        text += str(number)
    return text
""",
        "    for number in numbers:\n        text += str(number)\n",
        '    text = "".join(numbers)\n',
        "joined([1, 2])",
    ),
    replaced(
        "a list that grows under its loop",
        """\
def walked(numbers: list[int]):
    seen = []
    for place in range(len(numbers)):
        seen.append(numbers[place])
        if len(numbers) < 6:
            numbers.append(numbers[place])
    return seen
""",
        "    for place in range(len(numbers)):\n        seen.append(numbers[place])\n",
        "    for place, number in enumerate(numbers):\n        seen.append(number)\n",
        "walked([1, 2])",
    ),
    replaced(
        "lists that are not of one length",
        "def sums(one: list[int], other: list[int]):\n    return [one[i] + other[i] for i in range(len(one))]\n",
        "[one[i] + other[i] for i in range(len(one))]",
        "[a + b for a, b in zip(one, other)]",
        "sums([1, 2, 3], [1, 2])",
        "PW402",
    ),
    replaced(
        "what JSON does not keep",
        "import copy\n\ndef copies(table, count):\n    return [copy.deepcopy(table) for _ in range(count)]\n",
        "copy.deepcopy(table)",
        "import json; json.loads(json.dumps(table))",
        "copies({1: (1, 2)}, 2)",
    ),
    replaced(
        "parts that a shallow copy shares",
        """\
import copy

def copies(table: list[list[int]], count: int):
    made = []
    for number in range(count):
        one = copy.deepcopy(table)
        one[0].append(number)
        made.append(one)
    return made
""",
        "copy.deepcopy(table)",
        "copy.copy(table)",
        "copies([[0]], 2)",
        "PW208",
    ),
    replaced(
        "a date that the format does not allow",
        """\
from datetime import datetime

def dates(texts: list[str]):
    return [datetime.strptime(text, "%Y-%m-%d") for text in texts]
""",
        'datetime.strptime(text, "%Y-%m-%d")',
        "datetime.fromisoformat(text)",
        "dates(['2024-01-02T03:04'])",
        "PW509",
    ),
    replaced(
        "a square that is too large",
        "def squares(numbers: list[float]):\n    return [number**2 for number in numbers]\n",
        "number**2",
        "number * number",
        "squares([1e200])",
        "PW409",
    ),
    replaced(
        "the root of a negative number",
        "def roots(numbers: list[float]):\n    return [number**0.5 for number in numbers]\n",
        "number**0.5",
        "import math; math.sqrt(number)",
        "roots([-4.0])",
        "PW410",
    ),
    replaced(
        "a negative power",
        "def remainders(powers: list[int]):\n    return [(2**power) % 5 for power in powers]\n",
        "(2**power) % 5",
        "pow(2, power, 5)",
        "remainders([-1])",
        "PW123",
    ),
    replaced(
        "a sum that is rounded in another way",
        """\
def total(numbers: list[float]) -> float:
    result = 0.0
    for number in numbers:
        result += number
    return result
""",
        "    for number in numbers:\n        result += number\n",
        "    import math\n    result = math.fsum(numbers)\n",
        "total([0.1] * 10)",
        "PW403",
    ),
    replaced(
        "what is done for every item",
        """\
def noted(numbers):
    seen = []

    def note(number):
        seen.append(number)
        return number > 0

    any([note(number) for number in numbers])
    return seen
""",
        "[note(number) for number in numbers]",
        "note(number) for number in numbers",
        "noted([1, 2])",
    ),
    replaced(
        "a dict that changes under its loop",
        """\
def without(table: dict[int, int], least: int) -> dict[int, int]:
    for key in list(table):
        if table[key] < least:
            del table[key]
    return table
""",
        "list(table)",
        "table",
        "without({1: 1, 2: 2}, 2)",
    ),
    replaced(
        "what can be gone through once",
        "def bounds(rows):\n    sizes = [len(row) for row in rows]\n    return sum(sizes), max(sizes)\n",
        "[len(row) for row in rows]",
        "(len(row) for row in rows)",
        "bounds(['a', 'bb'])",
    ),
    replaced(
        "a kept list that a caller changes",
        """\
def parts(number):
    if number < 2:
        return [number]
    return parts(number - 1) + parts(number - 2)

def changed():
    first = parts(1)
    first.append(5)
    return parts(1)
""",
        "def parts(",
        "@__import__('functools').cache\ndef parts(",
        "changed()",
    ),
    replaced(
        "an argument that does not hash",
        """\
def ways(stairs: list[int]) -> int:
    if len(stairs) < 2:
        return 1
    return ways(stairs[1:]) + ways(stairs[2:])
""",
        "def ways(",
        "@__import__('functools').cache\ndef ways(",
        "ways([1, 1, 1])",
        "PW117",
    ),
    replaced(
        "arguments that are one to a cache",
        """\
def kind(number):
    if number < 2:
        return type(number).__name__
    return kind(number - 1) + kind(number - 2)

def kinds():
    return [kind(1), kind(1.0), kind(True)]
""",
        "def kind(",
        "@__import__('functools').cache\ndef kind(",
        "kinds()",
        "PW117",
    ),
    replaced(
        "the order in which items came",
        """\
def distinct(items: list[int]) -> list[int]:
    found = []
    for item in items:
        if item not in found:
            found.append(item)
    return found
""",
        "    for item in items:\n        if item not in found:\n            found.append(item)\n",
        "    found = list(set(items))\n",
        "distinct([3, 1, 3, 2])",
        "PW103",
    ),
    replaced(
        "what does not equal itself",
        """\
def hits(rows, one, other):
    return [row for row in rows if row == one or row == other]

def hits_of_itself(odd):
    return hits([odd], odd, odd)
""",
        "row == one or row == other",
        "row in (one, other)",
        "hits_of_itself(float('nan'))",
    ),
    replaced(
        "the one removed, or all like it",
        """\
def without(numbers: list[int], bad: int) -> list[int]:
    for number in numbers:
        if number == bad:
            numbers.remove(number)
    return numbers
""",
        "    for number in numbers:\n        if number == bad:\n            numbers.remove(number)\n",
        "    numbers[:] = [number for number in numbers if number != bad]\n",
        "without([1, 1, 2], 1)",
        "PW124",
    ),
    replaced(
        "a value that counts as false",
        "def shown(values, default):\n    return [value if value is not None else default for value in values]\n",
        "value if value is not None else default",
        "value or default",
        "shown([0], 5)",
    ),
    replaced(
        "blanks before the first word",
        "def first_words(lines: list[str]):\n    return [line.split()[0] for line in lines]\n",
        "line.split()[0]",
        'line.partition(" ")[0]',
        "first_words([' a b'])",
        "PW505",
    ),
    replaced(
        "a list backwards, or an iterator",
        "def backwards(rows: list[list[int]]):\n    return [row[::-1] for row in rows]\n",
        "row[::-1]",
        "reversed(row)",
        "backwards([[1, 2]])",
    ),
    replaced(
        "integers without bounds",
        """\
import numpy as np

def total(numbers):
    array = np.array(numbers, dtype=np.int64)
    result = 0
    for number in array:
        result += int(number)
    return result
""",
        "    for number in array:\n        result += int(number)\n",
        "    result = int(array.sum())\n",
        "total([2**63 - 1, 1])",
        "PW403",
    ),
    replaced(
        "the greatest where one is not a number",
        "import numpy as np\n\ndef greatest(numbers):\n    array = np.array(numbers)\n    return float(max(array))\n",
        "max(array)",
        "array.max()",
        "greatest([1.0, float('nan')])",
        "PW707",
    ),
    replaced(
        "bytes that wrap around",
        """\
import numpy as np

def brighter(pixels):
    image = np.array(pixels, dtype=np.uint8)
    return [int(pixel) + 5 for pixel in image]
""",
        "[int(pixel) + 5 for pixel in image]",
        "(image + 5).tolist()",
        "brighter([255])",
    ),
    replaced(
        "a part that is a copy, or a view",
        """\
def starts(data: bytearray, count: int):
    found = []
    for place in range(count):
        part = data[place:]
        part[0] = 9
        found.append(bytes(part))
    return found, data
""",
        "data[place:]",
        "memoryview(data)[place:]",
        "starts(bytearray(b'abc'), 2)",
    ),
    replaced(
        "a division by zero",
        """\
import numpy as np

def inverses(numbers):
    array = np.array(numbers)
    return [1 / number for number in array.tolist()]
""",
        "[1 / number for number in array.tolist()]",
        "(1 / array).tolist()",
        "inverses([0.0])",
    ),
    replaced(
        "what an array of integers cuts off",
        """\
import numpy as np

def halves(numbers):
    array = np.array(numbers)
    result = np.zeros(len(array), dtype=int)
    for place in range(len(array)):
        result[place] = array[place] * 0.5
    return result.tolist()
""",
        "    for place in range(len(array)):\n        result[place] = array[place] * 0.5\n",
        "    result = array * 0.5\n",
        "halves([7])",
        "PW706",
    ),
    replaced(
        "floats added up in another order",
        """\
import numpy as np

def total(numbers):
    array = np.array(numbers)
    return float(sum(array))
""",
        "sum(array)",
        "array.sum()",
        "total([0.1] * 1000)",
        "PW707",
    ),
    replaced(
        "one of two, or their common bits",
        """\
import numpy as np

def either(one, other):
    left, right = np.array(one), np.array(other)
    return [int(a and b) for a, b in zip(left, right)]
""",
        "[int(a and b) for a, b in zip(left, right)]",
        "(left & right).tolist()",
        "either([1], [2])",
    ),
)
