"""A bookshop on Django, with a database in memory, for the examples of rules on databases."""

from __future__ import annotations

import django
from django.conf import settings
from django.db import connection

settings.configure(
    INSTALLED_APPS=["shop"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from shop.models import Author, Book, Sale, Tag  # noqa: E402

with connection.schema_editor() as editor:
    for model in (Author, Tag, Book, Sale):
        editor.create_model(model)

authors = Author.objects.bulk_create(Author(name=f"Author {number}") for number in range(10))
books = Book.objects.bulk_create(
    Book(title=f"Book {number}", year=1980 + number, author=authors[number % 10]) for number in range(40)
)
Tag.objects.bulk_create(Tag(word=word) for word in ("new", "used", "signed"))
for book in books[::2]:
    book.tags.add(*Tag.objects.all())
Sale.objects.bulk_create(Sale(book=books[number % 40], amount=number % 97) for number in range(20_000))
