"""`perfwise verify`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from perfwise_server.checking.errors import reason
from perfwise_server.checking.source import UnreadableError, decode, read
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import FOUND, NOTHING_FOUND
from perfwise_server.cli.output import print_json, styled
from perfwise_server.cli.progress import shown_progress
from perfwise_server.configuration import ConfigurationError, project_settings
from perfwise_server.driving.import_roots import place_of
from perfwise_server.driving.pythons import python_of
from perfwise_server.verifying.laboratory import Case, examine
from perfwise_server.verifying.report import as_test, markdown, replay, sentences
from perfwise_server.verifying.verdict import Verdict

_COLOURS = {"proved": "green", "different": "red", "broken": "red"}


def verify(
    *,
    old: str,
    new: str,
    function: str,
    calls: tuple[str, ...],
    inputs: str,
    seconds: float,
    save_test: str,
    report: str,
    python: str,
    output: str,
) -> int:
    case = Case(text_of(old), text_of(new), function, old, calls, inputs, seconds, python or interpreter_of(Path(old)))
    verdict = run(case)
    example = verdict.counterexample
    test = as_test(example, place_of(Path(new)).module, function) if example else None
    if test is not None and save_test:
        _write(save_test, test)
    if report:
        _write(report, markdown(verdict, old, new, function, test))
    if output == "json":
        print_json(verdict.record())
    else:
        _print(verdict, old, new, function)
        if save_test and test is None:
            print("no test was written: " + ("no assertion can say it" if example else "there is no counterexample"))
    return NOTHING_FOUND if verdict.verdict == "proved" else FOUND


def run(case: Case) -> Verdict:
    """Effect: shows progress on a terminal. Raises CheckError."""
    with shown_progress() as progress:
        try:
            return asyncio.run(examine(case, progress))
        except OSError as error:
            raise CommandError(f"{case.python}: cannot be started: {reason(error)}") from None


def text_of(path: str) -> str:
    try:
        return decode(read(Path(path))).text
    except UnreadableError as error:
        raise CommandError(f"{path}: {error}") from None


def interpreter_of(file: Path) -> str:
    try:
        return python_of(file, project_settings(file).interpreter)
    except ConfigurationError as error:
        raise CommandError(str(error)) from None


def _print(verdict: Verdict, old: str, new: str, function: str) -> None:
    first, *rest = sentences(verdict)
    print(styled(first, fg=_COLOURS.get(verdict.verdict, "yellow"), bold=True))
    for line in rest:
        print(line)
    if verdict.counterexample:
        print(f"see it again: {replay(verdict.counterexample, old, new, function)}")


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, "utf-8")
    except OSError as error:
        raise CommandError(f"{path}: cannot be written: {reason(error)}") from None
