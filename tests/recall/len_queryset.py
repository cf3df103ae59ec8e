"""Rows loaded only to be counted, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from django.db import models
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Tree(models.Model):
    kind = models.CharField(max_length=40)
    metres = models.FloatField()


class Park(models.Model):
    name = models.CharField(max_length=40)
    trees = models.ManyToManyField(Tree)


class Base(DeclarativeBase):
    pass


class Bench(Base):
    __tablename__ = "benches"
    id: Mapped[int] = mapped_column(primary_key=True)
    wood: Mapped[str]


def tall():
    return Tree.objects.filter(metres__gt=30)


# slow: every row is loaded to be counted.
def oaks() -> int:
    return len(Tree.objects.filter(kind="oak"))  # hint


# slow: the rows have a name, and are used for nothing else.
def summary(kind: str) -> str:
    trees = Tree.objects.filter(kind=kind).order_by("metres")
    return f"{len(trees)} of {kind}"  # hint


# slow: made into a list first.
def all_trees() -> int:
    return len(list(Tree.objects.all()))  # hint


# slow: in a condition, without annotations.
def may_cut(kind, least):
    if len(Tree.objects.exclude(metres__lt=5).filter(kind=kind)) >= least:  # hint
        return True
    return False


class Survey:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.trees = Tree.objects.all()

    # slow: an attribute, in a dict over kinds.
    def counts(self, kinds: list[str]) -> dict[str, int]:
        return {kind: len(self.trees.filter(kind=kind)) for kind in kinds}  # hint

    # slow: SQLAlchemy loads all objects.
    def benches(self) -> int:
        return len(self.session.scalars(select(Bench)).all())  # hint

    # fine: the database counts.
    def count(self) -> int:
        return self.trees.count()


# slow: the older way to ask.
def oak_benches(session: Session) -> int:
    return len(session.query(Bench).filter_by(wood="oak").all())  # hint


# slow: in a loop over rows.
def crowded(least: int) -> list[str]:
    names = []
    for park in Park.objects.all():
        if len(park.trees.filter(metres__gt=3)) > least:  # hint
            names.append(park.name)
    return names


# slow: the helper makes the query.
def tall_count() -> int:
    return len(tall())  # hint


# fine: the rows are used too.
def listed() -> str:
    trees = Tree.objects.all()
    text = f"{len(trees)} trees: "
    return text + ", ".join(tree.kind for tree in trees)


# fine: the rows are there already.
def loaded(kind: str) -> tuple[float, int]:
    trees = Tree.objects.filter(kind=kind)
    highest = max(tree.metres for tree in trees)
    return highest, len(trees)


# fine: a list of objects.
def number(trees: list[Tree]) -> int:
    return len(trees)


# fine: fetched ahead for all parks.
def parks() -> dict[str, int]:
    return {park.name: len(park.trees.all()) for park in Park.objects.prefetch_related("trees")}


# fine: the rows are handed on.
def page(render, request):
    trees = Tree.objects.all()
    return render(request, "trees.html", {"trees": trees, "count": len(trees)})


class Kinds:
    def __init__(self) -> None:
        self.objects = {"oak", "elm"}


# fine: a set that is called objects.
def kinds(known: Kinds) -> int:
    return len(known.objects)
