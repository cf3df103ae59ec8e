"""Rows counted or loaded to see whether there is any, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from django.db import models
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Seat(models.Model):
    row = models.IntegerField()
    taken = models.BooleanField()


class Guest(models.Model):
    name = models.CharField(max_length=40)
    seats = models.ManyToManyField(Seat)


class Base(DeclarativeBase):
    pass


class Lamp(Base):
    __tablename__ = "lamps"
    id: Mapped[int] = mapped_column(primary_key=True)
    broken: Mapped[bool]


def free_seats():
    return Seat.objects.filter(taken=False)


# slow: all are counted to know whether there is one.
def is_free(row: int) -> bool:
    return Seat.objects.filter(row=row, taken=False).count() > 0  # hint


# slow: compared with none, in a condition, without annotations.
def check(name):
    if Guest.objects.filter(name=name).count() == 0:  # hint
        raise LookupError(name)


# slow: the number itself is the condition.
def sold_out() -> bool:
    if not Seat.objects.filter(taken=False).count():  # hint
        return True
    return False


# slow: the rows are loaded to see whether there is one.
def greeting(name: str) -> str:
    guests = Guest.objects.filter(name=name)
    if guests:  # hint
        return "welcome back"
    return "welcome"


class Hall:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.seats = Seat.objects.all()

    # slow: an attribute, at least one.
    def has_row(self, row: int) -> bool:
        return self.seats.filter(row=row).count() >= 1  # hint

    # slow: SQLAlchemy counts all.
    def is_dark(self) -> bool:
        return self.session.query(Lamp).filter_by(broken=False).count() == 0  # hint

    # fine: the database stops at the first.
    def is_full(self) -> bool:
        return not self.seats.filter(taken=False).exists()


# slow: in a comprehension over rows.
def seated() -> list[str]:
    return [guest.name for guest in Guest.objects.all() if guest.seats.filter(taken=True).count() != 0]  # hint


# slow: the length of what was loaded.
def any_broken(row: int) -> bool:
    return len(Seat.objects.filter(row=row)) > 0  # hint


# slow: in a while loop.
def fill(names: list[str]) -> int:
    done = 0
    while names and Seat.objects.filter(taken=False).count() > 0:  # hint
        seat = Seat.objects.filter(taken=False).first()
        seat.taken = True
        seat.save()
        names.pop()
        done += 1
    return done


# slow: the helper makes the query.
def has_free() -> bool:
    return free_seats().count() > 0  # hint


# fine: the number is told too.
def told() -> str:
    count = Seat.objects.filter(taken=False).count()
    if count > 0:
        return f"{count} seats are free"
    return "no seat is free"


# fine: more than a few.
def many() -> bool:
    return Seat.objects.filter(taken=False).count() > 5


# fine: the count of a list.
def has_zero(numbers: list[int]) -> bool:
    return numbers.count(0) > 0


# fine: the rows that were loaded are used.
def names() -> list[str]:
    guests = Guest.objects.all()
    if guests:
        return [guest.name for guest in guests]
    return ["nobody"]


# fine: the count of a text.
def is_path(text: str) -> bool:
    return text.count("/") > 0
