"""A loop over rows of a database asks for something related to each of them.

# What it costs

One query for the rows, and one more for each row: N + 1. Each is sent to the database and waited for, which takes a
millisecond or more over a network, however little comes back.

# The cheaper form

Fetch what is related with the rows: in Django `select_related("author")` for another row, by a join, and
`prefetch_related("tags")` for many, by one more query; in SQLAlchemy `.options(selectinload(Book.author))`.

# When it does not pay

Where most rows turn out not to be asked, or the related rows are few and large.

# Fix safety

To be verified: the rows come by another query, and what is related is read when the loop begins, not in each round.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.queries import Rows, declaration, is_set, row_of
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW805",
    name="n-plus-one",
    summary="A loop over rows of a database asks for what is related to each of them.",
    triggers=("objects", "_set", "query", "select("),
    unit="queries",
    bad=(
        Bad(
            code="""\
from shop.models import Book


def bylines():
    lines = []
    for book in Book.objects.filter(year__lt=2020):
        lines.append(f"{book.title} by {book.author.name}")
    return lines
""",
            better="""\
from shop.models import Book


def bylines():
    lines = []
    for book in Book.objects.filter(year__lt=2020).select_related("author"):
        lines.append(f"{book.title} by {book.author.name}")
    return lines
""",
            call="bylines()",
            level="verify",
        ),
        Bad(
            code="""\
from shop.models import Book


def words():
    books = Book.objects.order_by("title")
    return [(book.title, [tag.word for tag in book.tags.all()]) for book in books]
""",
            better="""\
from shop.models import Book


def words():
    books = Book.objects.order_by("title").prefetch_related("tags")
    return [(book.title, [tag.word for tag in book.tags.all()]) for book in books]
""",
            call="words()",
            level="verify",
        ),
        Bad(
            code="""\
from shop.models import Book


def described():
    lines = []
    for book in Book.objects.all():
        author = book.author
        lines.append(book.title + author.name)
    return lines
""",
            better="""\
from shop.models import Book


def described():
    lines = []
    for book in Book.objects.all().select_related("author"):
        author = book.author
        lines.append(book.title + author.name)
    return lines
""",
            call="described()",
            level="verify",
        ),
        Bad(
            code="""\
from ledger import Invoice, Session


def owed():
    with Session() as session:
        invoices = session.query(Invoice).filter(Invoice.amount > 10).all()
        return [(invoice.customer.name, invoice.amount) for invoice in invoices]
""",
            better="""\
from ledger import Invoice, Session
from sqlalchemy.orm import selectinload


def owed():
    with Session() as session:
        invoices = session.query(Invoice).filter(Invoice.amount > 10).options(selectinload(Invoice.customer)).all()
        return [(invoice.customer.name, invoice.amount) for invoice in invoices]
""",
            call="owed()",
            level="verify",
        ),
        Bad(
            code="""\
from ledger import Invoice, Session
from sqlalchemy import select


def owed():
    lines = []
    with Session() as session:
        for number, invoice in enumerate(session.scalars(select(Invoice).limit(50))):
            lines.append((number, invoice.customer.name))
    return lines
""",
            better="""\
from ledger import Invoice, Session
from sqlalchemy import select
from sqlalchemy.orm import selectinload


def owed():
    lines = []
    with Session() as session:
        for number, invoice in enumerate(session.scalars(select(Invoice).limit(50).options(selectinload(Invoice.customer)))):
            lines.append((number, invoice.customer.name))
    return lines
""",
            call="owed()",
            level="verify",
        ),
        Bad(
            code="""\
from django.db import models
from shop.models import Author


class Novel(models.Model):
    title = models.CharField(max_length=80)
    writer = models.ForeignKey(Author, models.CASCADE, db_column="author_id")

    class Meta:
        app_label = "shop"
        db_table = "shop_book"


def writers():
    return [novel.writer.pk % 7 * len(novel.writer.name) for novel in Novel.objects.all()]
""",
            better="""\
from django.db import models
from shop.models import Author


class Novel(models.Model):
    title = models.CharField(max_length=80)
    writer = models.ForeignKey(Author, models.CASCADE, db_column="author_id")

    class Meta:
        app_label = "shop"
        db_table = "shop_book"


def writers():
    return [novel.writer.pk % 7 * len(novel.writer.name) for novel in Novel.objects.all().select_related("writer")]
""",
            call="writers()",
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f():\n    for book in Book.objects.select_related('author'):\n        print(book.author.name)\n",
            "The authors are fetched with the books.",
        ),
        Good(
            "def f():\n    for book in Book.objects.prefetch_related('author__country'):\n        print(book.author.name)\n",
            "The authors are fetched on the way to their countries.",
        ),
        Good(
            "def f():\n    for book in Book.objects.with_details():\n        print(book.author.name)\n",
            "What a method of the manager fetches is not seen.",
        ),
        Good(
            "def f(books):\n    for book in books:\n        print(book.author.name)\n",
            "Where the books come from is not seen.",
        ),
        Good(
            "def f():\n    for book in Book.objects.all():\n        print(book.title.upper(), book.published.year, book.cover_image.name)\n",
            "A text, a date and a file are columns.",
        ),
        Good(
            "def f():\n    for book in Book.objects.all():\n        book.author.name = 'x'\n        return book.author.name\n",
            "Only the first book is asked.",
        ),
        Good(
            "def f():\n    for name in Book.objects.values_list('author__name', flat=True):\n        print(name)\n",
            "The names are fetched, not the rows.",
        ),
        Good(
            "def f(session):\n    for order in session.query(Order).options(joinedload(Order.customer)):\n        print(order.customer.name)\n",
            "The customers are fetched with the orders.",
        ),
        Good(
            "def f(author):\n    for book in author.book_set.filter(sold=True):\n        print(book.author.name)\n",
            "The books of an author know it.",
        ),
        Good(
            "def f(order):\n    for line in order.line_set.all():\n        print(line.product.name)\n",
            "The lines may have been fetched with the order, and the products with them.",
        ),
        Good(
            "def f():\n    for book in Book.objects.all():\n        print(book.cover.url, book.price.amount, book.language.code)\n",
            "What has such parts is mostly a column.",
        ),
        Good(
            "def f(me):\n    for book in Book.objects.all():\n        book.author = me\n        print(book.author.name)\n",
            "The author is set in the loop.",
        ),
        Good(
            "from sqlalchemy.orm import Mapped, relationship\n\nclass Order(Base):\n    customer: Mapped['Customer'] = relationship(lazy='joined')\n\n"
            "def f(session):\n    for order in session.query(Order).all():\n        print(order.customer.name)\n",
            "The relationship says that it is always fetched.",
        ),
    ),
)

# What dates, files, choices, numbers and places have, which are columns themselves.
_PARTS = frozenset(
    {
        *(
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "microsecond",
            "tzinfo",
            "days",
            "seconds",
            "zone",
            "key",
        ),
        *("url", "path", "size", "file", "width", "height", "value", "label", "real", "imag", "amount", "currency"),
        *("x", "y", "coords", "srid", "lower", "upper", "start", "end", "stop", "raw", "html", "rendered", "objects"),
        *("id", "pk", "columns", "stream_data", "raw_data", "as_e164", "national_number", "hex", "int", "DoesNotExist"),
    }
)
# Words of what has parts, and is no row.
_NO_ROWS = frozenset(
    {
        *(
            "file",
            "image",
            "avatar",
            "photo",
            "picture",
            "logo",
            "attachment",
            "document",
            "icon",
            "thumbnail",
            "cover",
        ),
        *("upload", "media", "banner", "status", "state", "type", "kind", "level", "role", "priority", "meta", "class"),
        *("module", "field", "fields", "timezone", "tz", "settings", "config", "options", "data", "info", "cache"),
        *(
            "price",
            "body",
            "content",
            "specific",
            "objects",
            "context",
            "stats",
            "metrics",
            "metadata",
            "params",
            "json",
        ),
        *("country", "language", "locale", "currency", "phone", "money", "location", "point", "geometry", "period"),
    }
)
# Methods of rows that have a name of their own.
_METHODS = frozenset({"get_full_name", "get_short_name", "get_username", "get_absolute_url", "get_display_name"})
_SURE = frozenset({"name", "title", "username", "email", "slug", "first_name", "last_name"}) | _METHODS
_RELATIONS = frozenset({"foreign key", "many to many", "relationship"})
_MANAGED = (["all"], ["count"], ["exists"])


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    asked: dict[tuple[Loop, str], tuple[n.Attribute, Rows, bool]] = {}
    for attribute in facts.structure.all(n.Attribute):
        if not isinstance(attribute.value, n.Name):
            continue
        row = row_of(facts, attribute.value)
        if row is None:
            continue
        found, loop = row
        path, many = _relation(facts, attribute, found)
        if path and (loop, path) not in asked and _is_asked(facts, attribute, found, loop, path):
            asked[loop, path] = attribute, found, many
    for (loop, path), (attribute, found, many) in asked.items():
        if any(other is loop and longer.startswith(f"{path}__") for other, longer in asked):
            continue  # It is fetched on the way to what is further away.
        related = f"{facts.source(attribute.value)}.{path.replace('__', '.')}"
        rounds = facts.cost([loop])
        remedy = _remedy(found, path, many)
        message = f"`{related}` is one more query {facts.each_round([loop])}: `{remedy}` fetches all at once"
        yield facts.finding(rule, attribute, message, rounds, "1", _fix(facts, found, path, remedy, many))


def _relation(facts: Facts, attribute: n.Attribute, found: Rows) -> tuple[str, bool]:
    """What is related to the row, "author" or "author__country", and whether it is many rows; "" for a column."""
    chain, node = [attribute.attr], facts.structure.parent.get(attribute)
    end: n.Node = attribute
    while isinstance(node, n.Attribute):
        chain.append(node.attr)
        end, node = node, facts.structure.parent.get(node)
    call = node if isinstance(node, n.Call) and node.func is end else None
    own = declaration(facts, found.model, attribute.attr)
    kind = own.type.name if own is not None else ""
    if is_set(facts, end) or (own is not None and kind not in _RELATIONS):
        return "", False
    if found.library == "django" and chain[1:] in _MANAGED and call is not None:
        return (attribute.attr, True) if _is_of_all(facts, call, chain, kind) else ("", False)
    if kind in ("foreign key", "relationship"):
        is_key = kind == "foreign key" and chain[1:2] in (["id"], ["pk"])
        return ("", False) if is_key else (attribute.attr, kind == "relationship")
    if call is not None and chain[-1] not in _METHODS:
        return "", False
    if len(chain) == 1:
        return (attribute.attr, False) if _is_named_row(facts, attribute) else ("", False)
    related = chain[:-1]
    return ("__".join(related), False) if _is_related(related, chain[-1]) else ("", False)


def _is_related(related: list[str], last: str) -> bool:
    """Whether the attributes between a row and the last one lead over rows, as far as their names tell."""
    if last in _PARTS or last.startswith("_"):
        return False
    return not any(_NO_ROWS.intersection(part.lower().split("_")) or part.startswith("_") for part in related)


def _is_named_row(facts: Facts, attribute: n.Attribute) -> bool:
    """`author = book.author`, whose columns are read by this name."""
    match facts.structure.parent.get(attribute):
        case n.Assign(targets=[n.Name(id=name) as target], value=value) if value is attribute:
            uses = facts.place(target).scope.uses.get(name, ())
        case _:
            return False
    around = [facts.structure.parent.get(use) for use in uses]
    return any(
        isinstance(part, n.Attribute)
        and part.attr in _SURE
        and not isinstance(facts.structure.parent.get(part), n.Attribute)
        and _is_related([attribute.attr], part.attr)
        for part in around
    )


def _is_of_all(facts: Facts, call: n.Call, chain: list[str], kind: str) -> bool:
    """Whether a manager is asked for all its rows, and for no others: `.all().filter(...)` is a query in any case."""
    if call.args or call.keywords or isinstance(facts.structure.parent.get(call), n.Attribute):
        return False
    return chain[1] == "all" or chain[0].endswith("_set") or kind == "many to many"


def _is_asked(facts: Facts, attribute: n.Attribute, found: Rows, loop: Loop, path: str) -> bool:
    """Whether most rounds of the loop ask the database for it."""
    assert isinstance(attribute.value, n.Name)
    place = facts.place(attribute)
    if not loop.encloses(attribute) or facts.is_short(loop) or facts.runs_once(place, loop) or _is_fetched(found, path):
        return False
    first = path.split("__")[0]
    if found.model is None and _is_back(facts, found, first):
        return False
    return not any(
        isinstance(node, n.Attribute)
        and node.attr == first
        and facts.effects.same(node.value, attribute.value)
        and is_set(facts, node)
        for node in facts.effects.inside(loop)
    )


def _is_back(facts: Facts, found: Rows, first: str) -> bool:
    """Whether the relation leads back to the row whose rows these are, which they know."""
    match found.steps[0].func:
        case n.Attribute(value=n.Attribute(value=owner)):
            spoken = facts.source(owner).split(".")[-1].lower()
            if spoken == "self":
                spoken = facts.owner.split(".")[-1].lower()
            return first.replace("_", "") in spoken or spoken.replace("_", "") in first
    return True


def _is_fetched(found: Rows, path: str) -> bool:
    """Whether the query fetches the relation with the rows, or what it fetches is not seen."""
    if found.library == "sqlalchemy":
        for step in found.called("options"):
            for node in n.descendants(step):
                if isinstance(node, n.Attribute) and node.attr == path.split("__")[0]:
                    return True
                if isinstance(node, (n.Constant, n.Starred)):
                    return True
            if any(not isinstance(argument, n.Call) for argument in step.args):
                return True
        return False
    if list(found.called("only", "defer", "extra")):
        return True
    for step in found.called("select_related", "prefetch_related"):
        if not step.args:
            return True
        for argument in step.args:
            named = argument.args[0] if isinstance(argument, n.Call) and argument.args else argument
            match named:
                case n.Constant(kind="str", value=str(text)):
                    if f"{text}__".startswith(f"{path}__"):
                        return True
                case _:
                    return True
    return False


def _remedy(found: Rows, path: str, many: bool) -> str:
    if found.library == "django":
        return f'{"prefetch_related" if many else "select_related"}("{path}")'
    model = found.model.id if isinstance(found.model, n.Name) else "..."
    return f"selectinload({model}.{path.replace('__', '.')})"


def _fix(facts: Facts, found: Rows, path: str, remedy: str, many: bool) -> Fix | None:
    if found.fetch is None or "..." in remedy or (found.library == "sqlalchemy" and "__" in path):
        return None
    if many and list(found.called("iterator")):
        return None  # What is related to many rows is fetched for rows that are kept.
    draft = Draft(facts)
    if found.library == "sqlalchemy":
        load = draft.imported("sqlalchemy.orm", "selectinload")
        remedy = f"options({remedy.replace('selectinload', load, 1)})"
    draft.edit(found.fetch.end, found.fetch.end, f".{remedy}")
    reason = "The rows come by another query, and what is related is read when the loop begins."
    return draft.fix("verify", f"Fetch `{path.replace('__', '.')}` with the rows", reason)
