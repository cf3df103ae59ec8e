"""Relations that classes of a module declare: what an attribute of a row asks the database for."""

from __future__ import annotations

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.types import Type

FOREIGN_KEY = Type("foreign key")  # Of Django: another row.
COLUMN = Type("column")  # Of Django.
TO_MANY = Type("many to many")  # Of Django: a manager of rows.
RELATIONSHIP = Type("relationship")  # Of SQLAlchemy: a row or a list of rows, fetched when asked for.

_FIELDS = {"ForeignKey": FOREIGN_KEY, "OneToOneField": FOREIGN_KEY, "ManyToManyField": TO_MANY}
_MODULES = ("django.db.models.", "django.db.models.fields.related.")
_RELATIONSHIPS = frozenset({"sqlalchemy.orm.relationship", "sqlmodel.Relationship", "sqlalchemy.orm.relation"})
_LAZY = ("select", "true")


def declared(callee: str, call: n.Call) -> Type | None:
    """The relation a class attribute is when a call makes it: fetched row by row, unless it says otherwise."""
    for module in _MODULES:
        if callee.startswith(module):
            special = any(keyword.arg in ("to_field", None) for keyword in call.keywords)
            found = _FIELDS.get(callee.removeprefix(module), COLUMN if callee.endswith("Field") else None)
            return None if special and found is FOREIGN_KEY else found
    if callee not in _RELATIONSHIPS:
        return None
    for keyword in call.keywords:
        match keyword:
            case n.Keyword(arg="lazy", value=n.Constant(value=value)) if str(value).lower() in _LAZY:
                continue
            case n.Keyword(arg=("lazy" | "sa_relationship_kwargs" | None)):
                return None
    return RELATIONSHIP
