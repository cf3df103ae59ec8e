"""One query for each key of a loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from django.db import models
from django.shortcuts import get_object_or_404
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Recipe(models.Model):
    slug = models.SlugField()
    title = models.CharField(max_length=80)


class Vote(models.Model):
    recipe = models.ForeignKey(Recipe, on_delete=models.CASCADE)
    stars = models.IntegerField()


class Base(DeclarativeBase):
    pass


class Island(Base):
    __tablename__ = "islands"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def title_of(key: int) -> str:
    return Recipe.objects.get(pk=key).title  # hint


# slow: a query for each key.
def titles(keys: list[int]) -> list[str]:
    found = []
    for key in keys:
        recipe = Recipe.objects.get(id=key)  # hint
        found.append(recipe.title)
    return found


# slow: the first of a filter, in a dict, without annotations.
def by_slug(slugs):
    return {slug: Recipe.objects.filter(slug=slug).first() for slug in slugs}  # hint


# slow: asks whether each is there.
def missing(slugs: list[str]) -> list[str]:
    return [slug for slug in slugs if not Recipe.objects.filter(slug=slug).exists()]  # hint


# slow: the shortcut of views, by index in a while loop.
def menu(keys: list[int]) -> list[Recipe]:
    recipes = []
    i = 0
    while i < len(keys):
        recipes.append(get_object_or_404(Recipe, pk=keys[i]))  # hint
        i += 1
    return recipes


class Basket:
    def __init__(self, keys: list[int], session: Session) -> None:
        self.keys = keys
        self.session = session

    # slow: an attribute's keys, within a try.
    def load(self) -> list[Recipe]:
        recipes = []
        for key in self.keys:
            try:
                recipes.append(Recipe.objects.get(pk=key))  # hint
            except Recipe.DoesNotExist:
                continue
        return recipes

    # slow: SQLAlchemy's get, through an attribute.
    def islands(self) -> list[str]:
        return [self.session.get(Island, key).name for key in self.keys]  # hint

    # fine: one query for all keys.
    def load_fast(self) -> dict[int, Recipe]:
        return Recipe.objects.in_bulk(self.keys)


# slow: asynchronous.
async def stars(keys: list[int]) -> int:
    total = 0
    for key in keys:
        vote = await Vote.objects.aget(pk=key)  # hint
        total += vote.stars
    return total


# slow: a statement is made for each name.
def named(session: Session, names: list[str]) -> list[Island]:
    found = []
    for name in names:
        island = session.execute(select(Island).where(Island.name == name)).scalar_one()  # hint
        found.append(island)
    return found


# slow: the older way to ask.
def keys_of(session: Session, names: list[str]) -> list[int | None]:
    out = []
    for name in names:
        island = session.query(Island).filter_by(name=name).first()  # hint
        out.append(island.id if island else None)
    return out


# slow: the helper asks at each call.
def all_titles(keys: list[int]) -> list[str]:
    return [title_of(key) for key in keys]  # hint


# slow: rows of another table are counted for each row.
def popular() -> list[str]:
    return [recipe.title for recipe in Recipe.objects.all() if Vote.objects.filter(recipe=recipe).count() > 10]  # hint


# fine: all keys in one filter.
def of_slugs(slugs: list[str]) -> list[str]:
    return [recipe.title for recipe in Recipe.objects.filter(slug__in=slugs)]


# fine: a thousand keys for each query.
def in_parts(keys: list[int]) -> list[Recipe]:
    found = []
    for start in range(0, len(keys), 1000):
        found.extend(Recipe.objects.filter(pk__in=keys[start : start + 1000]))
    return found


# fine: another table each time.
def sizes() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Recipe, Vote)}


# fine: a dict.
def looked_up(titles: dict[int, str], keys: list[int]) -> list[str | None]:
    return [titles.get(key) for key in keys]


# fine: a page of rows at a time.
def export(out) -> None:
    last = 0
    while rows := list(Recipe.objects.filter(pk__gt=last).order_by("pk")[:500]):
        out.write(rows)
        last = rows[-1].pk


# fine: a new name is tried until nobody has it.
def free_slug(base: str) -> str:
    number = 2
    slug = base
    while Recipe.objects.filter(slug=slug).exists():
        slug = f"{base}-{number}"
        number += 1
    return slug
