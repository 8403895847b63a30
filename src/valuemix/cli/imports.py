"""The command that takes in whatever table people have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from valuemix.cli.shared import json_option, main, overwrite_option, path, read_any, say, show

if TYPE_CHECKING:
    from valuemix.files.recognition.recognise import Recognised
    from valuemix.model.scenario import Scenario


@main.command("import")
@click.argument("table", type=path)
@click.option("-o", "--output", type=path, help="Scenario file to write.")
@overwrite_option
@click.option(
    "--show-map", is_flag=True, help="Tell what everything was taken for, in sentences; saves nothing."
)
@click.option("--map", "map_file", type=path, help="What you say of the table: a map, as --json prints it.")
@click.option("--yes", is_flag=True, help="Answer open questions by their guesses.")
@json_option
def import_(
    table: Path,
    output: Path | None,
    overwrite: bool,
    show_map: bool,
    map_file: Path | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Turn any table of options by criteria, or a folder of csv files, into a scenario file."""
    if show_map:
        output = None
    elif output is None and not as_json:
        raise click.UsageError("Missing option '-o' / '--output'.")
    if table.suffix.lower() == ".json" and output is not None:
        _save(read_any(table)[0], output, overwrite=overwrite)
        return
    from valuemix.files.recognition.entry import recognise
    from valuemix.files.recognition.reading import read_map

    found = recognise(table, read_map(map_file) if map_file else None)
    for notice in found.notices:
        say(f"notice: {notice}")
    # What is open is told by the refusal where there is one.
    _tell(found, show_map=show_map, as_json=as_json, with_open=output is None or yes)
    if output is not None:
        _save(found.scenario(take_guesses=yes), output, overwrite=overwrite)


def _tell(found: Recognised, *, show_map: bool, as_json: bool, with_open: bool) -> None:
    from valuemix.files.recognition.sentences import sentences, summary

    if as_json:
        show(found.reading.to_json())
    elif show_map:
        show("\n".join(sentences(found.reading, with_open=with_open)))
    else:
        for sentence in summary(found.reading):
            say(sentence)


def _save(scenario: Scenario, output: Path, *, overwrite: bool) -> None:
    from valuemix.files.scenarios.scenario_file import save

    save(scenario, output, overwrite=overwrite)
    say(f"Saved {scenario.name} as {output}.")
