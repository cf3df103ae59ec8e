"""What the worker must tell apart, and what it must not."""

from __future__ import annotations

import sys

import pytest

from perfwise_server.interpreter import converse
from perfwise_worker.compare import same
from perfwise_worker.portrait import Portrait, View
from perfwise_worker.protocol import Compare, Compared, Load


def compared(old: str, new: str, *calls: str) -> Compared:
    _, reply = converse(sys.executable, Load(old, new), Compare(calls))
    assert isinstance(reply, Compared), reply
    return reply


def function(body: str, parameters: str = "x") -> str:
    """A module with one function `f`; a body without statements is what it returns."""
    lines = body.splitlines() if "\n" in body or body.startswith(("yield", "raise", "print")) else [f"return {body}"]
    return "\n    ".join([f"def f({parameters}):", *lines]) + "\n"


# Call, old, new: what `f(x)` returns, or its body.
DIFFERENT = {
    "value": [
        ("f(3)", "x + 1", "x + 2"),
        ("f(0.0)", "x", "-x"),
        ("f([1, 2])", "x[0]", "x[1]"),
        ("f([1, 2])", "[*x]", "[*x, 3]"),
        ("f([1, 2])", "{*x}", "{*x, 3}"),
        ("f('a')", "{x: 1}", "{x: 2}"),
        ("f('a')", "{x: 1}", "{x: 1, 'b': 2}"),
        ("f(['ab'])", "x[0].encode()", "x[0].encode('utf-16')"),
        ("f(float('nan'))", "x", "0.0"),
        ("f([1e308])", "x[0] * 10", "x[0] * -10"),
        ("f(2)", "__import__('fractions').Fraction(1, x)", "__import__('fractions').Fraction(1, x + 1)"),
        ("f(2)", "__import__('re').compile('a' * x)", "__import__('re').compile('a')"),
        ("f(2)", "type('P', (), {})", "type('Q', (), {})"),
        ("f([3])", "x[0] > 2", "x[0] > 3"),
        ("f('aba')", "__import__('re').search('a', x)", "__import__('re').search('a', x[::-1], 1)"),
        ("f([float('nan'), 1.0])", "max(x)", "sorted(x)[-1]"),
        ("f('x\\n')", "__import__('re').search('x$', x) is not None", "x.endswith('x')"),
    ],
    "type": [
        ("f(1)", "x", "float(x)"),
        ("f(1)", "x", "bool(x)"),
        ("f([1])", "x[:]", "tuple(x)"),
        ("f([1])", "set(x)", "frozenset(x)"),
        ("f('abca')", "dict.fromkeys(x, 1)", "__import__('collections').Counter(dict.fromkeys(x, 1))"),
        ("f({1: 2})", "list(x.keys())", "x.keys()"),
        ("f(1)", "{x: 1}", "{x: True}"),
        ("f([[1]])", "[tuple(i) for i in x]", "[list(i) for i in x]"),
        ("f('a')", "None", "x"),
    ],
    "order": [
        ("f([3, 1, 2])", "[*x]", "sorted(x)"),
        ("f('ba')", "{c: 1 for c in x}", "{c: 1 for c in sorted(x)}"),
        ("f([[2], [1]])", "[[*i] for i in x]", "[[*i] for i in x[::-1]]"),
        ("f([('b', 1), ('a', 1)])", "sorted(x, key=lambda p: p[1])", "sorted(x)"),
        ("f([3, 1])", "iter([*x])", "iter(sorted(x))"),
    ],
    "float rounding": [
        ("f([0.1, 0.2, 0.3])", "x[0] + x[1] + x[2]", "x[0] + (x[1] + x[2])"),
        ("f([0.1] * 10)", "sum(x)", "__import__('math').fsum(x)"),
        ("f(0.1)", "{'a': [x * 3]}", "{'a': [0.3]}"),
        ("f(0.1)", "complex(x * 3, 1)", "complex(0.3, 1)"),
    ],
    "exception type": [
        ("f([])", "x[0]", "next(iter(x))"),
        ("f([])", "sorted(x)[0]", "min(x)"),
        ("f([])", "x[0]", "None"),
        ("f(None)", "x", "x + 1"),
        ("f({})", "x['a']", "__import__('collections').defaultdict(list)['a']"),
        ("f([[1]])", "any(i == [1] for i in x)", "[1] in set(x)"),
        ("f(1e308)", "x ** 2", "x * x"),
    ],
    "message": [
        ("f(1)", "raise ValueError('one')", "raise ValueError('two')"),
        ("f(1)", "raise KeyError(x)", "raise KeyError(x, x)"),
        ("f(1)", "raise ValueError('one') from KeyError(1)", "raise ValueError('one')"),
        ("f(1)", "raise ValueError(x)", "raise ValueError(float(x))"),
    ],
    "aliasing": [
        ("f([1])", "x", "x[:]"),
        ("f([[1]])", "[[*i] for i in x]", "x[:]"),
        ("f(3)", "[[0] for _ in range(x)]", "[[0]] * x"),
        ("f([[1]])", "[x[0]]", "[[*x[0]]]"),
        ("f([[1], 2])", "x.pop(0)", "[*x.pop(0)]"),
        ("f({'a': []})", "x['a']", "x['a'].copy()"),
        ("f([0])", "__import__('copy').deepcopy([x])", "[x]"),
    ],
    "mutation": [
        ("f([3, 1])", "sorted(x)", "x.sort()\nreturn x[:]"),
        ("f([1, 2])", "x[0]", "x.pop(0)"),
        ("f({'a': 1})", "x.get('b')", "x.setdefault('b')"),
        ("f([[1]])", "x = x + [[2]]\nreturn len(x)", "x += [[2]]\nreturn len(x)"),
        ("f(iter([1, 2, 3]))", "next(x)", "list(x)[0]"),
        ("f([[1], [2]])", "x.pop() and 1", "x.pop().append(3) or 1"),
        ("f([1.0])", "x[0]", "x[:] = [1]\nreturn 1.0"),
    ],
    "laziness": [
        ("f([1, 2])", "[i for i in x]", "(i for i in x)"),
        ("f([1, 2])", "x[::-1]", "reversed(x)"),
        (
            "f([1, 2])",
            "print('now')\nreturn (i for i in x)",
            "def g():\n    print('now')\n    yield from x\nreturn g()",
        ),
        (
            "f([1, 2])",
            "def g():\n    x.append(3)\n    yield 1\nreturn g()",
            "x.append(3)\ndef g():\n    yield 1\nreturn g()",
        ),
    ],
    "output": [
        ("f(1)", "print(x)", "print(x, x)"),
        ("f(1)", "print(x)", "print(x, file=__import__('sys').stderr)"),
        ("f(1)", "__import__('os').write(1, b'a')", "__import__('os').write(1, b'b')"),
        ("f(1)", "__import__('warnings').warn('old')", "__import__('warnings').warn('new')"),
    ],
}


# Call, old, new: the same for whoever looks from outside.
SAME = [
    ("f([3, 1])", "[i for i in x if i in [1, 2]]", "[i for i in x if i in {1, 2}]"),
    ("f([3, 1])", "sorted(x)[-1]", "max(x)"),
    ("f([3, 1])", "{*x}", "{*x[::-1]}"),
    ("f([(1, 'a'), (1, 'b')])", "sorted(x)[:1]", "__import__('heapq').nsmallest(1, x)"),
    ("f([2.5, float('nan'), -0.0])", "[*x]", "x[:]"),
    ("f([float('nan')])", "x[0] * 2", "x[0]"),
    ("f('')", "x + None", "x + None"),
    ("f([])", "x[0]", "x[0]"),
    ("f([])", "x[3]", "x[4]"),
    ("f([1])", "x", "x"),
    ("f([1])", "(x, x)", "(x, x)"),
    ("f([1, 2])", "(i for i in x)", "(j for j in x)"),
    ("f(1)", "__import__('itertools').count(x)", "__import__('itertools').count(x)"),
    ("f([1, 2])", "x.append(x)", "x.extend([x])"),
    ("f('a')", "print(x)", "__import__('sys').stdout.write(x + '\\n') and None"),
    ("f(1)", "__import__('datetime').date(2020, 1, x)", "__import__('datetime').date(2020, 1, x)"),
    ("f(1)", "__import__('decimal').Decimal(x) / 3", "__import__('decimal').Decimal(x) / 3"),
    ("f([1])", "__import__('collections').deque(x)", "__import__('collections').deque(x)"),
    ("f('ab')", "__import__('collections').Counter(x)", "__import__('collections').Counter([*x])"),
    ("f('ab')", "{1: x}.items()", "{1: x}.items()"),
    ("f('ab')", "x.upper", "x.upper"),
    ("f('ab')", "len", "len"),
    ("f('ab')", "__import__('re').search('b', x)", "__import__('re').compile('b').search(x)"),
    ("f(9)", "f(x)", "f(x)"),
    ("f(9)", "__import__('random').random()", "__import__('random').random()"),
    ("f(2)", "object()", "object()"),
    (
        "f(9)",
        "a = b = []\nfor _ in range(9 ** 5):\n    a = [a]\nreturn a",
        "a = []\nfor _ in range(9 ** 5):\n    a = [a]\nreturn a",
    ),
    (
        "f(9)",
        "a = ()\nfor _ in range(60):\n    a = (a, a)\nreturn a",
        "a = ()\nfor _ in range(60):\n    a = (a, a)\nreturn a",
    ),
]


Case = tuple[str, str, str]
ALL = [*[case for cases in DIFFERENT.values() for case in cases], *SAME]


@pytest.fixture(scope="module")
def replies() -> dict[Case, Compared]:
    """One worker compares all of them, one after the other."""
    requests = [each for call, old, new in ALL for each in (Load(function(old), function(new)), Compare((call,)))]
    replies = [each for each in converse(sys.executable, *requests) if isinstance(each, Compared)]
    assert len(replies) == len(ALL), replies[-1]
    return dict(zip(ALL, replies, strict=True))


@pytest.mark.parametrize(
    ("kind", "case"),
    [pytest.param(kind, case, id=f"{kind}-{n}") for kind, cases in DIFFERENT.items() for n, case in enumerate(cases)],
)
def test_differences_are_found_and_named(kind: str, case: Case, replies: dict[Case, Compared]) -> None:
    found = replies[case].differences
    assert [each.kind for each in found][:1] == [kind], found
    assert found[0].call == case[0]


@pytest.mark.parametrize("case", SAME, ids=lambda case: " ".join(case))
def test_no_difference_is_made_up(case: Case, replies: dict[Case, Compared]) -> None:
    assert replies[case].differences == ()
    assert replies[case].unjudged == ()


def test_no_version_differs_from_itself() -> None:
    requests: list[Load | Compare] = []
    for call, *bodies in [case for cases in DIFFERENT.values() for case in cases]:
        for source in map(function, bodies):
            requests += [Load(source, source), Compare((call,))]
    replies = converse(sys.executable, *requests)
    assert len(replies) == len(requests)
    assert [each for each in replies if isinstance(each, Compared) and each.differences] == []


STACK = """
class Stack:
    made = 0

    def __init__(self, items):
        self.items = items

    def pop(self):
        return {body}
"""


def test_methods_are_called_on_a_receiver_made_afresh() -> None:
    old, new = STACK.format(body="self.items.pop()"), STACK.format(body="self.items[-1]")
    assert compared(old, old, "Stack([1, 2]).pop()") == Compared((), returned=1, unjudged=())
    (difference,) = compared(old, new, "Stack([1, 2]).pop()").differences[:1]
    assert (difference.kind, difference.where) == ("mutation", "receiver.items")
    assert (difference.old, difference.new) == ("[1]", "[1, 2]")


def test_what_child_processes_print_is_output() -> None:
    source = "import os\ndef f(x):\n    os.system('echo {}')\n"
    load = Load(source.format("a"), source.format("b"), guarded=False)
    _, reply = converse(sys.executable, load, Compare(("f(1)",)))
    assert isinstance(reply, Compared)
    assert [each.kind for each in reply.differences] == ["output"]


def test_objects_are_compared_by_their_state() -> None:
    source = STACK + "def f(x):\n    return [Stack({items})]\n"
    old, new = source.format(body="1", items="[x]"), source.format(body="1", items="[x, x]")
    assert compared(old, old, "f(1)").differences == ()
    assert [(each.kind, each.where) for each in compared(old, new, "f(1)").differences] == [
        ("value", "result[0].items")
    ]


@pytest.mark.parametrize("base", ["class B: __slots__ = ('x',)", "class B: __slots__ = ('x', '__dict__')"])
def test_slots_are_state(base: str) -> None:
    source = base + "\ndef f(x):\n    b = B()\n    b.x = {}\n    return b\n"
    assert compared(source.format("x"), source.format("x"), "f(1)").differences == ()
    assert [each.where for each in compared(source.format("x"), source.format("-x"), "f(1)").differences] == [
        "result.x"
    ]


def test_raising_is_not_giving_the_exception() -> None:
    source = "def f():\n    yield 1\n    {} ValueError(2)\n"
    assert compared(source.format("raise"), source.format("raise"), "f()").differences == ()
    assert compared(source.format("raise"), source.format("yield"), "f()").differences != ()


def test_equality_that_the_code_defines_is_not_believed() -> None:
    source = "class Any:\n    def __init__(self, x):\n        self.x = x\n    __eq__ = lambda self, other: True\n"
    reply = compared(source + "def f():\n    return Any(1)\n", source + "def f():\n    return Any(2)\n", "f()")
    assert [each.where for each in reply.differences] == ["result.x"]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (
            "SEEN = []\ndef f(x):\n    return x\n",
            "SEEN = []\ndef f(x):\n    SEEN.append(x)\n    return x\n",
            "module.SEEN",
        ),
        ("def f(x):\n    return x\n", "def f(x):\n    global last\n    last = x\n    return x\n", "module.last"),
        ("def f(x):\n    return x\n", "def f(x):\n    f.last = x\n    return x\n", "module.f.__dict__"),
        (
            "def f(x, seen=[]):\n    return x\n",
            "def f(x, seen=[]):\n    seen += [x]\n    return x\n",
            "module.f.__defaults__",
        ),
        (
            "class C:\n    n = 0\ndef f(x):\n    return x\n",
            "class C:\n    n = 0\ndef f(x):\n    C.n += x\n    return x\n",
            "module.C.n",
        ),
    ],
)
def test_what_is_left_in_the_module_is_seen(old: str, new: str, where: str) -> None:
    assert compared(new, new, "f(1)").differences == ()
    (difference,) = compared(old, new, "f(1)").differences
    assert difference.kind == "module state"
    assert difference.where.startswith(where)


def test_a_constant_or_an_import_more_is_no_difference() -> None:
    old = "def f(x):\n    return x in ['a', 'b']\n"
    new = "import re\nfrom collections import deque\nLETTERS = {'a', 'b'}\ndef f(x):\n    return x in LETTERS\n"
    assert compared(old, new, "f('a')").differences == ()


CACHED = "import functools\n@functools.lru_cache(None)\n"


@pytest.mark.parametrize(
    ("body", "calls", "kind"),
    [
        ("def f(x):\n    return [x]\n", ("f(1)",), "aliasing"),
        ("def f(x):\n    return x + 1\n", ("f(1.0)", "f(True)"), "type"),
        ("def f(x):\n    return len(x)\n", ("f([1])",), "exception type"),
        ("def f(x):\n    print(x)\n", ("f(1)",), "output"),
    ],
)
def test_remembering_is_found_where_it_shows(body: str, calls: tuple[str, ...], kind: str) -> None:
    assert compared(body, body, *calls).differences == ()
    assert [each.kind for each in compared(body, CACHED + body, *calls).differences][:1] == [kind]


def test_coroutines_are_awaited() -> None:
    source = "import asyncio\nasync def f(x):\n    await asyncio.sleep(0)\n    return {}\n"
    assert compared(source.format("[x]"), source.format("[x]"), "f(1)") == Compared((), 1, ())
    assert [each.kind for each in compared(source.format("[x]"), source.format("(x,)"), "f(1)").differences] == ["type"]


def test_asynchronous_generators_are_drained() -> None:
    source = "async def f(x):\n    for i in x:\n        yield {}\n"
    assert compared(source.format("[i]"), source.format("[i]"), "f([1, 2])") == Compared((), 1, ())
    (difference,) = compared(source.format("i"), source.format("i + 1"), "f([1, 2])").differences[:1]
    assert (difference.kind, difference.where) == ("value", "result[0]")


def test_what_cannot_be_looked_into_is_said() -> None:
    source = function("lambda: x")
    assert compared(source, source, "f(1)").unjudged == ("the function f.<locals>.<lambda>",)
    source = function("__import__('threading').Lock()")
    assert compared(source, source, "f(1)").unjudged == ("the state of _thread.lock",)


def test_exceptions_are_no_normal_returns() -> None:
    source = function("x[0]")
    assert compared(source, source, "f([])", "f([1])").returned == 1


def test_what_several_names_hold_is_changed_for_each_of_them() -> None:
    held, others = [1, 2, 3], [4]
    views = []
    for _ in range(2):
        portrait = Portrait()
        parts = {name: portrait.of(value) for name, value in {"a": held, "b": (held,), "c": (others, 5)}.items()}
        views.append(View(portrait.nodes, parts))
        held.reverse()
    assert same(*views) == {"c"}
