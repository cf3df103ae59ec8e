"""`python -m perfwise_server.cli`: the `perfwise` command where it is not on the PATH."""

from __future__ import annotations

import sys

from perfwise_server.cli import main

if __name__ == "__main__":
    sys.exit(main())
