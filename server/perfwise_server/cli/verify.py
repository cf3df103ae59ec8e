"""`perfwise verify`."""

from __future__ import annotations

import asyncio
import shlex
import sys
from pathlib import Path

import click

from perfwise_server.checking.errors import reason
from perfwise_server.checking.source import UnreadableError, decode, read
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import FOUND, NOTHING_FOUND
from perfwise_server.cli.output import print_json, styled
from perfwise_server.cli.progress import shown_progress
from perfwise_server.configuration import ConfigurationError, project_settings
from perfwise_server.driving.import_roots import place_of
from perfwise_server.driving.pythons import python_of
from perfwise_server.evidence.answers import Answers
from perfwise_server.evidence.store import Store
from perfwise_server.verifying.laboratory import Case, examine
from perfwise_server.verifying.report import as_test, markdown, replay, sentences, summary
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
    answer: str | None,
    save_test: str,
    report: str,
    python: str,
    output: str,
) -> int:
    user_python = python or interpreter_of(Path(old))
    case = Case(text_of(old), text_of(new), function, old, calls, inputs, seconds, user_python, witness=True)
    if answer:
        _remember(case, answer)
    verdict = run(case)
    while verdict.question and output == "text" and sys.stdin.isatty() and sys.stdout.isatty():
        choice = click.prompt(f"{summary(verdict)}", type=click.Choice(["yes", "no", "later"]), default="later")
        if choice == "later":
            break
        _remember(case, choice)
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


def _remember(case: Case, answer: str) -> None:
    answers = Answers(Store())
    if answer == "forget":
        answers.forget(case.path, case.function)
    elif question := answers.asked(case.path, case.function):
        answers.answer(case.path, case.function, question, answer == "yes")
    else:
        raise CommandError(f"no question about {case.function} waits for an answer: leave --answer out")


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
    again = shlex.join(["perfwise", "verify", old, new, "--function", function, "--answer"])
    if verdict.question:
        print(f"to answer: {again} yes, or no")
    if verdict.assumed:
        print(f"to take back what you said: {again} forget")


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, "utf-8")
    except OSError as error:
        raise CommandError(f"{path}: cannot be written: {reason(error)}") from None
