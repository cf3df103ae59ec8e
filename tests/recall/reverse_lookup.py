"""Going through a dict for the key of a value, and look-alikes."""
# ruff: noqa

from __future__ import annotations

CODES = {"one": 1, "two": 2}


def add_code(name: str, code: int) -> None:
    CODES[name] = code


def key_of(table: dict[str, int], wanted: int) -> str:
    return [key for key, value in table.items() if value == wanted][0]


# slow: a list of all keys with the value, for each value.
def names(codes: list[int], table: dict[str, int]) -> list[str]:
    found = []
    for code in codes:
        found.append([name for name in table if table[name] == code][0])  # hint
    return found


# slow: next() stops at the key, halfway on average.
def translate(ids, labels: dict[str, int]):
    return [next(label for label, number in labels.items() if number == i) for i in ids]  # hint


# slow: the position among the values gives the key.
def decoded(message: list[int]) -> str:
    text = ""
    for code in message:
        text += list(CODES.keys())[list(CODES.values()).index(code)]  # hint
    return text


class Alphabet:
    def __init__(self, letters: str) -> None:
        self.numbers = {letter: i for i, letter in enumerate(letters)}

    # slow: an inner loop with a break.
    def decode(self, numbers: list[int]) -> list[str]:
        out = []
        for number in numbers:
            for letter, n in self.numbers.items():  # hint
                if n == number:  # hint
                    out.append(letter)
                    break
        return out

    # slow: the method that is called goes through the dict.
    def decode_all(self, numbers):
        result = []
        for number in numbers:
            result.append(self.letter(number))  # hint
        return result

    def letter(self, number: int) -> str:
        for letter in self.numbers:
            if self.numbers[letter] == number:  # hint
                return letter
        raise KeyError(number)

    # fine: the dict is asked the way round that it has.
    def encode(self, text: str) -> list[int]:
        return [self.numbers[letter] for letter in text]

    # fine: the inverted dict is built once.
    def decode_fast(self, numbers: list[int]) -> list[str]:
        letters = {number: letter for letter, number in self.numbers.items()}
        return [letters[number] for number in numbers]


# slow: the helper goes through the whole dict at each call.
def labels(values: list[int], table: dict[str, int]) -> list[str]:
    return [key_of(table, value) for value in values]  # hint


# slow: asynchronous, with a default for what is not there.
async def resolve(events, users: dict[str, int]):
    async for event in events:
        user = next((name for name, uid in users.items() if uid == event.uid), "nobody")  # hint
        print(user, event)


# fine: the keys of many values are wanted, in one pass.
def above(table: dict[str, int], limit: int) -> list[str]:
    return [key for key, value in table.items() if value > limit]


# fine: the value is searched by a test that no key answers.
def matching(prefixes: list[str], titles: dict[int, str]) -> list[int]:
    found = []
    for prefix in prefixes:
        found.append(next(key for key, title in titles.items() if title.startswith(prefix)))
    return found


# fine: one lookup, no loop.
def holder(seats: dict[str, int], seat: int) -> str | None:
    for name in seats:
        if seats[name] == seat:
            return name
    return None


# fine: the dict changes in each round.
def evict(ages: dict[str, int], rounds: int) -> list[str]:
    gone = []
    for now in range(rounds):
        oldest = min(ages.values())
        name = next(key for key, age in ages.items() if age == oldest)
        ages[name] = now
        gone.append(name)
    return gone


# fine: each dict is searched once.
def first_zero(tables: list[dict[str, int]]) -> list[str]:
    return [next(key for key, value in table.items() if value == 0) for table in tables]
