"""What the commands share: how they read, what they say, and how a mistake ends them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click

from valuemix import __version__
from valuemix.errors import FileIsThere, Problem, ProblemsError, ValuemixError

__all__ = ["json_option", "main", "print_json", "progress_bar", "read_any", "say", "scenario_argument"]


class Mistakes(click.Group):
    """Group of commands that turns a user's mistake into a message and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProblemsError as error:
            message = _listed(error.problems)
        except FileIsThere as error:
            message = str(FileIsThere(error.path, "--overwrite"))
        except ValuemixError as error:
            message = str(error)
        say(message)
        raise click.exceptions.Exit(1)


def say(text: str) -> None:
    """Print a message to standard error."""
    click.echo(text, err=True)


def _listed(problems: tuple[Problem, ...]) -> str:
    wrong = sum(not problem.notice for problem in problems)
    head = f"{wrong} problem{'' if wrong == 1 else 's'}; nothing was read."
    return "\n".join([head, *(f"  {'notice: ' if p.notice else ''}{p}" for p in problems)])


def print_json(document: dict[str, Any]) -> None:
    """Print one JSON document in full precision, and nothing else."""
    click.echo(json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False))


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document with full precision."
)
scenario_argument = click.argument("scenario", type=click.Path(path_type=Path))


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
        from valuemix.files.scenario_file import load

        return load(path), ()
    from valuemix.files.importer import import_path

    imported = import_path(path)
    return imported.scenario, imported.notices
