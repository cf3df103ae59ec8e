"""Related rows loaded only for their key, and look-alikes."""
# ruff: noqa

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Owner(models.Model):
    name = models.CharField(max_length=40)


class Boat(models.Model):
    name = models.CharField(max_length=40)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE)
    harbour = models.ForeignKey("Harbour", null=True, on_delete=models.SET_NULL)

    # slow: in a method of the model itself.
    def owner_path(self) -> str:
        return f"/owners/{self.owner.id}"  # hint


class Harbour(models.Model):
    name = models.CharField(max_length=40)


class Berth(models.Model):
    boat = models.OneToOneField(Boat, on_delete=models.CASCADE)


class Country(models.Model):
    code = models.CharField(max_length=2, unique=True)


class Flag(models.Model):
    country = models.ForeignKey(Country, to_field="code", on_delete=models.CASCADE)


class Base(DeclarativeBase):
    pass


class Skipper(Base):
    __tablename__ = "skippers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Trip(Base):
    __tablename__ = "trips"
    id: Mapped[int] = mapped_column(primary_key=True)
    skipper_id: Mapped[int] = mapped_column(ForeignKey("skippers.id"))
    skipper: Mapped[Skipper] = relationship()


# slow: the owner is loaded for a key that the boat holds.
def owners() -> list[int]:
    found = []
    for boat in Boat.objects.all():
        found.append(boat.owner.id)  # hint
    return found


# slow: pk, in a comprehension, of annotated objects.
def harbours(boats: list[Boat]) -> set[int]:
    return {boat.harbour.pk for boat in boats if boat.harbour_id}  # hint


# slow: a comparison, of a single row.
def may_edit(key: int, owner: Owner) -> bool:
    boat = Boat.objects.get(pk=key)
    return boat.owner.id == owner.id  # hint


# slow: as the value of a filter.
def sisters(boat: Boat) -> list[str]:
    return [other.name for other in Boat.objects.filter(owner_id=boat.owner.pk)]  # hint


class Catalogue:
    def __init__(self, boat: Boat) -> None:
        self.boat = boat

    # slow: an attribute that is a row.
    def owner_key(self) -> int:
        return self.boat.owner.id  # hint

    # fine: the name is needed too.
    def owner_line(self) -> str:
        return f"{self.boat.owner.id} {self.boat.owner.name}"

    # fine: the boat's own column.
    def owner_key_fast(self) -> int:
        return self.boat.owner_id


# slow: one to one, in a dict.
def moored() -> dict[int, int]:
    return {berth.id: berth.boat.id for berth in Berth.objects.filter(boat__name__startswith="S")}  # hint


# slow: SQLAlchemy.
def skippers(session: Session) -> list[int]:
    return [trip.skipper.id for trip in session.scalars(select(Trip))]  # hint


# slow: asynchronous code hands rows to a function.
async def publish(boats: list[Boat], channel) -> None:
    for boat in boats:
        await channel.send({"boat": boat.id, "owner": boat.owner.id})  # hint


# fine: the user of a request is no row's field.
def is_mine(request, boat: Boat) -> bool:
    return boat.owner_id == request.user.id


# fine: loaded along with the boats, for the name.
def lines() -> list[str]:
    return [f"{boat.owner.id} {boat.owner.name}" for boat in Boat.objects.select_related("owner")]


# fine: the field points to another column than the key.
def countries() -> list[int]:
    return [flag.country.id for flag in Flag.objects.all()]


@dataclass
class Crew:
    captain: Owner


# fine: an object in memory.
def captain(crew: Crew) -> int:
    return crew.captain.id


# fine: the row's own key.
def keys() -> list[int]:
    return [boat.id for boat in Boat.objects.all()]
