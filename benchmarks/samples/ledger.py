"""Invoices in SQLAlchemy, with a database in memory, for the examples of rules on databases."""

from __future__ import annotations

from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker
from sqlalchemy.pool import StaticPool


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Invoice(Base):
    __tablename__ = "invoices"
    id: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()


engine = create_engine("sqlite://", poolclass=StaticPool)
Session = sessionmaker(engine)
Base.metadata.create_all(engine)
with Session.begin() as session:
    customers = [Customer(name=f"Customer {number}") for number in range(40)]
    session.add_all(customers)
    session.add_all(Invoice(amount=number, customer=customers[number % 40]) for number in range(400))
