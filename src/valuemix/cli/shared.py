"""What the commands share: how they read, what they say, and how a mistake ends them."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click

from valuemix import __version__
from valuemix.errors import FileIsThere, Problem, ProblemsError, ValuemixError, visible

__all__ = [
    "json_option",
    "main",
    "output_option",
    "overwrite_option",
    "path",
    "print_json",
    "progress_bar",
    "read_any",
    "say",
    "scenario_argument",
    "show",
]

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a system says where no more can be written; everything saved is told of by itself."""


class Mistakes(click.Group):
    """Group of commands that turns a user's mistake into a message and exit status 1."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command; where its output cannot be written, say so in one line."""
        try:
            return super().main(*args, **options)
        except OSError as error:
            if error.errno not in _FULL:
                raise
            # What is left in the buffer goes nowhere, or Python would try once more and tell it its own way.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            say(f"the output cannot be written: {error.strerror}; free some space and ask again")
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for, and tell a mistake in one message."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            told = visible(error.format_message())
            if told == error.format_message():
                raise
            raise click.UsageError(told, error.ctx) from None
        except ProblemsError as error:
            message = _listed(error.problems)
        except FileIsThere as error:
            message = str(FileIsThere(error.path, "--overwrite"))
        except ValuemixError as error:
            message = str(error)
        click.echo(message, err=True)
        raise click.exceptions.Exit(1)


def say(text: str) -> None:
    """Print a message of one line to standard error, where nothing from a file can steer the terminal."""
    click.echo(visible(text), err=True)


def show(text: str) -> None:
    """Print a result to standard output, where nothing from a file can steer the terminal."""
    click.echo(visible(text, keep="\n"))


def _listed(problems: tuple[Problem, ...]) -> str:
    wrong = sum(not problem.notice for problem in problems)
    head = f"{wrong} problem{'' if wrong == 1 else 's'}; nothing was read."
    return "\n".join([head, *(f"  {'notice: ' if p.notice else ''}{p}" for p in problems)])


def print_json(document: dict[str, Any]) -> None:
    """Print one JSON document in full precision, and nothing else."""
    show(json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False))


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document with full precision."
)
path = click.Path(path_type=Path)
scenario_argument = click.argument("scenario", type=path)
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace a file that is there.")


def output_option(help: str, *, required: bool = True) -> Callable[[Any], Any]:  # noqa: A002 - as click calls it
    """Option that names the file to write."""
    return click.option("-o", "--output", type=path, required=required, help=help)


@click.group(cls=Mistakes, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="valuemix")
def main() -> None:
    """Weigh customer value propositions: who leads, for whom, and how safely."""


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Report of work done as a bar on a terminal; it appears with the first report."""
    with ExitStack() as bars:
        bar: Any = None

        def report(done: int, total: int) -> None:
            nonlocal bar
            if bar is None and sys.stderr.isatty():
                bar = bars.enter_context(click.progressbar(length=total, label=label, file=sys.stderr))
            if bar is not None:
                bar.update(done - bar.pos)

        yield report


def read_any(path: Path) -> tuple[Any, tuple[Problem, ...]]:
    """A scenario from whatever file or folder it stands in, with what was read otherwise than it stands."""
    if path.suffix.lower() == ".json":
        from valuemix.files.scenarios.scenario_file import load

        return load(path), ()
    from valuemix.files.tables.importer import import_path

    imported = import_path(path)
    return imported.scenario, imported.notices
