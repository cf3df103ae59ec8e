"""What the user said of inputs that are guessed, as it bears on what is compared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from perfwise_server.driving.recipes import Recipe

_OF_A_CALL = re.compile(r"May it be called as (.*)\?", re.DOTALL)
_OF_A_PARAMETER = re.compile(r"May (`\w+`) (be|hold) (.*)\?")
_NEVER = {"be": "is never", "hold": "never holds"}


@dataclass
class Assumptions:
    """Answers by their question; `used` are those that mattered."""

    answers: Mapping[str, bool]
    used: set[str] = field(default_factory=set)

    @property
    def denied(self) -> frozenset[str]:
        """The calls that are never made, as the user said."""
        found = [_OF_A_CALL.fullmatch(question) for question, answer in self.answers.items() if not answer]
        return frozenset(each[1] for each in found if each)

    def applied(self, recipes: Sequence[Recipe]) -> list[Recipe]:
        """Those that are left to compare; what the user said may be is declared from then on."""
        found = []
        for recipe in recipes:
            question = recipe.trait or asked_of(recipe.call)
            answer = self.answers.get(question) if recipe.origin == "guessed" else None
            if answer is not None:
                self.used.add(question)
            if answer is not False:
                found.append(recipe._replace(origin="declared", trait="") if answer else recipe)
        return found

    def sentences(self) -> tuple[str, ...]:
        return tuple(_said(question, self.answers[question]) for question in sorted(self.used))


def asked_of(call: str) -> str:
    return f"May it be called as {call}?"


def _said(question: str, answer: bool) -> str:
    if found := _OF_A_PARAMETER.fullmatch(question):
        name, verb, what = found.groups()
        return f"{name} may {verb} {what}" if answer else f"{name} {_NEVER[verb]} {what}"
    found = _OF_A_CALL.fullmatch(question)
    call = found[1] if found else question
    return f"it may be called as {call}" if answer else f"it is never called as {call}"
