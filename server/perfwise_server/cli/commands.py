"""The commands and their options. What they do is in the modules of their names, imported when they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click

from perfwise_server import installed_version
from perfwise_server.checking.walk import SettingsOf
from perfwise_server.configuration import Settings, project_settings, python_version, rule_selector

Function = TypeVar("Function", bound=Callable[..., Any])


def _checked(check: Callable[[Any], Any]) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """A value that `check` refuses with ValueError is a usage error."""

    def callback(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        try:
            return None if value is None else check(value)
        except ValueError as error:
            raise click.BadParameter(str(error), context, parameter) from None

    return callback


def _selectors(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(rule_selector(each) for value in values for each in value.split(",") if each.strip())


def _split(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(each.strip() for value in values for each in value.split(",") if each.strip())


def _address(text: str) -> str:
    from perfwise_server.__main__ import address

    return address(text)


def _format(*formats: str) -> Callable[[Function], Function]:
    return click.option(
        "--format", "output", type=click.Choice(["text", "json", *formats]), default="text", show_default=True
    )


_paths = click.argument("paths", nargs=-1, required=True, metavar="PATHS...")


def _rule_options(function: Function) -> Function:
    for option in (
        click.option(
            "--python-version",
            metavar="3.x",
            callback=_checked(python_version),
            help="The Python the code is for. Default: the lower bound of requires-python, else the running one.",
        ),
        click.option("--exclude", metavar="PATTERNS", multiple=True, help="Gitignore patterns not to be walked."),
        click.option("--report-unused", is_flag=True, help="Find comments that silence nothing too (PW900)."),
        click.option(
            "--ignore",
            metavar="RULES",
            multiple=True,
            callback=_checked(_selectors),
            help="Rules to leave out, in place of the configured ones.",
        ),
        click.option(
            "--select",
            metavar="RULES",
            multiple=True,
            callback=_checked(_selectors),
            help="Codes, names or families to look for, separated by commas; in place of the configured ones.",
        ),
    ):
        function = option(function)
    return function


def _settings_of(options: dict[str, Any]) -> SettingsOf:
    """Takes what `_rule_options` gave out of the options."""
    given = {name: options.pop(name) for name in ("select", "ignore", "python_version", "report_unused")}

    def read(path: Path) -> Settings:
        return replace(project_settings(path), **{name: value for name, value in given.items() if value})

    return read


_jobs = click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes to use. Default: as many as pay."
)


def _version(context: click.Context, _parameter: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        click.echo(f"perfwise {installed_version()}")
        context.exit()


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=False, invoke_without_command=True
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def perfwise(context: click.Context) -> None:
    """Shows what Python code costs, and the cheaper form.

    Completion for your shell: eval "$(_PERFWISE_COMPLETE=bash_source perfwise)", or zsh_source, or fish_source.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@perfwise.command()
@_paths
@_rule_options
@_format("sarif", "github")
@click.option("--changed", metavar="REV", help="Only hints in functions changed since a git revision.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are hints.")
@click.option("--statistics", is_flag=True, help="Count the hints of each rule.")
@click.option("--stdin-filename", metavar="FILE", help="What the source read for the path - is to be called.")
@click.option("--baseline", metavar="FILE", help="Leave out the hints that this file lists.")
@click.option("--write-baseline", metavar="FILE", help="List the hints found in this file, to be left out from now on.")
@click.option(
    "--profile", metavar="FILE", help="A JSON profile of Scalene: the hints on hot lines first, small ones too."
)
@click.option("--cache/--no-cache", default=True, help="Whether what did not change since a run is to be left alone.")
@_jobs
def check(paths: tuple[str, ...], exclude: tuple[str, ...], **options: Any) -> int:
    """Print the hints for files and folders; - reads standard input."""
    from perfwise_server.cli.check import check

    settings_of = _settings_of(options)
    return check(paths, settings_of, _split(exclude), **options)


@perfwise.command()
@_paths
@_rule_options
@click.option("--unsafe", is_flag=True, help="Apply also fixes that were not proved safe.")
@click.option("--verify", is_flag=True, help="Apply also fixes that a run proves.")
@click.option("--diff", is_flag=True, help="Print what would change, and write nothing.")
@_format()
@_jobs
def fix(paths: tuple[str, ...], exclude: tuple[str, ...], **options: Any) -> int:
    """Apply the safe fixes to files and folders."""
    from perfwise_server.cli.fix import fix

    settings_of = _settings_of(options)
    return fix(paths, settings_of, _split(exclude), **options)


@perfwise.command()
@_paths
@click.option("--exclude", metavar="PATTERNS", multiple=True, help="Gitignore patterns not to be walked.")
@click.option("--derivation", is_flag=True, help="Print below each function what its cost comes from, line by line.")
@_format()
@_jobs
def complexity(
    paths: tuple[str, ...], exclude: tuple[str, ...], output: str, derivation: bool, jobs: int | None
) -> int:
    """Print the complexity of each function and the maintainability of each file."""
    from perfwise_server.cli.complexity import complexity

    return complexity(paths, _split(exclude), output, derivation, jobs)


_call = click.option("--call", "calls", metavar="EXPR", multiple=True, help="A call of the function, f([3, 1]).")
_inputs = click.option("--inputs", metavar="FILE.py", default="", help="A file whose make_inputs gives arguments.")
_python = click.option("--python", metavar="PYTHON", default="", help="The Python to run the code in.")
_seconds = click.option(
    "--seconds", type=click.FloatRange(min=1), default=20, show_default=True, help="How long it may take in all."
)


@perfwise.command()
@click.argument("old", metavar="OLD.py")
@click.argument("new", metavar="NEW.py")
@click.option("--function", metavar="F", required=True, help="The function, or Class.method, that both define.")
@_call
@_inputs
@_seconds
@click.option(
    "--answer",
    type=click.Choice(["yes", "no", "forget"]),
    help="Answer the question that was asked last about this function; forget takes back all answers.",
)
@click.option("--save-test", metavar="FILE.py", default="", help="Write the counterexample as a test for pytest.")
@click.option("--report", metavar="FILE.md", default="", help="Write the evidence to a file.")
@_python
@_format()
def verify(**options: Any) -> int:
    """Say whether NEW does the same as OLD, and faster: both are run on many inputs, compared and timed."""
    from perfwise_server.cli.verify import verify

    return verify(**options)


@perfwise.command()
@click.argument("target", metavar="FILE::FUNC")
@click.option("--against", metavar="NEW.py", default="", help="Measure its version in another file as well.")
@_call
@_inputs
@_seconds
@_python
@_format()
def growth(**options: Any) -> int:
    """Measure how the time of a function grows with its input; in a call, n is the size."""
    from perfwise_server.cli.growth import growth

    return growth(**options)


def _line_range(text: str) -> tuple[int, int]:
    first, separator, last = text.partition("-")
    if not (first.isdecimal() and (last.isdecimal() or not separator)):
        raise ValueError("name the first and the last line, such as 10-20")
    found = int(first), int(last or first)
    if not 1 <= found[0] <= found[1]:
        raise ValueError("the first line comes before the last, and lines count from 1")
    return found


@perfwise.command()
@click.argument("target", metavar="FILE[::FUNC]")
@_call
@click.option("--test", metavar="NODEID", default="", help="A test that calls it, as pytest names it.")
@_inputs
@click.option("--script", is_flag=True, help="Run the file as a script; so is a FILE without FUNC.")
@click.option("--lines", metavar="A-B", callback=_checked(_line_range), help="Only these lines of the file.")
@click.option("--memory", is_flag=True, help="Measure memory as well.")
@click.option("--gpu", is_flag=True, help="Measure the GPU as well.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), help="How long calls are repeated. Default: the setting, or 3."
)
@_python
@click.option("-o", "--output", "written", metavar="FILE", default="", help="Write the profile to a file.")
@click.option(
    "--export",
    type=click.Choice(["cpuprofile", "speedscope", "scalene"]),
    help="What to write: a profile for VS Code, speedscope or Scalene.",
)
@_format()
def profile(**options: Any) -> int:
    """Show where the time of a function goes, line by line, measured with Scalene.

    Without a driver it is called as the project's tests, its documentation or generated inputs call it.
    """
    from perfwise_server.cli.profile import profile

    return profile(**options)


@perfwise.command()
@click.argument("targets", nargs=-1, metavar="FILE::FUNC")
@click.option(
    "--provider",
    type=click.Choice(["built-in", "openai", "anthropic", "local"]),
    default="built-in",
    show_default=True,
    help="Who is asked; to name a model is to agree that the function and what it uses are sent there.",
)
@click.option("--model", metavar="NAME", default="", help="The model's name, or for local a GGUF file.")
@click.option("--base-url", metavar="URL", default="", help="Of an OpenAI-compatible endpoint, with /v1.")
@click.option("--candidates", type=click.IntRange(1, 32), metavar="N", help="How many to ask for at first.")
@click.option("--effort", type=click.Choice(["quick", "normal", "thorough"]), default="normal", show_default=True)
@click.option("--hint", metavar="TEXT", default="", help='What you know of it: "the input is always sorted".')
@_call
@_inputs
@click.option("--apply", is_flag=True, help="Write the best rewrite that passed into the file.")
@click.option("--changed", metavar="REV", help="The functions changed since a git revision, in the files and folders.")
@_python
@_format()
def optimize(targets: tuple[str, ...], **options: Any) -> int:
    """Look for a faster version of a function: rewrites are checked to do the same, timed and ranked."""
    from perfwise_server.cli.optimize import optimize

    return optimize(targets, **options)


@perfwise.command()
@click.option("--revoke", "revoked", metavar="HOST", default="", help="Take back what was agreed with a host, or all.")
@click.option("--clear", is_flag=True, help="Forget the replies that are kept.")
@_format()
def models(**options: Any) -> int:
    """Say which models can be asked, to whom you agreed that code is sent, and what was sent today."""
    from perfwise_server.cli.models import models

    return models(**options)


@perfwise.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@_format()
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- COMMAND...")
def run(command: tuple[str, ...], output: str) -> int:
    """Run your tests or a script, and keep how often and how long functions ran and how large their inputs were."""
    from perfwise_server.cli.run import run

    return run(command, output)


@perfwise.command()
@click.option("--clear", is_flag=True, help="Forget all of it.")
@_format()
def evidence(clear: bool, output: str) -> int:
    """Say where what runs showed is kept, and how much there is."""
    from perfwise_server.cli.run import evidence

    return evidence(clear=clear, output=output)


@perfwise.command()
@click.argument("code")
@_format()
def explain(code: str, output: str) -> int:
    """Print the page of a rule, by its code or name, or the pages of a family."""
    from perfwise_server.cli.explain import explain

    return explain(code, output)


@perfwise.command()
@_python
@_format()
def doctor(python: str, output: str) -> int:
    """Say what is installed, what is missing, and the command that mends it."""
    from perfwise_server.cli.doctor import doctor

    return doctor(python, output)


@perfwise.command()
@click.option("--stdio", is_flag=True, help="Speak over standard input and output (the default).")
@click.option("--tcp", metavar="HOST:PORT", callback=_checked(_address), help="Listen for one client.")
@_format()
def server(stdio: bool, tcp: str | None, output: str) -> int:
    """Run the language server. The format is that of an error; the server itself speaks its protocol."""
    del output
    from perfwise_server.__main__ import serve
    from perfwise_server.checking.errors import reason
    from perfwise_server.cli.errors import CommandError

    if stdio and tcp:
        raise click.UsageError("--stdio and --tcp exclude each other")
    try:
        return serve(tcp)
    except OSError as error:
        raise CommandError(f"cannot listen on {tcp}: {reason(error)}") from None
