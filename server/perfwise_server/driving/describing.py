"""A function with what the interpreter knows of its types, which the source alone does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perfwise_server.driving.callables import Function, Kind, Known, Owner, Parameter
from perfwise_worker import protocol

_KINDS: dict[str, Kind] = {
    "positional only": "positional",
    "positional": "positional or keyword",
    "*": "variadic",
    "keyword only": "keyword",
    "**": "keywords",
}


def resolved(function: Function, described: protocol.Described) -> Function:
    """With its types resolved, those of other modules and of bases among them."""
    known = {each.name: _known(each) for each in described.types}
    types = {each.name: each.type for each in described.parameters}
    owner = function.owner
    if owner is not None and described.owner in known:
        owner = _owner(owner, known[described.owner])
    parameters = tuple(replace(each, type=types.get(each.name, "")) for each in function.parameters)
    return replace(function, parameters=parameters, owner=owner, module=replace(function.module, known=known))


def _known(shape: protocol.Shape) -> Known:
    fields = [
        Parameter(each.name, _KINDS[each.kind], each.annotation, each.default, each.type) for each in shape.fields
    ]
    return Known(shape.kind, shape.expression, tuple(fields), shape.members, shape.subclasses)


def _owner(owner: Owner, known: Known) -> Owner:
    if not _alike(owner.constructor, known.fields):
        return replace(owner, constructor=known.fields) if known.fields and known.kind != "enum" else owner
    types = {each.name: each.type for each in known.fields}
    made = tuple(replace(each, type=types.get(each.name, "")) for each in owner.constructor)
    return replace(owner, constructor=made)


def _alike(mine: Sequence[Parameter], found: Sequence[Parameter]) -> bool:
    return [each.name for each in mine] == [each.name for each in found]
