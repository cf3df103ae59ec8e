"""Handling text: words, parsing, formats."""
# ruff: noqa

from __future__ import annotations

import re
import string
from collections import Counter, defaultdict

STOP_WORDS = frozenset({"a", "an", "and", "of", "or", "the", "to"})
BRACKETS = {")": "(", "]": "[", "}": "{"}
NUMBER = re.compile(r"\d+")


# class: n
def count_vowels(text: str) -> int:
    return sum(1 for character in text if character in "aeiou")


# class: n
def is_palindrome(text: str) -> bool:
    left, right = 0, len(text) - 1
    while left < right:
        if text[left] != text[right]:
            return False
        left += 1
        right -= 1
    return True


# class: n
def reverse_words(sentence):
    return " ".join(sentence.split()[::-1])


# class: n
def caesar(message: str, shift: int) -> str:
    result = ""
    for letter in message:
        if letter in string.ascii_lowercase:
            result += chr((ord(letter) - 97 + shift) % 26 + 97)
        else:
            result += letter
    return result


# class: n
def brackets_match(text: str) -> bool:
    stack = []
    for character in text:
        if character in "([{":
            stack.append(character)
        elif character in BRACKETS:
            if not stack or stack.pop() != BRACKETS[character]:
                return False
    return not stack


# class: n
def word_counts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in text.lower().split():
        if word not in STOP_WORDS:
            counts[word] = counts.get(word, 0) + 1
    return counts


# class: n log n
def words_by_frequency(text: str) -> list[str]:
    counts = word_counts(text)
    return sorted(counts, key=lambda word: (-counts[word], word))


# class: n
def three_commonest_words(text: str) -> list[tuple[str, int]]:
    return Counter(text.split()).most_common(3)


# class: n log n
def commonest_words(text):
    return Counter(text.split()).most_common()


# class: n log n
def are_anagrams(first: str, second: str) -> bool:
    return sorted(first) == sorted(second)


# class: n
def are_anagrams_by_count(first: str, second: str) -> bool:
    return len(first) == len(second) and Counter(first) == Counter(second)


# class: n^2 log n; because: each of n words has n letters, which are sorted.
def group_anagrams(words: list[str]) -> list[list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups["".join(sorted(word))].append(word)
    return list(groups.values())


# class: n^2; because: it walks the letters of every word.
def letters_used(words: list[str]) -> set[str]:
    letters = set()
    for word in words:
        for letter in word:
            letters.add(letter)
    return letters


# class: n
def run_lengths(text: str) -> list[tuple[str, int]]:
    runs = []
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        runs.append((text[i], j - i))
        i = j
    return runs


# class: n
def compress(text):
    if not text:
        return ""
    parts = []
    previous = text[0]
    count = 1
    for character in text[1:]:
        if character == previous:
            count += 1
        else:
            parts.append(previous + str(count))
            previous = character
            count = 1
    parts.append(previous + str(count))
    return "".join(parts)


# class: n; because: the lines together are the text.
def parse_settings(text: str) -> dict[str, str]:
    settings = {}
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, _, value = line.partition("=")
        settings[key.strip()] = value.strip()
    return settings


# class: n; because: the position only moves forward.
def tokenize(source: str) -> list[str]:
    tokens = []
    position = 0
    while position < len(source):
        character = source[position]
        if character.isspace():
            position += 1
        elif character.isdigit():
            start = position
            while position < len(source) and source[position].isdigit():
                position += 1
            tokens.append(source[start:position])
        else:
            tokens.append(character)
            position += 1
    return tokens


# class: n
def evaluate_postfix(tokens: list[str]) -> float:
    stack: list[float] = []
    for token in tokens:
        if token in ("+", "-", "*", "/"):
            right = stack.pop()
            left = stack.pop()
            if token == "+":
                stack.append(left + right)
            elif token == "-":
                stack.append(left - right)
            elif token == "*":
                stack.append(left * right)
            else:
                stack.append(left / right)
        else:
            stack.append(float(token))
    return stack[0]


# class: n; because: every operator is pushed and popped once.
def to_postfix(tokens):
    precedence = {"+": 1, "-": 1, "*": 2, "/": 2}
    output = []
    operators = []
    for token in tokens:
        if token not in precedence:
            output.append(token)
            continue
        while operators and precedence[operators[-1]] >= precedence[token]:
            output.append(operators.pop())
        operators.append(token)
    while operators:
        output.append(operators.pop())
    return output


# class: n
def roman_to_integer(numeral: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    total = 0
    for current, following in zip(numeral, numeral[1:]):
        if values[current] < values[following]:
            total -= values[current]
        else:
            total += values[current]
    return total + values[numeral[-1]]


# class: n
def longest_unique_run(text: str) -> int:
    last_seen: dict[str, int] = {}
    start = best = 0
    for i, character in enumerate(text):
        if character in last_seen and last_seen[character] >= start:
            start = last_seen[character] + 1
        last_seen[character] = i
        best = max(best, i - start + 1)
    return best


# class: n^3
def longest_unique_run_slowly(text: str) -> int:
    best = 0
    for i in range(len(text)):
        for j in range(i + 1, len(text) + 1):
            part = text[i:j]
            if len(set(part)) == len(part):
                best = max(best, len(part))
    return best


# class: n^3
def palindromic_substrings(text):
    found = set()
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            part = text[start:end]
            if part == part[::-1]:
                found.add(part)
    return found


# class: n^2
def longest_palindrome(text: str) -> str:
    best = ""
    for centre in range(len(text)):
        for left, right in ((centre, centre), (centre, centre + 1)):
            while left >= 0 and right < len(text) and text[left] == text[right]:
                left -= 1
                right += 1
            if right - left - 1 > len(best):
                best = text[left + 1 : right]
    return best


# class: n^2
def find_pattern(text: str, pattern: str) -> int:
    for start in range(len(text) - len(pattern) + 1):
        matched = 0
        while matched < len(pattern) and text[start + matched] == pattern[matched]:
            matched += 1
        if matched == len(pattern):
            return start
    return -1


# class: n; because: what is taken back was added before.
def prefix_table(pattern: str) -> list[int]:
    table = [0] * len(pattern)
    length = 0
    for i in range(1, len(pattern)):
        while length and pattern[i] != pattern[length]:
            length = table[length - 1]
        if pattern[i] == pattern[length]:
            length += 1
        table[i] = length
    return table


# class: n^2
def common_prefix_of_all(words):
    prefix = words[0]
    for word in words[1:]:
        i = 0
        while i < len(prefix) and i < len(word) and prefix[i] == word[i]:
            i += 1
        prefix = prefix[:i]
    return prefix


# class: n^2
def all_rotations(text: str) -> list[str]:
    return [text[i:] + text[:i] for i in range(len(text))]


# class: n
def is_rotation(first: str, second: str) -> bool:
    return len(first) == len(second) and second in first + first


# class: n
def extract_numbers(text: str) -> list[int]:
    return [int(found) for found in NUMBER.findall(text)]


# class: n
def first_unique_character(text):
    counts = Counter(text)
    for i, character in enumerate(text):
        if counts[character] == 1:
            return i
    return -1


# class: n^2
def first_unique_by_counting(text: str) -> int:
    for i, character in enumerate(text):
        if text.count(character) == 1:
            return i
    return -1


# class: n; because: the alphabet has 26 letters however long the text is.
def is_pangram(text: str) -> bool:
    return all(letter in text for letter in string.ascii_lowercase)


# class: 1
def initials(first: str, last: str) -> str:
    return f"{first[0]}.{last[0]}."


# class: n
def hamming_distance(first: str, second: str) -> int:
    if len(first) != len(second):
        raise ValueError("the texts differ in length")
    return sum(a != b for a, b in zip(first, second))


# class: n
def slugify(title):
    cleaned = "".join(character if character.isalnum() else "-" for character in title.lower())
    return "-".join(part for part in cleaned.split("-") if part)


# class: unknown; because: a rewriting rule may go on for any number of rounds.
def rewrite(text: str, rules: list[tuple[str, str]]) -> str:
    changed = True
    while changed:
        changed = False
        for old, new in rules:
            if old in text:
                text = text.replace(old, new, 1)
                changed = True
    return text


# class: n
def wrap(text: str, width: int) -> list[str]:
    lines = []
    current: list[str] = []
    length = 0
    for word in text.split():
        if current and length + 1 + len(word) > width:
            lines.append(" ".join(current))
            current = []
            length = 0
        current.append(word)
        length += len(word) + 1
    if current:
        lines.append(" ".join(current))
    return lines


# class: 2^n
def permutations_of(text: str) -> list[str]:
    if len(text) <= 1:
        return [text]
    result = []
    for i, character in enumerate(text):
        for rest in permutations_of(text[:i] + text[i + 1 :]):
            result.append(character + rest)
    return result


# class: n^2; because: every level copies the rest of the text.
def reverse_recursive(text):
    if not text:
        return ""
    return reverse_recursive(text[1:]) + text[0]
