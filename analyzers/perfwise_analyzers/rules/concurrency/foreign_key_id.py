"""A related row is fetched for its key, which the row at hand has.

# What it costs

`book.author.id` fetches the author from the database: a query, unless the author was fetched before.

# The cheaper form

`book.author_id` is a column of the book.

# When it does not pay

Where the related row is used for more than its key, or was fetched with the row.

# Fix safety

To be verified: for an empty foreign key the column is None, where asking None for its key raises.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.queries import Rows, declaration, is_set, manager, row_of, rows
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

_MODEL = """\
from django.db import models
from shop.models import Author


class Novel(models.Model):
    title = models.CharField(max_length=80)
    author = models.ForeignKey(Author, models.CASCADE)

    class Meta:
        app_label = "shop"
        db_table = "shop_book"
"""

rule = Rule(
    code="PW809",
    name="foreign-key-id",
    summary="A related row is fetched for its key, which the row at hand has.",
    triggers=(".id", ".pk"),
    severity="hint",
    unit="queries",
    bad=(
        Bad(
            code=f"""\
{_MODEL}

def by_author():
    found = {{}}
    for novel in Novel.objects.all():
        found.setdefault(novel.author.id, []).append(novel.title)
    return found
""",
            better=f"""\
{_MODEL}

def by_author():
    found = {{}}
    for novel in Novel.objects.all():
        found.setdefault(novel.author_id, []).append(novel.title)
    return found
""",
            call="by_author()",
            level="verify",
        ),
        Bad(
            code=f"""\
{_MODEL}
    def shelf(self):
        return self.author.pk % 10


def shelves():
    return [novel.shelf() for novel in Novel.objects.all()]
""",
            better=f"""\
{_MODEL}
    def shelf(self):
        return self.author_id % 10


def shelves():
    return [novel.shelf() for novel in Novel.objects.all()]
""",
            call="shelves()",
            level="verify",
        ),
    ),
    good=(
        Good(
            f"{_MODEL}\n\ndef f():\n    return [novel.author_id for novel in Novel.objects.all()]\n",
            "The column is asked.",
        ),
        Good(
            f"{_MODEL}\n\ndef f():\n    return [novel.author.id for novel in Novel.objects.select_related('author')]\n",
            "The authors are fetched with the books.",
        ),
        Good(
            f"{_MODEL}\n    def shelf(self):\n        return self.author.name, self.author.id\n",
            "The author is asked for more than the key.",
        ),
        Good(
            "def f():\n    return [user.profile.id for user in User.objects.all()]\n",
            "Whether the profile has the key of the user, or the user that of the profile, is not seen.",
        ),
        Good(
            "from django.db import models\n\nclass Book(models.Model):\n    author = models.ForeignKey('Author', models.CASCADE, to_field='name')\n\n"
            "    def key(self):\n        return self.author.id\n",
            "The column holds something else than the author's key.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for key in facts.structure.all(n.Attribute):
        match key:
            case n.Attribute(value=n.Attribute(value=n.Name() as row, attr=field) as related, attr=("id" | "pk")):
                pass
            case _:
                continue
        if is_set(facts, key) or not _is_foreign_key(facts, row, related) or _is_used_otherwise(facts, row, related):
            continue
        column = f"{row.id}.{field}_id"
        draft = Draft(facts)
        draft.replace(key, column)
        reason = "For an empty foreign key it is None, where an exception was raised."
        fix = draft.fix("verify", f"Read `{column}`", reason)
        message = f"`{facts.source(key)}` fetches the related row for its key: `{column}` is at hand"
        yield facts.finding(rule, key, message, fix=fix)


def _is_foreign_key(facts: Facts, row: n.Name, related: n.Attribute) -> bool:
    """Whether a row's class declares the foreign key here, and the row comes without what it leads to."""
    if facts.type_of(related).name == "foreign key":
        return True
    source = row_of(facts, row)
    found = source[0] if source is not None else _one(facts, row)
    if found is None or found.library != "django":
        return False
    own = declaration(facts, found.model, related.attr)
    fetched = list(found.called("select_related", "prefetch_related", "only", "defer"))
    return own is not None and own.type.name == "foreign key" and not fetched


def _one(facts: Facts, row: n.Name) -> Rows | None:
    """The query that gives a single row: `Book.objects.get(...)`."""
    bindings = facts.inference.bindings(row) or []
    match bindings[0].value if len(bindings) == 1 and bindings[0].kind == "assign" else None:
        case n.Call(func=n.Attribute(value=query, attr=("get" | "first" | "last"))):
            model = manager(facts, query)
            return rows(facts, query) if model is None else Rows("django", model)
    return None


def _is_used_otherwise(facts: Facts, row: n.Name, related: n.Attribute) -> bool:
    """Whether the function asks for more of the related row, so that it is fetched in any case."""
    scope = facts.place(row).scope
    for use in scope.uses.get(row.id, ()):
        around = facts.structure.parent.get(use)
        if isinstance(around, n.Attribute) and around.attr == related.attr:
            asked = facts.structure.parent.get(around)
            if not isinstance(asked, n.Attribute) or asked.attr not in ("id", "pk"):
                return True
    return False
