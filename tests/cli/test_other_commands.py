"""`perfwise complexity`, `explain`, `doctor` and `server`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfwise_analyzers import RULES
from perfwise_server.configuration import all_rules
from tests.sources import SLOW

Run = Callable[..., Any]

SOURCE = """\
class Stack:
    def pop(self):
        def inner(a):
            return a if a else 1
        return inner(self)


def broken(a:
    if a
"""

DERIVATION = [
    "line 4: `order in users` is O(len(users)), run len(orders) times",
    "line 3: `for order in orders` runs len(orders) times",
]


def test_complexity(project: Path, perfwise: Run) -> None:
    (project / "stack.py").write_text(SOURCE)
    (project / "shop.py").write_text(SLOW)
    outcome = perfwise("complexity", ".", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    square = {"big_o": "O(len(users) * len(orders))", "class": "n^2", "derivation": DERIVATION}
    one = {"big_o": "O(1)", "class": "1", "derivation": []}
    unknown = {"big_o": "unknown", "class": "unknown", "derivation": []}
    assert outcome.json["functions"] == [
        {"path": "shop.py", "name": "common", "line": 1, **square, "cyclomatic": 3, "cognitive": 3},
        {"path": "stack.py", "name": "Stack.pop", "line": 2, **one, "cyclomatic": 1, "cognitive": 2},
        {"path": "stack.py", "name": "Stack.pop.inner", "line": 3, **one, "cyclomatic": 2, "cognitive": 1},
        {"path": "stack.py", "name": "broken", "line": 8, **unknown, "cyclomatic": None, "cognitive": None},
    ]
    shop, stack = outcome.json["files"]
    assert (shop["path"], stack["path"]) == ("shop.py", "stack.py")
    assert 0 < shop["maintainability"] <= 100
    assert shop["halstead"]["volume"] > 0
    assert (stack["maintainability"], stack["halstead"]) == (None, None)


def test_complexity_as_text(project: Path, perfwise: Run) -> None:
    (project / "stack.py").write_text(SOURCE)
    lines = perfwise("complexity", "stack.py").out.splitlines()
    assert lines[1].split() == ["1", "2", "O(1)", "stack.py:2", "Stack.pop"]
    assert lines[3].split() == ["-", "-", "unknown", "stack.py:8", "broken"]


def test_a_derivation_below_each_function(project: Path, perfwise: Run) -> None:
    (project / "shop.py").write_text(SLOW)
    derived = perfwise("complexity", "shop.py", "--derivation").out.splitlines()
    assert [line.strip() for line in derived[2:4]] == DERIVATION
    assert [*derived[:2], *derived[4:]] == perfwise("complexity", "shop.py").out.splitlines()


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_is_explained_by_code_and_by_name(perfwise: Run, rule: Any) -> None:
    by_code, by_name = perfwise("explain", rule.code), perfwise("explain", rule.name)
    assert (by_code.code, by_code.err) == (0, "")
    assert by_code.out == by_name.out
    assert by_code.out.startswith("# ")
    record = perfwise("explain", rule.code.lower(), "--format", "json").json
    assert (record["code"], record["name"]) == (rule.code, rule.name)
    assert record["markdown"] + "\n" == by_code.out


def test_a_family_is_explained_rule_by_rule(perfwise: Run) -> None:
    for spelling in ("PW1", "pw1xx"):
        record = perfwise("explain", spelling, "--format", "json").json
        assert [rule["code"] for rule in record["rules"]] == [rule.code for rule in RULES if rule.family == "PW1"]


def test_doctor(project: Path, perfwise: Run) -> None:
    outcome = perfwise("doctor", "--format", "json")
    checks = {check["name"]: check for check in outcome.json["checks"]}
    assert outcome.code == 0
    assert all(check["ok"] for check in checks.values() if check["needed"])
    assert all(check["mend"] for check in checks.values() if not check["ok"])
    assert {"python", "perfwise", "tree-sitter", "parser", "configuration", "radon", "git"} <= set(checks)
    assert "  configuration: no pyproject.toml" in perfwise("doctor").out
    (project / "pyproject.toml").write_text("[")
    broken = perfwise("doctor", "--format", "json")
    (configuration,) = (check for check in broken.json["checks"] if check["name"] == "configuration")
    assert (broken.code, configuration["ok"]) == (1, False)
    assert configuration["detail"].startswith("pyproject.toml: ")


def test_help_and_version(perfwise: Run) -> None:
    bare = perfwise()
    assert (bare.code, bare.err) == (0, "")
    assert bare.out == perfwise("--help").out
    for name in ("check", "fix", "complexity", "explain", "doctor", "server"):
        assert name in bare.out
        assert perfwise(name, "--help").code == 0
    assert perfwise("--version").out.startswith("perfwise 0.")


def test_the_shell_completes(project: Path, command: Run) -> None:
    del project
    environment = {"_PERFWISE_COMPLETE": "bash_complete", "COMP_WORDS": "perfwise ch", "COMP_CWORD": "1"}
    assert command(**environment).out == "plain,check\n"


def test_the_server_speaks_its_protocol(command: Run) -> None:
    request = (
        b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{},"processId":null,"rootUri":null}}'
    )
    bodies = (request, b'{"jsonrpc":"2.0","id":2,"method":"shutdown"}', b'{"jsonrpc":"2.0","method":"exit"}')
    stdin = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies)
    outcome = command("server", "--stdio", stdin=stdin)
    assert outcome.code == 0
    assert outcome.out.startswith("Content-Length: ")


@pytest.mark.parametrize("module", ["rich_click", "click", "rich", "pathspec", "radon"])
def test_the_server_starts_without_the_libraries_of_the_command_line(module: str) -> None:
    code = f"import sys; sys.path[:0] = {sys.path!r}; import perfwise_server.app; print({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
