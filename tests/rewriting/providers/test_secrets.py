"""Secrets in code get placeholders, and nothing else does."""

from __future__ import annotations

import random
import time

import pytest

from perfwise_server.rewriting.secrets import Masking

RANDOM = "aB3dE6gH9jK2mN5pQ8sT1vW4"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n+/a=\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("code", "secret"),
    [
        ('API_KEY = "mine"', "mine"),
        ('api_key: str = "mine"', "mine"),
        ("password = 'it\\'s mine'", "it\\'s mine"),
        ('def f(user, password="hunter22"): ...', "hunter22"),
        ('connect("bob", passwd="hunter22")', "hunter22"),
        ('{"db_password": "x y z"}', "x y z"),
        ('os.environ.get("API_KEY", "fallback")', "fallback"),
        ('os.environ["SECRET_KEY"] = "django-insecure"', "django-insecure"),
        ('key = SecretStr("hunter22"); secret_key = SecretStr("hunter23")', "hunter23"),
        ('token = b"0f3a9c7e"', "0f3a9c7e"),
        ('PASSWORD = """hunter22"""', "hunter22"),
        ('URL = "postgres://bob:s3cr3t@db.example/x"', "s3cr3t"),
        ('URL = "redis://:s3cr3t@db.example/0"', "s3cr3t"),
        ('"Server=db;Pwd=1"; conn = "sk-abcdefghijklmnop1234"', "sk-abcdefghijklmnop1234"),
        ('headers = {"Authorization": "Bearer abcdefgh12345"}', "abcdefgh12345"),
        ("# ghp_abcdefghijklmnop1234 is Bob's", "ghp_abcdefghijklmnop1234"),
        ('AWS = "AKIAABCDEFGHIJKLMNOP"', "AKIAABCDEFGHIJKLMNOP"),
        (f"x = '{RANDOM}'", RANDOM),
        (f'KEY = """{PEM}"""', "MIIEow"),
    ],
)
def test_secret(code: str, secret: str) -> None:
    masking = Masking([code])
    masked = masking.masked(code)
    assert secret not in masked
    assert masking.count
    compile(masked, "masked", "exec")
    assert masking.unmasked(masked) == code


@pytest.mark.parametrize(
    "code",
    [
        'token = "("',
        'if token == "identifier": pass',
        'sort_key = "last_name"',
        'rows.sort(key="date")',
        'f"https://{user}:{password}@{host}/"',
        'password = getpass("Password: ")',
        'text.partition("-----BEGIN PRIVATE KEY-----")[2].partition("-----END PRIVATE KEY-----")',
        "primary_key = row['id']",
        'url = "https://example.com:8080/a@b"',
        "total = sum(token.length for token in tokens)",
        'SECRET_NAMES = ("a", "b")',
        "a_very_long_name_of_a_function_that_is_no_secret(1)",
        'digest = "d41d8cd98f00b204e9800998ecf8427e"',
    ],
)
def test_no_secret(code: str) -> None:
    assert Masking([code]).masked(code) == code


def test_equal_secrets_have_one_placeholder_in_all_texts() -> None:
    texts = ['password = "hunter22"', 'f(password="hunter22", token="other-1234")']
    masking = Masking(texts)
    assert [masking.masked(text) for text in texts] == [
        'password = "PERFWISE_SECRET_1"',
        'f(password="PERFWISE_SECRET_1", token="PERFWISE_SECRET_2")',
    ]


def test_a_placeholder_of_the_user_stays_theirs() -> None:
    code = 'x = "PERFWISE_SECRET_1"; password = "hunter22"'
    masking = Masking([code])
    assert 'x = "PERFWISE_SECRET_1"' in masking.masked(code)
    assert masking.unmasked(masking.masked(code)) == code
    assert masking.unmasked("PERFWISE_SECRET_X_9") == "PERFWISE_SECRET_X_9"


def test_more_than_nine_secrets_are_put_back() -> None:
    code = "\n".join(f'password = "hunter{number}"' for number in range(100, 125))
    masking = Masking([code])
    masked = masking.masked(code)
    assert "hunter" not in masked
    assert masking.unmasked(masked) == code


def test_any_text_comes_back() -> None:
    parts = [
        'password="',
        "token",
        ": ",
        "=",
        '"',
        "'",
        "\\",
        "\n",
        RANDOM,
        "://",
        ":",
        "@",
        "{",
        PEM,
        "sk-abcdefghijklm",
    ]
    chance = random.Random(1)
    for _ in range(2_000):
        text = "".join(chance.choices(parts, k=chance.randint(1, 12)))
        masking = Masking([text])
        assert masking.unmasked(masking.masked(text)) == text


@pytest.mark.timing(reruns=2)
@pytest.mark.parametrize(
    "part", ["a", "token: ", "a = ", "x, ", "'", "://a:", "-----BEGIN PRIVATE KEY-----", "a.b[c], "]
)
def test_long_texts_do_not_take_long(part: str) -> None:
    def seconds(length: int) -> float:
        text = part * (length // len(part))
        start = time.process_time()
        Masking([text]).masked(text)
        return time.process_time() - start

    # Twice the text would take four times as long if each place looked at all that follows.
    assert min(seconds(40_000) for _ in range(3)) < 3 * min(seconds(20_000) for _ in range(3)) + 0.01
