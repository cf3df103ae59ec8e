"""The server as the extension starts it: from the unpacked package, in whatever Python there is."""

from __future__ import annotations

import ast
import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

QUADRATIC = """\
def known(orders: list[str], users: list[str]) -> list[str]:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found
"""

# A workspace whose modules bear the names of the server's libraries, and say so when they are imported.
SHADOWS = ("attrs.py", "attr.py", "server.py", "pygls.py", "tree_sitter.py", "typing_extensions.py", "logging.py")
SHADOW = "from pathlib import Path\nPath(__file__).with_suffix('.imported').touch()\n"

# Runs launch.py in a process that ends when it so much as looks up a name.
GUARD = """\
import os, runpy, sys

def bar(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        os._exit(97)

sys.addaudithook(bar)
sys.argv[:] = sys.argv[1:]
runpy.run_path(sys.argv[0])
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    for name in SHADOWS:
        (folder / name).write_text(SHADOW, "utf-8")
    (folder / "orders.py").write_text(QUADRATIC, "utf-8")
    return folder


@pytest.fixture
def guard(tmp_path: Path) -> Path:
    script = tmp_path / "guard.py"
    script.write_text(GUARD, "utf-8")
    return script


async def hints(command: list[str], workspace: Path) -> list[str]:
    """The codes of the hints that a server started with `command` in `workspace` gives for orders.py."""
    client = make_test_lsp_client()
    await client.start_io(*command, cwd=workspace)
    try:
        return await asyncio.wait_for(_hints(client, workspace), timeout=60)
    finally:
        await client.stop()


async def _hints(client: LanguageClient, workspace: Path) -> list[str]:
    pulls = types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities())
    folder = types.WorkspaceFolder(workspace.as_uri(), "workspace")
    await client.initialize_session(
        types.InitializeParams(types.ClientCapabilities(text_document=pulls), workspace_folders=[folder])
    )
    uri = (workspace / "orders.py").as_uri()
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "python", 1, QUADRATIC)))
    report = await client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
    )
    await client.shutdown_session()
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    return [str(item.code) for item in report.items]


def test_hints_need_no_network_no_environment_and_nothing_of_the_workspace(
    python: str, installed: Path, workspace: Path, guard: Path
) -> None:
    launcher = [str(installed / "bundled" / "launch.py"), "useBundled"]
    assert asyncio.run(hints([python, "-I", "-S", str(guard), *launcher], workspace)) == ["PW101"]
    assert asyncio.run(hints([python, "-E", "-X", "utf8", *launcher], workspace)) == ["PW101"]
    assert list(workspace.glob("*.imported")) == []


def test_every_module_finds_what_it_imports(python: str, installed: Path) -> None:
    code = """if True:
        import importlib, pkgutil, sys
        bundled, names = sys.argv[1], sys.argv[2:]
        sys.path[:0] = [f"{bundled}/libs", f"{bundled}/cp{sys.version_info[0]}{sys.version_info[1]}"]
        for package in map(importlib.import_module, names):
            for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
                if not module.name.endswith("__main__"):
                    importlib.import_module(module.name)
    """
    packages = ["perfwise_analyzers", "perfwise_recorder", "perfwise_server", "perfwise_worker"]
    subprocess.run([python, "-I", "-S", "-c", code, str(installed / "bundled"), *packages], check=True)


def test_inputs_are_drawn_with_what_is_bundled(python: str, installed: Path, tmp_path: Path) -> None:
    code = """if True:
        import sys
        bundled = sys.argv[1]
        sys.path[:0] = [f"{bundled}/libs", f"{bundled}/cp{sys.version_info[0]}{sys.version_info[1]}"]
        from perfwise_server.driving.drawing import draw
        from perfwise_server.driving.shapes import INT, STR
        print(len(draw([INT, STR], 40, 1)))
    """
    kept, here = tmp_path / "kept", tmp_path / "here"
    here.mkdir()
    command = [python, "-I", "-S", "-c", code, str(installed / "bundled")]
    environment = {**os.environ, "PERFWISE_CACHE_DIR": str(kept)}
    done = subprocess.run(command, check=True, cwd=here, env=environment, stdout=subprocess.PIPE, text=True)
    assert int(done.stdout) > 20
    assert [*here.iterdir()] == []


def test_two_windows_may_start_at_once(installed: Path, workspace: Path, tmp_path: Path) -> None:
    fresh = shutil.copytree(installed, tmp_path / "fresh", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-E", str(fresh / "bundled" / "launch.py"), "useBundled"]

    async def both() -> list[list[str]]:
        return await asyncio.gather(hints(command, workspace), hints(command, workspace))

    assert asyncio.run(both()) == [["PW101"], ["PW101"]]


def test_an_installed_perfwise_is_preferred_unless_told_otherwise(installed: Path, tmp_path: Path) -> None:
    environment = tmp_path / "site"
    (environment / "perfwise_server").mkdir(parents=True)
    (environment / "perfwise_server" / "__init__.py").touch()
    (environment / "perfwise_server" / "__main__.py").write_text("print('installed')", "utf-8")
    launcher = str(installed / "bundled" / "launch.py")
    code = "import runpy, sys; sys.path.insert(0, sys.argv[1]); sys.argv = sys.argv[2:]; runpy.run_path(sys.argv[0])"

    def output(strategy: str) -> str:
        command = [sys.executable, "-c", code, str(environment), launcher, strategy]
        return subprocess.run(command, input="", capture_output=True, text=True, check=False).stdout

    assert output("fromEnvironment") == "installed\n"
    assert output("useBundled") == ""


@pytest.mark.parametrize("strategy", ["useBundled", "fromEnvironment"])
def test_a_python_too_old_is_named_in_one_sentence(old_python: list[str], installed: Path, strategy: str) -> None:
    for probe in ([], ["--probe"]):
        command = [*old_python, str(installed / "bundled" / "launch.py"), *probe, strategy]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("Perfwise needs Python 3.10 or newer to run; ")


def test_a_python_without_its_libraries_is_named_in_one_sentence(installed: Path, tmp_path: Path) -> None:
    launcher = shutil.copy(installed / "bundled" / "launch.py", tmp_path)
    command = [sys.executable, "-E", str(launcher), "--probe", "useBundled"]
    done = subprocess.run([command[0], "-S", *command[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("Perfwise has no libraries for ")


def test_the_launcher_is_valid_in_old_pythons(installed: Path) -> None:
    """So that one which is too old gets to say so, rather than stop at a syntax error."""
    ast.parse((installed / "bundled" / "launch.py").read_text("utf-8"), feature_version=(3, 7))
