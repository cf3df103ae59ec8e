"""The contracts of .importlinter hold, and each of them notices what it forbids."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "analyzers/perfwise_analyzers",
    "server/perfwise_recorder",
    "server/perfwise_server",
    "server/perfwise_worker",
)

# Contract, the file to write or extend, and the line that breaks the contract there.
VIOLATIONS = [
    ("parts", "analyzers/perfwise_analyzers/fixing/edits.py", "import perfwise_server.protocol"),
    ("parts", "analyzers/perfwise_analyzers/fixing/edits.py", "import perfwise_worker.protocol"),
    ("parts", "server/perfwise_worker/calls.py", "import perfwise_analyzers.rule"),
    ("analyzers", "analyzers/perfwise_analyzers/document.py", "import perfwise_analyzers.module"),
    ("analyzers", "analyzers/perfwise_analyzers/facts/types.py", "from perfwise_analyzers import rules"),
    ("analyzers", "analyzers/perfwise_analyzers/rules/algorithms/planted.py", "import perfwise_analyzers.module"),
    ("analyzers", "analyzers/perfwise_analyzers/planted.py", ""),
    ("facts", "analyzers/perfwise_analyzers/facts/structure.py", "import perfwise_analyzers.facts.inference"),
    ("facts", "analyzers/perfwise_analyzers/facts/planted.py", ""),
    ("fixing", "analyzers/perfwise_analyzers/fixing/edits.py", "import perfwise_analyzers.fixing.draft"),
    ("purity", "analyzers/perfwise_analyzers/fixing/edits.py", "import os"),
    ("purity", "analyzers/perfwise_analyzers/rules/algorithms/planted.py", "from pathlib import Path"),
    ("purity", "analyzers/perfwise_analyzers/facts/types.py", "def late():\n    import subprocess"),
    ("rules", "analyzers/perfwise_analyzers/rules/algorithms/planted.py", "from . import planted_too"),
    ("queries", "analyzers/perfwise_analyzers/rules/algorithms/planted.py", "import ast"),
    ("parser", "analyzers/perfwise_analyzers/rules/algorithms/planted.py", "import tree_sitter"),
    ("server", "server/perfwise_server/configuration.py", "import perfwise_server.features.hover"),
    ("server", "server/perfwise_server/planted.py", ""),
    ("server", "server/perfwise_server/profiling/running.py", "import perfwise_server.verifying.laboratory"),
    ("server", "server/perfwise_server/profiles/report.py", "import perfwise_server.profiling.running"),
    ("profiles", "server/perfwise_server/profiles/profile.py", "import perfwise_server.profiles.scalene"),
    ("profiles", "server/perfwise_server/profiles/planted.py", ""),
    ("checking", "server/perfwise_server/checking/source.py", "import perfwise_server.checking.hints"),
    ("checking", "server/perfwise_server/checking/planted.py", ""),
    ("features", "server/perfwise_server/features/hover.py", "from perfwise_server.features import diagnostics"),
    ("lsp", "server/perfwise_server/configuration.py", "from lsprotocol import types"),
    ("lsp", "server/perfwise_server/pages.py", "import pygls.uris"),
    ("command", "server/perfwise_server/cli/output.py", "import perfwise_server.cli.check"),
    ("command", "server/perfwise_server/cli/planted.py", ""),
    ("worker", "server/perfwise_worker/portrait.py", "import perfwise_worker.clock"),
    ("worker", "server/perfwise_worker/planted.py", ""),
    ("parts", "server/perfwise_recorder/looking.py", "import perfwise_analyzers.rule"),
    ("recorder", "server/perfwise_recorder/recording.py", "import perfwise_recorder.windows"),
    ("recorder", "server/perfwise_recorder/planted.py", ""),
    ("evidence", "server/perfwise_server/evidence/store.py", "import perfwise_server.evidence.gathering"),
    ("evidence", "server/perfwise_server/evidence/planted.py", ""),
    ("rewriting", "server/perfwise_server/rewriting/reply.py", "import perfwise_server.rewriting.asking"),
    ("rewriting", "server/perfwise_server/rewriting/planted.py", ""),
    (
        "providers",
        "server/perfwise_server/rewriting/providers/provider.py",
        "import perfwise_server.rewriting.providers.choosing",
    ),
    ("providers", "server/perfwise_server/rewriting/providers/planted.py", ""),
    ("apart", "server/perfwise_server/session.py", "import perfwise_worker.protocol"),
    ("server", "server/perfwise_server/profiling/running.py", "import perfwise_server.verifying.verdict"),
    ("server", "server/perfwise_server/rewriting/gate.py", "import perfwise_server.verifying.verdict"),
    ("server", "server/perfwise_server/verifying/verdict.py", "import perfwise_server.rewriting.gate"),
    ("server", "server/perfwise_server/verifying/verdict.py", "import perfwise_server.profiling.running"),
    ("profiling", "server/perfwise_server/profiling/planted.py", ""),
    ("driving", "server/perfwise_server/driving/shapes.py", "import perfwise_server.driving.planning"),
    ("driving", "server/perfwise_server/driving/planted.py", ""),
    ("verifying", "server/perfwise_server/verifying/verdict.py", "import perfwise_server.verifying.laboratory"),
    ("verifying", "server/perfwise_server/verifying/planted.py", ""),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    (tmp_path / "analyzers/perfwise_analyzers/rules/algorithms/planted_too.py").touch()
    return tmp_path


def lint(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(root / source) for source in ("analyzers", "server"))
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "400"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_contracts_hold(copy: Path) -> None:
    found = lint(copy)
    assert found.returncode == 0, found.stdout
    assert " 0 broken" in found.stdout


@pytest.mark.parametrize(
    ("contract", "file", "line"), VIOLATIONS, ids=lambda value: value.replace("\n", " ") or "a new module"
)
def test_contract_bites(copy: Path, contract: str, file: str, line: str) -> None:
    planted = copy / file
    with planted.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    found = lint(copy, "--contract", contract)
    assert found.returncode == 1, found.stdout + found.stderr
    assert " 1 broken" in found.stdout
    assert planted.stem in found.stdout


def test_every_contract_has_a_violation() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    contracts = {section.rpartition(":")[2] for section in config.sections() if ":" in section}
    assert contracts == {contract for contract, _, _ in VIOLATIONS}


@pytest.mark.parametrize("package", ["perfwise_recorder", "perfwise_worker"])
def test_what_runs_in_the_users_python_imports_the_standard_library_only(package: str) -> None:
    graph = grimp.build_graph(package, include_external_packages=True, cache_dir=None)
    outside = {name for name in graph.modules if graph.is_module_squashed(name)}
    assert len(outside) > 5
    runs_tests = graph.find_modules_that_directly_import("pytest") if "pytest" in outside else set()
    # What runs the user's tests asks for the pytest that their project has.
    assert runs_tests <= {"perfwise_worker.harvesting", "perfwise_worker.whole"}
    # The standard library has annotationlib from Python 3.14 on.
    assert outside <= sys.stdlib_module_names | {"annotationlib", "pytest"}
