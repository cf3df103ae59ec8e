"""What a model is asked, in words. What it may answer is said once, in `_RULES`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfwise_server.rewriting.providers.provider import Message
from perfwise_server.rewriting.situation import Situation

_ROLE = "You make Python functions faster without changing what they do. What you write is run and compared."
_RULES = """\
Rules:
- The function keeps its name, parameters, defaults and decorators, and whether it is async or a generator.
- For every input it must do the same: the same values of the same types in the same order, the same exceptions with \
the same messages, the same changes to its arguments, the same laziness.
- It must be faster on new inputs: results kept from one call to the next do not count.
- Use the standard library{libraries}. No files, network, processes, threads, eval or exec.
- Reply with one ```python block that holds the imports, helpers and the whole function `{function}`, and nothing else \
in it."""
_MOST_IDEAS = 6
_IDEA = re.compile(r"^\s*(?:\d+[.):]|[-*])\s+(.{15,600})$", re.MULTILINE)
_SHOWN = 400  # Characters of a value in a counterexample.


def first(situation: Situation, approach: str = "", examples: bool = True) -> tuple[Message, ...]:
    """Asks for a rewrite, by an approach where one is given.

    The function comes after the examples: small models rewrite what they read last.
    """
    parts = [*(_examples(situation) if examples else ()), _described(situation)]
    if approach:
        parts.append(f"Approach to take: {approach}")
    return _asked([*parts, _rules(situation)])


def ideas(situation: Situation, count: int) -> tuple[Message, ...]:
    """Asks for algorithms instead of code."""
    asked = f"""\
Name {count} different ways to do the same with less work: another algorithm, another data structure, work done once \
instead of in each round, or work moved into built-ins. No code. One numbered line each, with its cost in O(...)."""
    return _asked([_described(situation), asked])


def read_ideas(reply: str, count: int) -> list[str]:
    return [" ".join(found.split()) for found in _IDEA.findall(reply)][: min(count, _MOST_IDEAS)]


def repair(situation: Situation, code: str, why: str) -> tuple[Message, ...]:
    """Asks again after a rewrite was refused; `why` is the counterexample, or the reason."""
    asked = f"This rewrite was refused:\n{_fenced(code)}\n{why}\nRepair it: do the same as the original in every case."
    return _asked([_described(situation), asked, _rules(situation)])


def again(situation: Situation, code: str, speed: str, tried: Sequence[str] = ()) -> tuple[Message, ...]:
    """Asks for more, starting from the fastest rewrite that was checked; `tried` tells what became of others."""
    parts = [
        _described(situation),
        f"The fastest rewrite so far, checked to do the same, is {speed}:\n{_fenced(code)}",
        *(f"Also tried: {each}" for each in tried),
        "Make it faster still, by a cheaper algorithm or by less work in each round.",
    ]
    return _asked([*parts, _rules(situation)])


def different(call: str, old: str, new: str, kind: str) -> str:
    """A counterexample in words."""
    return (
        f"On the call {call[:_SHOWN]} the original gives {old[:_SHOWN]} and the rewrite {new[:_SHOWN]} "
        f"(the difference: {kind})."
    )


def _asked(parts: Sequence[str]) -> tuple[Message, ...]:
    return Message("system", _ROLE), Message("user", "\n\n".join(part for part in parts if part))


def _rules(situation: Situation) -> str:
    libraries = f" and {', '.join(situation.libraries)}" if situation.libraries else ""
    return _RULES.format(libraries=libraries, function=situation.function)


def _described(situation: Situation) -> str:
    found = situation
    parts = [f"The function `{found.function}`, for Python {found.python}:\n{_fenced(found.source)}"]
    if found.context:
        parts.append("What of its module it uses, which stays as it is:\n" + _fenced("\n\n".join(found.context)))
    if found.cost != "unknown":
        parts.append("\n".join([f"By its source it costs {found.cost}:", *_listed(found.derivation)]))
    if found.measured:
        parts.append(f"Measured on growing inputs it is O({found.measured}).")
    if found.hints:
        parts.append("\n".join(["What is slow in it:", *_listed(found.hints)]))
    if found.hot:
        parts.append("\n".join(["Where a profiler saw its time go:", *_listed(found.hot)]))
    if found.seen:
        parts.append(f"In real runs: {found.seen}.")
    if found.wish:
        parts.append(f"The user says of it: {found.wish}")
    return "\n\n".join(parts)


def _examples(situation: Situation) -> list[str]:
    return [
        f"An example of how another function was made faster. Slow:\n{_fenced(slow)}\nFast:\n{_fenced(fast)}"
        for slow, fast in situation.examples
    ]


def _listed(lines: Sequence[str]) -> list[str]:
    return [f"- {line}" for line in lines]


def _fenced(code: str) -> str:
    return f"```python\n{code.strip(chr(10))}\n```"
