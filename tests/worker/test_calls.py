from __future__ import annotations

import pytest

from perfwise_worker.calls import builder

NAMESPACE = {
    "f": lambda *arguments, **keywords: (arguments, keywords),
    "Stack": list,
    "makers": {"a": [lambda x: x]},
    "data": (1, 2),
    "Number": int,
}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("f()", ((), {})),
        (" f([3, 1], n=2) ", (([3, 1],), {"n": 2})),
        ("f(*data, *[3], **{'a': 1}, b=2)", ((1, 2, 3), {"a": 1, "b": 2})),
        ("f(\n    1,\n)", ((1,), {})),
        ("Stack([1]).pop()", 1),
        ("Stack([1, 2]).copy().pop(0)", 1),
        ("makers['a'][0](5)", 5),
        ("f([n for n in data if n in data])", (([1, 2],), {})),
        ("f(lambda: data)[0][0]()", (1, 2)),
        ("Number(5).real", 5),
    ],
)
def test_a_call_is_made(source: str, value: object) -> None:
    assert builder(source, dict(NAMESPACE))()() == value


def test_names_are_given_their_values() -> None:
    build = builder("f([n + i for i in range(n)])", dict(NAMESPACE), "n")
    assert build(1)() == (([1],), {})
    assert build(2)() == (([2, 3],), {})


def test_receiver_and_arguments_are_built_afresh() -> None:
    build = builder("Stack([[1]]).append([2])", dict(NAMESPACE))
    one, other = build(), build()
    one()
    assert one.receiver == [[1], [2]]
    assert other.receiver == [[1]]
    assert one.receiver[0] is not other.receiver[0]
    assert one.arguments[0] is not other.arguments[0]


def test_the_module_is_looked_into_when_the_arguments_are_built() -> None:
    namespace = dict(NAMESPACE)
    build = builder("f(data)", namespace)
    namespace["data"] = (5,)
    assert build().arguments == ((5,),)


@pytest.mark.parametrize(
    "source",
    ["", "f", "f(", "f() + 1", "f(); f()", "x = f()", "list(f())", "[1].pop()", "g()", "(lambda: 1)()", "'\0'"],
)
def test_what_is_no_call_of_the_module_is_refused(source: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        builder(source, dict(NAMESPACE))
