"""The command that computes a deck anew and compares."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from valuemix.cli.shared import json_option, main, path, print_json, read_any, show


@main.command()
@click.argument("deck", type=path)
@click.option(
    "--case",
    "cases",
    type=path,
    multiple=True,
    help="Scenario to compute it from; the one in the deck without it.",
)
@json_option
def replay(deck: Path, cases: tuple[Path, ...], as_json: bool) -> None:
    """Compute every slide of a deck anew, and say which are the same and which were changed by hand."""
    from valuemix.export.pptx.template.package import MAX_BYTES, SMALLER
    from valuemix.export.pptx.update.replay import replay
    from valuemix.files.scenarios.scenario_file import read_bytes

    content = read_bytes(deck, MAX_BYTES, SMALLER.capitalize())
    told = replay(content, [read_any(case)[0] for case in cases])
    if as_json:
        print_json({"slides": [asdict(each) for each in told]})
        return
    for each in told:
        parts = f": {', '.join(each.what)}" if each.what else ""
        show(f"{each.slide:>3}  {each.exhibit or '':<18}  {each.state}{parts}")
