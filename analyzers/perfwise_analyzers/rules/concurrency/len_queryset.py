"""All rows of a query are fetched to be counted.

# What it costs

`len(Book.objects.all())` fetches every row, with all its columns, and makes an object of each.

# The cheaper form

`Book.objects.all().count()` lets the database count, and fetches one number.

# When it does not pay

Where the rows are gone through as well: then they are fetched once either way, and `len` of them is free.

# Fix safety

To be verified: the model's manager may give something else than a query.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.queries import rows
from perfwise_analyzers.facts.row_counts import asked_for_any, counted_query
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW807",
    name="len-queryset",
    summary="All rows of a query are fetched to be counted.",
    triggers=("len(",),
    severity="hint",
    unit="peak memory",
    bad=(
        Bad(
            code="""\
from shop.models import Sale


def large(least):
    return len(Sale.objects.filter(amount__gte=least))
""",
            better="""\
from shop.models import Sale


def large(least):
    return Sale.objects.filter(amount__gte=least).count()
""",
            call="large(10)",
            level="verify",
        ),
        Bad(
            code="""\
from shop.models import Sale


def share(least):
    sales = Sale.objects.filter(amount__gte=least)
    return len(sales) / Sale.objects.count()
""",
            better="""\
from shop.models import Sale


def share(least):
    sales = Sale.objects.filter(amount__gte=least)
    return sales.count() / Sale.objects.count()
""",
            call="share(10)",
            level="verify",
        ),
        Bad(
            code="""\
from shop.models import Sale


def large(least):
    return len(list(Sale.objects.filter(amount__gte=least)))
""",
            better="""\
from shop.models import Sale


def large(least):
    return Sale.objects.filter(amount__gte=least).count()
""",
            call="large(10)",
            level="verify",
        ),
        Bad(
            code="""\
from ledger import Invoice, Session


def owed(least):
    with Session() as session:
        return len(session.query(Invoice).filter(Invoice.amount > least).all())
""",
            better="""\
from ledger import Invoice, Session


def owed(least):
    with Session() as session:
        return session.query(Invoice).filter(Invoice.amount > least).count()
""",
            call="owed(10)",
            level="verify",
        ),
        Bad(
            code="""\
from ledger import Invoice, Session
from sqlalchemy import func, select


def owed(least):
    with Session() as session:
        return len(session.scalars(select(Invoice).where(Invoice.amount > least)).all())
""",
            better="""\
from ledger import Invoice, Session
from sqlalchemy import func, select


def owed(least):
    with Session() as session:
        return session.scalar(select(func.count()).select_from(Invoice).where(Invoice.amount > least))
""",
            call="owed(10)",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f():\n    books = Book.objects.all()\n    print(len(books))\n    for book in books:\n        print(book)\n",
            "The rows are gone through as well.",
        ),
        Good("def f():\n    return Book.objects.count()\n", "The database counts."),
        Good("def f(books):\n    return len(books)\n", "It may be a list."),
        Good("def f():\n    return len(Book.objects.all()) > 0\n", "It is asked whether there is any."),
        Good(
            "def f():\n    books = Book.objects.all()\n    return render(books, len(books))\n",
            "The rows are handed on.",
        ),
        Good(
            "def f():\n    books = list(Book.objects.all())\n    books.append(1)\n    return len(books)\n",
            "More is put into the list.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        match call:
            case n.Call(args=[counted], keywords=[]) if facts.inference.callee(call) == "builtins.len":
                found = rows(facts, counted)
            case _:
                continue
        if found is None or list(found.called("unique", "iterator")):
            continue
        if counted_query(facts, call) is not None and asked_for_any(facts, call) is not None:
            continue  # One row tells whether there is any, without a count.
        if isinstance(counted, n.Name) and not _is_only_counted(facts, counted):
            continue
        source = facts.source(call)
        shown = f"`{source}`" if "\n" not in source else "This"
        message = f"{shown} fetches all rows to count them: `count()` lets the database do it"
        yield facts.finding(rule, call, message, facts.sizes.of(counted), "1", _fix(facts, call, counted))


def _is_only_counted(facts: Facts, counted: n.Name) -> bool:
    """Whether a name of the function is bound once, to a query and not to its rows, and used nowhere else."""
    bindings = facts.inference.bindings(counted) or []
    scope = facts.place(counted).scope
    if len(bindings) != 1 or scope.kind != "function" or len(scope.uses.get(counted.id, ())) != 1:
        return False
    if any(counted.id in other.uses for other in facts.structure.scopes if other is not scope):
        return False
    return not isinstance(bindings[0].value, n.Expr) or _query(facts, bindings[0].value) is bindings[0].value


def _query(facts: Facts, expr: n.Expr) -> n.Expr:
    """The query behind a list of its rows."""
    match expr:
        case n.Call(func=n.Name(), args=[inner]) if facts.inference.callee(expr) in ("builtins.list", "builtins.tuple"):
            return _query(facts, inner)
        case n.Call(func=n.Attribute(value=inner, attr="all"), args=[]) if (found := rows(facts, inner)) is not None:
            return inner if found.library == "sqlalchemy" else expr
    return expr


def _fix(facts: Facts, call: n.Call, counted: n.Expr) -> Fix | None:
    found = rows(facts, counted)
    if found is None or list(found.called("scalars", "execute", "exec")):
        return None  # It takes another statement to count these.
    draft = Draft(facts)
    draft.replace(call, f"{facts.source(_query(facts, counted))}.count()")
    return draft.fix("verify", "Let the database count", "The model's manager may give something else than a query.")
