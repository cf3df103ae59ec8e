"""A bookshop on Django, with a database in memory, for the examples of rules on databases.

Two versions of an example that import it afresh share the one database that a process has.
"""

from __future__ import annotations

import django
from django.conf import settings
from django.db import connection

SALES = """
    WITH RECURSIVE numbers(number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM numbers LIMIT %s)
    INSERT INTO shop_sale (book_id, amount) SELECT 1 + number %% 40, number %% 97 FROM numbers
"""


def fill() -> None:
    """Effect: makes the tables with their rows."""
    from shop.models import Author, Book, Sale, Tag

    with connection.schema_editor() as editor:
        for model in (Author, Tag, Book, Sale):
            editor.create_model(model)
    authors = Author.objects.bulk_create(Author(name=f"Author {number}") for number in range(10))
    books = Book.objects.bulk_create(
        Book(title=f"Book {number}", year=1980 + number, author=authors[number % 10]) for number in range(40)
    )
    tags = Tag.objects.bulk_create(Tag(word=word) for word in ("new", "used", "signed"))
    for book in books[::2]:
        book.tags.add(*tags)
    with connection.cursor() as cursor:
        cursor.execute(SALES, [20_000])


if not settings.configured:
    settings.configure(
        INSTALLED_APPS=["shop"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    fill()
