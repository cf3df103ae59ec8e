"""A loop writes rows to the database one by one.

# What it costs

One statement in each round, which is sent to the database and waited for.

# The cheaper form

Make the objects first, and write them together: `Book.objects.bulk_create(books)` for new rows and
`Book.objects.bulk_update(books, ["price"])` for changed ones; where all rows change alike, `query.update(price=...)`.

# When it does not pay

For a few rows, or where something must come about with each: `bulk_create` and `bulk_update` call no `save` method and
send no signals.

# Fix safety

To be verified: no `save` method is called and no signal is sent, and a row that fails leaves none of them written.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.queries import (
    declaration,
    goes_over_settings,
    is_rarely_run,
    is_set,
    manager,
    row_of,
)
from perfwise_analyzers.facts.relations import COLUMN, FOREIGN_KEY
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, is_tried, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW810",
    name="save-in-loop",
    summary="A loop writes rows to the database one by one.",
    triggers=(".create(", ".save(", ".acreate("),
    unit="queries",
    bad=(
        Bad(
            code="""\
from shop.models import Tag


def store(words):
    for word in words:
        Tag.objects.create(word=word.strip())
    return Tag.objects.count()
""",
            better="""\
from shop.models import Tag


def store(words):
    Tag.objects.bulk_create(Tag(word=word.strip()) for word in words)
    return Tag.objects.count()
""",
            call='store(["a word"] * 30)',
            level="verify",
        ),
        Bad(
            code="""\
from shop.models import Book


def shorten():
    for book in Book.objects.filter(year__gte=1985):
        book.title = book.title[:4] + str(book.year)
        book.save()
    return list(Book.objects.values_list("title", flat=True))
""",
            better="""\
from shop.models import Book


def shorten():
    books = list(Book.objects.filter(year__gte=1985))
    for book in books:
        book.title = book.title[:4] + str(book.year)
    Book.objects.bulk_update(books, ["title"])
    return list(Book.objects.values_list("title", flat=True))
""",
            call="shorten()",
            level="advice",
        ),
        Bad(
            code="""\
from shop.models import Sale


def note(sold):
    for book, amount in sold:
        if amount:
            Sale.objects.create(book_id=book, amount=amount)
    return Sale.objects.count()
""",
            better="""\
from shop.models import Sale


def note(sold):
    Sale.objects.bulk_create(Sale(book_id=book, amount=amount) for book, amount in sold if amount)
    return Sale.objects.count()
""",
            call="note([(1, 5), (2, 7)] * 15)",
            level="advice",
        ),
        Bad(
            code="""\
from shop.models import Tag


def store(words):
    for word in words:
        tag = Tag(word=word)
        tag.word = tag.word.strip()
        tag.save()
    return Tag.objects.count()
""",
            better="""\
from shop.models import Tag


def store(words):
    Tag.objects.bulk_create(Tag(word=word.strip()) for word in words)
    return Tag.objects.count()
""",
            call='store(["a word"] * 30)',
            level="advice",
        ),
        Bad(
            code="""\
from shop.models import Tag


def store(words):
    tags = [Tag.objects.create(word=word) for word in words]
    return [tag.word for tag in tags]
""",
            better="""\
from shop.models import Tag


def store(words):
    tags = Tag.objects.bulk_create(Tag(word=word) for word in words)
    return [tag.word for tag in tags]
""",
            call='store(["a word"] * 30)',
            level="advice",
        ),
    ),
    good=(
        Good(
            "from shop.forms import BookForm\n\ndef f(rows):\n    for row in rows:\n        form = BookForm(data=row)\n        form.save()\n",
            "A form is no row.",
        ),
        Good(
            "def f(words):\n    Tag.objects.bulk_create(Tag(word=word) for word in words)\n",
            "All rows are written together.",
        ),
        Good(
            "def f(words):\n    for word in words:\n        tag = Tag.objects.create(word=word)\n        tag.books.add(1)\n",
            "The row is used as soon as it is written.",
        ),
        Good(
            "def f(words):\n    for word in words:\n        try:\n            Tag.objects.create(word=word)\n        except IntegrityError:\n            print(word)\n",
            "A row that fails is told of.",
        ),
        Good(
            "def f(forms):\n    for form in forms:\n        form.save()\n",
            "It is not seen that these are rows.",
        ),
        Good(
            "def f():\n    for book in Book.objects.all():\n        book.save()\n",
            "Nothing is changed: it is for what saving brings about.",
        ),
        Good(
            "from django.db import models\n\nclass Tag(models.Model):\n    def save(self, *args, **kwargs):\n        super().save(*args, **kwargs)\n\n"
            "def f(words):\n    for word in words:\n        Tag.objects.create(word=word)\n",
            "The model has a `save` of its own.",
        ),
        Good(
            "def f():\n    for book in Book.objects.all():\n        book.title = 'x'\n        book.save()\n        book.announce()\n",
            "The row is used as soon as it is written.",
        ),
        Good(
            "def f():\n    for book in Book.objects.all():\n        book.pk = None\n        book.save()\n",
            "The rows are copied.",
        ),
        Good(
            "def f():\n    for word in ('new', 'used'):\n        Tag.objects.create(word=word)\n",
            "There are two rows.",
        ),
        Good(
            "def f():\n    for book in Book.objects.all():\n        with transaction.atomic():\n            book.title = 'x'\n            book.save()\n",
            "Each row is written in a transaction of its own.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        match call:
            case n.Call(func=n.Attribute(value=made, attr=("create" | "acreate")), args=[]):
                model, remedy = manager(facts, made), "bulk_create"
            case n.Call(func=n.Attribute(value=row, attr="save"), args=[], keywords=[]) if made_ := _made(facts, row):
                model, remedy = made_, "bulk_create"
            case n.Call(func=n.Attribute(value=n.Name() as row, attr="save"), args=[]):
                model, remedy = _changed(facts, call, row), "bulk_update"
            case _:
                continue
        loop = _loop(facts, call) if model is not None else None
        if model is None or loop is None or declaration(facts, model, "save") is not None:
            continue
        message = (
            f"Rows of `{facts.source(model)}` are written by one query {facts.each_round([loop])}: `{remedy}` writes "
            "them together"
        )
        yield facts.finding(rule, call, message, facts.cost([loop]), "1", _fix(facts, call, model, loop))


def _made(facts: Facts, row: n.Expr) -> n.Expr | None:
    """The model of an object that is made in the loop, written, and left alone."""
    made: n.Node | None = row
    if isinstance(row, n.Name):
        bindings = facts.inference.bindings(row) or []
        if len(bindings) != 1 or bindings[0].place.loop is not facts.place(row).loop:
            return None
        made = bindings[0].value if facts.place(row).scope.uses[row.id][-1] is row else None
    if not isinstance(made, n.Call) or made.args or is_rarely_run(facts, made):
        return None
    is_known = any(keyword.arg in ("id", "pk") for keyword in made.keywords)  # It may be written already.
    is_model = ".models." in facts.inference.origin(made.func) or any(
        (own := declaration(facts, made.func, keyword.arg or "")) is not None and own.type in (COLUMN, FOREIGN_KEY)
        for keyword in made.keywords
    )
    return made.func if is_model and not is_known else None


def _changed(facts: Facts, call: n.Call, row: n.Name) -> n.Expr | None:
    """The model of a row that a loop over a query gives, and changes, and leaves when it has been saved."""
    source = row_of(facts, row)
    if source is None or source[0].library != "django" or source[0].model is None:
        return None
    found, loop = source
    if list(found.called("select_for_update", "iterator")):
        return None
    changed: set[str] = set()
    for node in facts.effects.inside(loop):
        if isinstance(node, n.Name) and node.id == row.id and node.start > call.end:
            return None
        if isinstance(node, n.Attribute) and facts.effects.same(node.value, row) and is_set(facts, node):
            changed.add(node.attr)
    is_copy = bool(changed & {"pk", "id"}) or any(keyword.arg == "force_insert" for keyword in call.keywords)
    return found.model if changed and not is_copy else None


def _loop(facts: Facts, call: n.Call) -> Loop | None:
    """The loop that writes a row in its rounds and does nothing with it afterwards."""
    place = facts.place(call)
    loop = place.loop
    if (
        loop is None
        or loop.kind not in ("for", "comprehension")
        or facts.is_short(loop)
        or goes_over_settings(facts, loop)
    ):
        return None
    if facts.runs_once(place, loop) or is_tried(facts, call) or not _is_left(facts, call):
        return None
    for around in facts.structure.ancestors(call):
        if around is loop.node:
            break
        if isinstance(around, n.With):
            return None
    first = loop.iter
    return None if isinstance(first, n.Call) and facts.inference.callee(first) == "builtins.range" else loop


def _is_create(call: n.Call) -> bool:
    return isinstance(call.func, n.Attribute) and call.func.attr == "create"


def _is_left(facts: Facts, call: n.Call) -> bool:
    """Whether what a call gives is dropped, or put into a list."""
    around = facts.structure.parent.get(call)
    match facts.structure.parent.get(around) if isinstance(around, n.Await) else around:
        case n.ExprStmt():
            return True
        case n.Call(func=n.Attribute(attr="append"), args=[given]) as put if given is call:
            return isinstance(facts.structure.parent.get(put), n.ExprStmt)
        case n.Comprehension(kind="list", element=element):
            return element is call
    return False


def _fix(facts: Facts, call: n.Call, model: n.Expr, loop: Loop) -> Fix | None:
    """The loop as one call, where it does nothing else."""
    match loop.node:
        case n.For(target=target, iter=iterated, body=[n.ExprStmt(value=value)], orelse=[], is_async=False):
            if value is not call or isinstance(iterated, n.Tuple) or not _is_create(call):
                return None
        case _:
            return None
    if any(used_after(facts, name, loop.stmt) for name in facts.effects.names_in(target)):
        return None
    draft = Draft(facts)
    assert isinstance(call.func, n.Attribute)
    given = facts.text[call.func.end : call.end]
    written = f"{facts.source(call.func.value)}.bulk_create({facts.source(model)}{given}"
    draft.replace(loop.node, f"{written} for {facts.source(target)} in {facts.source(iterated)})")
    reason = "No `save` method is called and no signal is sent, and a row that fails leaves none of them written."
    return draft.fix("verify", "Write the rows together", reason)
