"""Which files are never sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfwise_server.rewriting.private import Ignored, why_private


@pytest.fixture
def project(tmp_path: Path) -> Path:
    # What leads to a project says nothing of it.
    root = tmp_path / "my secrets"
    (root / ".git").mkdir(parents=True)
    (root / ".gitignore").write_text("/config/\n*_local.py\n!kept_local.py\n")
    (root / "package").mkdir()
    (root / "package" / ".gitignore").write_text("generated.py\n")
    return root


@pytest.mark.parametrize(
    ("file", "patterns", "reason"),
    [
        ("package/module.py", (), ""),
        ("package/client_secrets.py", (), "it matches '*secret*'"),
        ("secrets/module.py", (), "it matches '*secret*'"),
        ("package/.env.py", (), "it matches '.env*'"),
        ("local_settings.py", (), "it matches 'local_settings.py'"),
        ("package/generated.py", (), "git ignores it"),
        ("generated.py", (), ""),
        ("config/module.py", (), "git ignores it"),
        ("package/settings_local.py", (), "git ignores it"),
        ("package/kept_local.py", (), ""),
        ("package/module.py", ("package/",), "it matches 'package/'"),
        ("package/module.py", ("/module.py",), ""),
        ("package/client_secrets.py", ("!package/client_secrets.py",), ""),
        ("config/module.py", ("!config/module.py",), ""),
    ],
)
def test_reason(project: Path, file: str, patterns: tuple[str, ...], reason: str) -> None:
    found = why_private(project / file, [Ignored(patterns, project)])
    assert reason in found
    assert bool(found) == bool(reason)


def test_the_users_own_patterns_count_after_those_of_the_project(project: Path) -> None:
    part = Ignored(("/module.py", "/other.py"), project / "package")
    own = Ignored(("!package/other.py",), project)
    assert "it matches '/module.py'" in why_private(project / "package" / "module.py", [part, own])
    assert why_private(project / "package" / "other.py", [part, own]) == ""
    assert "it matches '*secret*'" in why_private(project / "secrets" / "module.py", [part, own])


def test_a_file_outside_of_any_project(tmp_path: Path) -> None:
    assert why_private(tmp_path / "module.py") == ""
    assert "never sent" in why_private(tmp_path / "passwords.py")
