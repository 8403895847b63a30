"""The command that reads respondents."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from valuemix.cli.shared import (
    json_option,
    main,
    output_option,
    overwrite_option,
    path,
    print_json,
    progress_bar,
    read_any,
    say,
    show,
)
from valuemix.errors import FileIsThere


@main.command()
@click.argument("table", metavar="FILE|QUERY")
@click.option("--map", "roles", type=path, required=True, help="JSON file that says which column is what.")
@output_option("Scenario file to write.")
@click.option("--into", type=path, help="Case that the answers go into; without it they make one.")
@click.option("--wave", default="", metavar="DATE", help="Which wave to read, or the date of all answers.")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What reads the table.",
)
@overwrite_option
@json_option
def survey(
    table: str,
    roles: Path,
    output: Path,
    into: Path | None,
    wave: str,
    engine: Literal["duckdb", "spark"],
    overwrite: bool,
    as_json: bool,
) -> None:
    """Turn answers of respondents into a scenario whose numbers carry their uncertainty."""
    from valuemix.exhibits.documents.survey import survey_document, survey_text
    from valuemix.files.scenarios.scenario_file import save
    from valuemix.respondents.survey import read_survey

    if output.exists() and not overwrite:  # told before a long reading, not after it
        raise FileIsThere(str(output))
    case = read_any(into)[0] if into else None
    with progress_bar("Reading") as progress:
        found = read_survey(table, roles, into=case, wave=wave, engine=engine, progress=progress)
    save(found.scenario, output, overwrite=overwrite)
    if as_json:
        print_json(survey_document(found))
    else:
        show(survey_text(found))
    say(f"Saved {found.scenario.name} as {output}.")
