"""The command line: the same functions without a screen.

Results go to standard output, messages to standard error. A user's mistake is one readable
message and exit status 1, never a traceback.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click

from valuemix import __version__
from valuemix.errors import FileIsThere, Problem, ProblemsError, ValuemixError

__all__ = ["main"]


class _Mistakes(click.Group):
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
        _say(message)
        raise click.exceptions.Exit(1)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _listed(problems: tuple[Problem, ...]) -> str:
    wrong = sum(not problem.notice for problem in problems)
    head = f"{wrong} problem{'' if wrong == 1 else 's'}; nothing was read."
    return "\n".join([head, *(f"  {'notice: ' if p.notice else ''}{p}" for p in problems)])


def _print_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False))


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document with full precision."
)
scenario_argument = click.argument("scenario", type=click.Path(path_type=Path))


@click.group(cls=_Mistakes, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="valuemix")
def main() -> None:
    """Weigh customer value propositions: who leads, for whom, and how safely."""


@main.command()
@click.option(
    "--scenarios",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the scenarios; VALUEMIX_SCENARIOS or ./scenarios without it.",
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on."
)
def app(scenarios: Path | None, port: int) -> None:
    """Open the interface in the browser."""
    from valuemix.ui import server

    environment = dict(os.environ)
    if scenarios is not None:
        environment["VALUEMIX_SCENARIOS"] = str(scenarios.resolve())
    sys.exit(subprocess.call(server.command(port), env=environment))  # noqa: S603 - our own command, no shell


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Check a scenario, a workbook or a folder of csv files; list every problem with its place."""
    scenario, notices = _read_any(file)
    for notice in notices:
        click.echo(f"notice: {notice}")
    click.echo(f"{file} is valid.\n{scenario!r}")


@main.command("import")
@click.argument("book", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Scenario file to write."
)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
def import_(book: Path, output: Path, overwrite: bool) -> None:
    """Turn a workbook or a folder of csv files into a scenario file."""
    from valuemix.files.scenario_file import save

    scenario, notices = _read_any(book)
    for notice in notices:
        _say(f"notice: {notice}")
    save(scenario, output, overwrite=overwrite)
    _say(f"Saved {scenario.name} as {output}.")


@main.command()
@scenario_argument
@click.option("--segment", help="Only this segment.")
@json_option
def rank(scenario: Path, segment: str | None, as_json: bool) -> None:
    """Rank the propositions in every segment and overall."""
    from valuemix.analysis.scoring import evaluate
    from valuemix.exhibits.documents import rank_document, rank_text

    result = evaluate(_read_any(scenario)[0])
    if as_json:
        _print_json(rank_document(result, segment))
    else:
        click.echo(rank_text(result, segment))


@main.command()
@scenario_argument
@click.option("--segment", help="Only this segment.")
@click.option("--discipline", help="Only the weight of this discipline.")
@json_option
def tradeoffs(scenario: Path, segment: str | None, discipline: str | None, as_json: bool) -> None:
    """How far each weight can move before the leader changes, and what each challenger needs."""
    from valuemix.exhibits.documents import tradeoffs_document, tradeoffs_text

    asked = _read_any(scenario)[0], segment, discipline
    if as_json:
        _print_json(tradeoffs_document(*asked))
    else:
        click.echo(tradeoffs_text(*asked))


@main.command()
@scenario_argument
@click.option("--segment", help="Only this segment; the overall value without it.")
@click.option("--draws", type=int, default=100_000, show_default=True, help="Draws, where they are needed.")
@click.option("--seed", type=int, help="The same seed gives the same numbers; the scenario's by default.")
@click.option(
    "--weights",
    default="unknown",
    show_default=True,
    metavar="unknown|order|within:X",
    help="What is known of the weights: nothing, their order, or that they are within X points of today's.",
)
@click.option("--ranges", is_flag=True, help="Draw scores between their low and high ends.")
@click.option(
    "--scores-within", type=float, default=0.0, metavar="X", help="Draw the other scores within X of today's."
)
@click.option(
    "--sizes-within",
    type=float,
    default=0.0,
    metavar="PERCENT",
    help="Draw sizes within this part of themselves.",
)
@json_option
def robustness(
    scenario: Path,
    segment: str | None,
    draws: int,
    seed: int | None,
    weights: str,
    ranges: bool,
    scores_within: float,
    sizes_within: float,
    as_json: bool,
) -> None:
    """How often each proposition takes each rank when weights, scores or sizes are uncertain."""
    from valuemix.analysis.robustness import robustness
    from valuemix.exhibits.documents import robustness_document, robustness_text

    with _progress() as progress:
        result = robustness(
            _read_any(scenario)[0],
            segment,
            weights=weights,
            ranges=ranges,
            score_within=scores_within,
            sizes_within=sizes_within / 100,
            draws=draws,
            seed=seed,
            progress=progress,
        )
    if as_json:
        _print_json(robustness_document(result))
    else:
        click.echo(robustness_text(result))


@main.command()
@click.argument("scenarios", type=click.Path(path_type=Path), nargs=-1, required=True)
@json_option
def compare(scenarios: tuple[Path, ...], as_json: bool) -> None:
    """Compare scenarios with the first of them: values, ranks, what moved them, regret."""
    from valuemix.analysis.compare import compare
    from valuemix.exhibits.documents import compare_document, compare_text

    comparison = compare(*(_read_any(path)[0] for path in scenarios))
    if as_json:
        _print_json(compare_document(comparison))
    else:
        click.echo(compare_text(comparison))


@main.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Workbook to write.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
def template(output: Path, overwrite: bool) -> None:
    """Write a workbook that explains itself, to fill in and import."""
    from valuemix.files.template import write_template

    write_template(output, overwrite=overwrite)
    _say(f"Wrote {output}. Fill it in, then: valuemix import {output} -o scenario.json")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Report of work done as a bar on a terminal; it appears with the first report."""
    with ExitStack() as bars:
        bar: Any = None

        def report(done: int, total: int) -> None:
            nonlocal bar
            if bar is None and sys.stderr.isatty():
                bar = bars.enter_context(click.progressbar(length=total, label="Drawing", file=sys.stderr))
            if bar is not None:
                bar.update(done - bar.pos)

        yield report


def _read_any(path: Path) -> tuple[Any, tuple[Problem, ...]]:
    """A scenario from whatever file or folder it stands in, with what was read otherwise than it stands."""
    if path.suffix.lower() == ".json":
        from valuemix.files.scenario_file import load

        return load(path), ()
    from valuemix.files.importer import import_path

    imported = import_path(path)
    return imported.scenario, imported.notices
