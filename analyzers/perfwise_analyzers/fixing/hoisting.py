"""Writing a fix: what loops work out of a container in each round is worked out once, under a name, before them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, can_hoist


def hoisted(
    facts: Facts, container: n.Expr, loops: Sequence[Loop], word: str, made: Callable[[Draft, str], str]
) -> tuple[Draft, str] | None:
    """A draft that has the name before the loops, and the name; None where the container is not known there.

    `made` writes what is made of the container, whose source it is given; `word` says in the name what that is.
    """
    if not can_hoist(facts, container, loops[-1]):
        return None
    draft = Draft(facts)
    name = draft.fresh(f"{base_name(container)}_{word}")
    draft.before(loops[-1].stmt, f"{name} = {made(draft, facts.source(container))}")
    return draft, name


def hoisting_fix(draft: Draft, container: n.Expr, loops: Sequence[Loop], title: str, doubt: str) -> Fix | None:
    """The fix: safe if there is no other doubt, the container is there, and nothing in the loops can change it."""
    if not doubt and draft.facts.type_of(container).optional:
        doubt = f"`{draft.facts.source(container)}` might be None where the loop makes no round."
    if not doubt and draft.facts.stable(container, loops) != "proved":
        doubt = f"Code called in the loop might change `{draft.facts.source(container)}`."
    return draft.fix("verify" if doubt else "safe", title, doubt)
