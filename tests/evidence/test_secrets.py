"""What looks secret leaves no trace in what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from perfwise_recorder.looking import sizes_of_arguments
from perfwise_recorder.recipes import arguments_of
from perfwise_recorder.secrets import is_secret_name, is_secret_text


def called(items: Any, password: Any = None, *rest: Any, depth: Any = 0, **more: Any) -> None:
    pass


def arguments(items: Any, **given: Any) -> str | None:
    values = {"items": items, "password": None, "rest": (), "depth": 0, "more": {}, **given}
    return arguments_of(called.__code__, values)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([1, 2.5, None, True], "[1, 2.5, None, True]"),
        ({"a": (1,)}, "{'a': (1,)}"),
        (set(), "set()"),
        (frozenset({3}), "frozenset({3})"),
        (float("nan"), "float('nan')"),
        (range(3), "range(0, 3)"),
        (b"a", "b'a'"),
    ],
)
def test_arguments_as_source(value: Any, text: str) -> None:
    assert arguments(value) == f"{text}, None, depth=0"


def test_all_kinds_of_arguments() -> None:
    assert arguments(1, rest=(2, 3), more={"b": "c"}) == "1, None, 2, 3, depth=0, b='c'"


@pytest.mark.parametrize("value", [object(), [object()], "x" * 501, list(range(301)), 1 << 2000])
def test_what_has_no_short_source_is_no_sample(value: Any) -> None:
    assert arguments(value) is None


def test_what_refers_to_itself_is_no_sample() -> None:
    circle: list[Any] = []
    circle.append(circle)
    assert arguments(circle) is None


@pytest.mark.parametrize(
    "given",
    [
        {"password": "hunter2"},
        {"password": b"hunter2"},
        {"items": {"api_key": "hunter2"}},
        {"more": {"token": "hunter2"}},
        {"items": ["https://joe:hunter2@example.org/"]},
        {"items": "Bearer hunter2hunter2"},
    ],
)
def test_secrets_are_masked(given: dict[str, Any]) -> None:
    text = arguments(**{"items": 1, **given})
    assert text is not None
    assert "hunter2" not in text
    assert "***" in text


def test_the_length_of_a_secret_is_not_noted() -> None:
    found = {name for name, _, _ in sizes_of_arguments(called.__code__, {"password": "hunter2", "items": "joe"})}
    assert found == {"items"}


@pytest.mark.parametrize("name", ["password", "user_token", "API_KEY", "apikey", "authorization", "session_cookie"])
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["key", "keys", "author", "items", "monkey", "compass"])
def test_other_names(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "ghp_" + "abcdefghijklmnop1234",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "-----BEGIN RSA PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0",
        "s9Kd8fj2LmQx7Zp4Vt1Wn6Rb3Yc5",
    ],
)
def test_texts_of_secrets(text: str) -> None:
    assert is_secret_text(text)


@pytest.mark.parametrize(
    "text", ["hello world", "/usr/share/doc/python3/README.txt", "d41d8cd98f00b204e9800998ecf8427e", "a" * 60]
)
def test_other_texts(text: str) -> None:
    assert not is_secret_text(text)
