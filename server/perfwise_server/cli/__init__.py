"""The `perfwise` command: its entry point, and what becomes of errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise

from perfwise_server.cli.exit_codes import ERROR, INTERRUPTED, NOTHING_FOUND, PIPE_CLOSED


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; whatever goes wrong is one line on standard error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # A path or a source line may hold what the terminal's encoding does not.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = _run(given)
        if code == INTERRUPTED and arguments is None:
            # At its end the interpreter would wait for ever to hand jobs to processes that were ended.
            os._exit(INTERRUPTED)
        if not sys.stdout.closed:  # The language server closes it when its client leaves.
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes once more at its end, and must not meet the closed pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def _run(arguments: list[str]) -> int:
    import rich_click as click

    from perfwise_server.checking.errors import CheckError, internal
    from perfwise_server.cli.commands import perfwise

    try:
        result = perfwise.main(arguments, prog_name="perfwise", standalone_mode=False)
        return result if isinstance(result, int) else NOTHING_FOUND
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        return _fail(error.format_message(), arguments)
    except CheckError as error:
        return _fail(str(error), arguments)
    except BrokenPipeError:
        raise
    except Exception as error:
        return _fail(internal(error), arguments)


def _fail(message: str, arguments: list[str]) -> int:
    message = " ".join(message.split())
    print(f"perfwise: {message}", file=sys.stderr)
    if _wants_json(arguments):
        import json

        print(json.dumps({"error": message}))
    return ERROR


def _wants_json(arguments: list[str]) -> bool:
    """Read from the bare arguments, since a usage error may have kept them from being parsed."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--format=json" in options or any(
        option == "--format" and value == "json" for option, value in pairwise(options)
    )
