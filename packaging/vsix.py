"""Builds the extension's packages: perfwise-TARGET-VERSION.vsix, each with every library that a hint needs.

python packaging/vsix.py [--target TARGET ...]      this platform by default; `all` for every one
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "bundled.txt"
CONSTRAINTS = ROOT / "constraints.txt"
PACKAGES = (
    "analyzers/perfwise_analyzers",
    "server/perfwise_recorder",
    "server/perfwise_server",
    "server/perfwise_worker",
)
SHIPPED = ("README.md", "CHANGELOG.md", "LICENSE", "media", "dist/extension.js")
# Programs, tests, and what pip notes of an installation; some of it names paths of this machine.
RECORDS = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
UNUSED = shutil.ignore_patterns("__pycache__", "bin", "cli", "tests", *RECORDS)

PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
TARGETS = {
    "linux-x64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux1_x86_64"),
    "linux-arm64": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    "alpine-x64": ("musllinux_1_2_x86_64", "musllinux_1_1_x86_64"),
    "darwin-x64": ("macosx_10_15_x86_64", "macosx_10_13_x86_64", "macosx_10_9_x86_64"),
    "darwin-arm64": ("macosx_11_0_arm64",),
    "win32-x64": ("win_amd64",),
    "win32-arm64": ("win_arm64",),
}


def this_target() -> str:
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(platform.machine().lower(), platform.machine())
    system = "alpine" if Path("/etc/alpine-release").exists() else sys.platform
    return f"{system}-{machine}"


def package(target: str, out: Path) -> Path:
    """Effect: writes the package of one target into the folder `out`. The extension must have been built."""
    manifest = json.loads((ROOT / "package.json").read_text("utf-8"))
    archive = out.resolve() / f"perfwise-{target}-{manifest['version']}.vsix"
    vsce = [shutil.which("node") or "node", str(ROOT / "node_modules" / "@vscode" / "vsce" / "vsce")]
    without = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"]
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        _copy_extension(manifest, stage)
        shutil.copytree(_libraries(target), stage / "bundled", ignore=UNUSED)
        _copy_server(manifest["version"], stage / "bundled")
        _run([*vsce, "package", "--target", target, *without, "--out", str(archive)], stage)
    return archive


def _copy_extension(manifest: dict[str, object], stage: Path) -> None:
    kept = {key: value for key, value in manifest.items() if key not in ("scripts", "devDependencies")}
    (stage / "package.json").write_text(json.dumps(kept, indent=2), "utf-8")
    for path in map(Path, SHIPPED):
        (stage / path).parent.mkdir(exist_ok=True)
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, stage / path)
        else:
            shutil.copy(ROOT / path, stage / path)


def _copy_server(version: str, bundled: Path) -> None:
    shutil.copy(ROOT / "packaging" / "launch.py", bundled)
    for folder in map(Path, PACKAGES):
        shutil.copytree(ROOT / folder, bundled / "libs" / folder.name, ignore=UNUSED)
    information = bundled / "libs" / f"perfwise-{version}.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: perfwise\nVersion: {version}\n", "utf-8")


def _libraries(target: str) -> Path:
    """The folder that holds a target's `libs`, and `cp310` to `cp314` with what is compiled for one Python only."""
    wanted = b"".join(path.read_bytes() for path in (REQUIREMENTS, CONSTRAINTS, Path(__file__)))
    folder = ROOT / ".cache" / "bundled" / f"{target}-{hashlib.sha256(wanted).hexdigest()[:12]}"
    if folder.exists():
        return folder
    print(f"Fetching the libraries for {target}", flush=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        _fetch(target, Path(place, "made"))
        with contextlib.suppress(OSError):  # Another run may have made it meanwhile.
            Path(place, "made").rename(folder)
    return folder


def _fetch(target: str, into: Path) -> None:
    _install(target, PYTHONS[0], ["--requirement", str(REQUIREMENTS)], into / "libs")
    compiled = [info for info in (into / "libs").glob("*.dist-info") if _is_for_one_python(info)]
    pins = [info.name.removesuffix(".dist-info").replace("-", "==") for info in compiled]
    for python in PYTHONS:
        _install(target, python, pins, into / f"cp{python.replace('.', '')}")
    for info in compiled:
        for name in {line.split("/")[0] for line in (info / "RECORD").read_text("utf-8").splitlines()}:
            shutil.rmtree(into / "libs" / name)


def _install(target: str, python: str, what: list[str], into: Path) -> None:
    platforms = [f"--platform={each}" for each in TARGETS[target]]
    wheels = ["--only-binary=:all:", "--no-deps", "--implementation=cp", f"--python-version={python}", *platforms]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-compile", "--no-warn-conflicts"]
    constraints = ["--constraint", str(CONSTRAINTS)]
    _run([_python(), "-m", "pip", "install", *quiet, *wheels, *constraints, "--target", str(into), *what], ROOT)


def _is_for_one_python(info: Path) -> bool:
    tags = [line.split()[1] for line in (info / "WHEEL").read_text("utf-8").splitlines() if line.startswith("Tag:")]
    return all(tag.startswith("cp") and "-abi3-" not in tag for tag in tags)


def _python() -> str:
    """The project's own Python where it is set up: the system's may lack pip."""
    candidates = (ROOT / ".venv" / "bin" / "python", ROOT / ".venv" / "Scripts" / "python.exe")
    return next((str(path) for path in candidates if path.exists()), sys.executable)


def _run(command: list[str], cwd: Path) -> None:
    """Shows what the command printed only where it fails, which ends the program."""
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}\npackaging: {' '.join(command[:3])} failed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", action="append", choices=[*TARGETS, "all"], help="may be given more than once")
    parser.add_argument("--out", type=Path, default=ROOT, help="folder to write into, by default the project's")
    arguments = parser.parse_args()
    chosen = arguments.target or [this_target()]
    for target in TARGETS if "all" in chosen else chosen:
        print(package(target, arguments.out).name, flush=True)


if __name__ == "__main__":
    main()
