"""The same in Neovim, whose LSP client is its own: no extension, no configuration of ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("neovim.lua")
STEPS = ["attached", "hinted", "hovered", "mended", "undone", "stopped"]


@pytest.mark.usefixtures("server_path")
def test_a_quadratic_loop_is_typed_and_mended_in_neovim(tmp_path):
    neovim = shutil.which("nvim")
    assert neovim, "Neovim is needed: apt-get install neovim"
    done = subprocess.run(
        [neovim, "--headless", "--clean", "-c", f"luafile {SCRIPT}", "-c", "cquit"],
        env={**os.environ, "PERFWISE_PYTHON": sys.executable, "PERFWISE_FOLDER": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    said = done.stdout + done.stderr
    assert [step for step in STEPS if step in said.split()] == STEPS, said
    assert done.returncode == 0, said
