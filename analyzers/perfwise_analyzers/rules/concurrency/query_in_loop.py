"""A loop asks the database for one row after the other.

# What it costs

One query in each round, which takes a millisecond or more over a network, however little comes back.

# The cheaper form

Ask once, before the loop, for all rows that the loop needs: `Book.objects.in_bulk(ids)` gives a dict by key, and
`Book.objects.filter(isbn__in=isbns)` goes by any other column; in SQLAlchemy `select(Book).where(Book.isbn.in_(isbns))`.

# When it does not pay

For a few rounds, or when most rounds do not come to the query. A database takes some thousand values in one query at
most: ask for more in parts.

# Fix safety

Advice only: rows that are missing are missed at another place, and what the loop changes is not seen by the one query.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.queries import goes_over_settings, is_model, is_rarely_run, is_session, manager, rows
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW806",
    name="query-in-loop",
    summary="A loop asks the database for one row after the other.",
    triggers=("objects", "session", "get_object_or_404", ".query"),
    unit="queries",
    bad=(
        Bad(
            code="""\
from shop.models import Book


def titles(ids):
    found = []
    for number in ids:
        book = Book.objects.get(pk=number)
        found.append(book.title)
    return found
""",
            better="""\
from shop.models import Book


def titles(ids):
    books = Book.objects.in_bulk(ids)
    return [books[number].title for number in ids]
""",
            call="titles(range(1, 31))",
            level="advice",
        ),
        Bad(
            code="""\
from shop.models import Book


def missing(titles):
    return [title for title in titles if not Book.objects.filter(title=title.strip()).exists()]
""",
            better="""\
from shop.models import Book


def missing(titles):
    known = set(Book.objects.filter(title__in=[title.strip() for title in titles]).values_list("title", flat=True))
    return [title for title in titles if title.strip() not in known]
""",
            call='missing([f"Book {number}" for number in range(30, 60)])',
            level="advice",
        ),
        Bad(
            code="""\
from shop.models import Author, Book


def shelves():
    for author in Author.objects.all():
        for book in Book.objects.filter(author=author).order_by("title"):
            yield author.name, book.title


def shown():
    return list(shelves())
""",
            better="""\
from collections import defaultdict

from shop.models import Author, Book


def shelves():
    books = defaultdict(list)
    for book in Book.objects.order_by("title"):
        books[book.author_id].append(book)
    for author in Author.objects.all():
        for book in books[author.id]:
            yield author.name, book.title


def shown():
    return list(shelves())
""",
            call="shown()",
            level="advice",
        ),
        Bad(
            code="""\
from ledger import Customer, Session


def named(rows):
    found = []
    with Session() as session:
        for row in rows:
            customer = session.query(Customer).filter(Customer.id == row["customer"]).first()
            found.append(customer.name)
    return found
""",
            better="""\
from ledger import Customer, Session


def named(rows):
    with Session() as session:
        asked = session.query(Customer).filter(Customer.id.in_({row["customer"] for row in rows}))
        names = {customer.id: customer.name for customer in asked}
    return [names[row["customer"]] for row in rows]
""",
            call='named([{"customer": number} for number in range(1, 31)])',
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(ids):\n    books = Book.objects.in_bulk(ids)\n    return [books[i].title for i in ids]\n",
            "All books come by one query.",
        ),
        Good(
            "def f(batches):\n    for ids in batches:\n        for book in Book.objects.filter(id__in=ids):\n            print(book)\n",
            "Many rows come by each query.",
        ),
        Good(
            "def f(slug):\n    number = 1\n    while Book.objects.filter(slug=slug).exists():\n        number += 1\n        slug = f'{slug}-{number}'\n",
            "Whether there is another round depends on the answer.",
        ),
        Good(
            "def f(rows):\n    for row in rows:\n        if not Book.objects.filter(isbn=row.isbn).exists():\n            Book.objects.create(isbn=row.isbn)\n",
            "The loop makes the rows that it looks for.",
        ),
        Good(
            "def f(rows):\n    for row in rows:\n        book, _ = Book.objects.get_or_create(isbn=row.isbn, title=row.title)\n",
            "Rows are made.",
        ),
        Good(
            "def f(days):\n    for day in days:\n        print(Book.objects.filter(sold__gte=day, sold__lt=day.next()).count())\n",
            "No list of values says which rows each round needs.",
        ),
        Good(
            "def f(names):\n    for name in names:\n        book = Book.objects.get(title=name)\n        return book\n",
            "The loop ends with it.",
        ),
        Good(
            "def f():\n    for kind in ('novel', 'poem'):\n        print(Book.objects.filter(kind=kind).count())\n",
            "There are two rounds.",
        ),
        Good(
            "def f(ids):\n    for i in ids:\n        book = Book.objects.get(pk=i)\n        book.delete()\n",
            "What is deleted may take other rows with it.",
        ),
        Good(
            "def f(books):\n    for book in books:\n        book = Book.objects.get(pk=book.pk)\n        book.move()\n",
            "Each row is read again after others were moved.",
        ),
        Good(
            "def test_titles(ids):\n    for i in ids:\n        assert Book.objects.get(pk=i).title\n",
            "It is a test.",
        ),
        Good(
            "def f(urls, session):\n    for url in urls:\n        session.get(url)\n",
            "That session is one of requests.",
        ),
    ),
)

_ASKING = frozenset(
    {
        *("get", "first", "last", "exists", "count", "one", "one_or_none", "scalar", "scalar_one", "delete"),
        *("aget", "afirst", "alast", "aexists", "acount"),
    }
)
_NARROWING = frozenset({"filter", "filter_by", "get", "aget"})
_LOOKUPS = frozenset(
    {
        *(
            "gt",
            "gte",
            "lt",
            "lte",
            "in",
            "range",
            "isnull",
            "iexact",
            "contains",
            "icontains",
            "startswith",
            "istartswith",
        ),
        *(
            "endswith",
            "iendswith",
            "regex",
            "iregex",
            "search",
            "date",
            "year",
            "month",
            "day",
            "time",
            "hour",
            "overlap",
        ),
    }
)
_MAKING = frozenset({"create", "get_or_create", "update_or_create", "bulk_create", "add", "add_all", "merge"})
_PLAIN = frozenset({"strip", "lower", "upper", "get", "title", "removeprefix", "removesuffix"})
_CONVERTING = frozenset({"builtins.int", "builtins.str", "uuid.UUID"})
_BATCHES = ("batch", "chunk", "page", "block", "slice")


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[tuple[int, int]] = set()
    for call in facts.structure.all(n.Call):
        asked = _asked(facts, call)
        if asked is None or (call.start, call.end) in told or is_rarely_run(facts, call):
            continue
        model, keys = asked
        loops = _loops(facts, call, keys)
        if not loops or _changes(facts, call, model, loops[0]) or _is_read_again(facts, call, keys):
            continue
        told.add((call.start, call.end))
        message = f"One query for `{facts.source(model)}` is made {facts.each_round(loops)}: one before the loop can do for all"
        yield facts.finding(rule, call, message, facts.cost(loops), "1")


def _asked(facts: Facts, call: n.Call) -> tuple[n.Expr, list[tuple[str, n.Expr]]] | None:
    """The model that a call asks the database for, and the columns with the values that its rows must have."""
    match call:
        case n.Call(args=[model], keywords=[n.Keyword(arg=str(column), value=value)]) if facts.inference.callee(
            call
        ) == "django.shortcuts.get_object_or_404" and is_model(facts, model):
            return model, [(column, value)]
        case n.Call(func=n.Attribute(value=session, attr="get"), args=[model, value]) if is_session(
            session
        ) and is_model(facts, model):
            return model, [("id", value)]
        case n.Call(func=n.Attribute(value=query, attr=method)):
            pass
        case _:
            return None
    iterated = isinstance(facts.structure.parent.get(call), (n.For, n.Generator)) and not isinstance(query, n.Name)
    if method not in _ASKING and not iterated:
        return None
    if method == "delete" and not isinstance(facts.structure.parent.get(call), n.ExprStmt):
        return None
    keys = _keys(call) if method in _NARROWING else []
    found = rows(facts, call) if iterated and method not in _ASKING else rows(facts, query)
    own = manager(facts, query)
    if found is None:
        return (own, keys) if own is not None and keys else None
    if found.model is None or keys is None or list(found.called("select_for_update", "with_for_update")):
        return None
    steps = found.steps
    for step in steps:
        if isinstance(step.func, n.Attribute) and step.func.attr in ("filter", "filter_by", "exclude", "where"):
            more = _keys(step)
            if more is None or step.func.attr == "exclude":
                return None
            keys = keys + (more if step is not call else [])
    if iterated and method in _NARROWING:
        keys = [(column, value) for step in steps for column, value in _keys(step) or []]
    return found.model, keys


def _keys(call: n.Call) -> list[tuple[str, n.Expr]] | None:
    """The columns and values a step asks for: `isbn=value`, `Book.isbn == value`; None where it asks something else."""
    keys: list[tuple[str, n.Expr]] = []
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg.split("__")[-1] in _LOOKUPS:
            return None
        keys.append((keyword.arg, keyword.value))
    for argument in call.args:
        match argument:
            case n.Compare(left=n.Attribute(attr=column), ops=["=="], comparators=[value]):
                keys.append((column, value))
            case _:
                return None
    return keys


def _loops(facts: Facts, call: n.Call, keys: list[tuple[str, n.Expr]]) -> list[Loop]:
    """The loop whose rounds differ in one value that is at hand before it begins."""
    place = facts.place(call)
    loop = place.loop
    parent = facts.structure.parent.get(call)
    if isinstance(parent, n.Generator) and loop is not None and loop.node is parent:
        loop = loop.parent
    if loop is None or loop.kind not in ("for", "comprehension") or loop.iter is None or loop.target is None:
        return []
    if facts.is_short(loop) or facts.runs_once(place, loop) or _is_few(facts, loop):
        return []
    varying = [value for _, value in keys if facts.varies(value, loop)]
    if len(varying) != 1 or not _is_at_hand(facts, varying[0], loop, 3):
        return []
    return [loop]


def _is_few(facts: Facts, loop: Loop) -> bool:
    """Whether a loop goes over parts of many rows, or over what a program's settings list."""
    assert loop.iter is not None
    assert loop.target is not None
    spoken = f"{facts.source(loop.target)} {facts.source(loop.iter)}".lower()
    return any(word in spoken for word in _BATCHES) or goes_over_settings(facts, loop)


def _is_at_hand(facts: Facts, value: n.Expr, loop: Loop, depth: int) -> bool:
    """Whether a value is drawn from the loop's item alone, by nothing that takes effect."""
    assert loop.target is not None
    items = facts.effects.names_in(loop.target)
    match value:
        case n.Name(id=name):
            if name in items:
                return True
            bindings = facts.inference.bindings(value) or []
            return (
                depth > 0
                and len(bindings) == 1
                and bindings[0].kind == "assign"
                and isinstance(bindings[0].value, n.Expr)
                and _is_at_hand(facts, bindings[0].value, loop, depth - 1)
            )
        case n.Attribute(value=inner):
            return _is_at_hand(facts, inner, loop, depth)
        case n.Subscript(value=inner, index=index):
            return _is_at_hand(facts, inner, loop, depth) and not facts.varies(index, loop)
        case n.Call(func=n.Attribute(value=inner, attr=method)) if method in _PLAIN:
            return _is_at_hand(facts, inner, loop, depth)
        case n.Call(args=[inner], keywords=[]) if facts.inference.callee(value) in _CONVERTING:
            return _is_at_hand(facts, inner, loop, depth)
    return False


def _is_read_again(facts: Facts, call: n.Call, keys: list[tuple[str, n.Expr]]) -> bool:
    """`book = Book.objects.get(id=book.id)` reads a row again, for what may have changed."""
    match facts.structure.parent.get(call):
        case n.Assign(targets=[n.Name(id=name)]):
            return any(name in facts.effects.names_in(value) for _, value in keys)
    return False


def _changes(facts: Facts, call: n.Call, model: n.Expr, loop: Loop) -> bool:
    """Whether the loop makes rows of the model or deletes rows, which later rounds must see."""
    name = facts.source(model)
    for node in facts.effects.inside(loop):
        match node:
            case n.Call(func=n.Attribute(attr=method)) if node is not call and method.startswith("delete"):
                return True
            case n.Call(func=n.Attribute(attr=method, value=receiver)) if method in _MAKING:
                if method in ("add", "add_all", "merge") and not is_session(receiver):
                    continue
                return True
            case n.Call(func=(n.Name() | n.Attribute()) as made) if facts.source(made) == name:
                return True
    return False
