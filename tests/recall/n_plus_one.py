"""Related rows loaded one by one in a loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload


class Museum(models.Model):
    name = models.CharField(max_length=80)
    town = models.CharField(max_length=80)


class Painter(models.Model):
    name = models.CharField(max_length=80)
    born = models.DateField()


class Painting(models.Model):
    title = models.CharField(max_length=80)
    finished = models.DateField()
    painter = models.ForeignKey(Painter, on_delete=models.CASCADE)
    museum = models.ForeignKey(Museum, null=True, on_delete=models.SET_NULL, related_name="paintings")
    styles = models.ManyToManyField("Style")


class Style(models.Model):
    name = models.CharField(max_length=40)


class Base(DeclarativeBase):
    pass


class Airline(Base):
    __tablename__ = "airlines"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    flights: Mapped[list[Flight]] = relationship(back_populates="airline")


class Flight(Base):
    __tablename__ = "flights"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    airline_id: Mapped[int] = mapped_column(ForeignKey("airlines.id"))
    airline: Mapped[Airline] = relationship(back_populates="flights")


def caption(painting: Painting) -> str:
    return f"{painting.title} by {painting.painter.name}"  # hint


# slow: a query for the painter of each painting.
def captions() -> list[str]:
    lines = []
    for painting in Painting.objects.all():  # hint
        lines.append(f"{painting.title}: {painting.painter.name}")  # hint
    return lines


# slow: in a comprehension, of the rows that pass a test.
def towns(year: int) -> set[str]:
    return {work.museum.town for work in Painting.objects.filter(finished__year=year)}  # hint


# slow: the rows on the other side, for each museum.
def holdings() -> dict[str, int]:
    counts = {}
    museums = Museum.objects.order_by("name")  # hint
    for museum in museums:  # hint
        counts[museum.name] = len([work.title for work in museum.paintings.all()])  # hint
    return counts


# slow: many to many, without annotations.
def by_style():
    found = {}
    for painting in Painting.objects.exclude(museum=None):  # hint
        for style in painting.styles.all():  # hint
            found.setdefault(style.name, []).append(painting.title)
    return found


class Tour:
    def __init__(self, town: str) -> None:
        self.paintings = Painting.objects.filter(museum__town=town)

    # slow: an attribute's rows, with a test in the loop.
    def painters(self) -> set[str]:
        names = set()
        for painting in self.paintings:  # hint
            if painting.museum is not None:  # hint
                names.add(painting.painter.name)  # hint
        return names

    # fine: the painters come with the paintings.
    def painters_fast(self) -> set[str]:
        return {painting.painter.name for painting in self.paintings.select_related("painter")}


# slow: the helper loads the painter at each call.
def all_captions() -> list[str]:
    return [caption(painting) for painting in Painting.objects.all()]  # hint


# slow: the rows on the other side have no name of their own.
def productive(least: int) -> list[str]:
    return [p.name for p in Painter.objects.all() if len(p.painting_set.all()) >= least]  # hint


# slow: SQLAlchemy loads the airline of each flight.
def departures(session: Session) -> list[str]:
    lines = []
    for flight in session.scalars(select(Flight).order_by(Flight.number)):  # hint
        lines.append(f"{flight.number} {flight.airline.name}")  # hint
    return lines


# slow: the older way to ask, and a list on the other side.
def fleet(session: Session) -> dict[str, int]:
    airlines = session.query(Airline).all()  # hint
    return {airline.name: len(airline.flights) for airline in airlines}  # hint


# slow: execute and scalars, in a while loop.
def first_named(session: Session, name: str) -> str | None:
    flights = session.execute(select(Flight)).scalars().all()  # hint
    i = 0
    while i < len(flights):
        if flights[i].airline.name == name:  # hint
            return flights[i].number
        i += 1
    return None


# fine: loaded by a second query for all.
def fleet_fast(session: Session) -> dict[str, int]:
    airlines = session.scalars(select(Airline).options(selectinload(Airline.flights)))
    return {airline.name: len(airline.flights) for airline in airlines}


# fine: prefetched.
def holdings_fast() -> dict[str, int]:
    return {m.name: len(m.paintings.all()) for m in Museum.objects.prefetch_related("paintings")}


# fine: a field that is a date, and has parts of its own.
def years() -> list[int]:
    return [painting.finished.year for painting in Painting.objects.all()]


# fine: the key stands in the row itself.
def painter_keys() -> list[int]:
    return [painting.painter_id for painting in Painting.objects.all()]


# fine: a single row.
def painter_of(key: int) -> str:
    painting = Painting.objects.get(pk=key)
    return painting.painter.name


@dataclass
class Engine:
    maker: Airline


@dataclass
class Plane:
    engine: Engine


# fine: plain objects that are in memory.
def makers(planes: list[Plane]) -> list[Airline]:
    return [plane.engine.maker for plane in planes]


# fine: only the columns that are asked for, of both tables.
def pairs() -> list[tuple[str, str]]:
    return [(title, name) for title, name in Painting.objects.values_list("title", "painter__name")]
