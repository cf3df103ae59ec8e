"""Calls in docstrings, with the lines before them that they need."""

from __future__ import annotations

import collections
import textwrap

from perfwise_server.driving.callables import Function, find, parse
from perfwise_server.driving.doctests import documented_calls, documented_values

SOURCE = textwrap.dedent('''
    class Shelf:
        """
        >>> first = Shelf()
        >>> first.put('a')
        >>> first.labels['a'] = 1
        >>> first.put('b', times=2)
        >>> first.size
        """
        def __init__(self):
            self.items, self.labels = [], {}

        def put(self, item, times=1):
            self.items += [item] * times

        @property
        def size(self):
            return len(self.items)

    def longest(shelf, words):
        """
        >>> import collections as c
        >>> n = 3
        >>> shelf = Shelf()
        >>> shelf.put('x', n)
        >>> other = Shelf()
        >>> words = c.deque(['a'])
        >>> longest(shelf, words)
        >>> for each in 'ab':
        ...     words.append(each)
        >>> longest(shelf, words)
        >>> shelf = Shelf()
        >>> longest(shelf, [])
        >>> longest(unheard_of, [])
        """
''')


def calls(name: str) -> list[str]:
    function = find(parse(SOURCE), name)
    assert isinstance(function, Function)
    return documented_calls(function)


def space() -> dict[str, object]:
    found: dict[str, object] = {}
    exec(SOURCE, found)
    return found


def test_what_a_call_needs_is_made_before_it() -> None:
    first, second = calls("longest")
    assert "other" not in first
    assert "unheard_of" not in first + second
    arguments = eval(f"(lambda: {first.replace('longest', 'list', 1).replace('list(', '(', 1)})()", space())
    shelf, words = arguments
    assert vars(shelf)["items"] == ["x", "x", "x"]
    assert words == collections.deque(["a"])
    # After the loop nobody knows what the words are; the new shelf needs nothing of the old one.
    assert second.count("Shelf()") == 1
    assert ".put(" not in second


def test_methods_and_properties_of_what_was_made() -> None:
    last = calls("Shelf.put")[-1]
    made = space()
    assert last.startswith("Shelf.put(")
    eval(f"(lambda: {last})()", made)
    (size,) = calls("Shelf.size")
    assert size.startswith("Shelf.size.fget(")
    assert eval(f"(lambda: {size})()", made) == 3


def test_an_object_of_another_class_is_no_receiver() -> None:
    source = (
        SOURCE + "\nclass Other:\n    '''\n    >>> one = Shelf()\n    >>> one.put(1)\n    '''\n    def put(self): ...\n"
    )
    function = find(parse(source), "Other.put")
    assert function is not None
    made: dict[str, object] = {}
    exec(source, made)
    for call in documented_calls(function):
        try:
            eval(f"(lambda: {call})()", made)
        except StopIteration:
            continue
        raise AssertionError(call)


def test_objects_by_name() -> None:
    found = documented_values(parse(SOURCE))
    assert set(found) == {"first", "other", "shelf"}
    assert all(type(eval(f"(lambda: {text})()", space())).__name__ == "Shelf" for text in found["first"])
