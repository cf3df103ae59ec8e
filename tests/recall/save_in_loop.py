"""Rows saved one by one in a loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from django.db import models
from sqlalchemy import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Word(models.Model):
    text = models.CharField(max_length=40)
    seen = models.IntegerField(default=0)


class Page(models.Model):
    title = models.CharField(max_length=40)
    slug = models.SlugField()

    def save(self, *args, **kwargs) -> None:
        self.slug = self.title.lower().replace(" ", "-")
        super().save(*args, **kwargs)


class Base(DeclarativeBase):
    pass


class Stamp(Base):
    __tablename__ = "stamps"
    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str]


def learn(text: str) -> None:
    Word.objects.create(text=text)  # hint


# slow: a statement for each word.
def store(texts: list[str]) -> None:
    for text in texts:
        Word.objects.create(text=text)  # hint


# slow: made and saved, without annotations.
def load(path):
    with open(path) as handle:
        for line in handle:
            word = Word(text=line.strip())
            word.save()  # hint


# slow: each row that was read is changed and written back.
def count_all(seen: dict[str, int]) -> None:
    for word in Word.objects.filter(text__in=list(seen)):
        word.seen += seen[word.text]
        word.save()  # hint


# slow: in a comprehension, which keeps the rows.
def stored(texts: list[str]) -> list[Word]:
    return [Word.objects.create(text=text, seen=1) for text in texts]  # hint


class Album:
    def __init__(self, session: Session, words: list[Word]) -> None:
        self.session = session
        self.words = words

    # slow: an attribute's rows, only one field of them, within a try.
    def reset(self) -> None:
        for word in self.words:
            try:
                word.seen = 0
                word.save(update_fields=["seen"])  # hint
            except ValueError:
                continue

    # slow: SQLAlchemy writes at each flush.
    def add_stamps(self, countries: list[str]) -> None:
        for country in countries:
            self.session.add(Stamp(country=country))
            self.session.flush()  # hint

    # fine: written together at the commit.
    def add_stamps_fast(self, countries: list[str]) -> None:
        for country in countries:
            self.session.add(Stamp(country=country))
        self.session.commit()


# slow: a while loop.
def consume(queue: list[str]) -> None:
    while queue:
        text = queue.pop()
        Word(text=text, seen=1).save()  # hint


# slow: asynchronous.
async def astore(texts: list[str]) -> None:
    for text in texts:
        await Word.objects.acreate(text=text)  # hint


# slow: an insert statement for each value.
def insert_all(session: Session, countries: list[str]) -> None:
    for country in countries:
        session.execute(insert(Stamp).values(country=country))  # hint
    session.commit()


# slow: the helper saves at each call.
def learn_all(texts: list[str]) -> None:
    for text in texts:
        learn(text)  # hint


# fine: all at once.
def store_fast(texts: list[str]) -> None:
    Word.objects.bulk_create([Word(text=text) for text in texts])


# fine: what the model does when it is saved would be left out.
def publish(titles: list[str]) -> None:
    for title in titles:
        page = Page(title=title)
        page.save()


# fine: drawings are saved to files.
def draw(figures: dict[str, object]) -> None:
    for name, figure in figures.items():
        figure.save(f"{name}.png")


# fine: one row.
def rename(key: int, text: str) -> None:
    word = Word.objects.get(pk=key)
    word.text = text
    word.save()


# fine: the loop ends with the save.
def first_free(texts: list[str]) -> Word | None:
    for text in texts:
        if not text.isalpha():
            continue
        word = Word(text=text)
        word.save()
        return word
    return None
